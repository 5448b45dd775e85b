"""What a log must not hold."""

import logging
import re

#: The address of a personal link is the key itself. ``xin-lai`` and ``dong`` are pages, not keys.
_LINK = re.compile(r"/l/(?!xin-lai/|dong/)[^/\s\"']+")


class HideLinks(logging.Filter):
    """Put dots in the place of personal links: a refused request is logged with its address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record's words, let it through."""
        record.msg, record.args = _LINK.sub("/l/…", record.getMessage()), None
        return True
