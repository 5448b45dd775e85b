"""The door that a personal link opens."""

from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [path("<str:signed>/", views.link, name="link")]
