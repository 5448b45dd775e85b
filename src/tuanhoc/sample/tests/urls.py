"""The addresses as they stand where the sample is on."""

from django.urls import include, path

urlpatterns = [path("mau/", include("tuanhoc.sample.urls")), path("", include("tuanhoc.config.urls"))]
