"""Addresses of the room's own papers."""

from django.urls import path

from . import views

app_name = "schedule"
urlpatterns = [
    path("lich/<slug:code>/hien-tai.<str:ending>", views.standing, name="standing"),
    path("lich/<slug:code>/lan-<int:number>.<str:ending>", views.release, name="release"),
    path("lich/<slug:code>/ban-word/", views.bring, name="bring"),
    path("lich-don-vi/<int:pk>/ban-word/", views.bring_of_unit, name="bring_of_unit"),
    path("lich-da-sua/<int:pk>/tep/", views.edited_file, name="edited_file"),
    path("lich-don-vi/<int:pk>.<str:ending>", views.of_unit, name="of_unit"),
]
