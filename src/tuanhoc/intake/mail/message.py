"""One message, bytes in, values out. What is hostile in it costs a bounded time and breaks nothing."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

# typeshed leaves the first out
from email.feedparser import BufferedSubFile, BytesFeedParser  # type: ignore[attr-defined]
from email.message import Message

from tuanhoc.lib.text import clean

from .bodies import MOST_CHARS, own_words, text_of_html
from .headers import Guarded, addresses, arrived_at, file_name_of, in_some_charset, is_automatic, is_doubted, moment, text_of
from .values import Mail, MailPart, NotAMail

#: A wall against messages made to exhaust the machine: parts are counted before anything is opened.
_MOST_BOUNDARY_LINES = 10_000
_MOST_HEADER_BYTES = 512 * 1024
_MOST_HEADERS = 1_000
_MOST_PARTS = 300
_MOST_DEPTH = 12
#: Four messages forwarded inside each other, each of three layers, stay well below.
_MOST_NESTED = 20
#: Pages (HTML) of one message that are looked at for its words.
_MOST_PAGES = 12
#: Messages attached as files inside each other: each is taken apart anew, and held in memory meanwhile.
_MOST_ATTACHED = 3
#: Pictures of a signature are small; a photo of a paper is not.
_SIGNATURE_PICTURE_BYTES = 150 * 1024
_TINY_PICTURE_BYTES = 12 * 1024
_BY_TYPE = {
    "application/ms-tnef": "tnef", "application/vnd.ms-tnef": "tnef", "text/calendar": "calendar",
    "text/vcard": "card", "text/x-vcard": "card", "text/directory": "card",
    "application/pgp-signature": "signature", "application/pkcs7-signature": "signature",
    "application/x-pkcs7-signature": "signature", "application/pkcs7-mime": "encrypted",
    "application/x-pkcs7-mime": "encrypted", "application/pgp-encrypted": "encrypted",
    "message/delivery-status": "report", "message/disposition-notification": "report",
    "text/rfc822-headers": "report", "message/external-body": "outside",
}  # fmt: skip
_BOUNDARY = re.compile(rb"^--\S", re.M)
_ENDINGS = {
    "application/msword": ".doc", "application/pdf": ".pdf", "application/rtf": ".rtf", "text/rtf": ".rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel": ".xls", "application/vnd.oasis.opendocument.text": ".odt", "text/csv": ".csv",
    "application/zip": ".zip", "application/x-zip-compressed": ".zip", "image/jpeg": ".jpg", "image/png": ".png",
}  # fmt: skip


class _Shallow(BufferedSubFile):  # type: ignore[misc]
    """Every line is held against the boundary of every part it stands in: nested without end, a message of a few
    megabytes takes hours.
    """

    def push_eof_matcher(self, pred: Callable[[str], object]) -> None:
        if len(self._eofstack) >= _MOST_NESTED:
            raise NotAMail
        super().push_eof_matcher(pred)


class _ShallowParser(BytesFeedParser):
    def __init__(self, *, policy: Guarded) -> None:
        super().__init__(policy=policy)
        self._input = _Shallow()


@dataclass(slots=True)
class _Opened:
    """What was found so far in a message and in those forwarded inside it."""

    parts: list[MailPart] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    #: in how many messages attached as files this one lies
    level: int = 0


def read_mail(raw: bytes) -> Mail:
    """Take a message apart.

    :raises NotAMail: too many parts or headers to be one, or nothing of one.
    """
    return _read(raw, 0)


def _read(raw: bytes, level: int) -> Mail:
    message = _parsed(raw)
    opened = _Opened(level=level)
    _open(message, opened)
    [(name, sender), *_] = addresses(message, "from") or addresses(message, "sender") or [("", "")]
    recipients = addresses(message, "delivered-to", "x-original-to", "to", "cc")
    return Mail(
        message_id=clean(str(message.get("message-id", "")))[:255],
        sender=sender,
        sender_name=name[:200],
        recipients=tuple(dict.fromkeys(address for _, address in recipients)),
        subject=text_of(message, "subject")[:500],
        sent_at=moment(str(message.get("date", ""))),
        arrived_at=arrived_at(message),
        text=_text(opened),
        parts=tuple(opened.parts),
        is_automatic=is_automatic(message),
        is_doubted=is_doubted(message),
        forwarded_from=tuple(dict.fromkeys(opened.senders)),
    )


def _text(opened: _Opened) -> str:
    """Return the message's own words: from its page where that has a table, which plain text tears apart."""
    pages: list[str] = []
    for html in opened.pages:
        # What comes after is cut off anyway, and a message may hold hundreds.
        if sum(map(len, pages)) > MOST_CHARS or len(pages) >= _MOST_PAGES:
            break
        pages.append(text_of_html(html))
    page = own_words("\n".join(pages))
    text = own_words("\n".join(opened.texts))
    return page if not text or " | " in page else text


def _parsed(raw: bytes) -> Message:
    raw = raw[raw.find(b"\n") + 1 :] if raw.startswith(b"From ") else raw.lstrip(b"\r\n")
    head = re.split(rb"\r?\n\r?\n", raw[: _MOST_HEADER_BYTES + 4], maxsplit=1)[0]
    if len(head) > _MOST_HEADER_BYTES or head.count(b"\n") > _MOST_HEADERS * 4:
        raise NotAMail
    if sum(1 for _ in _BOUNDARY.finditer(raw)) > _MOST_BOUNDARY_LINES:
        raise NotAMail
    try:
        parser = _ShallowParser(policy=Guarded())
        parser.feed(raw)
        message = parser.close()
    except (RecursionError, ValueError, LookupError, TypeError, AssertionError) as error:
        raise NotAMail from error
    if not message.keys() or len(message.keys()) > _MOST_HEADERS:
        raise NotAMail
    if not any(message.get(name) for name in ("from", "sender", "date", "message-id", "subject", "received")):
        raise NotAMail
    return message


def _open(message: Message, opened: _Opened) -> None:
    pictures_shown: list[tuple[int, str]] = []
    for part, depth, within in _walk(message):
        if len(opened.parts) >= _MOST_PARTS or depth > _MOST_DEPTH:
            opened.parts.append(MailPart("", part.get_content_type(), "too_many", within=within))
            break
        kind = part.get_content_type()
        if kind == "message/rfc822":
            opened.senders += [address for inner in _inside(part) for _, address in addresses(inner, "from")[:1]]
            continue
        taken = _taken(part, kind, within, opened)
        if taken is None:
            continue
        if taken.what == "file" and kind.startswith("image/"):
            pictures_shown.append((len(opened.parts), _content_id(part)))
        opened.parts.append(taken)
    _leave_signatures(opened, pictures_shown)


def _walk(message: Message) -> Iterator[tuple[Message, int, str]]:
    """Yield the parts that hold something, forwarded messages opened in their place, without recursion."""
    waiting: list[tuple[Message, int, str]] = [(message, 0, "")]
    while waiting:
        part, depth, within = waiting.pop()
        if part.get_content_type() == "message/rfc822":
            yield part, depth, within
            waiting += [(inner, depth + 1, text_of(inner, "subject") or within or "…") for inner in _inside(part)]
        elif part.is_multipart() and depth <= _MOST_DEPTH:
            payload = part.get_payload()
            inner_parts = payload if isinstance(payload, list) else []
            waiting += [(inner, depth + 1, within) for inner in reversed(inner_parts) if isinstance(inner, Message)]
        else:
            yield part, depth, within


def _inside(part: Message) -> list[Message]:
    """Return the message forwarded in a part; one that was wrongly wrapped in base64 is unwrapped first."""
    payload = part.get_payload()
    found = [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []
    encoding = text_of(part, "content-transfer-encoding").lower()
    if encoding == "base64" and len(found) == 1 and isinstance(inner_text := found[0].get_payload(), str):
        shell: Message = Message(policy=Guarded())
        shell["content-transfer-encoding"] = "base64"
        shell.set_payload(inner_text)
        data = shell.get_payload(decode=True)
        try:
            return [_parsed(data)] if isinstance(data, bytes) else found
        except NotAMail:
            return found
    return found


def _taken(part: Message, kind: str, within: str, opened: _Opened) -> MailPart | None:
    name, data = file_name_of(part), _data(part)
    if _is_body(part, kind, name):
        text = in_some_charset(data, _charset(part))
        (opened.pages if kind == "text/html" else opened.texts).append(text)
        return MailPart("", kind, "body", within=within) if data.strip() and kind == "text/plain" else None
    if kind == "multipart/mixed" or (kind.startswith("multipart/") and not data):
        return None
    what = "tnef" if name.lower() == "winmail.dat" else _BY_TYPE.get(kind, "file")
    if not data and what == "file":
        what = "empty"
    if name.lower().endswith(".eml") and what == "file" and data:
        return _forwarded_file(name, data, within, opened)
    return MailPart(name or _named_by_type(kind, len(opened.parts)), kind, what, data, within)


def _forwarded_file(name: str, data: bytes, within: str, opened: _Opened) -> MailPart | None:
    """Open a message that is attached as a file; its own parts take its place."""
    try:
        inner = _read(data, opened.level + 1) if opened.level < _MOST_ATTACHED else None
    except NotAMail:
        inner = None
    if inner is None:
        return MailPart(name, "message/rfc822", "file", data, within)
    opened.senders += [inner.sender] if inner.sender else []
    subject = inner.subject or name
    for part in inner.parts:
        opened.parts.append(MailPart(part.name, part.content_type, part.what, part.data, part.within or subject))
    opened.texts.append(inner.text)
    return None


def _is_body(part: Message, kind: str, name: str) -> bool:
    if kind not in {"text/plain", "text/html"}:
        return False
    return not name and part.get_content_disposition() != "attachment"


def _data(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except Exception:
        # Broken encodings of all kinds; the raw message is kept.
        return b""
    return data if isinstance(data, bytes) else b""


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except Exception:
        return None


def _content_id(part: Message) -> str:
    return str(part.get("content-id", "")).strip(" <>\r\n")


def _named_by_type(kind: str, number: int) -> str:
    return f"tep-{number + 1}{_ENDINGS.get(kind, '')}"


def _leave_signatures(opened: _Opened, pictures: list[tuple[int, str]]) -> None:
    """Mark pictures that stand in the text as what they are: logos. A large one may be a photo of the form."""
    text = "\n".join(opened.pages)
    for place, content_id in pictures:
        part = opened.parts[place]
        in_text = bool(content_id) and f"cid:{content_id}" in text
        if len(part.data) < _TINY_PICTURE_BYTES or (in_text and len(part.data) < _SIGNATURE_PICTURE_BYTES):
            opened.parts[place] = MailPart(part.name, part.content_type, "picture", part.data, part.within)
