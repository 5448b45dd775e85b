"""The switch between languages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tuanhoc.lib.actor import ANONYMOUS
from tuanhoc.web.speech import is_spoken

from . import actions

A_YEAR = 365 * 24 * 3600


# Without a token, which pages kept for everybody cannot carry; who forges it can change a stranger's language, no more.
@csrf_exempt
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie (and with the account), and go back to the page."""
    back, language = request.POST.get("next", ""), request.POST.get("language", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if is_spoken(language):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=A_YEAR, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE, httponly=True,
        )  # fmt: skip
        actor = getattr(request, "actor", ANONYMOUS)
        if actor.user_id is not None:
            actions.choose_language(actor.user_id, language)
    return response
