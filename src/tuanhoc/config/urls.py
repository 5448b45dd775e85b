"""Root addresses. Each face and room brings its own."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("tai-khoan/", include("allauth.urls")),
    path("lam-viec/", include("tuanhoc.desk.urls")),
    path("l/", include("tuanhoc.accounts.urls")),
]
if settings.SAMPLE:
    urlpatterns.append(path("mau/", include("tuanhoc.sample.urls")))
urlpatterns.append(path("", include("tuanhoc.portal.urls")))
