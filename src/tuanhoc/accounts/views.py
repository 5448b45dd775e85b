"""A personal link: a page that names the unit, and a button that opens the door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tuanhoc.web import clock

from . import actions
from .middleware import LINK


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, signed: str) -> HttpResponse:
    """Show whose link this is; on POST, open it.

    Opening is a POST because mail scanners and chat previews fetch every address they see.
    """
    at = clock.now()
    opened = actions.link_of(signed, at=at)
    if opened is None:
        # Only the holder of a once genuine link learns that it has ended; a forged one is simply not there.
        genuine = actions.was_ours(signed)
        return render(request, "accounts/link_gone.html", {"genuine": genuine}, status=410 if genuine else 404)
    if request.method == "POST":
        # A fresh session: nothing of whoever used this browser before stays.
        request.session.flush()
        request.session[LINK] = opened.pk
        actions.use_link(opened, at=at)
        return redirect("desk:home")
    return render(
        request, "accounts/link.html", {"unit": opened.unit, "holder": opened.holder, "closes": opened.expires_at}
    )
