"""Addresses that a unit's personal link opens, and the one to ask for it again.

Included under the name ``accounts``: a link is an account of a kind.
"""

from django.urls import path

from . import joining, views

urlpatterns = [
    path("xin-lai/", views.ask, name="ask"),
    path("tham-gia/<slug:code>/", joining.join, name="join"),
    path("dong/", views.leave, name="leave"),
    path("thoi-nhac/<str:signed>/", views.decline, name="decline"),
    path("<str:signed>/", views.link, name="link"),
    path("<str:signed>/bao-lai/<str:kind>/", views.say, name="say"),
]
