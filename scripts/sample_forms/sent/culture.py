"""Library, museum, art centre and press of the province."""

from scripts.sample_forms.form import (
    At,
    Head,
    Item,
    Row,
    Said,
    Signature,
    Text,
    columns,
    day,
    form,
    table,
    title,
    who,
)

BAO = form(
    "Bao NT - dang ky TL HTSD.xlsx",
    "bao-nt",
    "BÁO NINH THUẬN",
    "Worksheet; 'cả tuần' and textual dates; title in merged rows; links inside the content; no time column.",
    Text("BÁO NINH THUẬN", bold=True),
    *title("DANH MỤC TIN, BÀI, HOẠT ĐỘNG HƯỞNG ỨNG TUẦN LỄ HỌC TẬP SUỐT ĐỜI"),
    table(
        day(
            "1",
            "Cả tuần",
            (1, 7),
            Row(
                "Chuyên mục “Học không bao giờ muộn” trên báo điện tử https://bao.example/hoc",
                "Báo điện tử",
                host="Ban Văn hóa - Xã hội",
                link="https://bao.example/hoc",
            ),
            Row(
                "Cuộc thi ảnh “Một góc học tập quê tôi”",
                "Trang Facebook của Báo",
                "Nhận ảnh đến hết tuần",
                host="Ban Bạn đọc",
            ),
        ),
        day(
            "2",
            "3/10/2022",
            3,
            Row("Trang phóng sự: lớp học ban đêm ở làng chài", "Báo in số thứ Hai", host="Ban Văn hóa - Xã hội"),
        ),
        day(
            "3",
            "5/10/2022",
            5,
            Row(
                "Tọa đàm trực tuyến “Đọc báo thời tin giả” với học sinh",
                "Trường THPT Phan Rang-Tháp Chàm 2 (mẫu)",
                host="Ban Bạn đọc",
            ),
            Row("Bài giới thiệu người trồng nho tự học ngoại ngữ để bán hàng", "Báo điện tử", host="Ban Kinh tế"),
        ),
        day(
            "4",
            "7/10/2022",
            7,
            Row("Gặp mặt cộng tác viên, hướng dẫn viết tin bằng điện thoại", "Hội trường tòa soạn", host="Ban Thư ký"),
        ),
        columns=columns(
            ("STT", "tt", 12),
            ("Thời gian", "day", 30),
            ("Nội dung", "content", 110),
            ("Nơi đăng / Địa điểm", "place", 70),
            ("Thực hiện", "host", 50),
            ("Ghi chú", "note", 46),
        ),
    ),
    sheet="TLHTSD",
)

DAI = form(
    "Dai PTTH - lich phat song tuan le.docx",
    "dai-ptth",
    "ĐÀI PHÁT THANH VÀ TRUYỀN HÌNH",
    "A broadcaster's own columns: hour of broadcast as 07g30, channel as place; day only in the first line of each "
    "group, the cells below left blank without merging; letterhead without the state motto.",
    Head(("UBND TỈNH NINH THUẬN",), ("ĐÀI PHÁT THANH VÀ TRUYỀN HÌNH",), motto=False),
    *title("LỊCH PHÁT SÓNG HƯỞNG ỨNG TUẦN LỄ HỌC TẬP SUỐT ĐỜI 2022", italic="(01/10 - 07/10/2022)"),
    table(
        day(
            "1",
            "01/10",
            1,
            Row(
                "Truyền hình trực tiếp Lễ khai mạc Tuần lễ",
                "Kênh truyền hình, từ Quảng trường 16 tháng 4",
                time=At("07g30", "07:30"),
            ),
            Row(
                "Phóng sự “Thư viện về làng”",
                "Kênh truyền hình",
                time=At("19g45", "19:45"),
                note="Phát lại 11g30 hôm sau",
            ),
        ),
        day(
            "2",
            "02/10",
            2,
            Row("Câu chuyện truyền thanh: bà Tư học nhắn tin", "Kênh phát thanh", time=At("06g15", "06:15")),
        ),
        day(
            "3",
            "03/10",
            3,
            Row("Tọa đàm “Thanh toán số ở chợ quê”", "Trường quay số 1", time=At("20g00-20g30", "20:00", "20:30")),
            Row("Bản tin tiếng Chăm về Tuần lễ", "Kênh phát thanh", time=At("17g00", "17:00")),
            Row("Bản tin tiếng Raglai về Tuần lễ", "Kênh phát thanh", time=At("17g15", "17:15")),
        ),
        day(
            "4",
            "05/10",
            5,
            Row("Trò chơi truyền hình “Công dân số nhí”", "Trường quay số 1", time=At("19g45", "19:45")),
        ),
        day("5", "07/10", 7, Row("Nhìn lại một tuần học tập", "Kênh truyền hình", time=At("19g45", "19:45"))),
        columns=columns(
            ("TT", "tt", 10),
            ("Ngày phát", "day", 22),
            ("Giờ phát", "time", 26),
            ("Nội dung chương trình", "content", 52),
            ("Địa điểm (kênh)", "place", 34),
            ("Ghi chú", "note", 22),
        ),
        days="first",
    ),
    Signature(("GIÁM ĐỐC",), "Lê Thị Mẫu"),
)

THU_VIEN = form(
    "Thu vien tinh_lich dang ky HTSD (gui SGD).docx",
    "tv-58",
    "THƯ VIỆN TỈNH",
    "Landscape; each cell holds several activities, each with its own time before it; audience column for the whole "
    "cell; a live link in a note.",
    Head(("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH",), ("THƯ VIỆN TỈNH",), "", "Ninh Thuận, ngày 26 tháng 9 năm 2022"),
    *title("LỊCH HOẠT ĐỘNG TUẦN LỄ HƯỞNG ỨNG HỌC TẬP SUỐT ĐỜI NĂM 2022"),
    table(
        day(
            "1",
            "01/10/2022",
            1,
            Row(
                [
                    Item("Ngày hội đọc sách “Sách và công dân số”", At("7h30: ", "07:30")),
                    Item("Thi kể chuyện sách bằng tiếng Việt, tiếng Chăm", At("14h00: ", "14:00")),
                ],
                "Sân Thư viện tỉnh",
                audience="Học sinh, bạn đọc",
            ),
        ),
        day(
            "2",
            "02/10/2022",
            2,
            Row(
                Item("Giờ kể chuyện cho thiếu nhi, làm rối bằng tất cũ", At("8h30: ", "08:30")),
                "Phòng thiếu nhi",
                audience="Thiếu nhi 4-8 tuổi",
            ),
        ),
        day(
            "3",
            "03/10/2022",
            3,
            Row(
                [
                    Item("Xe thư viện lưu động tại trường vùng xa", At("7h00: ", "07:00")),
                    Item("Tập huấn nghiệp vụ thư viện số", At("13h30: ", "13:30")),
                ],
                ["Trường Tiểu học Phước Kháng", "Phòng hội thảo"],
                audience="Học sinh; cán bộ thư viện",
            ),
        ),
        day(
            "4",
            "04/10/2022",
            4,
            Row(
                "Hướng dẫn mượn sách điện tử, tra cứu tài liệu Chăm số hóa",
                "Phòng đa phương tiện",
                "Đăng ký: [[https://thuvien.example/dangky]]",
                audience="Mọi người",
                link="https://thuvien.example/dangky",
            ),
        ),
        day(
            "5",
            "05/10/2022",
            5,
            Row(
                [
                    Item("Đọc sách cho người khiếm thị nghe, thu âm sách nói", At("8h00: ", "08:00")),
                    Item("Tọa đàm “Sách chữa lành sau đại dịch”", At("15h00: ", "15:00")),
                ],
                "Phòng đọc tổng hợp",
                "Cần 10 giọng đọc tình nguyện",
                audience="Tình nguyện viên, bạn đọc",
            ),
        ),
        day(
            "6",
            "06/10/2022",
            6,
            Row("Thư viện trong trại giam: trao 300 cuốn sách", "Trại giam Sông Cái", audience="Phạm nhân"),
        ),
        day(
            "7",
            "07/10/2022",
            7,
            Row(
                Item("Tổng kết, tặng thẻ bạn đọc trọn đời cho bạn đọc cao tuổi nhất", At("9h00: ", "09:00")),
                "Thư viện tỉnh",
                audience="Bạn đọc",
            ),
        ),
        columns=columns(
            ("TT", "tt", 12),
            ("Ngày", "day", 28),
            ("Nội dung", "content", 96),
            ("Địa điểm", "place", 52),
            ("Đối tượng", "audience", 34),
            ("Ghi chú", "note", 34),
        ),
    ),
    Signature(("GIÁM ĐỐC",), recipients=("- Sở GDĐT;", "- Sở VHTTDL (b/c);", "- Lưu: VT.")),
    landscape=True,
)

BAO_TANG = form(
    "Bảo tàng tỉnh - đăng ký Tuần lễ.docx",
    "bt-58",
    "Bảo tàng tỉnh",
    "Ranges with the year once at the end; hard spaces from a copied web page; an exhibition that goes on after the "
    "Week.",
    who("Bảo tàng tỉnh", label="Đơn vị đăng ký: "),
    *title("LỊCH HOẠT ĐỘNG TUẦN LỄ HTSĐ 2022"),
    table(
        day(
            "1",
            "01/10 - 07/10/2022",
            (1, 7),
            Row(
                "Mở cửa miễn phí, tham quan có thuyết minh viên nhỏ tuổi",
                "Bảo tàng tỉnh",
                "Đoàn trên 20 người báo trước",
            ),
        ),
        day(
            "2",
            "01/10 - 15/10/2022",
            ("2022-10-01", "2022-10-15"),
            Row(
                "Trưng bày “Nhạc cụ kể chuyện”: mã la, chapi, ghi năng, paranưng",
                "Phòng trưng bày chuyên đề",
                "Kéo dài sau Tuần lễ",
            ),
        ),
        day(
            "3",
            "03/10/2022",
            3,
            Row("Giờ học lịch sử tại bảo tàng: đồng tiền, hạt lúa, con chữ", "Phòng trưng bày số 2"),
            Row("Trải nghiệm nặn gốm không bàn xoay", "Sân Bảo tàng", "Mỗi lượt 20 em"),
        ),
        day(
            "4",
            "05/10/2022",
            5,
            Row(
                "Tham quan trực tuyến 30 hiện vật ba chiều",
                "Trang https://baotang.example/3d",
                link="https://baotang.example/3d",
            ),
        ),
        day(
            "5",
            "06/10/2022",
            6,
            Row("Đưa triển lãm lưu động “Ninh Thuận xưa và nay” về trường", "Trường THCS Phước Hữu"),
        ),
    ),
    Signature(("GIÁM ĐỐC",)),
    problems=("outside_week",),
    hard_spaces=True,
)

VAN_NGHE = form(
    "TTVHNT tinh - Lich hoat dong tuan le hoc tap suot doi (ban cuoi).docx",
    "ttvh-58",
    "TRUNG TÂM VĂN HÓA - NGHỆ THUẬT TỈNH",
    "Evening events: the part of day behind the date, hours as 19h30; order place before day; a place written on two "
    "lines is one place.",
    Head(("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH",), ("TRUNG TÂM VĂN HÓA - NGHỆ THUẬT TỈNH",), motto=False),
    *title("LỊCH HOẠT ĐỘNG", "TUẦN LỄ HƯỞNG ỨNG HỌC TẬP SUỐT ĐỜI"),
    table(
        day(
            "",
            "01/10 (tối)",
            1,
            Row(
                "Đêm nhạc mở màn “Quê hương nắng gió”, có hướng dẫn nghe nhạc cụ dân tộc",
                Said("Sân khấu ngoài trời,\nCông viên biển Bình Sơn", "Sân khấu ngoài trời, Công viên biển Bình Sơn"),
            ),
            part_of_day="tối",
        ),
        day(
            "",
            "02/10 (sáng)",
            2,
            Row("Lớp múa quạt Chăm mở cho mọi lứa tuổi", "Phòng tập Trung tâm"),
            part_of_day="sáng",
        ),
        day(
            "",
            "19h30 ngày 04/10",
            4,
            Row("Sân khấu hóa tác phẩm văn học lớp 9", "Trường THCS Văn Hải"),
            start_time="19:30",
        ),
        day(
            "",
            "05/10 (chiều)",
            5,
            Row("Tập huấn dựng phim ngắn bằng điện thoại cho cán bộ văn hóa xã", "Phòng họp Trung tâm"),
            part_of_day="chiều",
        ),
        day(
            "",
            "07/10 (tối)",
            7,
            Row("Liên hoan tuyên truyền lưu động, chủ đề chuyển đổi số", "Quảng trường 16 tháng 4"),
            part_of_day="tối",
        ),
        columns=columns(("STT", "tt", 12), ("Địa điểm", "place", 46), ("Ngày", "day", 30), ("Nội dung", "content", 78)),
        numbers="rows",
    ),
    Signature(("GIÁM ĐỐC",), "Nguyễn Thị Mẫu"),
)

FORMS = (BAO, DAI, THU_VIEN, BAO_TANG, VAN_NGHE)
