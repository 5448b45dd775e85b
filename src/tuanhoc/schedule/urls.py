"""Addresses of the room's own papers."""

from django.urls import path

from . import views

app_name = "schedule"
urlpatterns = [
    path("lich/<slug:code>/hien-tai.<str:ending>", views.standing, name="standing"),
    path("lich/<slug:code>/lan-<int:number>.<str:ending>", views.release, name="release"),
    path("lich-don-vi/<int:pk>.<str:ending>", views.of_unit, name="of_unit"),
]
