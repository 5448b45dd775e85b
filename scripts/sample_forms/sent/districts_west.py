"""District committees of the mountains: Bác Ái, Ninh Sơn."""

from scripts.sample_forms.form import (
    UP,
    At,
    Head,
    Row,
    Signature,
    Span,
    Stray,
    Text,
    columns,
    day,
    form,
    table,
    title,
    who,
)

_MORNING, _AFTERNOON, _EVENING = At("Sáng", part="sáng"), At("Chiều", part="chiều"), At("Tối", part="tối")

_UNDER_A_DAY = columns(
    ("TT", "tt", 10),
    ("Buổi", "time", 18),
    ("Nội dung", "content", 70),
    ("Địa điểm", "place", 42),
    ("Ghi chú", "note", 26),
)

BAC_AI = form(
    "UBND huyện Bác Ái - Lịch đăng ký Tuần lễ HTSĐ.docx",
    "ubnd-584",
    "ỦY BAN NHÂN DÂN HUYỆN BÁC ÁI",
    "Decomposed Unicode throughout; each day is a heading across the table and no column holds it; parts of day "
    "in a column; one day says that nothing is organised (no activity, so no row).",
    Head((), ("ỦY BAN NHÂN DÂN", "HUYỆN BÁC ÁI"), "", "Bác Ái, ngày 27 tháng 9 năm 2022"),
    *title(
        "LỊCH HOẠT ĐỘNG TUẦN LỄ HƯỞNG ỨNG HỌC TẬP SUỐT ĐỜI",
        "HUYỆN BÁC ÁI NĂM 2022",
        italic="(Gửi kèm Công văn số      /UBND-GDĐT ngày     /9/2022)",
    ),
    table(
        Span("Thứ Bảy, ngày 01/10/2022", "center"),
        day(
            "",
            "",
            1,
            Row(
                "Lễ khai mạc Tuần lễ, trình diễn mã la và đàn chapi mở đầu",
                "Sân vận động xã Phước Đại",
                "Truyền hình trực tiếp trên trang của huyện",
                time=_MORNING,
            ),
            Row("Trao 09 tủ sách “Đọc bên bếp lửa” cho 09 xã", "Sân vận động xã Phước Đại", time=_MORNING),
            Row("Chiếu phim ngoài trời, giới thiệu thư viện số", "Nhà văn hóa xã Phước Tiến", time=_EVENING),
        ),
        Span("Chủ nhật, ngày 02/10/2022", "center"),
        day(
            "",
            "",
            2,
            Row(
                "Dạy nhau làm đàn chapi, ghi hình làm tư liệu học tập",
                "Nhà cộng đồng thôn Bố Lang, xã Phước Bình",
                time=_MORNING,
            ),
            Row("Hội thi nói lời hay giữa các bản làng bằng hai thứ tiếng", "Xã Phước Thắng", time=_AFTERNOON),
        ),
        Span("Thứ Hai, ngày 03/10/2022", "center"),
        day(
            "",
            "",
            3,
            Row(
                "Tập huấn kỹ năng số cơ bản cho trưởng thôn, người có uy tín",
                "Hội trường UBND huyện",
                "Phát tài liệu tranh",
                time=_MORNING,
            ),
            Row(
                "Hướng dẫn tra cứu giá bắp, mì, điều trên điện thoại", "Hội trường UBND xã Phước Trung", time=_AFTERNOON
            ),
        ),
        Span("Thứ Ba, ngày 04/10/2022", "center"),
        day(
            "",
            "",
            4,
            Row(
                "Lớp xóa mù chữ: buổi học mở cho người thân cùng dự",
                "Trường Tiểu học Phước Tân",
                "Học viên trên 40 tuổi",
                time=_EVENING,
            ),
            Row(
                "Nói chuyện về rừng và nước: vườn quốc gia Phước Bình",
                "Trung tâm du khách Vườn quốc gia Phước Bình",
                time=_MORNING,
            ),
        ),
        Span("Thứ Tư, ngày 05/10/2022", "center"),
        Stray(("", "", "Không tổ chức", "", "")),
        Span("Thứ Năm, ngày 06/10/2022", "center"),
        day(
            "",
            "",
            6,
            Row("Xe thư viện lưu động phục vụ đọc sách và máy tính bảng", "Trường THCS Phước Hòa", time=_MORNING),
            Row("Xe thư viện lưu động phục vụ đọc sách và máy tính bảng", "Trường THCS Phước Thành", time=_AFTERNOON),
            Row(
                "Kể akhàt jucar, chuyện xưa của làng, cho thiếu nhi nghe và ghi âm",
                "Nhà cộng đồng xã Phước Chính",
                time=_EVENING,
            ),
        ),
        Span("Thứ Sáu, ngày 07/10/2022", "center"),
        day(
            "",
            "",
            7,
            Row("Tổng kết Tuần lễ, biểu dương bí thư thôn tự học tin học", "Hội trường UBND huyện", time=_AFTERNOON),
        ),
        columns=_UNDER_A_DAY,
        numbers="rows",
    ),
    Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), recipients=("- Sở GDĐT;", "- Lưu: VT.")),
    decomposed=True,
)

_WITH_HOST = columns(
    ("STT", "tt", 11),
    ("Ngày tháng", "day", 26),
    ("Nội dung", "content", 56),
    ("Địa điểm", "place", 38),
    ("Đơn vị thực hiện", "host", 34),
)

NINH_SON = form(
    "Dang ky TLHTSD_Ninh Son_28.9.docx",
    "ubnd-585",
    "UBND huyện Ninh Sơn",
    "Two tables: the district's own and its communes' (host column, merged where one commune has several lines); "
    "the day repeated in each row as 1.10.2022; hard spaces.",
    who("UBND huyện Ninh Sơn", label="Tên đơn vị: "),
    *title("BẢNG ĐĂNG KÝ LỊCH HOẠT ĐỘNG TUẦN LỄ HTSĐ NĂM 2022"),
    Text("1. Các hoạt động do huyện tổ chức", bold=True),
    table(
        day(
            "1",
            "1.10.2022",
            1,
            Row(
                "Lễ khai mạc Tuần lễ hưởng ứng học tập suốt đời",
                "Trung tâm Văn hóa - Thể thao huyện, thị trấn Tân Sơn",
                host="UBND huyện",
            ),
            Row(
                "Gian hàng trái cây Lâm Sơn quét mã là đọc được chuyện vườn",
                "Sân Trung tâm Văn hóa - Thể thao huyện",
                host="Hội Nông dân huyện",
            ),
        ),
        day(
            "2",
            "3.10.2022",
            3,
            Row("Tập huấn sổ tay điện tử nông hộ", "Hội trường Huyện ủy", host="Phòng Nông nghiệp và PTNT"),
        ),
        day(
            "3",
            "4.10.2022",
            4,
            Row("Chuyên đề ứng xử văn minh trên mạng cho đoàn viên", "Trung tâm GDNN - GDTX huyện", host="Huyện đoàn"),
        ),
        day(
            "4",
            "5.10.2022",
            5,
            Row("Ngày hội đọc sách các trường tiểu học", "Trường Tiểu học Tân Sơn", host="Phòng GDĐT"),
        ),
        day("5", "7.10.2022", 7, Row("Sơ kết Tuần lễ", "Phòng họp UBND huyện", host="UBND huyện")),
        columns=_WITH_HOST,
        days="each",
        numbers="rows",
    ),
    Text("2. Các hoạt động do xã, thị trấn tổ chức", bold=True),
    table(
        day(
            "1",
            "1.10.2022",
            1,
            Row("Phát động đọc sách và treo băng rôn", "Hội trường UBND xã Quảng Sơn", host="UBND xã Quảng Sơn"),
        ),
        day(
            "2",
            "2.10.2022",
            2,
            Row(
                "Giao lưu vườn mẫu: chia sẻ cách ghép sầu riêng, bưởi da xanh",
                "Thôn Lâm Bình, xã Lâm Sơn",
                host="UBND xã Lâm Sơn",
            ),
            Row("Lớp quay phim bằng điện thoại cho chủ vườn du lịch", "TTHTCĐ xã Lâm Sơn", host=UP),
        ),
        day(
            "3",
            "3.10.2022",
            3,
            Row("Hướng dẫn dịch vụ công trực tuyến tại bộ phận một cửa", "UBND xã Nhơn Sơn", host="UBND xã Nhơn Sơn"),
        ),
        day(
            "4",
            "4.10.2022",
            4,
            Row(
                "Dạy đan gùi, đan lát cho thiếu niên, ghi lại thành phim hướng dẫn",
                "Nhà cộng đồng xã Ma Nới",
                host="UBND xã Ma Nới",
            ),
            Row("Sơ cấp cứu khi bị rắn cắn, ong đốt", "Trạm Y tế xã Ma Nới", host=UP),
        ),
        day(
            "5",
            "5.10.2022",
            5,
            Row(
                "Nói chuyện an toàn giao thông và biển báo cho học sinh",
                "Trường THCS Lương Sơn",
                host="UBND xã Lương Sơn",
            ),
        ),
        day(
            "6",
            "6.10.2022",
            6,
            Row("Tọa đàm mía đường: học từ ruộng mẫu", "Thôn Tân Lập, xã Hòa Sơn", host="UBND xã Hòa Sơn"),
            Row("Hội thi hát ru và kể chuyện bà cháu", "Nhà văn hóa xã Mỹ Sơn", host="UBND xã Mỹ Sơn"),
        ),
        columns=_WITH_HOST,
        days="each",
        numbers="rows",
    ),
    Signature(("CHỦ TỊCH",)),
    hard_spaces=True,
)

FORMS = (BAC_AI, NINH_SON)
