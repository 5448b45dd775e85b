"""Associations and unions of the province."""

from scripts.sample_forms.form import (
    HANDED_TO,
    TITLE,
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

KHUYEN_HOC = form(
    "Hoi Khuyen hoc tinh - Phu luc lich HTSD.docx",
    "hkh-58",
    "HỘI KHUYẾN HỌC TỈNH NINH THUẬN",
    "Letterhead under the national association; contacts told in notes as 'Liên hệ: …'; day written as 1/10 without "
    "a year.",
    Head(
        ("HỘI KHUYẾN HỌC VIỆT NAM",),
        ("HỘI KHUYẾN HỌC TỈNH NINH THUẬN",),
        "Số:      /HKH",
        "Ninh Thuận, ngày 25 tháng 9 năm 2022",
    ),
    *title("PHỤ LỤC", "LỊCH ĐĂNG KÝ HOẠT ĐỘNG TUẦN LỄ HỌC TẬP SUỐT ĐỜI"),
    table(
        day(
            "1",
            "1/10",
            1,
            Row(
                "Trao 100 suất học bổng “Tiếp bước em đến trường” trong Lễ khai mạc",
                "Quảng trường 16 tháng 4",
                "Liên hệ: Văn phòng Hội, 0900 000 051",
                facts={"contact": "Văn phòng Hội, 0900 000 051"},
            ),
        ),
        day(
            "2",
            "3/10",
            3,
            Row(
                "Hội nghị triển khai bộ tiêu chí “Công dân học tập” trên phần mềm",
                "Hội trường Sở GDĐT",
                "Mời Hội Khuyến học 7 huyện, thành phố",
            ),
            Row("Thăm dòng họ học tập tiêu biểu", "Làng Mỹ Nghiệp, thị trấn Phước Dân"),
        ),
        day(
            "3",
            "4/10",
            4,
            Row(
                "Tọa đàm “Người cao tuổi tự học điện thoại thông minh”",
                "Câu lạc bộ Hưu trí tỉnh",
                "Liên hệ: bác Năm (mẫu), 0900 000 052",
                facts={"contact": "bác Năm (mẫu), 0900 000 052"},
            ),
        ),
        day(
            "4",
            "6/10",
            6,
            Row(
                "Khảo sát 03 trung tâm học tập cộng đồng, tặng máy tính cũ đã sửa",
                "Các xã Phước Hà, Ma Nới, Phước Bình",
            ),
        ),
        day("5", "7/10", 7, Row("Tổng kết cuộc thi viết “Tấm gương tự học quanh em”", "Văn phòng Hội")),
    ),
    Signature(("TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH")),
)

TINH_DOAN = form(
    "TD_Lich tuan le HTSD.docx",
    "tinh-doan",
    "TỈNH ĐOÀN NINH THUẬN",
    "Discrete days in one cell (one row each); a link in the content; one year typed 2021; file name abbreviated "
    "past guessing, the name only in the letterhead.",
    Head(("ĐOÀN TNCS HỒ CHÍ MINH",), ("TỈNH ĐOÀN NINH THUẬN",), "", "Ninh Thuận, ngày 28 tháng 9 năm 2022"),
    *title("LỊCH HOẠT ĐỘNG CỦA TUỔI TRẺ HƯỞNG ỨNG TUẦN LỄ HỌC TẬP SUỐT ĐỜI"),
    table(
        day(
            "1",
            "01, 03 và 05/10",
            [1, 3, 5],
            Row(
                "Ngày hội “Thanh niên với kỹ năng số”: sửa máy, cài phần mềm, dạy bà con dùng ứng dụng",
                "Nhà văn hóa Thanh niên tỉnh",
            ),
        ),
        day(
            "2", "02/10/2022", 2, Row("Hành trình “Đến với bảo tàng” cho 100 thiếu nhi xã Phước Chiến", "Bảo tàng tỉnh")
        ),
        day(
            "3",
            "03/10/2021",
            "2021-10-03",
            Row(
                "Diễn đàn trực tuyến “Tuổi trẻ và tin giả” tại https://hop.example/tinhdoan",
                "Phòng họp Tỉnh đoàn",
                link="https://hop.example/tinhdoan",
            ),
        ),
        day("4", "06/10/2022", 6, Row("Giao lưu khởi nghiệp từ cây măng tây, con cừu", "Xã An Hải, huyện Ninh Phước")),
        day(
            "5",
            "04 và 07/10",
            [4, 7],
            Row("Tiếp sức đến trường: sửa xe đạp, tặng áo mưa, tặng sách", "Trường THCS Phước Trung"),
        ),
        columns=columns(
            ("TT", "tt", 10), ("Thời gian", "day", 34), ("Nội dung", "content", 78), ("Địa điểm", "place", 46)
        ),
    ),
    Signature(("TM. BAN THƯỜNG VỤ TỈNH ĐOÀN", "PHÓ BÍ THƯ"), "Phạm Văn Mẫu"),
    problems=("wrong_year",),
)

PHU_NU = form(
    "Hội LHPN tỉnh_PL đăng ký.docx",
    "hlhpn-58",
    "Hội Liên hiệp Phụ nữ tỉnh",
    "Items numbered inside the cell; part of day before the date; 'như trên' for a repeated place.",
    *TITLE,
    who("Hội Liên hiệp Phụ nữ tỉnh", tail="……………………"),
    table(
        day(
            "1",
            "Sáng 01/10",
            1,
            Row(
                "Gian hàng “Phụ nữ bán hàng số”: livestream rong nho, mật nho, bánh căn", "Sân Quảng trường 16 tháng 4"
            ),
            part_of_day="sáng",
        ),
        day(
            "2",
            "Sáng 03/10",
            3,
            Row(
                [
                    "Tập huấn quản lý chi tiêu bằng bảng tính",
                    "Hướng dẫn mở gian hàng trên sàn thương mại điện tử",
                    "Chia sẻ cách giữ an toàn tài khoản ngân hàng",
                ],
                "Hội trường Tỉnh hội",
                "40 chị chủ hộ kinh doanh",
            ),
            part_of_day="sáng",
        ),
        day(
            "3",
            "Chiều 03/10",
            3,
            Row("Nói chuyện chuyên đề: cha mẹ học cùng con sau đại dịch", Said("như trên", "Hội trường Tỉnh hội")),
            part_of_day="chiều",
        ),
        day(
            "4",
            "Tối 05/10",
            5,
            Row(
                ["Sinh hoạt câu lạc bộ Gia đình hạnh phúc", "Thi nấu ăn dinh dưỡng học đường"],
                "Nhà văn hóa xã Phước Hậu",
            ),
            part_of_day="tối",
        ),
        day(
            "5",
            "Chiều 07/10",
            7,
            Row("Tổng kết, trao 20 điện thoại cho hội viên khó khăn học trực tuyến", "Hội trường Tỉnh hội"),
            part_of_day="chiều",
        ),
        bullet="1. ",
        columns=columns(
            ("TT", "tt", 10),
            ("Ngày", "day", 24),
            ("Địa điểm", "place", 40),
            ("Nội dung", "content", 64),
            ("Ghi chú", "note", 27),
        ),
    ),
    Signature(("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH")),
    HANDED_TO,
)

LAO_DONG = form(
    "LDLD tinh - dang ky lich HTSD.docx",
    "ldld-58",
    "Liên đoàn Lao động tỉnh",
    "'Trong Tuần lễ' for the whole week; one place forgotten; stray double spaces.",
    who("Liên đoàn Lao động tỉnh", label="Cơ quan, đơn vị: "),
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG TUẦN LỄ HỌC TẬP SUỐT ĐỜI 2022"),
    table(
        day(
            "1",
            "Trong Tuần lễ",
            (1, 7),
            Row(
                "Treo băng rôn tại công đoàn cơ sở, phát bài truyền thanh giờ nghỉ trưa",
                "Các doanh nghiệp trong Khu công nghiệp Thành Hải",
            ),
        ),
        day(
            "2",
            "02/10",
            2,
            Row("Lớp tin học văn phòng buổi tối cho công nhân may", "Nhà văn hóa Lao động tỉnh", "Miễn phí, 15 buổi"),
        ),
        day("3", "04/10", 4, Row("Tư vấn pháp luật lao động trực tuyến", "", "Công đoàn viên gửi câu hỏi trước")),
        day(
            "4",
            "06/10",
            6,
            Row("Ngày hội đọc sách công nhân, đổi sách lấy cây xanh", "Công ty may (mẫu), Khu công nghiệp Thành Hải"),
            Row("Tập huấn an toàn, vệ sinh lao động, sơ cấp cứu", "Nhà máy muối (mẫu), xã Phương Hải"),
        ),
    ),
    Signature(("CHỦ TỊCH",)),
    problems=("no_place",),
    stray_spaces=True,
)

NONG_DAN = form(
    "Hoi Nong dan tinh - TL HTSD (gui 29-9).docx",
    "hnd-58",
    "HỘI NÔNG DÂN VIỆT NAM BAN CHẤP HÀNH TỈNH NINH THUẬN",
    "One year typed 2029, one day after the Week; the body's own name in two letterhead lines; contact column.",
    Head((), ("HỘI NÔNG DÂN VIỆT NAM", "BAN CHẤP HÀNH TỈNH NINH THUẬN")),
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG", "Tuần lễ hưởng ứng học tập suốt đời năm 2022"),
    table(
        day(
            "1",
            "01/10/2022",
            1,
            Row(
                "Phát động phong trào “Mỗi nông dân biết tra cứu một điều mới mỗi ngày”",
                "Nhà văn hóa xã Phước Thuận",
                contact="Ban Kinh tế - Xã hội, 0900 000 055",
            ),
        ),
        day(
            "2",
            "03/10/2022",
            3,
            Row(
                "Học tại vườn: tỉa cành nho, bao trái, nhận biết sâu bệnh qua ảnh chụp",
                "Thôn Thái An, xã Vĩnh Hải",
                contact="0900 000 056",
            ),
        ),
        day(
            "3",
            "05/10/2029",
            "2029-10-05",
            Row("Tập huấn truy xuất nguồn gốc táo, hành tím", "Hội trường Tỉnh hội", contact="0900 000 056"),
        ),
        day(
            "4",
            "07/10/2022",
            7,
            Row("Thi nhà nông đua tài, phần thi chuyển đổi số", "Nhà thi đấu huyện Ninh Sơn", contact="0900 000 055"),
        ),
        day(
            "5",
            "08/10/2022",
            "2022-10-08",
            Row(
                "Đưa sản phẩm của học viên lên sàn thương mại điện tử",
                "Trung tâm Hỗ trợ nông dân",
                contact="0900 000 056",
            ),
        ),
        columns=columns(
            ("STT", "tt", 12),
            ("Ngày", "day", 26),
            ("Nội dung", "content", 62),
            ("Địa điểm", "place", 40),
            ("Liên hệ", "contact", 28),
        ),
    ),
    Signature(("TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH")),
    problems=("outside_week", "wrong_year"),
)

FORMS = (KHUYEN_HOC, TINH_DOAN, PHU_NU, LAO_DONG, NONG_DAN)
