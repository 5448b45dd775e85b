"""What a message says, as values."""

import datetime as dt
from dataclasses import dataclass, field

from tuanhoc.lib.refusal import N_, Refusal


class NotAMail(Refusal):
    message = N_("Tệp thư này không mở được: có quá nhiều phần, hoặc không phải một bức thư.")


@dataclass(frozen=True, slots=True)
class MailPart:
    """One part of a message. ``what``: a key of ``rules.mailing.PART_WORDS``; only a "file" may be a form.

    ``within``: the subject of the forwarded message it came in, "" for the message itself.
    """

    name: str
    content_type: str
    what: str
    data: bytes = field(default=b"", repr=False)
    within: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """A message as far as it concerns us. ``text``: its own words, quoted history left out."""

    message_id: str
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    subject: str
    #: as its writer's machine says; None when it says nothing readable
    sent_at: dt.datetime | None
    #: as the last mail server on its way says
    arrived_at: dt.datetime | None
    text: str
    parts: tuple[MailPart, ...]
    #: sent by a program or a list, or an answer of one: never answered
    is_automatic: bool = False
    #: the server that took it says that it is not from its sender
    is_doubted: bool = False
    #: senders of the messages forwarded inside
    forwarded_from: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[MailPart, ...]:
        """The parts that may be forms, in order."""
        return tuple(part for part in self.parts if part.what == "file")
