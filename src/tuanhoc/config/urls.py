"""Root addresses. Each face and room brings its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("tai-khoan/", include("allauth.urls")),
    path("lam-viec/", include("tuanhoc.activities.urls")),
    path("lam-viec/", include("tuanhoc.schedule.urls")),
    path("lam-viec/", include("tuanhoc.desk.urls")),
    path("l/", include("tuanhoc.accounts.urls")),
    path("", include("tuanhoc.portal.urls")),
]
