"""The six moments of the Week of 2022 that the time bar jumps to."""

import datetime as dt
from dataclasses import dataclass

from tuanhoc.lib.dates import HANOI, day_start
from tuanhoc.lib.refusal import N_


@dataclass(frozen=True, slots=True)
class Stage:
    """A moment the whole product can be seen at; ``shows`` says what there is to see."""

    slug: str
    title: str
    at: dt.datetime
    shows: str

    @property
    def day(self) -> dt.date:
        """Its day in Viet Nam."""
        return self.at.astimezone(HANOI).date()


def _at(month: int, day: int, hour: int) -> dt.datetime:
    return dt.datetime(2022, month, day, hour, tzinfo=HANOI)


STAGES = (
    Stage("mo-dang-ky", N_("Mở đăng ký"), _at(9, 20, 8), N_("Vừa mở đăng ký: mọi đơn vị chưa bắt đầu.")),
    Stage(
        "sap-het-han",
        N_("Sắp hết hạn đăng ký"),
        _at(9, 29, 9),
        N_("Phần lớn đơn vị đã nộp; nhiều bản chờ xem, vài bản trả lại, còn đơn vị chưa bắt đầu."),
    ),
    Stage("khai-mac", N_("Khai mạc"), _at(10, 1, 7), N_("Lịch tổng hợp lần 1 đã ban hành; Tuần lễ bắt đầu sáng nay.")),
    Stage(
        "trong-tuan-le",
        N_("Trong Tuần lễ"),
        _at(10, 4, 9),
        N_("Lịch tổng hợp lần 2 đã ban hành: có hoạt động dời ngày, có hoạt động hủy."),
    ),
    Stage("han-bao-cao", N_("Hạn báo cáo"), _at(10, 14, 9), N_("Tuần lễ đã qua; hôm nay là ngày cuối gửi báo cáo.")),
    Stage("tong-ket", N_("Tổng kết"), _at(10, 20, 9), N_("Cả mùa đã xong: nhìn lại lịch đã diễn ra.")),
)
#: Where a visitor arrives: the portal is full, two releases are out, a few late registrations wait.
FIRST_SHOWN = STAGES[3]


def stage_of(slug: str) -> Stage | None:
    """Return the stage of an address; None when there is none."""
    return next((stage for stage in STAGES if stage.slug == slug), None)


def link_closes_at(made_at: dt.datetime) -> dt.datetime:
    """Return until when a link made at ``made_at`` opens: sixty whole days more, past every stage, to a day's end."""
    return day_start(made_at.astimezone(HANOI).date() + dt.timedelta(days=61))


def standing(now: dt.datetime) -> Stage:
    """Return the stage last passed at ``now``."""
    return next((stage for stage in reversed(STAGES) if stage.at <= now), STAGES[0])


#: The sample's one campaign.
CODE = "ninh-thuan-2022"
COORDINATOR_EMAIL = "dieuphoi@mau.example"
DISTRICT_EMAIL = "ninhson@mau.example"
LEADER_EMAIL = "lanhdao@mau.example"
OPERATOR_EMAIL = "quantri@mau.example"
#: The unit a visitor registers for by its personal link: nobody else writes its registration.
SCHOOL_KEY = "thpt-585-1"


@dataclass(frozen=True, slots=True)
class Officer:
    """A fictional person of the sample."""

    name: str
    email: str
    unit_key: str


COORDINATOR = Officer("Nguyễn Thị Mẫu", COORDINATOR_EMAIL, "so-gddt")
#: looks at the whole Week from the committee of the province
LEADER = Officer("Lê Văn Mẫu", LEADER_EMAIL, "ubnd-58")
#: looks after the accounts; a seat nowhere
OPERATOR = Officer("Phạm Thị Mẫu", OPERATOR_EMAIL, "")
DISTRICT_OFFICERS = (
    Officer("Lê Thị Hoa (mẫu)", "phanrang@mau.example", "ubnd-582"),
    Officer("Chamaléa Minh (mẫu)", "bacai@mau.example", "ubnd-584"),
    Officer("Trần Văn Mẫu", DISTRICT_EMAIL, "ubnd-585"),
    Officer("Phạm Quốc Hải (mẫu)", "ninhhai@mau.example", "ubnd-586"),
    Officer("Đàng Thị Nga (mẫu)", "ninhphuoc@mau.example", "ubnd-587"),
    Officer("Võ Thanh Bình (mẫu)", "thuanbac@mau.example", "ubnd-588"),
    Officer("Huỳnh Ngọc Ánh (mẫu)", "thuannam@mau.example", "ubnd-589"),
)
