"""Who is asking: a frozen value that every gate and action takes."""

import enum
from dataclasses import dataclass


class Role(enum.StrEnum):
    """What a seat lets its holder do."""

    OFFICER = "officer"  # chuyên viên
    HEAD = "head"  # thủ trưởng
    COORDINATOR = "coordinator"  # điều phối: sits on a campaign
    VIEWER = "viewer"  # chỉ xem


@dataclass(frozen=True, slots=True)
class SeatValue:
    """A role at a unit (reaching that unit and those under it) or on a campaign (its whole roster).

    Exactly one of ``unit_id`` and ``campaign_id`` is set. A seat from a signed personal link
    also names its one campaign in ``only_campaign_id`` and reaches its one unit only (``alone``).
    """

    role: Role
    unit_id: int | None = None
    campaign_id: int | None = None
    only_campaign_id: int | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a signed-in person, the holder of a personal link, or the system.

    ``name`` is what the journal prints. An actor without seats is a stranger.
    """

    name: str = ""
    seats: tuple[SeatValue, ...] = ()
    user_id: int | None = None
    link_id: int | None = None
    is_operator: bool = False

    @property
    def is_known(self) -> bool:
        """Whether anybody signed in, by account or by link."""
        return self.user_id is not None or self.link_id is not None

    @property
    def only_confirms(self) -> bool:
        """Whether this is a head's own link: it reads one unit's registration and confirms it, and writes nothing."""
        return self.link_id is not None and all(seat.role is Role.HEAD for seat in self.seats)

    def coordinates(self, campaign_id: int) -> bool:
        """Whether a coordinator's seat on this campaign is among the seats."""
        return any(s.role is Role.COORDINATOR and s.campaign_id == campaign_id for s in self.seats)

    def roles_over(self, path: str, campaign_id: int) -> frozenset[Role]:
        """Return the roles this actor has over the roster unit at ``path`` in a campaign.

        ``path`` holds unit ids from the root down, each between slashes: ``/1/17/1021/``.
        """
        return frozenset(s.role for s in self.seats if _reaches(s, path, campaign_id))


def _reaches(seat: SeatValue, path: str, campaign_id: int) -> bool:
    if seat.campaign_id is not None:
        return seat.campaign_id == campaign_id
    if seat.only_campaign_id is not None and seat.only_campaign_id != campaign_id:
        return False
    step = f"/{seat.unit_id}/"
    return path.endswith(step) if seat.alone else step in path


#: The program itself, for jobs, commands and the sample.
SYSTEM = Actor(name="Hệ thống", is_operator=True)
ANONYMOUS = Actor()
