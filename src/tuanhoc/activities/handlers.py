"""What activities do about their own events."""

from tuanhoc.outbox.actions import on

from .events import AnnexesAsked
from .jobs import write_archive


@on(AnnexesAsked)
def begin_to_write(event: AnnexesAsked) -> None:
    """Leave the long work to a task: an event is delivered in a moment."""
    write_archive.enqueue(event.archive_id)
