"""What a message says, as values."""

import datetime as dt
from dataclasses import dataclass, field

from tuanhoc.lib.refusal import N_, Refusal


class NotAMail(Refusal):
    message = N_("Tệp thư này không mở được: có quá nhiều phần, hoặc không phải một bức thư.")


#: What a part of a message is, in words where it is no form.
PART_WORDS = {
    "file": "",
    "body": N_("Nội dung thư"),
    "picture": N_("Hình trong chữ ký hoặc nền thư, không phải mẫu"),
    "tnef": N_(
        "Tệp winmail.dat: Outlook của người gửi đã gói tệp kèm theo kiểu riêng, không mở được. "
        "Vui lòng đề nghị đơn vị gửi lại (trong Outlook chọn định dạng HTML hoặc văn bản thường)."
    ),
    "calendar": N_("Lời mời lịch, không phải mẫu"),
    "card": N_("Danh thiếp, không phải mẫu"),
    "signature": N_("Chữ ký số của thư, không phải mẫu"),
    "encrypted": N_("Thư được mã hóa, không đọc được. Vui lòng đề nghị đơn vị gửi lại không mã hóa."),
    "report": N_("Báo cáo của máy chủ thư"),
    "empty": N_("Tệp không có nội dung (0 byte)"),
    "outside": N_("Tệp nằm ngoài thư (liên kết tải về), vui lòng đề nghị đơn vị gửi kèm tệp"),
    "too_many": N_("Thư có quá nhiều tệp: từ đây trở đi chưa mở, bản gốc của thư vẫn được giữ"),
}


@dataclass(frozen=True, slots=True)
class MailPart:
    """One part of a message. ``what``: a key of :data:`PART_WORDS`; only a "file" may be a form.

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
    #: senders of the messages forwarded inside
    forwarded_from: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[MailPart, ...]:
        """The parts that may be forms, in order."""
        return tuple(part for part in self.parts if part.what == "file")
