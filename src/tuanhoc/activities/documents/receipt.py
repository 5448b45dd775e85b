"""The receipt a unit is given for what it handed in: one page, unsigned, checked by its digest."""

import datetime as dt

from tuanhoc.activities.models import Submission
from tuanhoc.campaigns.documents import name_in_full
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.campaigns.rules import PaperForm
from tuanhoc.lib.dates import HANOI, ends_a_day, in_words
from tuanhoc.lib.numbers import in_prose
from tuanhoc.papers.values import Code, Letterhead, OfficialDocument, Paragraph, Table

WIDTHS_MM = (53.0, 112.0)


def receipt(submission: Submission, *, host: RosterUnit, form: PaperForm, address: str = "") -> OfficialDocument:
    """Lay out what was received of whom, when, and how many rows.

    A unit that a district looks at gets the district's receipt.

    :param form: how the coordinator's receipts are headed.
    :param address: of the receipt's page, printed as a code to scan; blank leaves it out.
    """
    campaign, reviewer = host.campaign, host.reviewer
    closes_at = submission.closes_at or host.closes_at
    receiver = reviewer.name if reviewer else campaign.coordinator.name
    if reviewer:
        form = PaperForm(issuer=name_in_full(reviewer.name), place=form.place)
    rows = [
        ("Cơ quan, đơn vị", host.name),
        ("Thời điểm nhận", moment_in_words(submission.submitted_at)),
        ("Hạn đăng ký", f"{_deadline_in_words(closes_at)} ({_in_time(submission)})"),
        ("Người nộp", submission.by_name),
        ("Số hoạt động", f"{in_prose(len(submission.rows))} hoạt động"),
        ("Mã kiểm tra (SHA-256)", submission.sha256),
    ]
    if submission.withdrawn_at:
        rows.append(("Đã rút lại", f"{moment_in_words(submission.withdrawn_at)}: biên nhận không còn hiệu lực"))
    where = " Có thể quét mã dưới đây để đối chiếu." if address else ""
    return OfficialDocument(
        letterhead=Letterhead(
            superior=form.superior,
            issuer=form.issuer,
            number=f"{submission.number}/BN",
            place=form.place,
            issued_on=submission.submitted_at.astimezone(HANOI).date(),
            year=campaign.year,
        ),
        kind="BIÊN NHẬN",
        subject="Bản đăng ký lịch hoạt động",
        body=(
            Paragraph(f"{receiver} đã nhận bản đăng ký lịch hoạt động {campaign.title}, cụ thể như sau:"),
            Table(("Nội dung", "Ghi nhận"), WIDTHS_MM, tuple((k, v) for k, v in rows)),
            Paragraph(f"Biên nhận do phần mềm lập khi nhận bản đăng ký, không cần chữ ký.{where}"),
            *((Code(address),) if address else ()),
        ),
        signature=(),
        signer="",
        recipients=(),
        layout=form.layout,
    )


def _in_time(submission: Submission) -> str:
    if submission.is_late:
        return "nộp sau hạn, vẫn được nhận"
    if submission.closes_at is not None and submission.submitted_at >= submission.closes_at:
        # Given back to be mended, and handed in again after the day: the first time decides.
        return "nộp lại; lần nộp đầu trong hạn"
    return "nộp trong hạn"


def _deadline_in_words(closes_at: dt.datetime) -> str:
    """Return the last minute of a whole day, or the hour before which it had to come."""
    if ends_a_day(closes_at):
        return moment_in_words(closes_at - dt.timedelta(minutes=1))
    return f"trước {moment_in_words(closes_at)}"


def moment_in_words(at: dt.datetime) -> str:
    """Return ``09 giờ 30 phút, ngày 28 tháng 9 năm 2022``."""
    local = at.astimezone(HANOI)
    return f"{local:%H} giờ {local:%M} phút, {in_words(local.date())}"
