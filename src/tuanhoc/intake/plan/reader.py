"""A plan's document to what it says."""

from tuanhoc.papers.reading import Document

from . import facts
from .bases import legal_bases
from .closing import closings
from .outline import outline
from .scanned import own_text
from .sections import directions, duties
from .tables import table_duties
from .values import PlanReading
from .wording import lines_of


def read_plan(document: Document) -> PlanReading:
    """Understand a provincial plan.

    Numbering, wording, spelling and Unicode form may vary; what the plan does not say stays None.

    :raises PlanIsAScan: all its pages are pictures.
    """
    document = own_text(document)
    plan = outline(lines_of(document))
    year = facts.year(plan)
    of_year = year.value if year else None
    said = tuple(facts.with_headings(plan))
    week = facts.week(said, of_year)
    due = closings(plan, said, of_year, week_ends_on=week[1].value if week else None)
    made_on = facts.made_on(plan)
    return PlanReading(
        title=facts.title(plan),
        year=year,
        theme=facts.theme(plan),
        starts_on=week[0] if week else None,
        ends_on=week[1] if week else None,
        opening_on=facts.opening(said, of_year),
        registration_closes_at=due.registration,
        report_closes_at=due.report,
        report_to=due.report_to,
        legal_bases=legal_bases(plan.body, made_on, of_year),
        duties=(*duties(plan.root, of_year), *table_duties(document, of_year)),
        directions=directions(plan.root),
    )
