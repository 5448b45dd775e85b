"""Lower and upper secondary schools."""

import datetime as dt

from scripts.sample_forms.form import (
    HANDED_TO,
    TITLE,
    UP,
    At,
    Head,
    Item,
    Row,
    Signature,
    Span,
    Text,
    annex,
    columns,
    day,
    form,
    table,
    title,
    who,
)

THCS_VAN_HAI = form(
    "THCS Van Hai - lich HTSD 2022.docx",
    "thcs-22777",
    "TRƯỜNG THCS VĂN HẢI (MẪU)",
    "Dates in full with weekdays; activities with times before them in one cell, places paired.",
    Head(
        ("PHÒNG GD&ĐT TP. PHAN RANG - THÁP CHÀM",),
        ("TRƯỜNG THCS VĂN HẢI (MẪU)",),
        "",
        "Văn Hải, ngày 27 tháng 9 năm 2022",
    ),
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG"),
    table(
        day(
            "1",
            "Thứ Hai, ngày 03/10/2022",
            3,
            Row(
                [
                    Item("Chào cờ với chủ đề Công dân số", At("7h00: ", "07:00")),
                    Item("Thi ứng xử trên mạng xã hội", At("9h15: ", "09:15")),
                ],
                ["Sân trường", "Hội trường"],
            ),
        ),
        day(
            "2",
            "Thứ Tư, ngày 05/10/2022",
            5,
            Row(
                Item("Ngày hội rau Văn Hải: đo, ghi, vẽ biểu đồ", At("14h00: ", "14:00")),
                "Vườn rau khu phố 1",
                "Khối 7",
            ),
        ),
        day(
            "3",
            "Thứ Sáu, ngày 07/10/2022",
            7,
            Row(
                [
                    Item("Diễn đàn học sinh với sách", At("8h00: ", "08:00")),
                    Item("Trao thưởng cuộc thi video một phút", At("10h00: ", "10:00")),
                ],
                ["Thư viện", "Sân trường"],
                "Video nộp tại https://nop.example/vanhai",
                link="https://nop.example/vanhai",
            ),
        ),
    ),
    Signature(("HIỆU TRƯỞNG",), recipients=("- Phòng GD&ĐT;", "- Lưu: VT.")),
)

THCS_PHUOC_TRUNG = form(
    "thcs phuoc trung.docx",
    "thcs-22807",
    "Trường THCS Phước Trung (mẫu)",
    "Pristine annex, sparsely filled; dots typed after the name; a place missing in one line.",
    *TITLE,
    who("Trường THCS Phước Trung (mẫu)", tail="........."),
    annex(
        {
            3: [Row("Nói chuyện về nghề: kỹ sư điện mặt trời", "Phòng học 8A", "Cựu học sinh chia sẻ")],
            4: [Row("Đọc sách bên bếp trại bán trú", "Nhà bán trú")],
            5: [
                Row("Học chống ngập, tránh lũ quét", ""),
                Row("Sửa quạt, sửa đèn: giờ công nghệ mở", "Xưởng thực hành"),
            ],
            7: [Row("Thi mã la giữa các khối", "Sân trường")],
        },
        lines=2,
    ),
    Signature(),
    HANDED_TO,
    problems=("no_place",),
)

THCS_PHUOC_HAI = form(
    "Lich THCS Phuoc Hai (chinh sua).docx",
    "thcs-22894",
    "TRƯỜNG THCS PHƯỚC HẢI (MẪU)",
    "The same text often abbreviated: 'HS', 'GV'; hard spaces; note merged over rows; contact column.",
    Text("TRƯỜNG THCS PHƯỚC HẢI (MẪU)", bold=True),
    *title("ĐĂNG KÝ HOẠT ĐỘNG TUẦN LỄ HTSĐ"),
    table(
        day(
            "1",
            "03/10/2022",
            3,
            Row(
                "HS khối 9 dạy GV dùng bảng tính chung",
                "Phòng tin học",
                "Nhóm tự học phụ trách",
                contact="thầy Tùng (mẫu), 0900 000 091",
            ),
            Row(
                "GV và HS cùng soạn đề thi trắc nghiệm vui",
                "Phòng tin học",
                UP,
                contact="thầy Tùng (mẫu), 0900 000 091",
            ),
        ),
        day(
            "2",
            "05/10/2022",
            5,
            Row("Tìm hiểu đầm Nại, rừng ngập mặn qua ảnh vệ tinh", "Thư viện", contact="0900 000 092"),
        ),
        day(
            "3",
            "06/10/2022",
            6,
            Row("Thi thuyết minh bằng tiếng Anh về làng Bàu Trúc", "Hội trường", contact="0900 000 093"),
        ),
        columns=columns(
            ("TT", "tt", 10),
            ("Ngày", "day", 26),
            ("Nội dung", "content", 56),
            ("Địa điểm", "place", 28),
            ("Ghi chú", "note", 26),
            ("Liên hệ", "contact", 26),
        ),
    ),
    Signature(("HIỆU TRƯỞNG",)),
    hard_spaces=True,
)

THCS_PHUOC_MINH = form(
    "TLHTSD_THCS_PhuocMinh_gui_lan_1.docx",
    "thcs-22906",
    "Trường THCS Phước Minh (mẫu)",
    "File name without spaces; one date falls outside the Week by a slip (13/10).",
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG", "TUẦN LỄ HỌC TẬP SUỐT ĐỜI NĂM 2022"),
    who("Trường THCS Phước Minh (mẫu)", label="Đơn vị: ", tail="…"),
    table(
        day("1", "01/10/2022", 1, Row("Dự lễ phát động tại xã", "Nhà văn hóa xã Phước Minh")),
        day(
            "2",
            "13/10/2022",
            "2022-10-13",
            Row("Tham quan cánh đồng quạt gió, ghi chép như nhà khoa học", "Cánh đồng điện gió xã Phước Minh", "30 HS"),
        ),
        day("3", "05/10/2022", 5, Row("Thi lập trình kéo thả", "Phòng máy")),
        day("4", "07/10/2022", 7, Row("Tổng kết, trưng bày sổ tay quan sát", "Thư viện")),
    ),
    Signature(("HIỆU TRƯỞNG",)),
    problems=("outside_week",),
)

THPT_PHAN_RANG = form(
    "THPT PR-TC 1 (mẫu) - Phụ lục đăng ký.docx",
    "thpt-582-1",
    "TRƯỜNG THPT PHAN RANG-THÁP CHÀM 1 (MẪU)",
    "Landscape, letterhead under the department; time column holds ranges, host and audience columns; links beside "
    "text.",
    Head(
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO",),
        ("TRƯỜNG THPT PHAN RANG-THÁP CHÀM 1 (MẪU)",),
        "Số:     /THPT",
        "Phan Rang - Tháp Chàm, ngày 29 tháng 9 năm 2022",
    ),
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG TUẦN LỄ HƯỞNG ỨNG HỌC TẬP SUỐT ĐỜI NĂM 2022"),
    table(
        day(
            "1",
            "01/10/2022",
            1,
            Row(
                "Tình nguyện viên dạy người lớn dùng ứng dụng trong Lễ khai mạc",
                "Quảng trường 16 tháng 4",
                time=At("7h00-10h00", "07:00", "10:00"),
                host="Đoàn trường",
                audience="50 đoàn viên",
            ),
        ),
        day(
            "2",
            "03/10/2022",
            3,
            Row(
                "Ra mắt kho bài giảng do học sinh quay https://hoc.example/kho",
                "Thư viện điện tử",
                time=At("9h30", "09:30"),
                host="Tổ Ngữ văn",
                audience="Toàn trường",
                link="https://hoc.example/kho",
            ),
            Row(
                "Câu lạc bộ tiếng Anh giao lưu trực tuyến với bạn bốn phương",
                "Phòng hội thảo",
                time=At("14h00-15h30", "14:00", "15:30"),
                host="Tổ Ngoại ngữ",
                audience="Khối 10, 11",
            ),
        ),
        day(
            "3",
            "05/10/2022",
            5,
            Row(
                "Cuộc thi “Em làm nhà báo kiểm chứng”",
                "Hội trường",
                time=At("14h00", "14:00"),
                host="Câu lạc bộ Báo chí",
                audience="Khối 11",
            ),
        ),
        day(
            "4",
            "07/10/2022",
            7,
            Row(
                "Ngày hội tái chế linh kiện, sửa máy tính tặng vùng xa",
                "Sân trường",
                time=At("7h30-11h00", "07:30", "11:00"),
                host="Tổ Tin học",
                audience="Học sinh, cựu học sinh",
                note="Liên hệ: 0900 000 095",
                facts={"contact": "0900 000 095"},
            ),
        ),
        columns=columns(
            ("TT", "tt", 12),
            ("Ngày", "day", 26),
            ("Thời gian", "time", 30),
            ("Nội dung", "content", 70),
            ("Địa điểm", "place", 44),
            ("Phụ trách", "host", 30),
            ("Đối tượng", "audience", 30),
            ("Ghi chú", "note", 22),
        ),
    ),
    Signature(("HIỆU TRƯỞNG",)),
    landscape=True,
)

THPT_NINH_HAI = form(
    "THPT Ninh Hai 1 (mau)_Lich tuan le.docx",
    "thpt-586-1",
    "Trường THPT Ninh Hải 1 (mẫu)",
    "The dates as '3/10' without a year; a heading row per part of school; place merged.",
    who("Trường THPT Ninh Hải 1 (mẫu)", label="Đơn vị: "),
    *title("LỊCH HOẠT ĐỘNG HƯỞNG ỨNG"),
    table(
        Span("KHỐI CHÍNH KHÓA"),
        day(
            "1",
            "3/10",
            3,
            Row("Chuyên đề “Tự học mùa dịch và sau dịch”", "Hội trường A"),
            Row("Thi đố vui kiến thức biển", UP),
            Row("Giao lưu cựu học sinh đang học xa", UP, "Trực tuyến"),
        ),
        Span("CÂU LẠC BỘ"),
        day(
            "2",
            "6/10",
            6,
            Row("Câu lạc bộ guitar tập bài về quê hương", "Sân khấu trường"),
            Row("Câu lạc bộ sinh học: đo nước đầm Nại", "Bến Khánh Hội"),
        ),
        columns=columns(
            ("TT", "tt", 10),
            ("Ngày", "day", 22),
            ("Nội dung", "content", 70),
            ("Địa điểm", "place", 40),
            ("Ghi chú", "note", 24),
        ),
    ),
    Signature(("HIỆU TRƯỞNG",), "Trịnh Văn Mẫu"),
)

THPT_NINH_PHUOC = form(
    "dang-ky-htsd-thpt-ninh-phuoc-2-mau.docx",
    "thpt-587-2",
    "TRƯỜNG THPT NINH PHƯỚC 2 (MẪU)",
    "Hyphens for spaces in the file name; letterhead and motto; one range written in full; '+' items.",
    Head(("SỞ GD&ĐT NINH THUẬN",), ("TRƯỜNG THPT NINH PHƯỚC 2 (MẪU)",)),
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG"),
    table(
        day(
            "1",
            "Từ ngày 03/10/2022 đến ngày 05/10/2022",
            (3, 5),
            Row("Đọc sách 15 phút đầu giờ ở tất cả các lớp", "Các lớp học"),
        ),
        day(
            "2",
            "04/10/2022",
            4,
            Row(
                ["Tọa đàm chọn nghề trong nông nghiệp công nghệ cao", "Thi thuyết trình về cây nho, cây táo"],
                "Hội trường",
                "Khối 12",
            ),
        ),
        day(
            "3",
            "06/10/2022",
            6,
            Row(
                ["Tập huấn nhận diện lừa đảo việc làm", "Viết đơn xin việc, phỏng vấn thử"],
                "Phòng thư viện",
                "Cựu học sinh dạy",
            ),
        ),
        bullet="+ ",
        columns=columns(
            ("TT", "tt", 10),
            ("Thời gian", "day", 32),
            ("Nội dung", "content", 70),
            ("Địa điểm", "place", 38),
            ("Ghi chú", "note", 20),
        ),
    ),
    Signature(("HIỆU TRƯỞNG",)),
)

THPT_THUAN_NAM = form(
    "THPT Thuan Nam 1.xlsx",
    "thpt-589-1",
    "TRƯỜNG THPT THUẬN NAM 1 (MẪU)",
    "Worksheet: real dates, decomposed Unicode, a column of notes before the place; title and name in the same "
    "merged rows.",
    Head(("SỞ GIÁO DỤC VÀ ĐÀO TẠO",), ("TRƯỜNG THPT THUẬN NAM 1 (MẪU)",)),
    Text("LỊCH ĐĂNG KÝ HOẠT ĐỘNG TUẦN LỄ HỌC TẬP SUỐT ĐỜI", "center", bold=True),
    table(
        day(
            "1",
            dt.date(2022, 10, 3),
            3,
            Row("Phát động “30 phút tự học mỗi ngày không điện thoại”", "Sân trường"),
            Row("Thi viết đoạn văn về người tự học ở làng muối", "Lớp học", "Khối 10"),
        ),
        day(
            "2",
            dt.date(2022, 10, 5),
            5,
            Row("Giờ học mở môn Vật lý: gió và cánh quạt", "Xưởng điện gió (mẫu)", "Đi xe buýt"),
        ),
        day("3", "06/10/2022", 6, Row("Tập huấn giáo viên khai thác phần mềm mô phỏng", "Phòng máy 2")),
        columns=columns(
            ("TT", "tt", 12),
            ("Ngày", "day", 30),
            ("Nội dung", "content", 100),
            ("Ghi chú", "note", 44),
            ("Địa điểm", "place", 60),
        ),
    ),
    Signature(("HIỆU TRƯỞNG",)),
    decomposed=True,
)

FORMS = (
    THCS_VAN_HAI,
    THCS_PHUOC_TRUNG,
    THCS_PHUOC_HAI,
    THCS_PHUOC_MINH,
    THPT_PHAN_RANG,
    THPT_NINH_HAI,
    THPT_NINH_PHUOC,
    THPT_THUAN_NAM,
)
