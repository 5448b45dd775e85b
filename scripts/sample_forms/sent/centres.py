"""Continuing education, culture and community learning centres."""

import datetime as dt

from scripts.sample_forms.form import (
    HANDED_TO,
    TITLE,
    UP,
    At,
    Head,
    Item,
    Row,
    Said,
    Signature,
    Stray,
    Text,
    columns,
    day,
    form,
    table,
    title,
    who,
)

GDTX_HN = form(
    "TTGDTX-HN tinh dang ky TL HTSD.docx",
    "gdtx-hn",
    "TRUNG TÂM GDTX - HN",
    "Time before the date in the same cell (8h00-10h30 ngày 2/10); letterhead under the department; audience and "
    "contact columns.",
    Head(
        ("SỞ GD&ĐT NINH THUẬN",),
        ("TRUNG TÂM GDTX - HN",),
        "Số:     /TTGDTX",
        "Phan Rang - Tháp Chàm, ngày 26 tháng 9 năm 2022",
    ),
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG TUẦN LỄ", "HƯỞNG ỨNG HỌC TẬP SUỐT ĐỜI NĂM 2022"),
    table(
        day(
            "1",
            "7h00 ngày 1/10",
            1,
            Row(
                "Đưa học viên dự Lễ khai mạc, bày góc thành quả học viên",
                "Quảng trường 16 tháng 4",
                audience="60 học viên",
                contact="0900 000 061",
            ),
            start_time="07:00",
        ),
        day(
            "2",
            "8h00-10h30 ngày 2/10",
            2,
            Row(
                "Lớp học mở: tiếng Anh giao tiếp cho người bán hàng biển",
                "Phòng 12 Trung tâm",
                audience="Tiểu thương, tài xế",
                contact="0900 000 062",
            ),
            start_time="08:00",
            end_time="10:30",
        ),
        day(
            "3",
            "18h30-20h30 ngày 3/10",
            3,
            Row(
                "Khai giảng lớp phổ cập tin học buổi tối",
                "Phòng máy Trung tâm",
                audience="Người lao động",
                contact="0900 000 062",
            ),
            start_time="18:30",
            end_time="20:30",
        ),
        day(
            "4",
            "14h00 ngày 5/10",
            5,
            Row(
                "Tư vấn hướng nghiệp: nghề điện gió, điện mặt trời",
                "Trường THCS Phước Minh",
                audience="Học sinh lớp 9",
                contact="0900 000 061",
            ),
            start_time="14:00",
        ),
        day(
            "5",
            "9h00 ngày 7/10",
            7,
            Row(
                "Giới thiệu kho bài giảng mở của Trung tâm",
                "Trực tuyến: https://hoc.example/gdtx",
                audience="Mọi người",
                contact="0900 000 063",
                link="https://hoc.example/gdtx",
            ),
            start_time="09:00",
        ),
        columns=columns(
            ("TT", "tt", 10),
            ("Thời gian", "day", 28),
            ("Nội dung", "content", 50),
            ("Địa điểm", "place", 34),
            ("Đối tượng", "audience", 24),
            ("Người phụ trách", "contact", 24),
        ),
    ),
    Signature(("GIÁM ĐỐC",), recipients=("- Sở GDĐT;", "- Lưu: VT.")),
)

GDNN_BAC_AI = form(
    "TT GDNN-GDTX Bac Ai - phu luc.docx",
    "gdnn-584",
    "Trung tâm GDNN - GDTX Bác Ái",
    "Decomposed Unicode; the parts of day as labels before the items of one cell ('Sáng: …', 'Chiều: …').",
    *TITLE,
    who("Trung tâm GDNN - GDTX Bác Ái", tail="…………………"),
    table(
        day(
            "1",
            "03/10",
            3,
            Row(
                [
                    Item("Khai giảng lớp may dân dụng", At("Sáng: ", part="sáng")),
                    Item("Hướng dẫn học viên dùng thẻ ngân hàng, ví điện tử", At("Chiều: ", part="chiều")),
                ],
                "Trung tâm GDNN - GDTX huyện",
                "Xã Phước Đại",
            ),
        ),
        day(
            "2",
            "04/10",
            4,
            Row(
                [
                    Item("Thực hành ghép điều, cải tạo vườn tạp", At("Sáng: ", part="sáng")),
                    Item("Lớp xóa mù chữ mở cửa đón khách", At("Tối: ", part="tối")),
                ],
                ["Thôn Ma Hoa, xã Phước Đại", "Trường Tiểu học Phước Thắng"],
            ),
        ),
        day(
            "3",
            "06/10",
            6,
            Row(
                Item("Đan gùi, làm nỏ, kể chuyện nghề cho học sinh nội trú", At("Chiều: ", part="chiều")),
                "Sân Trung tâm",
            ),
        ),
        bullet="",
    ),
    Signature(),
    HANDED_TO,
    decomposed=True,
)

GDNN_NINH_HAI = form(
    "GDNN-GDTX Ninh Hải.xlsx",
    "gdnn-586",
    "TRUNG TÂM GDNN - GDTX NINH HẢI",
    "Worksheet in another order (content first, day last); places merged over several lines; several lines in one "
    "cell; dates partly real, partly text with weekdays.",
    Text("TRUNG TÂM GDNN - GDTX NINH HẢI", bold=True),
    Text("LỊCH TUẦN LỄ HTSĐ 2022", "center", bold=True),
    table(
        day(
            "",
            dt.date(2022, 10, 1),
            1,
            Row(
                "Tham gia khai mạc cấp huyện, trưng bày sản phẩm nghề",
                "Hội trường trung tâm huyện",
                audience="Học viên",
            ),
        ),
        day(
            "",
            dt.date(2022, 10, 3),
            3,
            Row("Lớp lái thuyền máy, đọc hải đồ trên điện thoại", "Xưởng thực hành cảng Ninh Chữ", audience="Ngư dân"),
            Row("Sửa máy thủy căn bản", UP, audience="Ngư dân"),
        ),
        day(
            "",
            "Thứ Tư 05/10",
            5,
            Row(
                ["Học nấu món chay, món biển phục vụ khách", "Học chụp ảnh món ăn"],
                "Bếp thực hành",
                "20 người mỗi lớp",
                audience="Hộ kinh doanh",
            ),
        ),
        day(
            "",
            "Thứ Sáu 07/10",
            7,
            Row("Trao chứng chỉ nghề, nghe học viên kể chuyện", "Hội trường Trung tâm", audience="Học viên"),
        ),
        columns=columns(
            ("Nội dung công việc", "content", 100),
            ("Nơi thực hiện", "place", 64),
            ("Đối tượng", "audience", 40),
            ("Ghi chú", "note", 44),
            ("Ngày thực hiện", "day", 34),
        ),
    ),
)

VHTT_NINH_PHUOC = form(
    "VHTT Ninh Phuoc dang ky.docx",
    "vhtt-587",
    "Trung tâm Văn hóa - Thể thao huyện Ninh Phước",
    "One content merged over three days (one row each); a template row of dots kept at the end, which is no activity.",
    who("Trung tâm Văn hóa - Thể thao huyện Ninh Phước", label="Đơn vị: "),
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG", "TUẦN LỄ HỌC TẬP SUỐT ĐỜI NĂM 2022"),
    table(
        day(
            "1",
            "01/10/2022",
            1,
            Row("Bố trí sân khấu, màn hình phục vụ Lễ khai mạc", "Trung tâm Văn hóa - Thể thao huyện"),
        ),
        day("2", "03/10/2022", 3, Row("Xe tuyên truyền lưu động kết hợp thư viện số", "Xã Phước Hữu")),
        day("3", "04/10/2022", 4, Row(UP, "Xã Phước Thái")),
        day("4", "05/10/2022", 5, Row(UP, "Xã Phước Vinh")),
        day(
            "5",
            "06/10/2022",
            6,
            Row(
                "Hội thi trống paranưng trẻ, hướng dẫn ghi âm nhạc cụ",
                "Làng Hữu Đức, xã Phước Hữu",
                "Lúc 19h00",
                facts={"start_time": "19:00"},
            ),
        ),
        Stray(("…", "…/10/2022", "………", "………", "")),
    ),
    Signature(("GIÁM ĐỐC",)),
)

HTCD_AN_HAI = form(
    "HTCD An Hai.docx",
    "htcd-22888",
    "TTHTCĐ xã An Hải",
    "Small form of a community centre: unit abbreviated in the dotted line; the honest mistake of a time that cannot "
    "be (7h75).",
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG", "TUẦN LỄ HỌC TẬP SUỐT ĐỜI NĂM 2022"),
    who("TTHTCĐ xã An Hải", label="Đơn vị: ", tail="………"),
    table(
        day("1", "02/10", 2, Row("Học cách làm rau sạch thủy canh ven biển", "Thôn Tuấn Tú", time=At("8h00", "08:00"))),
        day(
            "2",
            "04/10",
            4,
            Row(
                "Tưới cát bằng điện thoại: thăm ruộng măng tây lắp cảm biến",
                "Hợp tác xã Tuấn Tú",
                "Đi xe máy tự túc",
                time=At("7h75"),
            ),
        ),
        day(
            "3",
            "05/10",
            5,
            Row(
                "Dạy nhau dệt chiếu cói, quay phim gửi con cháu",
                "Nhà sinh hoạt thôn Hòa Thạnh",
                time=At("14h30", "14:30"),
            ),
        ),
        day("4", "07/10", 7, Row("Bình chọn gia đình học tập", "TTHTCĐ xã", time=At("19h00", "19:00"))),
        columns=columns(
            ("TT", "tt", 10),
            ("Ngày", "day", 18),
            ("Giờ", "time", 18),
            ("Nội dung", "content", 58),
            ("Địa điểm", "place", 36),
            ("Ghi chú", "note", 25),
        ),
    ),
    problems=("bad_time",),
)

HTCD_NHON_HAI = form(
    "Trung tâm HTCĐ xã Nhơn Hải (mới).docx",
    "htcd-22867",
    "TRUNG TÂM HỌC TẬP CỘNG ĐỒNG",
    "Letterhead of commune and centre; content written on two lines that are one sentence; 'nt' in place.",
    Head(("UBND XÃ NHƠN HẢI",), ("TRUNG TÂM HỌC TẬP CỘNG ĐỒNG",)),
    *title("LỊCH HOẠT ĐỘNG TUẦN LỄ HTSĐ"),
    table(
        day(
            "1",
            "1/10",
            1,
            Row(
                Item("Khai trương tủ sách làng biển và máy tính tra cứu\nthông tin giá tỏi, giá hành"),
                "Trung tâm HTCĐ xã",
            ),
        ),
        day("2", "3/10", 3, Row("Nói chuyện kỹ thuật ương giống ốc hương", Said("nt", "Trung tâm HTCĐ xã"))),
        day(
            "3",
            "5/10",
            5,
            Row(
                "Xem phim và thảo luận về rác thải nhựa đại dương",
                Said("nt", "Trung tâm HTCĐ xã"),
                "Thiếu nhi vào cửa tự do",
            ),
            Row("Tập gõ mười ngón cho bà con", "Trường THCS Nhơn Hải"),
        ),
        day("4", "6/10", 6, Row("Lớp bơi sải cho thiếu nhi", "Bãi Mỹ Tường")),
    ),
    Signature(("GIÁM ĐỐC TRUNG TÂM",), "Bùi Văn Mẫu"),
)

HTCD_PHUOC_MY = form(
    "dang ky tuan le - htcd phuoc my.docx",
    "htcd-22741",
    None,
    "Small letters in the file name, the unit nowhere inside; the first line has no day; table of four columns "
    "without numbers.",
    *title("LỊCH ĐĂNG KÝ"),
    table(
        day("", "", None, Row("Làm sạch, sắp xếp tủ sách khu phố", "Nhà văn hóa khu phố 4")),
        day(
            "",
            "02/10/2022",
            2,
            Row("Lớp dưỡng sinh và đọc thơ buổi sớm", "Công viên đường Thống Nhất", "Mặc trang phục gọn"),
        ),
        day("", "04/10/2022", 4, Row("Hướng dẫn thanh toán tiền điện, nước qua điện thoại", "Trung tâm HTCĐ phường")),
        day("", "06/10/2022", 6, Row("Cùng cháu học chữ: ông bà kèm đọc", "Trung tâm HTCĐ phường")),
        columns=columns(
            ("Ngày", "day", 28), ("Nội dung", "content", 70), ("Địa điểm", "place", 42), ("Ghi chú", "note", 26)
        ),
    ),
    problems=("no_date",),
)

FORMS = (GDTX_HN, GDNN_BAC_AI, GDNN_NINH_HAI, VHTT_NINH_PHUOC, HTCD_AN_HAI, HTCD_NHON_HAI, HTCD_PHUOC_MY)
