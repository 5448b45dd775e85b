"""Sign-in: the package's pages, less those that nobody needs where accounts are given."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path


def closed(request: HttpRequest) -> HttpResponse:
    """Answer that there is no such page: nobody signs up, and an address is changed by the operator."""
    raise Http404


urlpatterns = [
    path("signup/", closed),
    path("signup/passkey/", closed),
    path("email/", closed),
    path("2fa/webauthn/signup/", closed),
    path("", include("allauth.urls")),
]
