"""Addresses of the sample, under /mau/."""

from django.urls import path

from . import views

app_name = "sample"
urlpatterns = [
    path("", views.people, name="people"),
    path("vao/<slug:who>/", views.enter, name="enter"),
    path("thoi-gian/", views.jump, name="jump"),
]
