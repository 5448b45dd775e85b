"""The public page on which a company, university or club asks to take part; no account, no cookie kept."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tuanhoc.campaigns import actions
from tuanhoc.campaigns.models import Campaign, JoinRequest
from tuanhoc.lib.actor import ANONYMOUS
from tuanhoc.lib.refusal import Refusal
from tuanhoc.units.rules import Person
from tuanhoc.web import clock
from tuanhoc.web.speech import said

from . import forms

#: Seen by no person; what fills it in is most likely a machine. No name that a browser has an entry for: one that
#: fills in addresses by itself would make a machine of its owner.
TRAP = "de-trong-o-nay"
#: What whoever fell into the trap ticks to be let out: nobody's request is dropped in silence.
PERSON = "la-nguoi"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Take a request to join an open Week; the coordinator answers it."""
    shown = Campaign.objects.exclude(state=Campaign.State.PREPARING).select_related("coordinator")
    campaign = get_object_or_404(shown, code=code)
    form = forms.JoinForm(request.POST or None)
    is_caught = bool(request.POST.get(TRAP))
    context: dict[str, object] = {
        "campaign": campaign, "form": form, "trap": TRAP, "person": PERSON, "is_caught": is_caught,
    }  # fmt: skip
    if campaign.state != Campaign.State.OPEN or request.method != "POST" or not form.is_valid():
        return render(request, "links/join.html", context)
    if is_caught and not request.POST.get(PERSON):
        return render(request, "links/join.html", context, status=409)
    given = form.cleaned_data
    if not ratelimit.consume(request, action="join", key=(given["email"] or given["phone"]).lower()):
        return render(request, "links/slow_down.html", status=429)
    person = Person(given["person"], phone=given["phone"], email=given["email"])
    try:
        actions.ask_to_join(
            campaign, JoinRequest.Kind(given["kind"]), given["unit_name"], person, address=given["address"],
            wish=given["wish"], by=ANONYMOUS, at=clock.now(),
        )  # fmt: skip
    except Refusal as refusal:
        return render(request, "links/join.html", {**context, "notice": said(refusal)}, status=409)
    return redirect(f"{request.path}?da-nhan=1")
