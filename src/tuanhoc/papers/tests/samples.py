"""One official letter and one report that use every part of a document."""

import datetime as dt

from tuanhoc.papers.values import Annex, Letterhead, OfficialDocument, Paragraph, Style, Table

HEAD = Letterhead(
    "UBND tỉnh Ninh Thuận", "Sở Giáo dục và Đào tạo", "5/SGDĐT-GDTX", "Ninh Thuận", dt.date(2022, 9, 5), 2022
)
TABLE = Table(
    ("TT", "Ngày", "Nội dung"),
    (15, 30, 120),
    (("1", "01/10", "Lễ khai mạc"), ("1", "01/10", "Ngày hội đọc sách"), ("2", "02/10", "Lớp kỹ năng số")),
    merged=2,
)
FIRST = Annex(("Lịch hoạt động", "Tuần lễ năm 2022"), "(Kèm theo Công văn số 05/SGDĐT-GDTX …)", "03 hoạt động.", TABLE)
SECOND = Annex(("Nội dung thay đổi",), "(Kèm theo Công văn số 05/SGDĐT-GDTX …)", "", TABLE)

LETTER = OfficialDocument(
    letterhead=HEAD,
    kind="",
    subject="lịch hoạt động Tuần lễ hưởng ứng học tập suốt đời năm 2022",
    addressees=("Các sở, ban, ngành", "UBND các huyện, thành phố"),
    body=(Paragraph("Sở Giáo dục và Đào tạo gửi lịch hoạt động Tuần lễ " * 3), Paragraph("Đề nghị thực hiện./.")),
    signature=("KT. Giám đốc", "Phó Giám đốc"),
    signer="Nguyễn Văn A",
    recipients=("Bộ GDĐT (b/c)", "Lưu: VT, GDTX"),
    annexes=(FIRST, SECOND),
)
REPORT = OfficialDocument(
    letterhead=Letterhead("", "Ủy ban nhân dân huyện Ninh Sơn", "", "Ninh Sơn", None, 2023),
    kind="Báo cáo",
    subject="Kết quả tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2022",
    body=(
        Paragraph("Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019", Style.BASIS),
        Paragraph("Căn cứ Kế hoạch số 4556/KH-UBND ngày 31 tháng 8 năm 2021.", Style.BASIS),
        Paragraph("I. Kết quả", Style.PART),
        Paragraph("1. Hoạt động đã tổ chức", Style.HEADING),
        Paragraph("a) Có 1.234 lượt người tham gia."),
        TABLE,
        Paragraph("Trên đây là báo cáo./."),
    ),
    signature=("TM. Ủy ban nhân dân", "Chủ tịch"),
    signer="Trần Thị B",
    recipients=("Lưu: VT",),
)
