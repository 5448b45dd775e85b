"""District education offices and a district association for promoting learning."""

import datetime as dt

from scripts.sample_forms.form import (
    HANDED_TO,
    TITLE,
    At,
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

PGD_PHAN_RANG = form(
    "PGD PRTC - lich dang ky cac truong.xlsx",
    "pgd-582",
    "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO",
    "Worksheet of an education office: schools as hosts, real dates repeated in each row, real times, a wide sheet; "
    "the first column is the date, number last; the name needs its superior.",
    Head(("UBND THÀNH PHỐ PHAN RANG - THÁP CHÀM",), ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO",)),
    *title("TỔNG HỢP ĐĂNG KÝ HOẠT ĐỘNG CÁC TRƯỜNG - TUẦN LỄ HTSĐ 2022"),
    table(
        day(
            "",
            dt.date(2022, 10, 1),
            1,
            Row(
                "Phát động Tuần lễ, tặng sách tủ sách lớp em",
                "Trường Tiểu học Mỹ Hương",
                time=At(dt.time(7, 15), "07:15"),
                host="Trường TH Mỹ Hương",
                audience="Toàn trường",
            ),
            Row(
                "Triển lãm tranh “Em vẽ tương lai số”",
                "Công viên Hùng Vương",
                time=At(dt.time(8, 30), "08:30"),
                host="Phòng GDĐT",
                audience="Học sinh, cha mẹ",
            ),
        ),
        day(
            "",
            dt.date(2022, 10, 3),
            3,
            Row(
                "Tập huấn khai thác kho bài giảng điện tử",
                "Phòng máy Trường THCS Tấn Tài",
                time=At(dt.time(14, 0), "14:00"),
                host="Trường THCS Tấn Tài",
                audience="Giáo viên",
            ),
            Row(
                "Chuyên đề phòng, chống bắt nạt trên mạng",
                "Trường THCS Mỹ Hải",
                time=At("15h15", "15:15"),
                host="Trường THCS Mỹ Hải",
                audience="Khối 6, 7",
            ),
        ),
        day(
            "",
            dt.date(2022, 10, 4),
            4,
            Row(
                "Bé tập làm thủ thư",
                "Trường Mầm non Thanh Sơn",
                time=At("Sáng", part="sáng"),
                host="Trường MN Thanh Sơn",
                audience="Trẻ 5 tuổi",
            ),
        ),
        day(
            "",
            dt.date(2022, 10, 5),
            5,
            Row(
                "Thi viết chữ đẹp bằng bút và gõ phím nhanh",
                "Trường Tiểu học Đạo Long",
                time=At(dt.time(8, 0), "08:00"),
                host="Trường TH Đạo Long",
                audience="Khối 3, 4, 5",
            ),
        ),
        day(
            "",
            dt.date(2022, 10, 6),
            6,
            Row(
                "Giờ sơ cấp cứu: băng bó, ép tim",
                "Trường THCS Phủ Hà",
                time=At(dt.time(14, 30), "14:30"),
                host="Trường THCS Phủ Hà",
                audience="Khối 8",
            ),
        ),
        day(
            "",
            dt.date(2022, 10, 7),
            7,
            Row(
                "Tổng kết, trao giải các cuộc thi",
                "Hội trường Phòng GDĐT",
                time=At(dt.time(9, 0), "09:00"),
                host="Phòng GDĐT",
                audience="Hiệu trưởng các trường",
            ),
        ),
        columns=columns(
            ("Ngày", "day", 28),
            ("Giờ", "time", 20),
            ("Trường thực hiện", "host", 50),
            ("Nội dung", "content", 96),
            ("Địa điểm", "place", 64),
            ("Thành phần tham dự", "audience", 44),
        ),
        days="each",
    ),
    Signature(("TRƯỞNG PHÒNG",)),
    sheet="Tong hop",
)

PGD_NINH_HAI = form(
    "PGD Ninh Hai_Phu luc.docx",
    "pgd-586",
    "PHÒNG GD&ĐT",
    "Two-line letterhead, both short: the superior must be read to know which office it is; time as 7h30' in the day "
    "cell.",
    Head(("UBND HUYỆN NINH HẢI",), ("PHÒNG GD&ĐT",), "Số:     /PGDĐT", "Khánh Hải, ngày 27 tháng 9 năm 2022"),
    *title("LỊCH ĐĂNG KÝ HOẠT ĐỘNG TUẦN LỄ HƯỞNG ỨNG HỌC TẬP SUỐT ĐỜI"),
    table(
        day(
            "1",
            "7h30'\n01/10",
            1,
            Row("Lễ phát động tại 100% trường học trong huyện", "Các trường mầm non, tiểu học, THCS"),
            start_time="07:30",
        ),
        day(
            "2",
            "14h00\n03/10",
            3,
            Row("Tập huấn dạy học kết hợp trực tiếp và trực tuyến", "Trường THCS Xuân Hải", "02 giáo viên mỗi trường"),
            start_time="14:00",
        ),
        day(
            "3",
            "8h00\n04/10",
            4,
            Row("Ngày hội STEM: thuyền buồm, máy đo gió từ vật liệu bỏ đi", "Trường THCS Nhơn Hải"),
            start_time="08:00",
        ),
        day(
            "4",
            "05/10",
            5,
            Row("Thi thư viện xanh, thư viện thân thiện", "08 trường tiểu học dự thi"),
            Row("Chuyên đề dạy trẻ nói trước đám đông", "Trường Mầm non Khánh Hải"),
        ),
        day(
            "5",
            "15h00\n07/10",
            7,
            Row("Tổng kết Tuần lễ, biểu dương giáo viên tự học", "Hội trường Phòng"),
            start_time="15:00",
        ),
    ),
    Signature(("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"), recipients=("- Sở GDĐT;", "- UBND huyện (b/c);", "- Lưu: VT.")),
)

KH_NINH_SON = form(
    "HKH huyen Ninh Son.docx",
    "hkh-585",
    "Hội Khuyến học huyện Ninh Sơn",
    "The annex with most days left empty; a note that is only a part of day (the note stays, the part is told too); "
    "signed with a name; smart tags of old Word; the year of the title and the Week's own dates in a "
    "sentence above the table, which are not rows.",
    *TITLE,
    who("Hội Khuyến học huyện Ninh Sơn"),
    Text("Thực hiện Kế hoạch của UBND tỉnh, từ ngày 01/10/2022 đến ngày 07/10/2022, Hội đăng ký các hoạt động sau:"),
    annex(
        {
            1: [
                Row(
                    "Dự Lễ khai mạc cấp huyện, trao học bổng cho 15 học sinh vượt khó",
                    "Trung tâm Văn hóa - Thể thao huyện",
                )
            ],
            3: [
                Row(
                    "Sinh hoạt chi hội khuyến học thôn: nuôi heo đất, góp quỹ sách",
                    "Thôn Triệu Phong, xã Quảng Sơn",
                    "Buổi tối",
                    facts={"part_of_day": "tối"},
                ),
                Row("Kiểm tra hoạt động tủ sách dòng họ", "Xã Nhơn Sơn"),
            ],
            6: [Row("Gặp mặt học viên lớn tuổi lớp phổ cập, nghe kể chuyện học", "TTHTCĐ xã Mỹ Sơn")],
        }
    ),
    Signature(("TM. BAN CHẤP HÀNH", "CHỦ TỊCH"), "Đặng Văn Mẫu"),
    HANDED_TO,
    smart_tags=True,
)

FORMS = (PGD_PHAN_RANG, PGD_NINH_HAI, KH_NINH_SON)
