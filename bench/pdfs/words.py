"""What units write, long and short."""

CONTENTS = (
    "Khai mạc Tuần lễ",
    "Lễ phát động Tuần lễ hưởng ứng học tập suốt đời năm 2022 gắn với Đại hội Khuyến học cấp xã",
    "Thi kể chuyện theo sách",
    "Tập huấn sử dụng nền tảng dạy học trực tuyến cho giáo viên, giảng viên các cơ sở giáo dục thường xuyên",
    'Chiếu phim tư liệu "Bác Hồ với sự học"',
    "Tư vấn hướng nghiệp cho học sinh lớp 9, lớp 12",
    "Ngày hội STEM - Robotics",
    "Tuyên truyền Luật Trẻ em, Luật Hôn nhân và Gia đình; phòng, chống tảo hôn tại các thôn đồng bào Raglai",
    "Trưng bày sách",
    "Mở lớp xóa mù chữ",
    'Nói chuyện chuyên đề "Học để làm, học để chung sống" do PGS.TS. Trần Đình Lý trình bày',
    'Hội thảo "Văn hóa đọc trong nhà trường thời chuyển đổi số" (kết hợp trực tiếp và trực tuyến)',
    "Giao lưu tiếng Anh",
    "Hướng dẫn bà con cài đặt VNeID, tra cứu sổ sức khỏe điện tử, nộp hồ sơ trên Cổng Dịch vụ công quốc gia",
    "Sinh hoạt chuyên môn cụm trường số 3",
    'Tặng 120 suất học bổng "Tiếp bước cho em", mỗi suất 1.000.000 đồng',
    "Xe thư viện lưu động phục vụ bạn đọc",
    "Chuyên đề: Kỹ năng phòng, chống lừa đảo trên không gian mạng",
    "Bồi dưỡng kỹ thuật trồng nho, táo theo hướng hữu cơ cho hội viên nông dân",
    'Thi vẽ tranh "Biển đảo quê em"',
    'Tọa đàm "Gia đình học tập, dòng họ học tập" và biểu dương 25 gia đình tiêu biểu',
    "Hội thi Rung chuông vàng",
    "Tổng kết, trao giải cuộc thi tìm hiểu lịch sử Đảng bộ huyện",
    "Đọc sách cùng con",
    "Khánh thành phòng đọc cộng đồng",
    "Tham quan, trải nghiệm di tích tháp Po Klong Garai dành cho học sinh khối 6, 7",
    "Phát thanh chuyên mục Học tập suốt đời trên hệ thống loa truyền thanh cơ sở (02 lượt/ngày)",
    "Bế mạc Tuần lễ",
    "Lớp học ngoại ngữ miễn phí cho người lao động trong khu công nghiệp Thành Hải",
    'Triển khai mô hình "Công dân học tập" theo Quyết định số 324/QĐ-BGDĐT',
    "Khám, tư vấn dinh dưỡng cho người cao tuổi",
    "Ký kết phối hợp giữa Hội Khuyến học và Trung tâm Học tập cộng đồng giai đoạn 2022-2025",
)
PLACES = (
    "Hội trường UBND xã Phước Thuận", "Trường THPT Chu Văn An", "Thư viện tỉnh", "Nhà văn hóa thôn Long Bình 2",
    "Trung tâm GDNN-GDTX huyện Thuận Bắc", "Trung tâm Học tập cộng đồng phường Đô Vinh", "Các trường TH, THCS",
    "Sân vận động huyện Ninh Phước", "Quảng trường 16/4, thành phố Phan Rang - Tháp Chàm", "Phòng họp số 2",
    "Hội trường Công ty TNHH MTV Lâm nghiệp Tân Tiến", "Trực tuyến qua Google Meet", "19 thôn, khu phố",
    "Trường PTDTNT Pinăng Tắc", "Bưu điện văn hóa xã Phước Dinh", "Đồn Biên phòng Vĩnh Hải",
)  # fmt: skip
NOTES = ("Khoảng 150 người", "Mời Đài PT-TH đưa tin", "Có video", "Dự kiến", "Kinh phí xã hội hóa", "40 học viên")
HOSTS = ("Hội Khuyến học", "Phòng GDĐT", "Đoàn Thanh niên", "Hội LHPN huyện", "Ban Giám hiệu", "Thư viện huyện")
AUDIENCES = ("Cán bộ, giáo viên, học sinh", "Hội viên, nhân dân", "Học sinh khối 9", "Đoàn viên thanh niên", "Toàn dân")
UNITS = (
    ("UBND HUYỆN NINH PHƯỚC", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "Phòng Giáo dục và Đào tạo huyện Ninh Phước"),
    ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "THƯ VIỆN TỈNH", "Thư viện tỉnh Ninh Thuận"),
    ("HUYỆN THUẬN NAM", "ỦY BAN NHÂN DÂN XÃ PHƯỚC DINH", "UBND xã Phước Dinh"),
    ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "TRUNG TÂM GIÁO DỤC NGHỀ NGHIỆP - GIÁO DỤC THƯỜNG XUYÊN THUẬN BẮC",
     "Trung tâm GDNN-GDTX huyện Thuận Bắc"),
    ("TỈNH ĐOÀN NINH THUẬN", "BAN THƯỜNG VỤ", "Tỉnh Đoàn Ninh Thuận"),
)  # fmt: skip
SIGNERS = ("Nguyễn Thị Thu Hà", "Đàng Năng Tom", "Trần Quốc Việt", "Chamaléa Thị Hoa")
