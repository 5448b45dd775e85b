"""Root addresses. Each face and room brings its own."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from tuanhoc.accounts.views import choose_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("ngon-ngu/", choose_language, name="choose_language"),
    path("tai-khoan/", include("tuanhoc.accounts.urls")),
    path("lam-viec/", include("tuanhoc.activities.urls")),
    path("lam-viec/", include("tuanhoc.schedule.urls")),
    path("lam-viec/", include("tuanhoc.office.urls")),
    path("lam-viec/", include("tuanhoc.desk.urls")),
    path("l/", include(("tuanhoc.notices.urls", "accounts"))),
    *([path("mau/", include("tuanhoc.sample.urls"))] if settings.SAMPLE else []),
    path("", include("tuanhoc.portal.urls")),
]
