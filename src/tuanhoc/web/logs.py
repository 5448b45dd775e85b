"""What a log must not hold, and how its lines are written: for people, or as JSON for programs."""

import datetime as dt
import json
import logging
import re

from .watching import seen

#: Addresses that are keys themselves: of a personal link, of who wants no more reminders (with the mail address in it),
#: of who forgot a password. ``xin-lai``, ``dong`` and ``tham-gia`` are pages, not keys.
_LINK = re.compile(r"(/l/(?:thoi-nhac/)?|/password/reset/key/)(?!xin-lai/|dong/|tham-gia/|thoi-nhac/)[^/\s\"'\\]+")
#: What a record has by itself; what is beside it was given by who wrote it.
_OWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
#: What may be told beside the words. A library may put whole objects there (Django: the request).
_TOLD = (str, int, float, bool, type(None))


def without_links(text: str) -> str:
    """Put dots in the place of personal links and the like."""
    return _LINK.sub(r"\1…", text)


class HideLinks(logging.Filter):
    """Put dots in the place of personal links: a refused request is logged with its address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record's words, let it through."""
        record.msg, record.args = without_links(record.getMessage()), None
        return True


def _told(record: logging.LogRecord) -> dict[str, object]:
    """Return what is told beside the words; lines of one request bear its name."""
    told: dict[str, object] = {
        key: value for key, value in record.__dict__.items() if key not in _OWN and isinstance(value, _TOLD)
    }
    if "request" not in told and (one := seen()) is not None:
        told["request"] = one.id
    return told


class Line(logging.Formatter):
    """One line for people: time, level, who wrote it, words, and what is told beside them."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and below it what went wrong, where something did."""
        first, *below = super().format(record).split("\n", 1)
        told = " ".join(f"{key}={value}" for key, value in _told(record).items() if value not in {"", None})
        return without_links("\n".join([f"{first} {told}".rstrip(), *below]))


class JsonLine(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, what is told beside it, and the trace if any."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        said = {"time": at, "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        trace = {"trace": self.formatException(record.exc_info)} if record.exc_info and record.exc_info[0] else {}
        return without_links(json.dumps(said | _told(record) | trace, ensure_ascii=False))
