"""Communes and towns of Bác Ái, Ninh Sơn, Ninh Hải and Thuận Bắc."""

from scripts.sample_forms.form import (
    HANDED_TO,
    TITLE,
    Again,
    Head,
    Row,
    Signature,
    Text,
    annex,
    columns,
    day,
    form,
    table,
    title,
    who,
)

PHUOC_BINH = form(
    "Xa Phuoc Binh.docx",
    "ubnd-22783",
    "UBND XÃ PHƯỚC BÌNH",
    "Head of state motto and letterhead, then the dotted line too (same unit); a range with only days in front "
    "(04-05/10).",
    Head(("UBND HUYỆN BÁC ÁI",), ("UBND XÃ PHƯỚC BÌNH",), "Số: 71/UBND", "Phước Bình, ngày 26 tháng 9 năm 2022"),
    *TITLE,
    who("UBND XÃ PHƯỚC BÌNH"),
    table(
        day(
            "1",
            "01/10",
            1,
            Row("Phát động học tập suốt đời tại bẫy đá Pi Năng Tắc", "Di tích Bẫy đá Pi Năng Tắc", "Kết hợp về nguồn"),
        ),
        day(
            "2",
            "02/10",
            2,
            Row("Đi rừng học tên cây, tên chim cùng kiểm lâm", "Vườn quốc gia Phước Bình", "30 học sinh"),
        ),
        day(
            "3",
            "04-05/10",
            (4, 5),
            Row("Tập huấn làm du lịch cộng đồng, đón khách, đặt phòng qua mạng", "Thôn Hành Rạc 1"),
        ),
        day("4", "07/10", 7, Row("Trồng bưởi da xanh: học hỏi giữa các hộ", "Thôn Bạc Rây 2")),
    ),
    Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
)

PHUOC_DAI = form(
    "UBND xã Phước Đại gửi phụ lục.docx",
    "ubnd-22801",
    "UBND xã Phước Đại",
    "A blank annex sent by oversight: name filled in, nothing in the table.",
    *TITLE,
    who("UBND xã Phước Đại", tail="…………"),
    annex({}),
    Signature(),
    HANDED_TO,
    problems=("no_rows",),
)

LAM_SON = form(
    "Lâm Sơn - đăng ký lịch tuần lễ (28-9-2022).docx",
    "ubnd-22813",
    "UBND xã Lâm Sơn",
    "Day as '1-10-2022'; header repeated; hanging the banners begins before the Week (30/9).",
    who("UBND xã Lâm Sơn", label="Đơn vị: ", tail="........................"),
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG TUẦN LỄ HTSĐ"),
    table(
        day("1", "30-9-2022", "2022-09-30", Row("Treo băng rôn dọc Quốc lộ 27", "Đèo Ngoạn Mục đến cầu Sông Pha")),
        day(
            "2",
            "1-10-2022",
            1,
            Row("Mở vườn sách dưới giàn chôm chôm", "Thôn Lâm Phú"),
            Row("Chỉ nhau cách đặt trang bán trái cây", "Thôn Lâm Phú"),
        ),
        Again(),
        day("3", "4-10-2022", 4, Row("Học sơ cứu đuối nước, gãy xương", "Trạm Y tế xã", "Mỗi hộ một người")),
        day("4", "6-10-2022", 6, Row("Nghe kể chuyện thủy điện Đa Nhim", "Nhà văn hóa thôn Lập Lá")),
        columns=columns(
            ("TT", "tt", 10),
            ("Ngày", "day", 26),
            ("Nội dung", "content", 62),
            ("Địa điểm", "place", 42),
            ("Ghi chú", "note", 25),
        ),
    ),
    Signature(("CHỦ TỊCH",)),
    problems=("outside_week",),
)

MA_NOI = form(
    "MA NOI.docx",
    "ubnd-22828",
    "UBND xã Ma Nới",
    "Tracked deletion of a whole activity line's text beside its replacement; runs in pieces; a note with phone and "
    "name.",
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG", "TUẦN LỄ HỌC TẬP SUỐT ĐỜI NĂM 2022"),
    who("UBND xã Ma Nới", tail="…"),
    table(
        day("1", "01/10", 1, Row("Lễ phát động, trao {-20-}{+30+} bộ sách giáo khoa", "Sân Trường THCS Ma Nới")),
        day(
            "2",
            "03/10",
            3,
            Row(
                "{-Hội thi văn nghệ-}{+Dạy làm đàn chapi từ ống tre+}",
                "Nhà cộng đồng thôn Ú",
                "Liên hệ: chị Mai (mẫu), 0900 000 071",
                facts={"contact": "chị Mai (mẫu), 0900 000 071"},
            ),
        ),
        day("3", "05/10", 5, Row("Đọc nhãn phân bón, thuốc: học an toàn khi làm rẫy", "Thôn Gia Hoa")),
        day(
            "4",
            "07/10",
            7,
            Row("Xem lại ảnh, phim tự quay trong tuần", "Nhà cộng đồng thôn Ú", "Tối", facts={"part_of_day": "tối"}),
        ),
    ),
    Signature(("TM. UBND XÃ", "PHÓ CHỦ TỊCH")),
    cut_runs=True,
)

KHANH_HAI = form(
    "Thi tran Khanh Hai_lich tuan le HTSD.docx",
    "ubnd-22834",
    "UBND THỊ TRẤN KHÁNH HẢI",
    "Landscape with many columns, among them money and signature columns that stay empty or hold figures; host and "
    "audience.",
    Head(("UBND HUYỆN NINH HẢI",), ("UBND THỊ TRẤN KHÁNH HẢI",), "", "Khánh Hải, ngày 27 tháng 9 năm 2022"),
    *title("KẾ HOẠCH CHI TIẾT CÁC HOẠT ĐỘNG TUẦN LỄ HỌC TẬP SUỐT ĐỜI"),
    table(
        day(
            "1",
            "01/10",
            1,
            Row(
                "Phát động Tuần lễ gắn với Ngày Quốc tế Người cao tuổi",
                "Hội trường UBND thị trấn",
                host="UBND thị trấn",
                audience="Hội viên người cao tuổi",
            ),
        ),
        day(
            "2",
            "02/10",
            2,
            Row(
                "Câu lạc bộ bơi thuyền, học luật giao thông thủy",
                "Bờ đầm Nại",
                host="Đoàn Thanh niên",
                audience="Thanh thiếu niên",
            ),
        ),
        day(
            "3",
            "04/10",
            4,
            Row("Chuyển đổi số cho hộ nuôi ốc, nuôi cua", "Khu phố Khánh Sơn 2", host="Hội Nông dân", audience="40 hộ"),
        ),
        day(
            "4",
            "06/10",
            6,
            Row(
                "Bà con học làm bánh xèo Phan Rang, quay phim giới thiệu",
                "Chợ Ninh Hải",
                host="Hội Phụ nữ",
                audience="Tiểu thương",
            ),
            Row("Đêm đọc thơ dưới trăng", "Công viên thị trấn", host="Hội Người cao tuổi", audience="Mọi người"),
        ),
        columns=columns(
            ("STT", "tt", 12),
            ("Nội dung công việc", "content", 74),
            ("Ngày", "day", 20),
            ("Địa điểm", "place", 44),
            ("Đơn vị chủ trì", "host", 36),
            ("Đối tượng", "audience", 36),
            ("Ký xác nhận", "other", 26),
        ),
    ),
    Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), left="NGƯỜI LẬP BIỂU"),
    landscape=True,
    size_pt=14,
)

VINH_HAI = form(
    "Vinh Hai nop.docx",
    "ubnd-22846",
    "Ủy ban nhân dân xã Vĩnh Hải",
    "'a)', 'b)' before items; two places in one cell that do not pair with the items (they stay together).",
    who("Ủy ban nhân dân xã Vĩnh Hải", label="", tail=""),
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG TUẦN LỄ HỌC TẬP SUỐT ĐỜI"),
    table(
        day(
            "1",
            "1/10/2022",
            1,
            Row(
                ["Phát động Tuần lễ", "Ký cam kết bảo vệ rùa biển, san hô", "Tặng áo phao cho học sinh"],
                ["Thôn Thái An,", "Thôn Vĩnh Hy"],
            ),
        ),
        day("2", "3/10/2022", 3, Row("Kỹ thuật bọc trái nho không hạt, làm nho xanh", "Làng nho Thái An")),
        day(
            "3",
            "5/10/2022",
            5,
            Row(
                ["Học tiếng Anh chào khách", "Học đặt giá phòng trên ứng dụng"],
                "Nhà văn hóa thôn Vĩnh Hy",
                "Hộ làm nhà nghỉ",
            ),
        ),
        day("4", "7/10/2022", 7, Row("Đêm lửa trại kể chuyện đi biển", "Bãi Thùng")),
        bullet="a) ",
    ),
    Signature(("CHỦ TỊCH",), "Huỳnh Văn Mẫu"),
)

PHUOC_KHANG = form(
    "Phuoc Khang.docx",
    "ubnd-22843",
    "UBND XÃ PHƯỚC KHÁNG",
    "A date that does not exist (31/9/2022); the rest tidy; small font; the unit on a line above the title.",
    Text("UBND XÃ PHƯỚC KHÁNG", bold=True),
    *title("ĐĂNG KÝ LỊCH HOẠT ĐỘNG TUẦN LỄ HTSĐ 2022"),
    table(
        day("1", "31/9/2022", None, Row("Họp dân thông báo Tuần lễ", "Nhà cộng đồng thôn Cầu Đá")),
        day("2", "02/10/2022", 2, Row("Học sinh bán trú nấu ăn, ghi công thức", "Trường THCS Phước Kháng (mẫu)")),
        day("3", "04/10/2022", 4, Row("Kể chuyện núi Chúa và nghề rừng", "Thôn Đá Liệt")),
        day("4", "06/10/2022", 6, Row("Sinh hoạt lớp học đêm cho phụ nữ", "Thôn Suối Le", "Gửi trẻ tại chỗ")),
    ),
    Signature(("CHỦ TỊCH",)),
    problems=("bad_date",),
    size_pt=12,
)

LOI_HAI = form(
    "PL - Loi Hai - Thuan Bac.docx",
    "ubnd-22849",
    "UBND xã Lợi Hải",
    "Each day's cell repeats the part of day on a second line; day repeated; hosts named in a column 'Chủ trì'.",
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG", "TUẦN LỄ HỌC TẬP SUỐT ĐỜI NĂM 2022"),
    who("UBND xã Lợi Hải", tail="………………"),
    table(
        day(
            "1",
            "01/10\nSáng",
            1,
            Row("Phát động, khánh thành thư viện thân thiện", "Trường Tiểu học Lợi Hải", host="Trường Tiểu học"),
            part_of_day="sáng",
        ),
        day(
            "2",
            "01/10\nChiều",
            1,
            Row("Thi đấu cờ tướng, cờ vua trên máy tính", "Nhà văn hóa xã", host="Đoàn xã"),
            part_of_day="chiều",
        ),
        day(
            "3",
            "03/10\nSáng",
            3,
            Row("Khám mắt, học cách giữ mắt khi học trực tuyến", "Trạm Y tế xã", host="Trạm Y tế"),
            part_of_day="sáng",
        ),
        day(
            "4",
            "05/10\nTối",
            5,
            Row("Tuyên truyền luật trẻ em bằng kịch ngắn", "Thôn Bà Râu 1", host="Hội Phụ nữ"),
            part_of_day="tối",
        ),
        columns=columns(
            ("TT", "tt", 10),
            ("Ngày", "day", 22),
            ("Nội dung", "content", 62),
            ("Địa điểm", "place", 42),
            ("Chủ trì", "host", 30),
        ),
    ),
    Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
)

FORMS = (PHUOC_BINH, PHUOC_DAI, LAM_SON, MA_NOI, KHANH_HAI, VINH_HAI, PHUOC_KHANG, LOI_HAI)
