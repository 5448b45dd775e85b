"""Words that begin an activity or a place: under a full line may stand another one, and no rule says so."""

import re

_BEGINS = re.compile(
    r"(?:Tổ chức|Tuyên truyền|Hướng dẫn|Tập huấn|Bồi dưỡng|Tư vấn|Trưng bày|Triển lãm|Triển khai|Phát thanh|Phát động"
    r"|Chiếu|Nói chuyện|Tặng|Trao|Ký kết|Giao lưu|Khánh thành|Khám|Sinh hoạt|Tham quan|Treo|Đăng tải|Mở|Ra mắt"
    r"|Ra quân|Tọa đàm|Toạ đàm|Thi|Vận động|Thăm|Khai mạc|Khai giảng|Bế mạc|Tổng kết|Giới thiệu|Quyên góp|Hội thảo"
    r"|Biểu dương|Đọc)(?= [a-zà-ỹđ\"“(])"
)
#: Words after which a sentence is not done: "Hội thi | Tuyên truyền viên giỏi".
_WANTS_MORE = re.compile(
    r"(?:^|\s)(?:(?<!tuần )lễ|hội|thi|chức|buổi|lớp|cuộc|ngày|đêm|chương trình|và|của|về|cho|với|do|tại|để|các|những"
    r"|trong|theo|hoạt động|việc|gắn|chủ đề|chuyên đề|đề tài|kế hoạch|hình thức|nội dung|phong trào|mô hình|tổ|ban"
    r"|câu lạc bộ|được|là|từ|đến|nhân|bằng|qua|như|sẽ|phần|công tác|dự|tham gia)$|[,:\-–+/(“]$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:Trường (?:Tiểu|TH|Mầm|Mẫu|Trung|PT|Cao|Đại)|Hội trường|Nhà (?:văn|cộng|thi|thiếu|truyền)|Quảng trường"
    r"|Trung tâm|Thư viện|Sân vận|Trực tuyến|Phòng (?:họp|học|Tin|đọc)|Phần mềm|Điểm bưu|Bưu điện|UBND"
    r"|Các (?:thôn|trường|xã))"
)
#: How a place ends: with a name, a number, or what a name would say no more.
_ENDED = re.compile(r"(?:^|\s)(?:[A-ZĐÀ-Ỹ][a-zà-ỹ]+|\d[\d/]*|tỉnh|xã|huyện|thôn|năng|tuyến|phố)$")


def begins_a_place(above: str, below: str) -> bool:
    """Whether ``below`` begins with a place, and ``above`` is one that may have ended: not "Sân | Nhà văn hóa"."""
    return bool(_PLACE.match(below) and (_PLACE.match(above) or len(above) < 40) and _ENDED.search(above))


def begins_an_activity(above: str, below: str) -> bool:
    """Whether ``below`` begins with an activity's first word, and ``above`` is a sentence that may have ended."""
    if not _BEGINS.match(below) or _WANTS_MORE.search(above):
        return False
    return above.count('"') % 2 == 0 and above.count("“") <= above.count("”") and above.count("(") <= above.count(")")
