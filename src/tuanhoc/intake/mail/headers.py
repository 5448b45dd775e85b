"""Headers of a message, whatever is in them: wrong charsets, raw Vietnamese bytes, endless lines."""

import datetime as dt
import re
from collections.abc import Sequence
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from email.utils import collapse_rfc2231_value, getaddresses, parsedate_to_datetime

from tuanhoc.lib.text import clean

#: Characters of one header that are looked at.
_MOST = 4_000
#: Old mail programs wrote Vietnamese so, without saying it.
_CHARSETS = ("utf-8", "cp1258", "latin-1")
_ADDRESS = re.compile(r"[^\s@<>\"(),;:]{1,64}@[A-Za-z0-9.-]{1,190}")
_DOUBT = re.compile(r"\bdmarc\s*=\s*fail\b")
_ENCODED_GAP = re.compile(r"\?=\s+=\?")


class Guarded(Compat32):
    """Python's plain policy, its headers bounded and their raw bytes read as Vietnamese.

    The newer policy takes a header apart by grammar as soon as it is looked at: what is hostile costs it
    seconds, and file names whose letters are cut in two by their encoding come out broken.
    """

    def header_fetch_parse(self, name: str, value: str) -> str:
        return _repaired(value[:_MOST])


def _repaired(text: str) -> str:
    """Return text with bytes that stand for no character yet read as one charset or another."""
    if text.isascii() or not any("\udc80" <= c <= "\udcff" for c in text):
        return text
    return in_some_charset(text.encode("utf-8", "surrogateescape"))


def in_some_charset(data: bytes, said: str | None = None) -> str:
    """Return bytes as text: in the charset ``said`` if it fits, else in the first that does."""
    for charset in (said, *_CHARSETS):
        try:
            if charset:
                return data.decode(charset)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return data.decode("utf-8", "replace")


def decoded(text: str) -> str:
    """Return a header's words, RFC 2047 undone; pieces of one charset are joined before they are read."""
    text = text[:_MOST].replace("\r", "").replace("\n", "")
    if "=?" not in text:
        return clean(text)
    try:
        pieces = decode_header(_ENCODED_GAP.sub("?= =?", text))
    except Exception:
        # The standard library's word on hostile input is many kinds of error; the raw text is still shown.
        return clean(text)
    return clean(
        "".join(piece if isinstance(piece, str) else in_some_charset(piece, charset) for piece, charset in pieces)
    )


def text_of(message: Message, name: str) -> str:
    """Return a header in words, "" when it is not there."""
    value = message.get(name)
    return decoded(str(value)) if value is not None else ""


def file_name_of(part: Message) -> str:
    """Return the name a part is sent under: RFC 2231, RFC 2047 where it must not stand, or raw; "" for none."""
    for parameter, header in (("filename", "content-disposition"), ("name", "content-type")):
        try:
            value = part.get_param(parameter, None, header)
        except Exception:  # noqa: S112 - a parameter nobody can read is no name
            continue
        if value:
            text = collapse_rfc2231_value(value) if isinstance(value, str) else _of_2231(value)
            return decoded(_repaired(text))
    return ""


def _of_2231(value: Sequence[str | None]) -> str:
    charset, _, text = value
    return in_some_charset((text or "").encode("latin-1", "replace"), charset or "utf-8")


def addresses(message: Message, *names: str, most: int = 50) -> list[tuple[str, str]]:
    """Return (name, address) of the headers ``names``, addresses in lower case; what is no address is left out."""
    values = [str(value).replace("\r", "").replace("\n", " ") for name in names for value in message.get_all(name, [])]
    found = []
    try:
        pairs = getaddresses(values[:most])
    except Exception:
        pairs = []
    for name, address in pairs[:most]:
        if _ADDRESS.fullmatch(address):
            found.append((decoded(name), address.lower()))
    if not found:
        # "Phòng GD <a@b.vn" and such: the address is there for whoever looks.
        found = [("", address.lower()) for value in values for address in _ADDRESS.findall(value[:_MOST])[:most]]
    return found[:most]


def moment(text: str) -> dt.datetime | None:
    """Return a date header's moment, None when it says none; without a zone it is taken as UTC."""
    try:
        at = parsedate_to_datetime(text.strip())
    except Exception:
        return None
    if not 1995 <= at.year <= 2200:
        return None
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)


def arrived_at(message: Message) -> dt.datetime | None:
    """Return when the last server took the message: the topmost Received that has a date."""
    for value in message.get_all("received", [])[:20]:
        if at := moment(str(value).rpartition(";")[2]):
            return at
    return None


def is_doubted(message: Message) -> bool:
    """Whether a server on its way found that the sender's domain did not send it.

    Only the bad word is heard: whoever forges a letter writes good ones above it himself.
    """
    said = [str(value)[:_MOST].lower() for value in message.get_all("authentication-results", [])[:20]]
    return any(_DOUBT.search(value) for value in said)


def is_automatic(message: Message) -> bool:
    """Whether a program, a list or a mail server wrote it: RFC 3834 and what came before it."""
    auto = text_of(message, "auto-submitted").lower()
    path = str(message.get("return-path", "")).strip()
    return (
        (bool(auto) and not auto.startswith("no"))
        or text_of(message, "precedence").lower() in {"bulk", "junk", "list", "auto_reply"}
        or any(message.get(name) for name in ("list-id", "list-unsubscribe", "list-post", "x-autoreply"))
        or any(message.get(name) for name in ("x-auto-response-suppress", "x-autorespond", "x-failed-recipients"))
        or path == "<>"
        or message.get_content_type() == "multipart/report"
    )
