"""The verbs of ``tuanhoc campaign`` that are about deadlines: ``deadline``, ``lock`` and ``unlock``."""

import datetime as dt
import json
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import CommandError, OutputWrapper
from django.http import Http404

from tuanhoc.campaigns import access, actions, queries
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.campaigns.rules.deadlines import COMMON, LEVELS, moved_along
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.dates import HANOI, day_start, last_minute
from tuanhoc.lib.refusal import Refusal
from tuanhoc.web import clock

from . import _closing

_CODES = {level.code: level.words for level in LEVELS}


def closing(text: str) -> dt.datetime:
    """Return the first moment too late of ``2022-10-05`` (all of that day) or ``2022-10-05T17:00`` (before five)."""
    try:
        if "T" in text:
            return dt.datetime.fromisoformat(text).replace(tzinfo=HANOI)
        return day_start(dt.date.fromisoformat(text) + dt.timedelta(days=1))
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” chưa đúng, ví dụ 2022-10-05 hoặc 2022-10-05T17:00") from error


def level(text: str) -> tuple[str, dt.datetime | None]:
    """Return the level and its deadline of ``school=2022-09-25``; ``school=`` goes back to the common one."""
    code, equals, day = text.partition("=")
    if code not in _CODES or not equals:
        raise ArgumentTypeError(f"“{text}”: cấp là một trong {', '.join(_CODES)}, ví dụ school=2022-09-25")
    return code, closing(day) if day else None


def add_verbs(verbs: Any) -> None:
    """Add the verbs to those of ``tuanhoc campaign``."""
    moving = verbs.add_parser("deadline", help="xem, đổi hạn: của tất cả hoặc của từng cấp")
    moving.add_argument("--all", type=closing, help="hạn chung mới; hạn các cấp dời theo cùng số ngày")
    moving.add_argument("--common", type=closing, help="chỉ hạn chung, các cấp có hạn của mình giữ nguyên")
    moving.add_argument("--level", type=level, action="append", default=[], metavar="CẤP=NGÀY", help="hạn của một cấp")
    moving.add_argument("--undo", action="store_true", help="đưa về như trước lần đổi gần nhất")
    moving.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi")
    locking = verbs.add_parser("lock", help="bật hoặc tắt khóa khi hết hạn")
    locking.add_argument("switch", choices=["on", "off"])
    letting_in = verbs.add_parser("unlock", help="gia hạn hoặc mở khóa cho đơn vị")
    letting_in.add_argument("units", nargs="+", metavar="UNIT", help="khóa của đơn vị trong tệp đơn vị, ví dụ ubnd-585")
    letting_in.add_argument("--until", type=closing, required=True, help="ngày cuối được nộp")
    letting_in.add_argument("--in-time", action="store_true", help="nộp trong thời gian này là đúng hạn")
    letting_in.add_argument("--below", action="store_true", help="kể cả các đơn vị cấp dưới")
    for verb in (moving, locking, letting_in, *_closing.parsers(verbs)):
        verb.add_argument("--code", required=True, help="mã đợt")
        verb.add_argument("--as", dest="as_whom", default="", metavar="SEAT", help="địa chỉ thư hoặc số vai trò")
        verb.add_argument("--json", action="store_true", help="in JSON")
    for verb in (moving, letting_in):
        verb.add_argument("--reason", default="", help="lý do, đơn vị đọc được")


def run(options: dict[str, Any], stdout: OutputWrapper) -> None:
    """Do what one of the verbs says.

    :raises CommandError: refused, in words.
    """
    try:
        by = access.actor_named(options["as_whom"])
        week = access.campaign_for(by, options["code"])
        does = {"deadline": _deadline, "lock": _lock, "unlock": _unlock}
        does |= {"close": _closing.close, "reopen": _closing.reopen}
        told = does[options["verb"]](week, options, by)
    except Http404 as unknown:
        raise CommandError(f"Không có đợt “{options['code']}”, hoặc vai trò này không điều phối đợt đó.") from unknown
    except Refusal as refused:
        raise CommandError(str(refused)) from refused
    if options["json"]:
        stdout.write(json.dumps(told, ensure_ascii=False))
        return
    for line in told["lines"]:
        stdout.write(line)


def _deadline(week: Campaign, options: dict[str, Any], by: Actor) -> dict[str, Any]:
    at, before = clock.now(), queries.deadlines_of(week)
    if options["undo"]:
        last = queries.last_move(week)
        if last is None:
            raise actions.MovedSince
        actions.undo_move(last, by=by, at=at)
        return _told(week, queries.deadlines_of(week))
    after = _wanted(before, options)
    if after == before:
        return _told(week, before)
    if options["dry_run"]:
        actions.refuse_move(week, before, after, at=at)
        own = queries.own_deadlines(week, after)
        moved, kept = sum(unit.moves for unit in own), sum(unit.by_exception and not unit.moves for unit in own)
    else:
        moved, kept = actions.move_deadlines(week, after, reason=options["reason"], by=by, at=at).moved_count, None
    told = _told(week, after)
    told["moved"] = moved
    told["lines"].append(f"{moved} đơn vị có hạn mới" + ("" if kept is None else f", {kept} có hạn riêng được giữ"))
    return told


def _wanted(before: dict[str, dt.datetime], options: dict[str, Any]) -> dict[str, dt.datetime]:
    after = dict(before)
    if options["all"] is not None:
        levels = {code: moment for code, moment in before.items() if code != COMMON}
        common = before.get(COMMON, options["all"])
        after = moved_along(levels, common=common, to=options["all"])
    if options["common"] is not None:
        after[COMMON] = options["common"]
    for code, moment in options["level"]:
        after.pop(code, None)
        if moment is not None:
            after[code] = moment
    return after


def _told(week: Campaign, deadlines: dict[str, dt.datetime]) -> dict[str, Any]:
    words = {COMMON: "Hạn chung"} | _CODES
    lines = [f"{words[code]}: {last_minute(deadlines[code])}" for code in words if code in deadlines]
    return {
        "code": week.code,
        "deadlines": {code or "common": moment.isoformat() for code, moment in deadlines.items()},
        "locks": week.locks_from is not None,
        "lines": lines or ["Chưa có hạn đăng ký."],
    }


def _lock(week: Campaign, options: dict[str, Any], by: Actor) -> dict[str, Any]:
    at = clock.now()
    actions.switch_lock(week, options["switch"] == "on", by=by, at=at)
    locked = len(queries.locked_ids(week.roster.all(), at=at))
    words = "Đã bật khóa khi hết hạn" if week.locks_from else "Đã tắt khóa khi hết hạn"
    return {"locks": week.locks_from is not None, "locked": locked, "lines": [f"{words}: {locked} đơn vị đang khóa"]}


def _unlock(week: Campaign, options: dict[str, Any], by: Actor) -> dict[str, Any]:
    chosen = list(week.roster.filter(unit__key__in=options["units"]).select_related("unit"))
    missing = sorted(set(options["units"]) - {host.unit.key for host in chosen})
    if missing:
        raise CommandError(f"Không có trong danh sách của đợt: {', '.join(missing)}")
    pks = {host.pk for host in chosen}
    if options["below"]:
        for host in chosen:
            pks.update(RosterUnit.objects.within(host).values_list("pk", flat=True))
    given = actions.give_exceptions(
        RosterUnit.objects.filter(pk__in=pks), ends_at=options["until"], reason=options["reason"],
        moves_deadline=options["in_time"], by=by, at=clock.now(),
    )  # fmt: skip
    lines = [f"{leave.host.name}: {last_minute(leave.ends_at)}" for leave in given]
    return {"given": len(given), "passed_over": len(pks) - len(given), "lines": lines}
