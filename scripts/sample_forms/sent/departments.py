"""Departments of the province."""

from scripts.sample_forms.form import (
    HANDED_TO,
    TITLE,
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

TTTT = form(
    "So TTTT dang ky lich TLHTSD 2022.docx",
    "so-tttt",
    "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
    "Letterhead with the province above; ranges written in full and short; a contact column; links in notes.",
    Head(
        ("UBND TỈNH NINH THUẬN",),
        ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG",),
        "Số:       /STTTT-TTBCXB",
        "Ninh Thuận, ngày      tháng 9 năm 2022",
    ),
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG TUẦN LỄ HƯỞNG ỨNG", "HỌC TẬP SUỐT ĐỜI NĂM 2022"),
    table(
        day(
            "1",
            "Từ ngày 01/10 đến ngày 07/10",
            (1, 7),
            Row(
                "Chuyên trang “Công dân số học suốt đời” trên Cổng thông tin điện tử tỉnh",
                "Cổng thông tin điện tử tỉnh",
                contact="Phòng Báo chí, 0900 000 041",
                note="https://tin.example/congdanso",
                link="https://tin.example/congdanso",
            ),
        ),
        day(
            "2",
            "01/10/2022",
            1,
            Row(
                "Ra quân 65 tổ công nghệ số cộng đồng cấp xã",
                "Quảng trường 16 tháng 4",
                contact="Phòng CNTT, 0900 000 042",
            ),
        ),
        day(
            "3",
            "02-04/10",
            (2, 4),
            Row(
                "Tập huấn tổ công nghệ số cộng đồng theo cụm huyện",
                "Trung tâm CNTT và Truyền thông tỉnh",
                "Mỗi ngày một cụm",
                contact="Phòng CNTT, 0900 000 042",
            ),
        ),
        day(
            "4",
            "05/10/2022",
            5,
            Row(
                "Hội nghị trực tuyến giới thiệu bộ công cụ nhận diện tin giả",
                "Điểm cầu Sở và các huyện",
                "Vào phòng họp: https://hop.example/tingia",
                contact="Thanh tra Sở, 0900 000 043",
                link="https://hop.example/tingia",
            ),
        ),
        day(
            "5",
            "06/10/2022",
            6,
            Row(
                "Hướng dẫn biên tập bản tin loa truyền thanh thông minh cho cán bộ đài xã",
                "Hội trường Sở",
                contact="Phòng Báo chí, 0900 000 041",
            ),
        ),
        columns=columns(
            ("TT", "tt", 10),
            ("Thời gian", "day", 26),
            ("Nội dung", "content", 54),
            ("Địa điểm", "place", 32),
            ("Người phụ trách", "contact", 28),
            ("Ghi chú", "note", 22),
        ),
    ),
    Signature(("GIÁM ĐỐC",), recipients=("- Sở GDĐT;", "- Lưu: VT, TTBCXB.")),
)

VHTTDL = form(
    "Phu luc dang ky - So VHTTDL.docx",
    "so-vhttdl",
    "Sở Văn hóa, Thể thao và Du lịch",
    "The annex; smart tags of old Word; several activities in one cell behind '+', places line by line beside them.",
    *TITLE,
    who("Sở Văn hóa, Thể thao và Du lịch", tail="………"),
    annex(
        {
            1: [
                Row(
                    [
                        "Ngày hội sách và văn hóa đọc trong kỷ nguyên số",
                        "Xếp sách nghệ thuật mô hình tháp Po Klong Garai",
                    ],
                    ["Thư viện tỉnh", "Quảng trường 16 tháng 4"],
                    "Có truyền hình trực tiếp",
                )
            ],
            2: [
                Row(
                    "Trình diễn, dạy trống ghi năng và kèn saranai cho thiếu niên",
                    "Tháp Po Klong Garai, phường Đô Vinh",
                )
            ],
            3: [
                Row(
                    [
                        "Tập huấn số hóa hiện vật cho cán bộ nhà truyền thống",
                        "Giới thiệu bản đồ di sản trên điện thoại",
                    ],
                    "Bảo tàng tỉnh",
                )
            ],
            5: [Row("Giao lưu nghệ nhân gốm Bàu Trúc với hướng dẫn viên du lịch trẻ", "Nhà trưng bày gốm Bàu Trúc")],
            6: [Row("Hội thảo du lịch cộng đồng và kỹ năng bán phòng trực tuyến", "Hội trường Sở", "80 đại biểu")],
            7: [Row("Liên hoan tuyên truyền lưu động chủ đề “Học để biết, biết để làm”", "Công viên biển Bình Sơn")],
        },
        bullet="+ ",
    ),
    Signature(),
    HANDED_TO,
    smart_tags=True,
)

LDTBXH = form(
    "LICH HTSD 2022 (SO LDTBXH).docx",
    "so-ldtbxh",
    "SỞ LĐ-TB&XH NINH THUẬN",
    "Landscape; dates in full words with right weekdays; unit abbreviated on a line of its own; audience and host "
    "columns.",
    Text("SỞ LĐ-TB&XH NINH THUẬN", bold=True),
    *title("ĐĂNG KÝ HOẠT ĐỘNG TUẦN LỄ HỌC TẬP SUỐT ĐỜI"),
    table(
        day(
            "1",
            "Thứ Bảy, ngày 01 tháng 10 năm 2022",
            1,
            Row(
                "Phiên giao dịch việc làm trực tuyến gắn với học nghề",
                "Trung tâm Dịch vụ việc làm tỉnh",
                host="Trung tâm Dịch vụ việc làm",
                audience="Người tìm việc, bộ đội xuất ngũ",
            ),
        ),
        day(
            "2",
            "Thứ Hai, ngày 03 tháng 10 năm 2022",
            3,
            Row(
                "Khai giảng lớp chế biến nho, táo sau thu hoạch",
                "Xã Phước Thuận, huyện Ninh Phước",
                host="Trường Trung cấp nghề (mẫu)",
                audience="30 lao động nông thôn",
            ),
        ),
        day(
            "3",
            "Thứ Tư, ngày 05 tháng 10 năm 2022",
            5,
            Row(
                "Hướng dẫn người khuyết tật dùng phần mềm đọc màn hình",
                "Trung tâm Bảo trợ xã hội tỉnh",
                "Có phiên dịch ngôn ngữ ký hiệu",
                host="Phòng Bảo trợ xã hội",
                audience="Người khuyết tật và người thân",
            ),
            Row(
                "Tư vấn đăng ký học nghề qua cổng dịch vụ công",
                "Trung tâm Dịch vụ việc làm tỉnh",
                host="Phòng Dạy nghề",
                audience="Thanh niên",
            ),
        ),
        day(
            "4",
            "Thứ Sáu, ngày 07 tháng 10 năm 2022",
            7,
            Row(
                "Tọa đàm phòng, chống đuối nước và tai nạn thương tích trẻ em",
                "Hội trường Sở",
                host="Phòng Trẻ em",
                audience="Cán bộ xã, phường",
            ),
        ),
        columns=columns(
            ("TT", "tt", 12),
            ("Ngày, tháng", "day", 36),
            ("Nội dung", "content", 66),
            ("Địa điểm", "place", 50),
            ("Đơn vị chủ trì", "host", 34),
            ("Đối tượng tham gia", "audience", 30),
            ("Ghi chú", "note", 26),
        ),
    ),
    Signature(("GIÁM ĐỐC",)),
    landscape=True,
)

NOI_VU = form(
    "Sở Nội vụ - lịch đăng ký.docx",
    "so-nv",
    None,
    "Two short lines, no letterhead and no name: only the file name says whose form it is.",
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG"),
    table(
        day(
            "1",
            "Sáng 04/10",
            4,
            Row(
                "Tập huấn tự học trên nền tảng bồi dưỡng trực tuyến cho công chức, viên chức trẻ",
                "Phòng họp trực tuyến Sở, 12 điểm cầu",
            ),
            part_of_day="sáng",
        ),
        day(
            "2",
            "Chiều 06/10",
            6,
            Row("Sinh hoạt chuyên đề “Mỗi công chức một giờ đọc mỗi tuần”", "Hội trường tầng 3", "Khối cơ quan Sở"),
            part_of_day="chiều",
        ),
    ),
)

FORMS = (TTTT, VHTTDL, LDTBXH, NOI_VU)
