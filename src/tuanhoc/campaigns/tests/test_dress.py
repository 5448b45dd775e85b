"""A paper takes the sentences, addressees and layout of a template; what the template leaves blank stays."""

from dataclasses import replace

from tuanhoc.campaigns.documents import dressed
from tuanhoc.campaigns.rules import PaperForm
from tuanhoc.papers.tests.samples import LETTER, REPORT
from tuanhoc.papers.values import Layout, Paragraph, Style


def test_a_blank_template_changes_nothing():
    assert dressed(LETTER, PaperForm()) == LETTER


def test_an_opening_comes_after_the_bases_and_a_closing_in_the_place_of_the_last_sentence():
    made = dressed(REPORT, PaperForm(opening="Thực hiện Kế hoạch.", closing="Kính đề nghị xem xét ./."))
    styles = [block.style for block in made.body[:3] if isinstance(block, Paragraph)]
    assert styles == [Style.BASIS, Style.BASIS, Style.TEXT]
    assert made.body[2] == Paragraph("Thực hiện Kế hoạch.")
    assert made.body[-1] == Paragraph("Kính đề nghị xem xét./.")
    assert len(made.body) == len(REPORT.body) + 1


def test_only_a_paper_that_addresses_somebody_is_addressed():
    form = PaperForm(addressees=("Các sở",), layout=Layout(left_mm=35))
    assert dressed(LETTER, form) == replace(LETTER, addressees=("Các sở",), layout=Layout(left_mm=35))
    assert dressed(REPORT, form) == replace(REPORT, layout=Layout(left_mm=35))
