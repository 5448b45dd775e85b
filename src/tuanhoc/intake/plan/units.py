"""Where a sentence of duties names its unit, and where the duty begins."""

import re

_COURTESY = re.compile(
    r"^(?:(?:kính |trân trọng )?(?:đề nghị|mời)|giao(?: cho)?|đối với|(?:trách nhiệm|nhiệm vụ) của|phân công|yêu cầu)"
    r"\s+",
    re.IGNORECASE,
)
_STARTS = re.compile(
    r"(?:(?:đồng chí\s+)?(?:giám đốc|thủ trưởng|hiệu trưởng|chánh|trưởng|chủ tịch(?=\s(?:ubnd|[uủ][yỷ] ban|hội)))\s+)?"
    r"(?:các\s+)?(?:sở|ubnd|[uủ][yỷ] ban|hội(?! thảo| nghị| thi\b| chợ| tụ)|ban(?! hành)|báo(?! cáo)|đài"
    r"|tỉnh đoàn|thành đoàn|đoàn|liên đoàn|công an|bộ|trường|thư viện|trung tâm|phòng(?!,? chống)"
    r"|liên minh|mặt trận"
    r"|văn phòng|cơ quan"
    r"|doanh nghiệp|đơn vị|bảo tàng|hiệp hội|viện|đại học|chi cục|cục|nhà văn h|công ty"
    r"|thường trực|học viện)\b"
    r"|các\s+(?:ngành|địa phương|tổ chức|đoàn thể|cơ sở|xã|huyện|thành viên|phường|cấp|thiết chế|hội|sở)\b",
    re.IGNORECASE,
)
# Case matters: "Ban Tổ chức Tỉnh ủy" and "Trung tâm Hỗ trợ" are names, "tổ chức" after a name is a duty.
_VERBS = """
    chủ trì, phối hợp, chủ động, chỉ đạo, hướng dẫn, xây dựng, có trách nhiệm, chịu trách nhiệm, căn cứ, triển
    khai, tham mưu, thực hiện, tăng cường, đẩy mạnh, theo dõi, bố trí, tiếp tục, xem xét, cân đối, tuyên truyền,
    lồng ghép, vận động, phát động, là cơ quan, là đầu mối, làm đầu mối, báo cáo, gửi, tạo điều kiện, huy động,
    quan tâm, cử, tích cực, lựa chọn, giới thiệu, hỗ trợ, duy trì, tổng hợp, rà soát, cung cấp, nghiêm túc, đưa
    tin, nộp, ban hành, dành, phổ biến, quán triệt, thông báo, tham gia, hưởng ứng, bảo đảm, đảm bảo, khuyến
    khích, kiểm tra, chuẩn bị, đôn đốc, đề xuất, nghiên cứu, tập trung, kịp thời, tiếp nhận, tham
    dự, lãnh đạo, tăng thời lượng, bố trí, ưu tiên, biên soạn, phát sóng, đăng tải, thành lập, tiến hành, trao,
    tặng, chia sẻ, động viên, khen thưởng, tuyên dương, chăm lo, đóng góp, tư vấn, lập kế hoạch, kết nối, đồng
    hành, tài trợ, treo, đề nghị, đề cao, nêu cao, cùng
"""
_DUTY = re.compile(
    r"(?<!\bBan)(?<!\bban),?\s(?:(?:"
    + "|".join(" ".join(verb.split()) for verb in _VERBS.split(","))
    + r"|đăng k[ýí]|(?<!giáo dục\s)(?<!Giáo dục\s)thường xuyên|mở(?=\s(?:các|lớp|cửa|điểm|rộng|chuyên)))\b"
    r"|(?<!các\s)(?<!,\s)(?<!và\s)tổ chức\b(?! hội| đoàn| chính trị| xã hội))"
)
#: Their names hold verbs: "Ban Chỉ đạo xây dựng xã hội học tập tỉnh: …".
_STEERING = re.compile(r"(?:ban (?:chỉ đạo|tổ chức|vận động)|hội đồng|tổ công tác)\b", re.IGNORECASE)
_LONGEST_NAME = 220


def split_unit(text: str) -> tuple[str | None, str, bool]:
    """Split a clause into the unit it names, as written, and the rest.

    The third value tells that the clause is a heading: nothing but the name, or the name and a colon.

    >>> split_unit("Sở Văn hóa, Thể thao và Du lịch: Chỉ đạo thư viện mở cửa.")
    ('Sở Văn hóa, Thể thao và Du lịch', 'Chỉ đạo thư viện mở cửa.', True)
    >>> split_unit("Đề nghị Hội Khuyến học tỉnh phối hợp tổ chức Tuần lễ.")
    ('Hội Khuyến học tỉnh', 'phối hợp tổ chức Tuần lễ.', False)
    >>> split_unit("Tổ chức treo băng rôn.")
    (None, 'Tổ chức treo băng rôn.', False)
    """
    courtesy = _COURTESY.match(text)
    named = text[courtesy.end() :] if courtesy else text
    if not _STARTS.match(named):
        return None, text, False
    duty = _DUTY.search(named)
    colon = named.find(":")
    if 0 < colon <= _LONGEST_NAME and (duty is None or colon <= duty.start() or _STEERING.match(named)):
        return named[:colon].strip(), named[colon + 1 :].strip(), True
    if duty is None:
        name = named.rstrip(" :")
        is_name = len(name) <= _LONGEST_NAME and name[-1] not in ".;"
        return (name, "", True) if is_name else (None, text, False)
    unit = named[: duty.start()].strip(" ,")
    if len(unit) > _LONGEST_NAME:
        return None, text, False
    return unit, named[duty.start() :].strip(" ,"), False
