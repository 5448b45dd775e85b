"""District committees of the coast: Ninh Hải, Thuận Bắc, Thuận Nam."""

import datetime as dt

from scripts.sample_forms.form import (
    HANDED_TO,
    TITLE,
    UP,
    At,
    Head,
    Row,
    Said,
    Signature,
    columns,
    day,
    form,
    table,
    title,
    who,
)

NINH_HAI = form(
    "Lich dang ky hoat dong (sua lan 2).docx",
    "ubnd-586",
    "UBND huyện Ninh Hải",
    "Several activities in each cell as Word's own list (no dash in the text); places listed line by line beside "
    "them where the counts agree, one place for all where not; whole-week row at the end; Word file name without "
    "the unit.",
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG", "TUẦN LỄ HỌC TẬP SUỐT ĐỜI NĂM 2022"),
    who("UBND huyện Ninh Hải", tail="…………"),
    table(
        day(
            "1",
            "01/10",
            1,
            Row(
                [
                    "Lễ khai mạc Tuần lễ cấp huyện",
                    "Mở cửa thư viện huyện cả ngày, miễn phí thẻ đọc",
                    "Thi vẽ “Biển học của em”",
                ],
                ["Hội trường trung tâm huyện, thị trấn Khánh Hải", "Thư viện huyện", "Công viên bờ đầm Nại"],
            ),
        ),
        day(
            "2",
            "02/10",
            2,
            Row(
                ["Học bơi an toàn, cứu đuối cho thiếu nhi", "Thu gom rác và học về rùa biển"],
                ["Bãi tắm Ninh Chữ", "Bãi Thịt, xã Vĩnh Hải"],
                "Trẻ có cha mẹ đi cùng",
            ),
        ),
        day(
            "3",
            "03/10",
            3,
            Row(
                [
                    "Tập huấn truy xuất nguồn gốc tỏi, nho bằng mã QR",
                    "Giới thiệu sàn thương mại điện tử cho hợp tác xã",
                ],
                "Hội trường UBND xã Thanh Hải",
            ),
        ),
        day(
            "4",
            "04/10",
            4,
            Row("Chuyên đề nuôi tôm, nuôi hàu đầm Nại có ghi chép số liệu trên bảng tính", "TTHTCĐ xã Tri Hải"),
            Row(
                ["Nói chuyện an toàn trên mạng với học sinh lớp 8, 9", "Ra mắt câu lạc bộ phát thanh học đường"],
                "Trường THCS Hộ Hải",
            ),
        ),
        day(
            "5",
            "05/10",
            5,
            Row(
                ["Giờ đọc chung toàn trường", "Kể chuyện cổ tích bằng tranh vẽ trên cát"],
                ["Các trường tiểu học trong huyện", "Trường Mầm non Nhơn Hải"],
            ),
            Row("Diễn đàn hội viên phụ nữ với chuyển đổi số", "Nhà văn hóa xã Xuân Hải", "Hội LHPN huyện chủ trì"),
        ),
        day("6", "06/10", 6, Row("Hướng dẫn diêm dân dùng ứng dụng xem mưa, đo độ mặn", "Đồng muối Phương Hải")),
        day(
            "7", "07/10", 7, Row("Tổng kết, trao thưởng cuộc thi vẽ", "Hội trường trung tâm huyện, thị trấn Khánh Hải")
        ),
        day(
            "",
            "Từ 01/10 đến 07/10",
            (1, 7),
            Row(["Phát thanh tin bài về Tuần lễ", "Treo băng rôn, pa nô"], "Các xã, thị trấn"),
        ),
        bullet="auto",
    ),
    Signature(name="Trần Văn Mẫu"),
)

THUAN_BAC = form(
    "Lich TLHTSD Thuan Bac.xlsx",
    "ubnd-588",
    "UBND HUYỆN THUẬN BẮC",
    "Worksheet: title rows, real dates and typed ones mixed, real times and typed ones mixed, days merged, "
    "commune lines with host and contact columns, 'nt' for a repeated place.",
    Head((), ("UBND HUYỆN THUẬN BẮC",)),
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG TUẦN LỄ HƯỞNG ỨNG HỌC TẬP SUỐT ĐỜI NĂM 2022"),
    table(
        day(
            "1",
            dt.date(2022, 10, 1),
            1,
            Row(
                "Lễ khai mạc Tuần lễ cấp huyện",
                "Nhà thi đấu đa năng huyện",
                time=At(dt.time(7, 30), "07:30"),
                host="UBND huyện",
                contact="0900 000 031",
            ),
            Row(
                "Triển lãm ảnh “Người Thuận Bắc học mỗi ngày”",
                Said("nt", "Nhà thi đấu đa năng huyện"),
                time=At("9h00", "09:00"),
                host="Phòng VHTT",
                contact="0900 000 032",
            ),
            Row(
                "Hội thi tìm hiểu dịch vụ công trực tuyến",
                Said("nt", "Nhà thi đấu đa năng huyện"),
                time=At(dt.time(14, 0), "14:00"),
                host="Huyện đoàn",
            ),
        ),
        day(
            "2",
            "02/10/2022",
            2,
            Row(
                "Học cách nuôi dê, cừu mùa khô hạn",
                "Thôn Ấn Đạt, xã Lợi Hải",
                time=At("Sáng", part="sáng"),
                host="UBND xã Lợi Hải",
            ),
            Row(
                "Trò chơi dân gian và góc đọc sách thiếu nhi",
                "Nhà văn hóa xã Công Hải",
                time=At("Chiều", part="chiều"),
                host="UBND xã Công Hải",
            ),
        ),
        day(
            "3",
            dt.date(2022, 10, 3),
            3,
            Row(
                "Tập huấn kỹ năng số cho công chức xã",
                "Phòng máy Trung tâm GDNN - GDTX huyện",
                "Mang máy tính xách tay",
                time=At("7h30 - 11h00", "07:30", "11:00"),
                host="Phòng Nội vụ",
                contact="0900 000 033",
            ),
            Row(
                "Tuyên truyền phòng, chống tảo hôn bằng tiểu phẩm",
                "Nhà cộng đồng xã Phước Kháng",
                time=At("19h00", "19:00"),
                host="UBND xã Phước Kháng",
            ),
        ),
        day(
            "4",
            "Thứ Ba, 04/10",
            4,
            Row(
                "Hướng dẫn trồng nha đam, nho giống mới theo hợp đồng",
                "Thôn Gò Sạn, xã Bắc Phong",
                time=At(dt.time(8, 0), "08:00"),
                host="UBND xã Bắc Phong",
            ),
            Row(
                "Sinh hoạt câu lạc bộ dệt, chia sẻ mẫu hoa văn trên điện thoại",
                "TTHTCĐ xã Bắc Sơn",
                time=At("14 giờ", "14:00"),
                host="UBND xã Bắc Sơn",
            ),
        ),
        day(
            "5",
            dt.date(2022, 10, 5),
            5,
            Row(
                "Phiên đọc sách và xem phim ngắn về an toàn điện",
                "Trường THCS Phước Chiến",
                time=At("8h", "08:00"),
                host="UBND xã Phước Chiến",
            ),
            Row(
                "Họp trực tuyến 06 xã về bình xét đơn vị học tập",
                "Phòng họp trực tuyến UBND huyện",
                "https://hop.example/thuanbac",
                time=At("14h30", "14:30"),
                host="UBND huyện",
                link="https://hop.example/thuanbac",
            ),
        ),
        day(
            "6",
            dt.date(2022, 10, 6),
            6,
            Row("Kiểm tra chéo giữa các xã", "06 xã", host="Phòng GDĐT", contact="0900 000 034"),
        ),
        day(
            "7",
            "7/10",
            7,
            Row(
                "Tổng kết Tuần lễ, công bố quỹ khuyến học năm học mới",
                "Hội trường UBND huyện",
                time=At(dt.time(15, 0), "15:00"),
                host="UBND huyện",
            ),
        ),
        columns=columns(
            ("TT", "tt", 12),
            ("Ngày", "day", 30),
            ("Giờ", "time", 24),
            ("Nội dung", "content", 100),
            ("Địa điểm", "place", 70),
            ("Đơn vị tổ chức", "host", 50),
            ("Ghi chú", "note", 50),
            ("Điện thoại", "contact", 34),
        ),
    ),
    Signature(("CHỦ TỊCH",)),
    sheet="Lịch đăng ký",
)

THUAN_NAM = form(
    "PHU LUC (Thuan Nam) gui So GD.docx",
    "ubnd-589",
    "UBND H. THUẬN NAM",
    "Annex with rows added and taken away; name abbreviated in capitals; tracked changes left on (deleted text "
    "must vanish, inserted text counts); one weekday that does not match its date; one place for many rows "
    "(merged); runs cut in pieces by Word.",
    *TITLE,
    who("UBND H. THUẬN NAM"),
    table(
        day(
            "1",
            "Thứ Bảy\n01/10",
            1,
            Row(
                "Lễ khai mạc Tuần lễ cấp huyện",
                "Trung tâm hành chính huyện, xã Phước Nam",
                "Bắt đầu lúc {-8h00-}{+7h30+}",
                facts={"start_time": "07:30"},
            ),
            Row("Diễu hành xe đạp tuyên truyền chủ đề Tuần lễ qua các thôn", "Quốc lộ 1 từ Phước Nam đến Phước Minh"),
        ),
        day(
            "2",
            "Chủ nhật\n02/10",
            2,
            Row("Thăm đồng nho, thanh long ứng dụng tưới nhỏ giọt điều khiển qua điện thoại", "Xã Nhị Hà"),
            Row("Phiên chợ sách cũ và sản phẩm nho, táo, măng tây", "Chợ Văn Lâm, xã Phước Nam"),
            Row("Ngày Chủ nhật xanh, thu gom rác nhựa và học phân loại rác", "Bãi biển Cà Ná"),
        ),
        day(
            "3",
            "Thứ Hai\n03/10",
            3,
            Row("Tập huấn chữ ký số và văn bản điện tử cho công chức các xã", "Hội trường UBND huyện", "{+08 xã+}"),
            Row("Nói chuyện chuyên đề: nghề muối xưa và nay", UP),
            Row("Hướng dẫn giáo viên dựng bài giảng E-learning", UP),
        ),
        day(
            "4",
            "Thứ Ba\n04/10",
            4,
            Row("Lớp sơ cấp cứu cho ngư dân đánh bắt xa bờ", "{-UBND xã Phước Diêm-}{+Bến cá Sơn Hải, xã Phước Dinh+}"),
            Row("Bàn giao tủ sách “Khuyến học thôn” cho 04 thôn", "Xã Phước Hà", "Có tiếng Raglai"),
        ),
        day(
            "5",
            "Thứ Năm\n05/10",
            5,
            Row("Sân chơi “Công dân số nhí”: gõ bàn phím, tìm tin, nhận ra tin giả", "Trường Tiểu học Phước Ninh"),
            Row(
                "Đối thoại trực tuyến về chọn nghề cho học sinh lớp 9",
                "Trung tâm GDNN - GDTX huyện",
                "Tham gia tại https://hop.example/thuannam-chonnghe",
                link="https://hop.example/thuannam-chonnghe",
            ),
        ),
        day(
            "6",
            "Thứ Năm\n06/10",
            6,
            Row("Chiếu phim lưu động về gương tự học", "Nhà cộng đồng xã Phước Hà"),
        ),
        day(
            "7",
            "Thứ Sáu\n07/10",
            7,
            Row("Họp rút kinh nghiệm, {-bế mạc-}{+tổng kết+} Tuần lễ", "Phòng họp số 1 UBND huyện"),
        ),
        columns=columns(
            ("TT", "tt", 10),
            ("Ngày", "day", 24),
            ("Địa điểm", "place", 42),
            ("Nội dung", "content", 64),
            ("Ghi chú", "note", 27),
        ),
    ),
    Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
    HANDED_TO,
    problems=("weekday_mismatch",),
    cut_runs=True,
)

FORMS = (NINH_HAI, THUAN_BAC, THUAN_NAM)
