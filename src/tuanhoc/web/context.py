"""What every page's frame needs."""

from django.conf import settings
from django.http import HttpRequest

from tuanhoc.lib.actor import ANONYMOUS


def furniture(request: HttpRequest) -> dict[str, object]:
    """Give templates the actor and whether this is the sample."""
    return {"actor": getattr(request, "actor", ANONYMOUS), "is_sample": settings.SAMPLE}
