"""The floor of an uncached search: our database, the portal's own query, no page: sixty cards and the count."""
# ruff: noqa: E402 - Django is set up before its models are read

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tuanhoc.config.settings.base"

import django

django.setup()

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tuanhoc.campaigns.models import Campaign
from tuanhoc.portal import forms, queries


def answer(request: HttpRequest) -> HttpResponse:
    found = queries.find(Campaign.objects.get(), forms.wanted(request.GET))
    return HttpResponse(f"{found.count()} {len(queries.cards(found[:60]))}")


urlpatterns = [path("", answer)]
settings.ROOT_URLCONF = __name__
settings.MIDDLEWARE = []
application = get_wsgi_application()
