"""The addresses as they stand where the sample is on."""

from django.urls import include, path

from tuanhoc.config.urls import urlpatterns as of_the_house

urlpatterns = [path("mau/", include("tuanhoc.sample.urls")), *of_the_house]
