"""The product's addresses and one more: a bare view that lists fifty units of a Week in a table, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import include, path

from tuanhoc.activities.models import Registration
from tuanhoc.campaigns.models import RosterUnit

_PAGE = Template(
    "<!doctype html><title>bare</title><table>{% for name, kind, state in rows %}"
    "<tr><td>{{ name }}<td>{{ kind }}<td>{{ state }}{% endfor %}</table>"
)


def bare(request: HttpRequest, code: str) -> HttpResponse:
    """List fifty units with their states. Two queries."""
    hosts = list(RosterUnit.objects.filter(campaign__code=code).order_by("rank", "name_order")[:50])
    states = dict(Registration.objects.filter(host__in=hosts).values_list("host_id", "state"))
    rows = [(host.name, host.kind, states.get(host.pk, "")) for host in hosts]
    return HttpResponse(_PAGE.render(Context({"rows": rows})))


urlpatterns = [path("bare/<slug:code>/", bare), path("", include("tuanhoc.config.urls"))]
