"""``tuanhoc form import``: the same as the desk's upload, told file by file."""

import datetime as dt
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tuanhoc.campaigns.access import actor_named
from tuanhoc.campaigns.models import Campaign
from tuanhoc.intake.access import hosts_in, inbox_in
from tuanhoc.intake.actions import confirming, drops
from tuanhoc.intake.actions.uploads import MOST_ZIP_BYTES, Upload
from tuanhoc.intake.models import FormFile
from tuanhoc.intake.queries.forms import confirmable_unseen
from tuanhoc.intake.rules import proposals
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.dates import HANOI, day_start
from tuanhoc.lib.refusal import Refusal
from tuanhoc.web import clock


def add_arguments(parser: CommandParser) -> None:
    """Say what the command takes."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="tệp Word, Excel…, .eml, .mbox, .zip")
    parser.add_argument("--campaign", required=True, help="mã đợt")
    parser.add_argument("--as", dest="as_whom", default="", metavar="SEAT", help="địa chỉ thư hoặc số vai trò")
    parser.add_argument(
        "--received", type=dt.date.fromisoformat, metavar="DAY", help="ngày nhận, YYYY-MM-DD; mặc định: hôm nay"
    )
    parser.add_argument("--confirm", action="store_true", help="xác nhận luôn những tệp không có gì phải xem")
    parser.add_argument("--json", action="store_true", help="in JSON")


def run(command: BaseCommand, options: dict[str, Any]) -> None:
    """Take files in; print what became of each; exit 1 when something is left for a person."""
    by, at = _actor(options["as_whom"]), clock.now()
    into = _into(options["campaign"], by, _received_at(options["received"], at))
    told: list[dict[str, Any]] = []
    try:
        for path in options["files"]:
            came = drops.take_at_once(_upload(path), into, by=by, at=at, machine=clock.machine())
            told += _of_file(path, came, into, confirm=options["confirm"], by=by, at=at)
    except Refusal as refusal:
        raise CommandError(str(refusal)) from refusal
    if options["json"]:
        command.stdout.write(json.dumps({"campaign": into.campaign.code, "forms": told}, ensure_ascii=False))
    else:
        command.stdout.write("\n".join(map(_in_words, told)) or "Không có mẫu nào trong các tệp.")
    # Read, known, same content: nothing is left to do. Without a unit, unreadable or not confirmed: something is.
    left = [one for one in told if one["outcome"] in {"unreadable", "no_form"} or one["unit"] is None]
    refused = [one for one in told if options["confirm"] and one["outcome"] == "read" and one["state"] != "confirmed"]
    if left or refused or not told:
        sys.exit(1)


def _actor(name: str) -> Actor:
    try:
        return actor_named(name)
    except Refusal as refusal:
        raise CommandError(str(refusal)) from refusal


def _into(code: str, by: Actor, received_at: dt.datetime) -> drops.Into:
    campaign = Campaign.objects.select_related("province", "coordinator").filter(code=code).first()
    if campaign is None:
        raise CommandError(f"Không có đợt “{code}”.")
    if by.is_operator:
        return drops.Into(campaign, campaign.roster.all(), None, received_at)
    inbox = inbox_in(by, campaign)
    if inbox is None:
        raise CommandError("Người này không tiếp nhận tệp của đợt.")
    return drops.Into(campaign, hosts_in(inbox, by), inbox.taken_in_by, received_at)


def _received_at(day: dt.date | None, at: dt.datetime) -> dt.datetime:
    if day is None or day == at.astimezone(HANOI).date():
        return at
    if day_start(day) > at:
        raise CommandError("Ngày nhận không thể sau hôm nay.", returncode=2)
    return day_start(day)


def _upload(path: Path) -> Iterator[Upload]:
    try:
        with path.open("rb") as file:
            yield Upload(path.name, file.read(MOST_ZIP_BYTES + 1))
    except OSError as error:
        raise CommandError(f"Không mở được tệp “{path}”: {error.strerror}.") from error


def _of_file(
    path: Path, came: drops.Dropped, into: drops.Into, *, confirm: bool, by: Actor, at: dt.datetime
) -> list[dict[str, Any]]:
    got = came.received
    piles = (
        ("read", got.read), ("unreadable", got.unreadable), ("known", got.known_before), ("same", got.same_content),
    )  # fmt: skip
    if confirm:
        sure = confirmable_unseen(FormFile.objects.filter(pk__in=[form.pk for form in got.read]))
        confirming.confirm_all(sure.filter(host__in=into.among).select_related("host__campaign"), by=by, at=at)
    told = [_told(path, outcome, form) for outcome, forms in piles for form in forms]
    none: dict[str, Any] = {
        "file": str(path), "name": path.name, "outcome": "no_form", "form": None, "state": None, "unit": None,
        "match": None, "rows": 0, "problems": [], "unplaced": [], "same_as": None, "why": "",
    }  # fmt: skip
    return told or [none | {"why": mail.why_in_words} for mail in (*came.mails, *came.mails_known)]


def _told(path: Path, outcome: str, form: FormFile) -> dict[str, Any]:
    form = FormFile.objects.select_related("host__unit").get(pk=form.pk)
    unit = {"key": form.host.unit.key, "name": form.host.name} if form.host else None
    return {
        "file": str(path),
        "name": form.name,
        "outcome": outcome,
        "form": form.pk,
        "state": form.state,
        "unit": unit,
        "match": {"score": form.match_score, "reason": form.match_reason},
        "rows": form.row_count,
        "problems": form.reading.get("problems", []),
        "unplaced": [
            {"where": piece.where, "text": piece.text} for piece in proposals.pieces_left(form.reading, form.settled)
        ],
        "same_as": form.same_as_id,
        "why": form.refused_because,
    }


#: outcome -> words
_OUTCOMES = {
    "read": "đã đọc", "unreadable": "không đọc được", "known": "đã có từ trước", "same": "giống nội dung đã nhận",
    "no_form": "không có mẫu",
}  # fmt: skip


def _in_words(one: dict[str, Any]) -> str:
    state = "đã xác nhận" if one["state"] == "confirmed" else _OUTCOMES[one["outcome"]]
    unit = one["unit"]["name"] if one["unit"] else "chưa rõ đơn vị"
    lines = [f"{one['name']}: {state} | {unit} | {one['rows']} dòng"]
    if one["why"]:
        lines.append(f"  {one['why']}")
    elif one["match"] and (one["unit"] is None or one["match"]["score"] < 0.9):
        lines.append(f"  {one['match']['reason']}")
    for problem in one["problems"]:
        where = "Tệp" if problem["row"] is None else f"Dòng {problem['row'] + 1}"
        lines.append(f"  Cần xem: {where}: {problem['text']}")
    lines += [f"  Chưa xếp được: {loose['where']}: {loose['text']}" for loose in one["unplaced"]]
    return "\n".join(lines)
