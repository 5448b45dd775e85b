"""What intake publishes: primitives only, they are stored as JSON."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class FormConfirmed:
    """A unit's Word form became its registration; ``handed_in``: submitted, not only put into the draft."""

    name: ClassVar[str] = "intake.form.confirmed"
    form_file_id: int
    registration_id: int
    handed_in: bool


@dataclass(frozen=True, kw_only=True)
class ConfirmationUndone:
    """A confirmation was taken back before anybody looked at the registration."""

    name: ClassVar[str] = "intake.form.undone"
    form_file_id: int
    registration_id: int


@dataclass(frozen=True, kw_only=True)
class MailTaken:
    """A message from outside was taken apart; whether its sender is answered is decided by who listens."""

    name: ClassVar[str] = "intake.mail.taken"
    mail_id: int
