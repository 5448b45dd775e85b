"""Messages as units send them, made on the spot."""

import mailbox
import tempfile
from collections.abc import Iterable
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path

DOCX = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
SENT = "Wed, 28 Sep 2022 09:00:00 +0700"


def mail(
    *files: tuple[str, bytes],
    sender: str = "Chị Lan <lan@lamson.example>",
    to: str = "dangky@so.example",
    subject: str = "Lịch đăng ký Tuần lễ",
    text: str = "Kính gửi Sở, đơn vị gửi lịch.",
    sent: str | None = SENT,
    message_id: str | None = "",
    html: str = "",
    **headers: str,
) -> EmailMessage:
    """Return a message with files attached. ``message_id``: "" for a fresh one, None for none."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    if sent:
        message["Date"] = sent
    if message_id is not None:
        message["Message-ID"] = message_id or make_msgid(domain="example")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in files:
        main, sub = DOCX if name.endswith(".docx") else ("application", "octet-stream")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message


def eml(*files: tuple[str, bytes], **given: str | None) -> bytes:
    """Return a message as a file."""
    return mail(*files, **given).as_bytes()  # type: ignore[arg-type]


def mbox(messages: Iterable[bytes]) -> bytes:
    """Return messages as one mbox, written by Python's own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "box"
        box = mailbox.mbox(path)
        for raw in messages:
            box.add(raw)
        box.flush()
        return path.read_bytes()
