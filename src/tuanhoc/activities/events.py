"""What activities publish: primitives only, they are stored as JSON."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class RegistrationSubmitted:
    """A unit handed in its schedule, in time or ``late``."""

    name: ClassVar[str] = "activities.registration.submitted"
    registration_id: int
    submission_id: int
    activity_count: int
    late: bool


@dataclass(frozen=True, kw_only=True)
class SubmissionWithdrawn:
    """A handing-in was taken back before anybody looked at it."""

    name: ClassVar[str] = "activities.submission.withdrawn"
    registration_id: int
    submission_id: int


@dataclass(frozen=True, kw_only=True)
class HandedToHead:
    """A unit's officer hands the draft to the head, who confirms it by an own link."""

    name: ClassVar[str] = "activities.confirmation.asked"
    confirmation_id: int


@dataclass(frozen=True, kw_only=True)
class GivenBackByHead:
    """The head wants something changed before the registration is handed in."""

    name: ClassVar[str] = "activities.confirmation.given_back"
    confirmation_id: int


@dataclass(frozen=True, kw_only=True)
class RegistrationReviewed:
    """A reviewer accepted a registration or gave it back."""

    name: ClassVar[str] = "activities.registration.reviewed"
    registration_id: int
    review_id: int
    accepted: bool


@dataclass(frozen=True, kw_only=True)
class ReviewWithdrawn:
    """A decision was taken back: the registration waits again, or stands accepted as before."""

    name: ClassVar[str] = "activities.review.withdrawn"
    registration_id: int
    review_id: int


@dataclass(frozen=True, kw_only=True)
class RowCommented:
    """Somebody said something about a row: the unit, or who looks at it."""

    name: ClassVar[str] = "activities.row.commented"
    registration_id: int
    by_reviewer: bool


@dataclass(frozen=True, kw_only=True)
class ActivityChanged:
    """An accepted activity was moved or cancelled, or takes place after all (``restored``).

    By its unit, or by the office that puts the schedule together.
    """

    name: ClassVar[str] = "activities.activity.changed"
    activity_id: int
    cancelled: bool
    reason: str
    by_office: bool = False
    restored: bool = False


@dataclass(frozen=True, kw_only=True)
class SeasonAsked:
    """Somebody wants all papers of a Week as one file."""

    name: ClassVar[str] = "activities.season.asked"
    archive_id: int


@dataclass(frozen=True, kw_only=True)
class AnnexesAsked:
    """Somebody wants the annexes of all units as one file."""

    name: ClassVar[str] = "activities.annexes.asked"
    archive_id: int
