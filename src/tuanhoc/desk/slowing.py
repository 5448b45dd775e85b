"""Reading files costs: one unit, or whoever holds its link, has so many an hour; nobody else waits for it."""

from allauth.core import ratelimit

from tuanhoc.accounts.access import ActorRequest
from tuanhoc.lib.refusal import N_, Refusal


class TooManyFiles(Refusal):
    message = N_(
        "Trong một giờ qua đã có nhiều tệp được đưa lên từ đây. Vui lòng thử lại sau một giờ, hoặc nhập trực tiếp "
        "vào lịch. Những gì đã lưu vẫn còn nguyên."
    )


def count_file(request: ActorRequest, action: str, of: object) -> None:
    """Count one file of ``of``, a unit on the roster or a form. :raises TooManyFiles: it had its share this hour.

    Of ``bring_file`` and ``read_again`` the settings say how many.
    """
    if not ratelimit.consume(request, action=action, key=str(of)):
        raise TooManyFiles


def asker(request: ActorRequest) -> str:
    """Return who asks, for what belongs to no unit: a link, or a person."""
    actor = request.actor
    return f"link:{actor.link_id}" if actor.link_id is not None else f"user:{actor.user_id}"
