"""District committees of the city and the south: Phan Rang-Tháp Chàm, Ninh Phước."""

from scripts.sample_forms.form import (
    HANDED_TO,
    TITLE,
    Again,
    At,
    Head,
    Item,
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

PHAN_RANG = form(
    "DANG KY LICH HOAT DONG TLHTSD TP PRTC (chinh thuc).docx",
    "ubnd-582",
    "ỦY BAN NHÂN DÂN THÀNH PHỐ PHAN RANG - THÁP CHÀM",
    "Landscape; the unit only in a two-line letterhead; columns in another order; time and date together in one "
    "cell; headings across the table; the header once more in the middle; host and audience in columns of their own.",
    Head(
        (),
        ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ PHAN RANG - THÁP CHÀM"),
        "Số:       /ĐK-UBND",
        "Phan Rang - Tháp Chàm, ngày      tháng 9 năm 2022",
    ),
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG HƯỞNG ỨNG", "TUẦN LỄ HỌC TẬP SUỐT ĐỜI NĂM 2022"),
    table(
        Span("I. HOẠT ĐỘNG CẤP THÀNH PHỐ"),
        day(
            "",
            "7h30, ngày 01/10/2022",
            1,
            Row(
                "Lễ khai mạc Tuần lễ hưởng ứng học tập suốt đời và ra mắt Tổ công nghệ số cộng đồng",
                "Quảng trường 16 tháng 4",
                host="UBND thành phố",
                audience="Đại biểu, học sinh, Nhân dân các phường, xã (800 người)",
            ),
            start_time="07:30",
        ),
        day(
            "",
            "9h00, ngày 01/10/2022",
            1,
            Row(
                "Khai trương góc “Đọc sách bằng điện thoại” và 12 mã QR sách nói",
                "Công viên Trần Phú",
                host="Trung tâm Văn hóa - Thể thao thành phố",
                audience="Người dân, thiếu nhi",
            ),
            start_time="09:00",
        ),
        day(
            "",
            "8h00-10h30, ngày 02/10/2022",
            2,
            Row(
                "Giải chạy “Mỗi bước chân, một trang sách” và quyên góp sách cũ",
                "Đường Yên Ninh, bãi biển Bình Sơn",
                "Nhận sách từ 6 giờ",
                host="Thành đoàn",
                audience="Đoàn viên, học sinh THCS",
            ),
            start_time="08:00",
            end_time="10:30",
        ),
        day(
            "",
            "14h00, ngày 03/10/2022",
            3,
            Row(
                "Tập huấn khai thác học liệu mở cho giáo viên cốt cán",
                "Phòng máy Trường THCS Đô Vinh",
                host="Phòng GDĐT",
                audience="64 giáo viên",
            ),
            start_time="14:00",
        ),
        day(
            "",
            "8h00, ngày 04/10/2022",
            4,
            Row(
                "Hội thảo “Thanh toán không dùng tiền mặt ở chợ truyền thống”",
                "Hội trường chợ Phan Rang",
                host="Phòng Kinh tế",
                audience="Tiểu thương các chợ",
            ),
            start_time="08:00",
        ),
        Span("II. HOẠT ĐỘNG CỦA CÁC PHƯỜNG, XÃ"),
        day(
            "",
            "Sáng 03/10/2022",
            3,
            Row(
                "Ra quân hướng dẫn từng nhà cài VNeID, sổ sức khỏe điện tử",
                "Khu phố 2, 3 phường Phước Mỹ",
                host="UBND phường Phước Mỹ",
                audience="Các hộ dân",
            ),
            part_of_day="sáng",
        ),
        day(
            "",
            "Chiều 03/10/2022",
            3,
            Row(
                "Lớp học “Bà ngoại lên mạng”: gọi hình, xem tin, tránh tin giả",
                "Nhà văn hóa khu phố 5 phường Đài Sơn",
                host="UBND phường Đài Sơn",
                audience="Người cao tuổi",
            ),
            part_of_day="chiều",
        ),
        Again(),
        day(
            "",
            "Tối 04/10/2022",
            4,
            Row(
                "Sinh hoạt câu lạc bộ ngư dân: xem dự báo thời tiết biển trên điện thoại",
                "Cảng cá Đông Hải",
                host="UBND phường Đông Hải",
                audience="Chủ tàu, thuyền viên",
            ),
            part_of_day="tối",
        ),
        day(
            "",
            "Sáng 05/10/2022",
            5,
            Row(
                "Giao lưu nghề làm bún, bánh tráng truyền thống và quay phim giới thiệu sản phẩm",
                "Xã Thành Hải",
                host="UBND xã Thành Hải",
                audience="Hội viên nông dân, phụ nữ",
            ),
            part_of_day="sáng",
        ),
        day(
            "",
            "Chiều 05/10/2022",
            5,
            Row(
                "Chuyên đề kỹ năng bảo vệ trẻ em trên không gian mạng",
                "Trường Tiểu học Bảo An",
                host="UBND phường Bảo An",
                audience="Cha mẹ học sinh",
            ),
            part_of_day="chiều",
        ),
        day(
            "",
            "19h00, ngày 06/10/2022",
            6,
            Row(
                "Chiếu phim tài liệu và kể chuyện người thợ làm muối tự học",
                "Nhà văn hóa phường Mỹ Hải",
                host="UBND phường Mỹ Hải",
                audience="Nhân dân",
            ),
            start_time="19:00",
        ),
        day(
            "",
            "Từ ngày 01/10 đến ngày 07/10/2022",
            (1, 7),
            Row(
                "Phát thanh bản tin Tuần lễ hai lần mỗi ngày",
                "Đài truyền thanh 16 phường, xã",
                "5 giờ và 17 giờ",
                host="Trung tâm Văn hóa - Thể thao thành phố",
                audience="Nhân dân",
            ),
        ),
        day(
            "",
            "14h00, ngày 07/10/2022",
            7,
            Row(
                "Tổng kết, trao tặng 16 tủ sách khu phố",
                "Hội trường UBND thành phố",
                host="UBND thành phố",
                audience="Đại diện các phường, xã",
            ),
            start_time="14:00",
        ),
        columns=columns(
            ("STT", "tt", 12),
            ("Thời gian", "day", 38),
            ("Nội dung hoạt động", "content", 78),
            ("Địa điểm tổ chức", "place", 48),
            ("Đơn vị chủ trì", "host", 34),
            ("Thành phần", "audience", 34),
            ("Ghi chú", "note", 20),
        ),
        numbers="rows",
    ),
    Signature(
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        recipients=("- Sở GDĐT;", "- CT, các PCT UBND thành phố;", "- Lưu: VT, GDĐT."),
    ),
    landscape=True,
)

NINH_PHUOC = form(
    "PL dang ky tuan le HTSD 2022 - Ninh Phuoc.docx",
    "ubnd-587",
    "UBND huyện Ninh Phước",
    "The annex as the plan gives it, filled in: merged day cells, three lines a day and a fourth added twice, "
    "the time before the content, dots left after the name, unused lines left empty.",
    *TITLE,
    who("UBND huyện Ninh Phước", tail="…………………"),
    annex(
        {
            1: [
                Row(
                    Item("Lễ khai mạc Tuần lễ hưởng ứng học tập suốt đời năm 2022", At("7h30: ", "07:30")),
                    "Trung tâm Văn hóa - Thể thao huyện",
                    "Mời lãnh đạo 09 xã, thị trấn dự",
                ),
                Row(
                    "Treo băng rôn, khẩu hiệu hưởng ứng Tuần lễ trên các tuyến đường chính",
                    "Thị trấn Phước Dân và trung tâm các xã",
                ),
                Row(
                    Item("Trưng bày sách chuyên đề “Nông dân thời chuyển đổi số”", At("8h00: ", "08:00")),
                    "Thư viện huyện",
                ),
                Row(
                    Item(
                        "Hướng dẫn cài đặt và dùng Cổng dịch vụ công trực tuyến cho người dân đến dự lễ",
                        At("9h00: ", "09:00"),
                    ),
                    "Sân Trung tâm Văn hóa - Thể thao huyện",
                    "Đoàn viên các xã hỗ trợ",
                ),
            ],
            2: [
                Row(
                    Item(
                        "Ngày hội “Trải nghiệm nghề gốm và ghi hình giới thiệu sản phẩm bằng điện thoại”",
                        At("8h00: ", "08:00"),
                    ),
                    "Nhà trưng bày gốm Bàu Trúc, thị trấn Phước Dân",
                ),
                Row(
                    Item("Chuyên đề bán hàng dệt thổ cẩm qua mạng cho hội viên phụ nữ", At("14h00: ", "14:00")),
                    "Hợp tác xã dệt Mỹ Nghiệp, thị trấn Phước Dân",
                    "Mang theo điện thoại thông minh",
                ),
            ],
            3: [
                Row(
                    Item("Tập huấn nhật ký điện tử cho các hộ trồng nho, táo", At("7h30: ", "07:30")),
                    "Hội trường UBND xã Phước Thuận",
                ),
                Row(
                    Item("Tọa đàm “Đọc sách cùng con” dành cho cha mẹ học sinh lớp 1", At("16h30: ", "16:30")),
                    "Trường Tiểu học Phước Hậu",
                ),
                Row(
                    Item("Tuyên truyền phòng tránh lừa đảo qua mạng cho người cao tuổi", At("8h00: ", "08:00")),
                    "Nhà văn hóa thôn Hoài Nhơn, xã Phước Hậu",
                ),
            ],
            4: [
                Row(
                    Item("Lớp kỹ thuật trồng rau an toàn, tưới tiết kiệm trên đất cát", At("7h30: ", "07:30")),
                    "TTHTCĐ xã An Hải",
                    "Có thực hành tại ruộng",
                ),
                Row(
                    Item("Hội nghị trực tuyến về xây dựng xã hội học tập giữa huyện và các xã", At("14h00: ", "14:00")),
                    "Phòng họp trực tuyến UBND huyện",
                    "09 điểm cầu",
                ),
            ],
            5: [
                Row(
                    Item("Giao lưu “Gia đình học tập, dòng họ học tập” tiêu biểu", At("8h00: ", "08:00")),
                    "Hội trường UBND xã Phước Hữu",
                ),
                Row(
                    Item("Hướng dẫn sơ cấp cứu, phòng đuối nước cho học sinh", At("14h30: ", "14:30")),
                    "Trường THCS Phước Sơn",
                ),
                Row(
                    Item("Thi kể chuyện theo sách giữa các liên đội", At("8h00: ", "08:00")),
                    "Trường Tiểu học Phước Thái",
                ),
                Row(
                    Item("Đối thoại về học nghề ngắn hạn cho thanh niên nông thôn", At("19h00: ", "19:00")),
                    "Nhà văn hóa xã Phước Vinh",
                ),
            ],
            6: [
                Row(
                    "Kiểm tra việc tổ chức Tuần lễ tại các xã",
                    "Các xã Phước Hải, An Hải, Phước Thuận",
                    "Đoàn kiểm tra của huyện",
                ),
                Row(
                    Item("Đêm thơ và chuyện làng, có chữ và tiếng Chăm", At("19h30: ", "19:30")),
                    "Nhà văn hóa thôn Hữu Đức, xã Phước Hữu",
                ),
            ],
            7: [
                Row(
                    Item("Tổng kết Tuần lễ, khen các gương tự học tiêu biểu của huyện", At("14h00: ", "14:00")),
                    "Hội trường UBND huyện",
                ),
            ],
        }
    ),
    Signature(),
    HANDED_TO,
)

FORMS = (PHAN_RANG, NINH_PHUOC)
