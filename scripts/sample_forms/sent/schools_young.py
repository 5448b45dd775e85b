"""Preschools and primary schools."""

from scripts.sample_forms.form import (
    HANDED_TO,
    TITLE,
    At,
    Head,
    Row,
    Said,
    Signature,
    Stray,
    Text,
    annex,
    columns,
    day,
    form,
    table,
    title,
    who,
)

MN_BAO_AN = form(
    "MN Bao An_dang ky.docx",
    "mn-22744",
    "TRƯỜNG MẦM NON BẢO AN (MẪU)",
    "Letterhead of education office and school; part of day in a column 'Buổi'; class as host.",
    Head(("PHÒNG GD&ĐT TP PHAN RANG - THÁP CHÀM",), ("TRƯỜNG MẦM NON BẢO AN (MẪU)",)),
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG", "TUẦN LỄ HỌC TẬP SUỐT ĐỜI"),
    table(
        day("1", "03/10", 3, Row("Cô và trẻ làm sách vải", "Lớp Lá 1", time=At("Sáng", part="sáng"), host="Tổ Lá")),
        day(
            "2",
            "04/10",
            4,
            Row("Cha mẹ đọc sách cho con tại lớp", "Thư viện trường", time=At("Chiều", part="chiều"), host="Tổ Chồi"),
            Row("Nhận biết biển báo trên đường đến trường", "Sân trường", time=At("Sáng", part="sáng"), host="Tổ Lá"),
        ),
        day(
            "3",
            "06/10",
            6,
            Row(
                "Chuyên đề: một giờ không màn hình cùng con",
                "Phòng họp",
                "Trực tiếp và qua https://hop.example/mnbaoan",
                time=At("Chiều", part="chiều"),
                host="Ban giám hiệu",
                link="https://hop.example/mnbaoan",
            ),
        ),
        columns=columns(
            ("TT", "tt", 10),
            ("Ngày", "day", 18),
            ("Buổi", "time", 18),
            ("Nội dung", "content", 50),
            ("Địa điểm", "place", 28),
            ("Người thực hiện", "host", 26),
            ("Ghi chú", "note", 22),
        ),
    ),
    Signature(("HIỆU TRƯỞNG",)),
)

MN_PHUOC_HAU = form(
    "Trường Mầm non Phước Hậu - Lịch Tuần lễ.docx",
    "mn-22879",
    "Trường Mầm non Phước Hậu (mẫu)",
    "The annex in large letters, one line a day, filled by the school; Sunday left empty.",
    *TITLE,
    who("Trường Mầm non Phước Hậu (mẫu)", label="Đơn vị: ", tail="………"),
    annex(
        {
            1: [Row("Ngày hội “Bé yêu sách”, ông bà kể chuyện xưa", "Sân trường")],
            3: [Row("Bé trồng rau, ghi nhật ký lớn lên bằng ảnh", "Vườn trường")],
            4: [Row("Hát đồng dao tiếng Việt và tiếng Chăm", "Các lớp")],
            5: [
                Row(
                    "Tập huấn giáo viên làm bài giảng có hình động", "Phòng máy", "14h00", facts={"start_time": "14:00"}
                )
            ],
            7: [Row("Triển lãm sản phẩm của bé", "Hành lang khối Lá", "Mời cha mẹ")],
        },
        lines=1,
    ),
    Signature(("HIỆU TRƯỞNG",)),
    HANDED_TO,
    size_pt=14,
)

MN_HO_HAI = form(
    "MN Ho Hai (mau).xlsx",
    "mn-22861",
    "Trường Mầm non Hộ Hải (mẫu)",
    "A small worksheet: name in the dotted line, merged days, blank lines between, text dates without a year.",
    Text("LỊCH ĐĂNG KÝ HOẠT ĐỘNG TUẦN LỄ HỌC TẬP SUỐT ĐỜI NĂM 2022", "center", bold=True),
    Text("Đơn vị: Trường Mầm non Hộ Hải (mẫu)"),
    table(
        day("1", "1/10", 1, Row("Phát động cùng địa phương", "Hội trường xã Hộ Hải", ""), blanks=1),
        day(
            "2",
            "4/10",
            4,
            Row("Bé chơi đong đo, đếm vỏ sò", "Lớp Mầm 2", "Cha mẹ gửi vỏ sò"),
            Row("Kể chuyện con rùa về biển", "Góc thư viện", ""),
        ),
        day(
            "3",
            "6/10",
            6,
            Row(
                "Họp cha mẹ: đồ chơi tự làm thay điện thoại",
                "Hội trường trường",
                "17h00",
                facts={"start_time": "17:00"},
            ),
        ),
        columns=columns(
            ("TT", "tt", 12),
            ("Ngày", "day", 24),
            ("Địa điểm", "place", 60),
            ("Nội dung", "content", 90),
            ("Ghi chú", "note", 44),
        ),
    ),
)

TH_KINH_DINH = form(
    "TH KINH DINH - DK HTSD.docx",
    "th-22759",
    "TRƯỜNG TIỂU HỌC KINH DINH (MẪU)",
    "Start and end in each day cell ('7h30 - 9h00'); audience column in classes; contacts with 'ĐT'.",
    Head(("PHÒNG GD&ĐT THÀNH PHỐ",), ("TRƯỜNG TIỂU HỌC KINH DINH (MẪU)",), "", "Kinh Dinh, ngày 28 tháng 9 năm 2022"),
    *title("LỊCH HOẠT ĐỘNG TUẦN LỄ HTSĐ"),
    table(
        day(
            "1",
            "7h30 - 9h00 03/10",
            3,
            Row("Chào cờ với sách: mỗi lớp giới thiệu một cuốn", "Sân trường", audience="Toàn trường"),
            start_time="07:30",
            end_time="09:00",
        ),
        day(
            "2",
            "14h - 15h30 04/10",
            4,
            Row("Làm quen bàn phím, tìm tranh an toàn", "Phòng tin học", audience="Lớp 3A, 3B"),
            start_time="14:00",
            end_time="15:30",
        ),
        day(
            "3",
            "8h - 10h 05/10",
            5,
            Row("Thi kể chuyện bằng rối tay", "Thư viện", "Ban giám khảo là phụ huynh", audience="Khối 1, 2"),
            start_time="08:00",
            end_time="10:00",
        ),
        day(
            "4",
            "15h - 16h30 07/10",
            7,
            Row(
                "Hội chợ sách cũ, đổi sách lấy hạt giống",
                "Sân trường",
                "Liên hệ: cô Hạnh (mẫu), 0900 000 081",
                audience="Học sinh, phụ huynh",
                facts={"contact": "cô Hạnh (mẫu), 0900 000 081"},
            ),
            start_time="15:00",
            end_time="16:30",
        ),
        columns=columns(
            ("TT", "tt", 10),
            ("Thời gian", "day", 30),
            ("Nội dung", "content", 52),
            ("Địa điểm", "place", 26),
            ("Đối tượng", "audience", 26),
            ("Ghi chú", "note", 28),
        ),
    ),
    Signature(("HIỆU TRƯỞNG",), "Ngô Thị Mẫu"),
)

TH_PHUOC_HOA = form(
    "TH Phuoc Hoa - Bac Ai.docx",
    "th-22786",
    "Trường Tiểu học Phước Hòa (mẫu)",
    "A boarding school of the mountains; last row is the whole week; 'hằng ngày' is in a note only; 'như trên' twice.",
    who("Trường Tiểu học Phước Hòa (mẫu)", label="Trường: "),
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG TUẦN LỄ HTSĐ"),
    table(
        day("1", "03/10/2022", 3, Row("Học sinh lớp 5 dạy em lớp 1 đọc vần", "Phòng đọc của trường", "Có quà nhỏ")),
        day(
            "2",
            "04/10/2022",
            4,
            Row("Đọc truyện tranh song ngữ Raglai - Việt", Said("như trên", "Phòng đọc của trường")),
        ),
        day("3", "05/10/2022", 5, Row("Già làng kể chuyện con suối", Said("Như trên", "Phòng đọc của trường"))),
        day(
            "4",
            "Trong Tuần lễ",
            (1, 7),
            Row("Ủ phân, trồng rau bán trú, học cân đo", "Vườn trường", "Hằng ngày sau giờ học"),
        ),
    ),
    Signature(("HIỆU TRƯỞNG",)),
)

TH_QUANG_SON = form(
    "Truong TH Quang Son nop lich.docx",
    "th-22819",
    "TRƯỜNG TIỂU HỌC QUẢNG SƠN (MẪU)",
    "One weekday wrong; three activities of a day in one cell, place once for all; letterhead without motto.",
    Head(("UBND HUYỆN NINH SƠN",), ("TRƯỜNG TIỂU HỌC QUẢNG SƠN (MẪU)",), motto=False),
    *title("LỊCH ĐĂNG KÝ"),
    table(
        day(
            "1",
            "Thứ Hai 03/10",
            3,
            Row(
                [
                    "Chào cờ, phát động “Em đọc mỗi ngày một trang”",
                    "Ra mắt thư viện góc lớp",
                    "Hướng dẫn mượn trả bằng thẻ",
                ],
                "Trường Tiểu học Quảng Sơn",
            ),
        ),
        day("2", "Thứ Ba 05/10", 5, Row("Thi tính nhanh kiểu người đi chợ", "Lớp học", "Khối 4, 5")),
        day("3", "Thứ Sáu 07/10", 7, Row("Tiết đọc thư viện mở, mời phụ huynh", "Thư viện")),
        columns=columns(
            ("STT", "tt", 12),
            ("Thời gian", "day", 30),
            ("Nội dung", "content", 68),
            ("Địa điểm", "place", 38),
            ("Ghi chú", "note", 20),
        ),
    ),
    Signature(("HIỆU TRƯỞNG",)),
    problems=("weekday_mismatch",),
)

TH_PHUOC_SON = form(
    "PL tieu hoc Phuoc Son 2022.docx",
    "th-22873",
    "Trường Tiểu học Phước Sơn (mẫu)",
    "Two tables by campus (name in the sentence above each); same columns; days repeated in each row.",
    who("Trường Tiểu học Phước Sơn (mẫu)", label="Đơn vị: "),
    *title("LỊCH HOẠT ĐỘNG TUẦN LỄ"),
    Text("Điểm trường chính:"),
    table(
        day(
            "1",
            "3/10",
            3,
            Row("Ngày đọc sách ngoài trời dưới bóng cây me", "Sân trường chính"),
            Row("Giờ học an toàn điện", "Lớp 5A"),
        ),
        day("2", "5/10", 5, Row("Câu lạc bộ cờ vua trực tuyến", "Phòng tin học")),
        columns=columns(("TT", "tt", 10), ("Ngày", "day", 22), ("Nội dung", "content", 76), ("Địa điểm", "place", 50)),
        days="each",
        numbers="rows",
    ),
    Text("Điểm trường Phước Thiện:"),
    table(
        day("1", "4/10", 4, Row("Đọc to nghe chung", "Điểm trường Phước Thiện")),
        day(
            "2",
            "6/10",
            6,
            Row("Vẽ bản đồ đường về nhà, chỗ nào cần cẩn thận", "Điểm trường Phước Thiện"),
            Row("Thi xếp hình bằng lá, hạt", "Điểm trường Phước Thiện"),
        ),
        columns=columns(("TT", "tt", 10), ("Ngày", "day", 22), ("Nội dung", "content", 76), ("Địa điểm", "place", 50)),
        days="each",
        numbers="rows",
    ),
    Signature(("P. HIỆU TRƯỞNG",)),
)

TH_BAC_PHONG = form(
    "TH Bac Phong.docx",
    "th-22856",
    None,
    "Nothing inside says whose form it is (school known from the file name, with 'TH' for tiểu học); a line says the "
    "day has no activity.",
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG", "TUẦN LỄ HỌC TẬP SUỐT ĐỜI NĂM 2022"),
    table(
        day("1", "03/10", 3, Row("Khởi động: mỗi lớp một cây sách", "Sân trường")),
        Stray(("2", "04/10", "", "Không có hoạt động", "")),
        day("3", "05/10", 5, Row("Thực hành rửa tay, đeo khẩu trang, khai báo sức khỏe", "Lớp học")),
        day("4", "07/10", 7, Row("Văn nghệ tổng kết, tặng sách bạn vùng xa", "Sân trường", "Gửi xã Phước Chiến")),
    ),
    Signature(("HIỆU TRƯỞNG",)),
)

FORMS = (MN_BAO_AN, MN_PHUOC_HAU, MN_HO_HAI, TH_KINH_DINH, TH_PHUOC_HOA, TH_QUANG_SON, TH_PHUOC_SON, TH_BAC_PHONG)
