"""A form somebody sent: read and understood in the reader's child, whose limits hold for both.

A cell of a million letters costs the understanding of it more than its reading.
"""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from tuanhoc.papers import reading as papers
from tuanhoc.papers.reading import Document

from .answers import as_json
from .own import read_form
from .scanned import marked
from .values import Window


@dataclass(frozen=True, slots=True)
class AsRead:
    """A form, and what ``tuanhoc form read --json`` says of it."""

    document: Document
    said: str


def form_apart(data: bytes, name: str, window: Window) -> tuple[Document, dict[str, Any]]:
    """Read a form; return what stands in it and what it is understood to say. :raises Unreadable: as ``read_apart``."""
    between = {"first": window.first.isoformat(), "last": window.last.isoformat()}
    read = papers.done_apart(f"{__name__}:in_child", data, name, AsRead, **between)
    return read.document, json.loads(read.said)


def in_child(data: bytes, name: str, *, first: str, last: str) -> AsRead:
    """Read and understand a form here: what the child does for :func:`form_apart`."""
    if not settings.configured:
        # Words are Vietnamese where they are written; the child has no other language, nor any setting of ours.
        settings.configure(USE_I18N=False)
    document = papers.read(data, name)
    window = Window(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    said = marked(as_json(read_form(document, window)), document)
    return AsRead(document, json.dumps(said, ensure_ascii=False))
