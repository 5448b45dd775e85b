"""Which unit a form is from."""

import pytest

from .form_papers import TOP, annex, reading

ROW = ("1", "01/10", "Xã", "Khai mạc", "")
BLANK_LINE = "UBND huyện, thành phố (hoặc Sở, ngành): …………………"


def organisation(*before, name="form.docx"):
    return reading(annex(ROW, before=before), name)["organisation"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("UBND huyện, thành phố (hoặc Sở, ngành): UBND huyện Ninh Sơn", "UBND huyện Ninh Sơn"),
        ("UBND huyện, thành phố (hoặc Sở, ngành): ………Sở Y tế………", "Sở Y tế"),
        ("UBND huyện, thành phố (hoặc Sở, ngành) ........Sở Y tế........", "Sở Y tế"),
        ("UBND HUYỆN, THÀNH PHỐ (HOẶC SỞ, NGÀNH): SỞ Y TẾ", "Sở Y tế"),
        ("UBND các huyện/thành phố (hoặc Sở, ban, ngành): Tỉnh đoàn", "Tỉnh đoàn"),
        ("Sở, ngành: Sở Tư pháp", "Sở Tư pháp"),
        ("Tên đơn vị đăng ký: Thư viện tỉnh", "Thư viện tỉnh"),
        ("Đơn vị: Trường THPT Ninh Hải", "Trường THPT Ninh Hải"),
    ],
)
def test_the_dotted_line_names_it(line, expected):
    assert organisation("SỞ GIÁO DỤC VÀ ĐÀO TẠO", *TOP, line) == expected


@pytest.mark.parametrize(
    ("letterhead", "expected"),
    [
        (["UBND HUYỆN NINH SƠN"], "UBND huyện Ninh Sơn"),
        (["ỦY BAN NHÂN DÂN", "HUYỆN THUẬN NAM"], "Ủy ban nhân dân huyện Thuận Nam"),
        (["UBND TỈNH NINH THUẬN", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"], "Sở Thông tin và Truyền thông"),
        (["UBND HUYỆN NINH SƠN", "PHÒNG GD&ĐT"], "Phòng Giáo dục và Đào tạo huyện Ninh Sơn"),
        (["PHÒNG GD&ĐT NINH SƠN"], "Phòng Giáo dục và Đào tạo Ninh Sơn"),
        (["PHÒNG GD&ĐT NINH SƠN", "TRƯỜNG TIỂU HỌC LÂM SƠN A"], "Trường Tiểu học Lâm Sơn A"),
        (["UBND HUYỆN BÁC ÁI", "TRUNG TÂM GDNN-GDTX"], "Trung tâm GDNN-GDTX huyện Bác Ái"),
        (["UBND XÃ PHƯỚC HỮU", "TRUNG TÂM HTCĐ"], "Trung tâm HTCĐ xã Phước Hữu"),
        (["UBND HUYỆN NINH SƠN", "TRUNG TÂM VĂN HÓA - THỂ THAO"], "Trung tâm Văn hóa - Thể thao huyện Ninh Sơn"),
        (["ĐẢNG BỘ TỈNH", "BAN TUYÊN GIÁO"], "Ban Tuyên giáo"),
        (["SỞ LĐ-TB&XH", "TRUNG TÂM DVVL TỈNH"], "Trung tâm DVVL tỉnh"),
        (["SỞ VĂN HOÁ, THỂ THAO VÀ DU LỊCH", "THƯ VIỆN TỈNH NINH THUẬN"], "Thư viện tỉnh Ninh Thuận"),
        (["UBND TỈNH NINH THUẬN", "SỞ LAO ĐỘNG - THƯƠNG BINH", "VÀ XÃ HỘI"], "Sở Lao động - Thương binh và Xã hội"),
    ],
)
def test_else_the_letterhead_in_the_proper_spelling(letterhead, expected):
    assert organisation(*letterhead, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", *TOP, BLANK_LINE) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("UBND huyện Ninh Sơn - lịch đăng ký.docx", "UBND huyện Ninh Sơn"),
        ("Dang_ky_Truong THPT Ninh Hai_2022.docx", "Truong THPT Ninh Hai"),
        ("Sở TT&TT đăng ký.docx", "Sở Thông tin và Truyền thông"),
        ("lich dang ky 2022.docx", None),
        ("bieu mau so 1.docx", None),
    ],
)
def test_else_the_name_of_the_file_when_it_plainly_names_one(name, expected):
    assert organisation(*TOP, BLANK_LINE, name=name) == expected
