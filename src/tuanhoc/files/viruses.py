"""Whether a file may be taken, where a virus scanner is set (``TUANHOC_CLAMD``)."""

import hashlib
import logging
import threading
import time
from collections import OrderedDict

from django.conf import settings

from tuanhoc.lib.refusal import N_, Refusal

from . import clamd

log = logging.getLogger(__name__)
#: A file is looked at when it comes in and again when it is kept, moments later: asked about once.
_REMEMBERED, _SECONDS = 512, 600
_LOCK = threading.Lock()
_CLEAN: OrderedDict[bytes, float] = OrderedDict()


class Infected(Refusal):
    """The scanner found something; ``params["virus"]`` is its name for it."""

    message = N_(
        "Phần mềm diệt vi-rút báo tệp này có mã độc (%(virus)s) nên hệ thống không mở và không giao lại cho ai. "
        "Vui lòng quét máy đã tạo tệp, rồi gửi lại tệp sạch."
    )
    is_hostile = True


class NotScanned(Refusal):
    """A scanner is set and gives no verdict: nothing is taken for clean."""

    message = N_("Hệ thống chưa quét được vi-rút nên chưa mở tệp này. Xin thử lại sau ít phút.")
    is_hostile = True


def check_for_viruses(data: bytes) -> None:
    """Ask the scanner about a file somebody sent; without a scanner everything passes.

    :raises Infected: something was found. :raises NotScanned: there is no verdict.
    """
    if not settings.CLAMD or not data:
        return
    digest = hashlib.sha256(settings.CLAMD.encode() + b"\0" + data).digest()
    if _is_known_clean(digest):
        return
    try:
        virus = clamd.virus_in(data, at=settings.CLAMD, seconds=settings.CLAMD_SECONDS)
    except clamd.NoAnswer as error:
        log.error("no verdict from clamd at %s: %s", settings.CLAMD, error)
        raise NotScanned from error
    if virus:
        log.warning("clamd found %s in a file of %s bytes", virus, len(data))
        raise Infected(virus=virus)
    with _LOCK:
        _CLEAN[digest] = time.monotonic()
        while len(_CLEAN) > _REMEMBERED:
            _CLEAN.popitem(last=False)


def _is_known_clean(digest: bytes) -> bool:
    with _LOCK:
        seen = _CLEAN.get(digest)
    return seen is not None and time.monotonic() - seen < _SECONDS
