"""The door of a unit without an account: its link, asking for it again, saying that it went astray."""

import datetime as dt

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from tuanhoc.accounts import access
from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import LinkRequest, PersonalLink
from tuanhoc.accounts.queries import actor_of_link
from tuanhoc.activities.models import Registration
from tuanhoc.activities.queries import due_of
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.campaigns.queries import let_in_until
from tuanhoc.intake.access import waiting_for
from tuanhoc.lib.actor import Role
from tuanhoc.lib.refusal import N_
from tuanhoc.web import clock

from . import actions, declining, forms
from .actions import reminding
from .models import ClosedAddress

#: What can be said from a link: its word in the address, and what is asked in return.
SAYABLE = {
    "doi-ten": (LinkRequest.Kind.RENAMED, N_("Tên mới của đơn vị, và văn bản đổi tên nếu có")),
    "khong-phai-toi": (LinkRequest.Kind.NOT_ME, N_("Ai phụ trách việc này thì liên hệ được (tên, điện thoại, thư)")),
}
#: the same from the head's own link: the one who agrees is another than the one who writes
OF_HEADS = {
    "khong-phai-toi": (N_("Không phải thủ trưởng đơn vị"), N_("Ai là thủ trưởng hiện nay (tên, điện thoại, thư)")),
}


def _secretly(response: HttpResponse) -> HttpResponse:
    """Keep the address, which is the key itself, out of the Referer: other hosts', and our own logs of what follows.

    Not "no-referrer": with it browsers post from this page with ``Origin: null``, which the check against
    forgery refuses, and nobody could open a link.
    """
    response["Referrer-Policy"] = "strict-origin"
    return response


def _gone(request: HttpRequest, signed: str) -> HttpResponse:
    # Only the holder of a once genuine link learns that it has ended; a forged one is simply not there.
    genuine = accounts.was_ours(signed)
    return _secretly(render(request, "links/link_gone.html", {"genuine": genuine}, status=410 if genuine else 404))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, signed: str) -> HttpResponse:
    """Show whose link this is; on POST, open it.

    Opening is a POST because mail scanners and chat previews fetch every address they see.
    """
    at = clock.now()
    opened = accounts.link_of(signed, at=at)
    if opened is None:
        return _gone(request, signed)
    if request.method == "POST":
        access.enter_by_link(request, opened)
        accounts.use_link(opened, at=at)
        host = RosterUnit.objects.filter(campaign=opened.campaign_id, unit=opened.unit_id).first()
        if host and opened.role == Role.HEAD.value:
            return redirect("desk:confirm", host.pk)
        # Straight to the one thing the link is for: the form the unit sent by mail, else its sheet.
        sent = waiting_for(actor_of_link(opened.pk, at=at), host).first() if host else None
        if sent is not None:
            return redirect("desk:form_file", sent.pk)
        return redirect("desk:sheet", host.pk) if host else redirect("desk:home")
    return _secretly(render(request, "links/link.html", _about(opened, at=at) | {"signed": signed}))


def _about(opened: PersonalLink, *, at: dt.datetime) -> dict[str, object]:
    host = (
        RosterUnit.objects.select_related("campaign__coordinator")
        .filter(campaign=opened.campaign_id, unit=opened.unit_id)
        .first()
    )
    registration = Registration.objects.filter(host=host).first() if host else None
    return {
        "unit": opened.unit,
        "holder": opened.holder,
        "is_heads": opened.role == Role.HEAD.value,
        "closes": opened.expires_at,
        "host": host,
        "campaign": host.campaign if host else None,
        "due": due_of(host, registration, until=let_in_until(host, at=at), at=at) if host else None,
    }


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the link on this browser."""
    access.leave(request)
    return redirect("portal:home")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take the request for a new link; the answer is the same whatever was typed, so it tells nothing of anybody."""
    form = forms.AskForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "links/ask.html", {"form": form})
    asked = form.asked()
    if not ratelimit.consume(request, action="ask_link", key=(asked.email or asked.unit_words).lower()):
        return render(request, "links/slow_down.html", status=429)
    actions.ask_again(asked, at=clock.now(), due_at=clock.machine())
    return redirect(f"{request.path}?da-nhan=1")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, signed: str, kind: str) -> HttpResponse:
    """Say from a link that the unit has a new name, or that somebody else is in charge."""
    if kind not in SAYABLE:
        raise Http404
    said, question = SAYABLE[kind]
    at = clock.now()
    opened = accounts.link_of(signed, at=at)
    if opened is None:
        return _gone(request, signed)
    title = str(said.label)
    if opened.role == Role.HEAD.value and kind in OF_HEADS:
        heads_title, question = OF_HEADS[kind]
        title = _(heads_title)
    form = forms.SayForm(request.POST or None, question=_(question))
    about = _about(opened, at=at) | {"form": form, "title": title, "signed": signed}
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="say_by_link", key=str(opened.pk)):
            return render(request, "links/slow_down.html", status=429)
        accounts.say(
            said,
            campaign_id=opened.campaign_id,
            unit=opened.unit,
            unit_words=opened.unit.name,
            link=opened,
            by=actor_of_link(opened.pk, at=at),
            at=at,
            **form.cleaned_data,
        )
        about["taken"] = True
    return _secretly(render(request, "links/say.html", about))


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, signed: str) -> HttpResponse:
    """Let whoever got a reminder ask for no more of a Week, or for them again.

    The address is signed and says who asks; a mail program posts to it without page or cookie (RFC 8058). Nothing
    happens by GET: scanners of mail fetch every address they see.
    """
    said = declining.read(signed)
    campaign = Campaign.objects.select_related("coordinator").filter(pk=said[0]).first() if said else None
    if said is None or campaign is None:
        return _secretly(render(request, "links/link_gone.html", {"genuine": False}, status=404))
    to, do = said[1], request.POST.get("do", "")
    if do == "accept":
        reminding.accept_again(campaign, to, at=clock.now())
    elif do == "decline" or "List-Unsubscribe" in request.POST:
        reminding.decline(campaign, to, at=clock.now())
    has_declined = ClosedAddress.objects.filter(campaign=campaign, address=to).exists()
    context = {"campaign": campaign, "to": to, "has_declined": has_declined, "changed": bool(do)}
    return _secretly(render(request, "links/decline.html", context))
