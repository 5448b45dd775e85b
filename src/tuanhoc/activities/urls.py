"""Addresses of the room's own papers."""

from django.urls import path

from . import views

app_name = "activities"
urlpatterns = [
    path("dang-ky/<int:pk>/phu-luc.docx", views.annex, name="annex"),
    path("phu-luc/<slug:code>/<int:pk>.zip", views.archive, name="archive"),
    path("bien-nhan/<int:pk>/bien-nhan.<str:ending>", views.receipt, name="receipt"),
]
