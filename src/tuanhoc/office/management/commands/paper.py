"""``tuanhoc paper list|print|check``: the papers of a Week, to Word or PDF; any Word file held against Decree 30."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tuanhoc.activities.documents import receipt, registration_annex
from tuanhoc.activities.models import Registration
from tuanhoc.activities.queries import drafts_of
from tuanhoc.campaigns.documents import form_for
from tuanhoc.campaigns.models import Campaign
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.lib.refusal import Refusal
from tuanhoc.office import documents
from tuanhoc.office.models import OfficialPaper, Scope
from tuanhoc.papers.decree30 import Weight, check
from tuanhoc.papers.decree30.telling import as_lines, as_values
from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.metadata import metadata
from tuanhoc.papers.pdf import to_pdf
from tuanhoc.papers.values import Annex, Letters, OfficialDocument
from tuanhoc.schedule.documents import edition_of_release, kept_as_printed, schedule_letter, standing_edition
from tuanhoc.schedule.models import Release
from tuanhoc.web import clock

#: kind -> what it is for
KINDS = {
    "plan": "kế hoạch tổ chức Tuần lễ",
    "schedule": "công văn gửi lịch tổng hợp (--release N; không ghi là bản dự thảo)",
    "invitation": "giấy mời dự lễ khai mạc",
    "reminder": "công văn đôn đốc đơn vị chưa gửi lịch (--unit: của đơn vị gửi cho cấp dưới)",
    "receipt": "biên nhận của một đơn vị (--unit)",
    "annex": "phụ lục lịch đăng ký của một đơn vị (--unit)",
}
Printable = OfficialDocument | Annex | Letters


class Command(BaseCommand):
    help = "Văn bản của đợt: liệt kê (list), in ra Word hoặc PDF (print), kiểm tra thể thức (check)."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        listing = verbs.add_parser("list", help="các loại văn bản và văn bản đã ghi số")
        listing.add_argument("--campaign", required=True, help="mã đợt")
        listing.add_argument("--json", action="store_true", help="in JSON")
        printing = verbs.add_parser("print", help="in một văn bản")
        printing.add_argument("kind", choices=list(KINDS), help="loại văn bản")
        printing.add_argument("--campaign", required=True, help="mã đợt")
        printing.add_argument("--number", default="", help="số, ký hiệu của văn bản đã ghi số; không ghi là dự thảo")
        printing.add_argument("--release", type=int, help="lần ban hành của lịch tổng hợp")
        printing.add_argument("--unit", default="", help="mã đơn vị")
        printing.add_argument("--each", action="store_true", help="giấy mời: mỗi đơn vị một bản, cùng một tệp")
        printing.add_argument("-o", "--output", type=Path, help="tệp .docx hoặc .pdf ghi ra")
        printing.add_argument("--metadata", type=Path, help="tệp .json ghi dữ liệu đặc tả (Phụ lục VI)")

        checking = verbs.add_parser("check", help="kiểm tra thể thức một tệp Word theo Nghị định 30/2020/NĐ-CP")
        checking.add_argument("file", type=Path, help="tệp .docx")
        checking.add_argument("--json", action="store_true", help="in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "check":
            self._check(options["file"], as_json=options["json"])
            return
        campaign = Campaign.objects.select_related("province", "coordinator").filter(code=options["campaign"]).first()
        if campaign is None:
            raise CommandError(f"Không có đợt nào mang mã “{options['campaign']}”.")
        if options["verb"] == "list":
            self._list(campaign, as_json=options["json"])
        else:
            self._print(campaign, options)

    def _check(self, file: Path, *, as_json: bool) -> None:
        """Print what the file breaks; exit 1 when it breaks something."""
        try:
            findings = check(file.read_bytes())
        except OSError as error:
            raise CommandError(f"Không đọc được tệp {file}: {error.strerror}.") from error
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        broken = sum(finding.weight is Weight.BROKEN for finding in findings)
        if as_json:
            self.stdout.write(json.dumps(as_values(findings), ensure_ascii=False, indent=2))
        else:
            for line in as_lines(findings):
                self.stdout.write(line)
            self.stdout.write(f"{broken} điều trái thể thức" if broken else "Không thấy điều nào trái thể thức.")
        if broken:
            raise SystemExit(1)

    def _list(self, campaign: Campaign, *, as_json: bool) -> None:
        papers = OfficialPaper.objects.filter(campaign=campaign).exclude(number="").select_related("host")
        rows = [
            {
                "kind": paper.kind, "number": paper.number,
                "issued_on": paper.issued_on.isoformat() if paper.issued_on else None,
                "unit": paper.host.name if paper.host else campaign.coordinator.name,
            }
            for paper in papers.order_by("issued_on", "pk")
        ]  # fmt: skip
        if as_json:
            self.stdout.write(json.dumps({"kinds": list(KINDS), "papers": rows}, ensure_ascii=False))
            return
        for kind, words in KINDS.items():
            self.stdout.write(f"{kind:<11} {words}")
        for row in rows:
            self.stdout.write(f"{row['number']:<24} {row['issued_on']}  {row['kind']:<11} {row['unit']}")

    def _print(self, campaign: Campaign, options: dict[str, Any]) -> None:
        output: Path | None = options["output"]
        if output is None and options["metadata"] is None:
            raise CommandError("Vui lòng ghi -o TỆP.docx, -o TỆP.pdf hoặc --metadata TỆP.json.")
        if output is not None and output.suffix.lower() not in {".docx", ".pdf"}:
            raise CommandError(f"Chỉ ghi được tệp .docx hoặc .pdf, không ghi được “{output.name}”.")
        document = _document(campaign, options["kind"], options)
        if not isinstance(document, OfficialDocument) and options["metadata"] is not None:
            raise CommandError("Phụ lục và giấy mời từng đơn vị không có dữ liệu đặc tả riêng.")
        for symbol, why in documents.notes_on(Scope(campaign), "plan", {})[0] if options["kind"] == "plan" else []:
            self.stderr.write(f"Không in căn cứ {symbol}: {why}")
        try:
            if output is not None:
                output.write_bytes(to_pdf(document) if output.suffix.lower() == ".pdf" else to_docx(document))
                self.stdout.write(f"{options['kind']} → {output}")
            if options["metadata"] is not None and isinstance(document, OfficialDocument):
                said = json.dumps(metadata(document), ensure_ascii=False, indent=2)
                options["metadata"].write_text(f"{said}\n", encoding="utf-8")
                self.stdout.write(f"đặc tả → {options['metadata']}")
        except OSError as error:
            raise CommandError(f"Không ghi được tệp: {error.strerror}.") from error


def _document(campaign: Campaign, kind: str, options: dict[str, Any]) -> Printable:
    if kind == "schedule":
        return _schedule(campaign, options["release"])
    if kind in {"receipt", "annex"}:
        return _of_unit(campaign, kind, options["unit"])
    scope = _scope(campaign, kind, options["unit"])
    number = options["number"]
    found = _signed(scope, kind, number) if number else documents.drafted(scope, kind, at=clock.now())
    if found is None:
        raise CommandError("Không có đơn vị nào trễ: không cần công văn đôn đốc.")
    return documents.invitations(found, scope) if options["each"] and kind == "invitation" else found


def _scope(campaign: Campaign, kind: str, key: str) -> Scope:
    if not key:
        return Scope(campaign)
    host = campaign.roster.filter(unit__key=key).first()
    if kind != "reminder" or host is None or not campaign.roster.filter(reviewer=host).exists():
        raise CommandError(f"Đơn vị “{key}” không có văn bản loại này trong đợt “{campaign.code}”.")
    return Scope(campaign, host)


def _signed(scope: Scope, kind: str, number: str) -> OfficialDocument:
    paper = OfficialPaper.objects.filter(campaign=scope.campaign, host=scope.host, kind=kind, number=number).first()
    if paper is None:
        raise CommandError(f"Đợt “{scope.campaign.code}” không có văn bản số {number} loại này.")
    return documents.reprinted(paper)


def _schedule(campaign: Campaign, number: int | None) -> OfficialDocument:
    if number is None:
        edition = standing_edition(campaign, at=clock.now())
        # Kept as it leaves, so that it is known again when it comes back edited.
        return schedule_letter(kept_as_printed(edition, campaign, by=SYSTEM, at=edition.at))
    found = Release.objects.select_related("campaign__province", "campaign__coordinator").filter(
        campaign=campaign, number=number
    )
    release = found.first()
    if release is None:
        raise CommandError(f"Đợt “{campaign.code}” chưa có lần ban hành {number}.")
    return schedule_letter(edition_of_release(release))


def _of_unit(campaign: Campaign, kind: str, key: str) -> Printable:
    registration = (
        Registration.objects.select_related("host__campaign__coordinator", "host__campaign__province", "host__reviewer")
        .filter(host__campaign=campaign, host__unit__key=key)
        .first()
    )
    submission = registration.submissions.order_by("-pk").first() if registration else None
    if registration is None or (kind == "receipt" and submission is None):
        raise CommandError(f"Đơn vị “{key}” chưa nộp bản đăng ký nào trong đợt “{campaign.code}”.")
    host = registration.host
    if kind == "receipt" and submission is not None:
        return receipt(submission, host=host, form=form_for(campaign, "receipt"))
    return registration_annex(
        unit_name=host.name, year=campaign.year, rows=drafts_of(registration), submission=submission
    )
