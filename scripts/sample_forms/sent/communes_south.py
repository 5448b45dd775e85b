"""Wards and communes of Phan Rang-Tháp Chàm, Ninh Phước and Thuận Nam."""

from scripts.sample_forms.form import (
    HANDED_TO,
    TITLE,
    UP,
    At,
    Head,
    Row,
    Signature,
    Span,
    annex,
    columns,
    day,
    form,
    table,
    title,
    who,
)

DO_VINH = form(
    "UBND phuong Do Vinh - PL lich HTSD.docx",
    "ubnd-22738",
    "UBND phường Đô Vinh",
    "The annex, three lines a day, the label shortened by the unit; a tower and a railway station as places.",
    *TITLE,
    who("UBND phường Đô Vinh", label="UBND: ", tail="……………"),
    annex(
        {
            1: [
                Row("Phát động Tuần lễ, treo cờ phướn trên đường 21 tháng 8", "Trụ sở UBND phường"),
                Row("Khai trương góc đọc sách chờ tàu", "Ga Tháp Chàm", "Phối hợp với nhà ga"),
            ],
            2: [Row("Học sinh làm hướng dẫn viên bằng hai ngôn ngữ", "Tháp Po Klong Garai")],
            4: [
                Row("Tổ công nghệ số cộng đồng đến từng nhà", "Khu phố 1 đến khu phố 9"),
                Row("Nói chuyện phòng cháy, chữa cháy, thoát nạn", "Nhà văn hóa khu phố 6", "Công an phường"),
            ],
            6: [Row("Lớp làm gốm mini cho thiếu nhi", "Nhà văn hóa phường")],
            7: [Row("Họp mặt gia đình học tập", "Hội trường UBND phường")],
        }
    ),
    Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
    HANDED_TO,
)

DONG_HAI = form(
    "Dong Hai.docx",
    "ubnd-22768",
    "UBND PHƯỜNG ĐÔNG HẢI",
    "Fishing ward: tides decide the hours; one heading 'Thời gian' over the columns day and hour (two header rows); "
    "hours as '4 giờ 30'.",
    Head(("UBND TP. PHAN RANG - THÁP CHÀM",), ("UBND PHƯỜNG ĐÔNG HẢI",)),
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG TUẦN LỄ HỌC TẬP SUỐT ĐỜI"),
    table(
        day(
            "1",
            "01/10",
            1,
            Row("Phát loa bản tin Tuần lễ lúc thuyền về", "Cảng cá Đông Hải", time=At("4 giờ 30", "04:30")),
            Row("Lễ phát động cấp phường", "Hội trường UBND phường", time=At("8 giờ", "08:00")),
        ),
        day(
            "2",
            "03/10",
            3,
            Row(
                "Hướng dẫn khai báo hành trình tàu cá trên ứng dụng",
                "Trạm biên phòng Đông Hải",
                "Chủ tàu từ 15 m trở lên",
                time=At("14 giờ", "14:00"),
            ),
        ),
        day(
            "3",
            "05/10",
            5,
            Row(
                "Lớp vá lưới cho thanh niên, người già truyền nghề",
                "Bến thuyền khu phố 3",
                time=At("15 giờ 30", "15:30"),
            ),
        ),
        day(
            "4",
            "06/10",
            6,
            Row("Chiếu phim về chống khai thác hải sản trái phép", "Nhà văn hóa khu phố 7", time=At("19 giờ", "19:00")),
        ),
        columns=columns(
            ("TT", "tt", 10),
            ("Thời gian|Ngày", "day", 18),
            ("Thời gian|Giờ", "time", 24),
            ("Nội dung", "content", 54),
            ("Địa điểm", "place", 36),
            ("Ghi chú", "note", 24),
        ),
    ),
    Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
)

THANH_HAI = form(
    "Lich dang ky (xa Thanh Hai - TP PRTC).docx",
    "ubnd-22774",
    "UBND xã Thành Hải",
    "Another commune of the province differs from this one by a single mark (Thanh Hải): the name must be matched "
    "with its marks. "
    "A place line by line for numbered items.",
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG", "TUẦN LỄ HỌC TẬP SUỐT ĐỜI NĂM 2022"),
    who("UBND xã Thành Hải"),
    table(
        day(
            "1",
            "Ngày 01/10/2022",
            1,
            Row(
                ["Phát động Tuần lễ", "Trao xe đạp cho học sinh nghèo"], ["Hội trường UBND xã", "Trường THCS Thành Hải"]
            ),
        ),
        day(
            "2",
            "Ngày 03/10/2022",
            3,
            Row("Tập huấn trồng hoa tết ghi nhật ký trên điện thoại", "Thôn Thành Ý", "30 hộ"),
        ),
        day(
            "3",
            "Ngày 05/10/2022",
            5,
            Row(
                ["Lớp học chữ Chăm cho thiếu nhi", "Thi đọc sách tiếp sức", "Sinh hoạt câu lạc bộ ông bà cháu"],
                "Nhà văn hóa thôn Thành Ý",
            ),
        ),
        day("4", "Ngày 07/10/2022", 7, Row("Sơ kết, ghi nhận 05 gương tự học", "Hội trường UBND xã")),
        bullet="1) ",
    ),
    Signature(("TM. UBND XÃ", "CHỦ TỊCH")),
)

PHUOC_DAN = form(
    "TT Phuoc Dan_PL kem theo (1).docx",
    "ubnd-22870",
    "UBND THỊ TRẤN PHƯỚC DÂN",
    "Headings of section inside the table; place before content as printed; one link; 'cả tuần' as a line of its own.",
    Head(
        ("UBND HUYỆN NINH PHƯỚC",),
        ("UBND THỊ TRẤN PHƯỚC DÂN",),
        "Số:     /UBND-VX",
        "Phước Dân, ngày 28 tháng 9 năm 2022",
    ),
    *title("LỊCH HOẠT ĐỘNG HƯỞNG ỨNG TUẦN LỄ HỌC TẬP SUỐT ĐỜI NĂM 2022"),
    table(
        Span("A. TUYÊN TRUYỀN"),
        day(
            "1",
            "Cả tuần",
            (1, 7),
            Row("Phát thanh xen kẽ tiếng Việt và tiếng Chăm", "Loa 15 khu phố", "Sáng, chiều"),
            Row(
                "Đăng bài về thợ gốm, thợ dệt tự học",
                "Trang điện tử https://phuocdan.example",
                link="https://phuocdan.example",
            ),
        ),
        Span("B. LỚP HỌC, SINH HOẠT"),
        day("2", "02/10", 2, Row("Nghệ nhân Bàu Trúc dạy nặn gốm cho du khách nhỏ tuổi", "Khu phố Bàu Trúc")),
        day("3", "04/10", 4, Row("Dệt hoa văn và đặt tên hoa văn: lớp học mở", "Khu phố Mỹ Nghiệp", "Có bán sản phẩm")),
        day("4", "06/10", 6, Row("Tư vấn sức khỏe từ xa sau COVID-19", "Trạm Y tế thị trấn")),
    ),
    Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
)

PHUOC_THUAN = form(
    "Phụ lục đăng ký - xã Phước Thuận.docx",
    "ubnd-22882",
    "Ủy ban nhân dân xã Phước Thuận",
    "Grapes commune: long lines; place once for three lines and note once for two (merged cells); name written out "
    "in full.",
    who("Ủy ban nhân dân xã Phước Thuận", label="Tên cơ quan: "),
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG"),
    table(
        day(
            "1",
            "01/10/2022",
            1,
            Row("Lễ ra mắt câu lạc bộ “Vườn nho số”", "Nhà văn hóa xã"),
            Row("Trưng bày sách nông nghiệp, sổ ghi chép vườn của các lão nông", UP),
            Row("Bốc thăm đọc sách có quà", UP),
        ),
        day(
            "2",
            "03/10/2022",
            3,
            Row("Chụp ảnh lá nho bệnh, hỏi chuyên gia qua nhóm trực tuyến", "Thôn Hiệp Hòa", "Cài sẵn ứng dụng Zalo"),
            Row("Tính giá thành một sào nho bằng bảng tính", "Thôn Phước Khánh", UP),
        ),
        day("3", "06/10/2022", 6, Row("Hội thi cắt tỉa nho giữa các tổ hợp tác", "Vườn mẫu thôn Thuận Hòa")),
    ),
    Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Võ Văn Mẫu"),
)

PHUOC_HUU = form(
    "lich HTSD xa Phuoc Huu nop PGD.docx",
    "ubnd-22891",
    "UBND xã Phước Hữu",
    "Times and parts of day both ('7h30 sáng'); impossible year 20226; smart tags of old Word; host column "
    "('Bộ phận thực hiện').",
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG TUẦN LỄ HTSĐ 2022"),
    who("UBND xã Phước Hữu", label="Đơn vị đăng ký: "),
    table(
        day(
            "1",
            "01/10/2022",
            1,
            Row(
                "Phát động tại sân lễ, ký giao ước thi đua học tập giữa các thôn",
                "Trung tâm Văn hóa xã",
                time=At("7h30 sáng", "07:30", part="sáng"),
                host="Văn phòng UBND xã",
            ),
        ),
        day(
            "2",
            "04/10/20226",
            None,
            Row(
                "Chuyên đề lịch sử làng Hữu Đức qua tư liệu số hóa",
                "Nhà văn hóa thôn Hữu Đức",
                time=At("2h chiều", "14:00", part="chiều"),
                host="Công chức Văn hóa - Xã hội",
            ),
        ),
        day(
            "3",
            "05/10/2022",
            5,
            Row(
                "Giao lưu dân ca Chăm, dạy hát cho trẻ nhỏ",
                "Sân đình thôn Tân Đức",
                time=At("19h tối", "19:00", part="tối"),
                host="Đoàn xã",
            ),
        ),
        day(
            "4",
            "07/10/2022",
            7,
            Row(
                "Tập huấn dùng máy gặt, máy bay phun thuốc an toàn",
                "Cánh đồng thôn Hậu Sanh",
                time=At("8h sáng", "08:00", part="sáng"),
                host="Hội Nông dân xã",
            ),
        ),
        columns=columns(
            ("TT", "tt", 10),
            ("Ngày", "day", 28),
            ("Giờ", "time", 22),
            ("Nội dung", "content", 48),
            ("Địa điểm", "place", 32),
            ("Bộ phận thực hiện", "host", 28),
        ),
    ),
    Signature(("CHỦ TỊCH",)),
    problems=("wrong_year",),
    smart_tags=True,
)

PHUOC_HA = form(
    "PHUOC HA (Thuan Nam) dang ky.docx",
    "ubnd-22885",
    "UBND XÃ PHƯỚC HÀ",
    "Name only in the letterhead; lines forgotten half-way: one without content, one without place.",
    Head(("UBND HUYỆN THUẬN NAM",), ("UBND XÃ PHƯỚC HÀ",), "", "Phước Hà, ngày 29 tháng 9 năm 2022"),
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG"),
    table(
        day("1", "01/10", 1, Row("Phát động bên nhà cộng đồng, hòa tấu mã la", "Nhà cộng đồng thôn Giá")),
        day("2", "03/10", 3, Row("", "Trường Tiểu học Phước Hà", "Thầy cô phụ trách")),
        day("3", "04/10", 4, Row("Học trồng và chế biến tỏi, ớt rẫy sạch", "Rẫy mẫu thôn Tân Hà")),
        day("4", "06/10", 6, Row("Đọc truyện cho nhau nghe bằng tiếng Raglai và tiếng Việt", "", "Mời già làng")),
    ),
    Signature(("TM. ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH")),
    problems=("no_content", "no_place"),
)

CA_NA = form(
    "Ca Na 2022.docx",
    "ubnd-22910",
    "UBND xã Cà Ná",
    "Items broken by line breaks inside one paragraph, no signs before them; day with weekday in brackets.",
    *TITLE,
    who("UBND xã Cà Ná", tail="……"),
    table(
        day(
            "1",
            "01/10 (Thứ Bảy)",
            1,
            Row(["Lễ phát động Tuần lễ", "Diễu hành thuyền thúng", "Phát tờ rơi mã QR học liệu"], "Bãi biển Cà Ná"),
        ),
        day("2", "03/10 (Thứ Hai)", 3, Row("Hướng dẫn diêm dân ghi chép độ mặn bằng điện thoại", "Đồng muối Cà Ná")),
        day(
            "3",
            "05/10 (Thứ Tư)",
            5,
            Row(
                ["Nói chuyện nghề nước mắm cá cơm", "Thi đặt câu chuyện cho nhãn hàng"],
                "Làng nghề nước mắm Cà Ná",
                "Thưởng bằng sách",
            ),
        ),
        day("4", "06/10 (Thứ Năm)", 6, Row("Xe đọc sách dừng ở bến", "Cảng Cà Ná")),
        bullet="",
        breaks="line",
        columns=columns(
            ("TT", "tt", 10),
            ("Ngày", "day", 28),
            ("Địa điểm", "place", 40),
            ("Nội dung", "content", 62),
            ("Ghi chú", "note", 26),
        ),
    ),
    Signature(),
    HANDED_TO,
)

FORMS = (DO_VINH, DONG_HAI, THANH_HAI, PHUOC_DAN, PHUOC_THUAN, PHUOC_HUU, PHUOC_HA, CA_NA)
