"""Whom to reach: the directory over all units, and each unit's own list, which it keeps itself by its link."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities.access import To, roster_unit_for
from tuanhoc.campaigns import access
from tuanhoc.desk.besides import told
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.text import clean, fold, vietnamese_key
from tuanhoc.notices.queries import refused_addresses
from tuanhoc.units import actions, queries
from tuanhoc.units.models import Contact, Unit
from tuanhoc.units.queries import Line
from tuanhoc.units.rules import Person
from tuanhoc.web import clock
from tuanhoc.web.speech import grouped, is_spoken

from .campaigns import preparing

PAGE = 50
#: what was not checked for so long may be wrong
STALE = dt.timedelta(days=365)
#: the filters: word in the address, words on screen
FILTERS = {
    "khong": gettext_lazy("Không có liên hệ"),
    "thieu-thu": gettext_lazy("Thiếu thư điện tử"),
    "thu-hong": gettext_lazy("Thư hỏng"),
    "trung": gettext_lazy("Một người ở nhiều đơn vị"),
    "cu": gettext_lazy("Chưa kiểm tra trong năm qua"),
}


def today() -> dt.date:
    return clock.now().astimezone(HANOI).date()


@known
@require_safe
def directory(request: ActorRequest) -> HttpResponse:
    """List the units I look after with whom to reach there, by words and by what is missing. Seven queries."""
    preparing(request)
    lines, refused = lines_of(request), refused_addresses()
    tests = _tests(refused)
    query, chosen = request.GET.get("q", "").strip()[:100], request.GET.get("loc", "")
    wanted = tests.get(chosen, _anybody)
    shown = [line for line in lines if wanted(line) and matches(line, query)]
    page = Paginator(shown, PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "refused": refused,
        "query": query,
        "chosen": chosen,
        "filters": [(code, words, sum(map(tests[code], lines))) for code, words in FILTERS.items()],
        "total": len(lines),
        "people": sum(len(line.people) for line in lines),
        "found": len(shown),
    }
    return render(request, "desk/contacts.html", context)


def _anybody(_line: Line) -> bool:
    return True


def lines_of(request: ActorRequest) -> list[Line]:
    """Return the directory as far as the actor looks after units."""
    return queries.directory(access.unit_ids_within(request.actor, today()), today())


def _tests(refused: set[str]) -> Mapping[str, Callable[[Line], bool]]:
    since = today() - STALE
    return {
        "khong": lambda line: not line.people,
        "thieu-thu": lambda line: bool(line.people) and not any(c.email for c in line.people),
        "thu-hong": lambda line: any(c.email.lower() in refused for c in line.people if c.email),
        "trung": lambda line: bool(line.shared),
        "cu": lambda line: any(c.checked_on is None or c.checked_on < since for c in line.people),
    }


def matches(line: Line, query: str) -> bool:
    """Whether a unit or one of its people is meant: by name, role, address, or the digits of a telephone."""
    wanted = fold(query)
    if not wanted:
        return True
    if wanted in fold(line.unit.name):
        return True
    digits = "".join(filter(str.isdigit, query))
    is_number = len(digits) >= 3 and not any(map(str.isalpha, query))
    return any(
        wanted in fold(f"{c.name} {c.role} {c.email}")
        or (is_number and digits in "".join(filter(str.isdigit, f"{c.phone} {c.zalo}")))
        for c in line.people
    )


@known
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: ActorRequest, pk: int) -> HttpResponse:
    """Show a unit of a Week its own list of people, to be kept by itself; by its link too."""
    host = roster_unit_for(request.actor, pk, to=To.EDIT)
    notice = ""
    if request.method == "POST":
        try:
            change_contacts(request, host.unit)
            return redirect("desk:own_contacts", pk)
        except Refusal as refusal:
            notice = told(refusal)
    context = {"host": host, "campaign": host.campaign, "notice": notice, **contact_list(request, host.unit)}
    return render(request, "desk/own_contacts.html", context, status=409 if notice else 200)


def contact_list(request: ActorRequest, unit: Unit) -> dict[str, Any]:
    """Return what the list of one unit's people shows. Two queries."""
    contacts = sorted(unit.contacts.all(), key=lambda one: (not one.is_in_charge, vietnamese_key(one.name), one.pk))
    return {
        "contacts": contacts,
        "ways": Contact.Way.choices,
        "languages": settings.LANGUAGES,
        "refused": refused_addresses() if contacts else set(),
        "typed": request.POST,
        "wrong": request.POST.get("nguoi", ""),
        "asked_to_go": request.POST.get("remove", ""),
        "checked_before": today() - STALE,
    }


def change_contacts(request: ActorRequest, unit: Unit) -> None:
    """Add, renew, check or take off, as the button pressed says.

    :raises Refusal: what is missing or would be lost.
    """
    at, post = clock.now(), request.POST
    if post.get("do") == "checked":
        count = actions.check_contacts(unit, by=request.actor, at=at)
        messages.success(request, _("Đã ghi nhận: %(n)s đầu mối vẫn đúng.") % {"n": grouped(count)})
        return
    if (number := whole(post.get("remove", ""))) is not None:
        if (contact := _contact(unit, number)) is not None:
            actions.remove_contact(contact, sure=post.get("sure") == "on", by=request.actor, at=at)
            messages.success(request, _("Đã bỏ %(name)s khỏi danh sách liên hệ.") % {"name": contact.name})
        return
    words = {name: clean(post.get(name, "")) for name in ("name", "role", "phone", "email", "zalo", "note")}
    preferred = post.get("preferred", "")
    language = post.get("language", "")
    person = Person(
        **words, language=language if is_spoken(language) else "",
        preferred=preferred if preferred in Contact.Way.values else "",
        is_in_charge=post.get("is_in_charge") == "on", is_head=post.get("is_head") == "on",
    )  # fmt: skip
    known_one = _contact(unit, whole(post.get("nguoi", "")) or 0)
    actions.keep_contact(unit, person, contact=known_one, by=request.actor, at=at)
    messages.success(request, _("Đã lưu liên hệ của %(name)s.") % {"name": person.name})


def _contact(unit: Unit, pk: int) -> Contact | None:
    return Contact.objects.select_related("unit").filter(unit=unit, pk=pk).first()
