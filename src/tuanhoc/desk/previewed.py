"""Files looked at before they are taken: kept at the preview, known again when somebody says yes.

The page carries their numbers signed for the person who brought them, so that nobody takes another's file.
"""

from collections.abc import Sequence

from django.core import signing

from tuanhoc.accounts.access import ActorRequest
from tuanhoc.files import actions as files
from tuanhoc.files.models import StoredFile
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import Refusal
from tuanhoc.web import clock

#: Seconds a preview may be slept over.
A_DAY = 24 * 3600


def sealed(stored: Sequence[StoredFile], *, by: Actor, salt: str) -> str:
    """Return what the page carries of kept files. :param salt: the page's own, so that one page's is no other's."""
    return signing.dumps([by.user_id, [one.pk for one in stored]], salt=salt)


def unsealed(given: str, *, by: Actor, salt: str) -> list[StoredFile]:
    """Return the files a page carried, in their order; none when it was not ours, is too old or another's."""
    try:
        whose, numbers = signing.loads(given, salt=salt, max_age=A_DAY)
    except signing.BadSignature:
        return []
    found = StoredFile.objects.in_bulk(numbers)
    return [found[number] for number in numbers if number in found] if whose == by.user_id else []


def brought(request: ActorRequest, field: str, *, salt: str, missing: type[Refusal]) -> StoredFile:
    """Return the file uploaded now as ``field``, or, when somebody says yes to a preview, the one of the preview.

    :raises Refusal: ``missing``, without a file; or what speaks against keeping it.
    """
    if request.POST.get("do") in ("take", "problems"):
        kept = unsealed(request.POST.get("file", ""), by=request.actor, salt=salt)
        if not kept:
            raise missing
        return kept[0]
    given = request.FILES.get(field)
    if given is None:
        raise missing
    return files.keep(files.read_upload(given), at=clock.now())
