"""Every change the code can write into the journal says what stood before and after, in words of both languages."""

import ast
import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.apps import apps

import tuanhoc
from tuanhoc.activities.models import AnnexArchive
from tuanhoc.activities.rules import ActivityDraft
from tuanhoc.campaigns.actions import CORRECTABLE
from tuanhoc.campaigns.models import Assignment
from tuanhoc.campaigns.rules import PAPER_KINDS, Layout, PaperForm
from tuanhoc.campaigns.rules.deadlines import COMMON, LEVELS
from tuanhoc.desk.journalled import FIELDS, HELD, SILENT, VALUES, WORDS, choice_of
from tuanhoc.desk.paper_forms import FORMS
from tuanhoc.intake.actions.confirming import Joining
from tuanhoc.lib.actor import Role
from tuanhoc.units.models import Contact
from tuanhoc.units.rules.reforms import Doing

HOUSE = Path(tuanhoc.__file__).parent
ENGLISH = HOUSE / "locale" / "en" / "LC_MESSAGES" / "django.po"
#: what an f-string's hole can hold, where the source does not spell it
HOLES = {"kind.value": [one.value for one in AnnexArchive.Contents], "what.value": [one.value for one in Doing]}
#: what a template of papers holds
PAPER_FIELDS = {field.name for one in (PaperForm, Layout) for field in dataclasses.fields(one)}
#: about a Week, a paper, a person or a thing of the office as a whole: no one unit's to find in its trail
OF_NO_UNIT = {
    # People, not where they sit: seats name their unit.
    "accounts.user.deactivate", "accounts.user.invite", "accounts.user.make_operator", "accounts.user.reactivate",
    "accounts.user.sign_out",
    # Strokes over many: each registration and form has an entry of its own.
    "activities.batch.accept", "activities.batch.return", "activities.batch.take_back",
    "activities.annexes.ask", "activities.season.ask",
    "activities.reason.carry", "activities.reason.restore", "activities.reason.retire", "activities.reason.write",
    # How the Week is set up.
    "campaigns.campaign.carry", "campaigns.campaign.close", "campaigns.campaign.correct",
    "campaigns.campaign.heads", "campaigns.campaign.phases",
    "campaigns.campaign.prepare", "campaigns.campaign.reopen", "campaigns.campaign.rewrite", "campaigns.template.set",
    # Who asks is in no roster yet; the answer that takes it in names it.
    "campaigns.join.ask", "campaigns.join.decline",
    # What came in, before it is known of whom: a form's own entries name its unit.
    "intake.drop.go_on", "intake.drop.keep", "intake.mail.choose_week", "intake.mail.keep", "intake.mail.put_aside",
    "intake.mail.read", "intake.mail.take_up", "intake.plan.correct", "intake.plan.prepare", "intake.plan.receive",
    "intake.plan.set_aside",
    # The office's mail as a whole: a letter is told by itself, and a unit's being left out has its own entry.
    "notices.message.again", "notices.reminders.set", "notices.round.again", "notices.round.send",
    "notices.round.stop",
    # The Week's schedule over all.
    "schedule.release.make", "schedule.release.number",
}  # fmt: skip
#: the thing itself is the unit, or hangs on it by its own key
OF_ITS_THING = {
    "accounts.link.make": "accounts.personallink", "accounts.link.revoke": "accounts.personallink",
    "accounts.request.answer": "accounts.linkrequest", "accounts.request.make": "accounts.linkrequest",
    "accounts.seat.give": "accounts.seat", "accounts.seat.take": "accounts.seat",
    "units.contact.add": "units.unit", "units.contact.check": "units.unit", "units.contact.keep": "units.unit",
    "units.contact.remove": "units.unit", "units.unit.change": "units.unit", "units.unit.create": "units.unit",
    "units.unit.same": "units.unit",
}  # fmt: skip
#: looked at, not changed
NO_CHANGE = {"intake.form.hand_out_of_quarantine"}
WRITERS = {"write", "write_each"}


@dataclasses.dataclass(frozen=True)
class Write:
    """One call that writes the journal, in the function around it and the module around that."""

    call: ast.Call
    function: ast.FunctionDef
    module: ast.Module

    @property
    def codes(self) -> list[str]:
        return list(self._spelled(self.call.args[0]))

    @property
    def words(self) -> str:
        return ast.unparse(self.function)

    def _spelled(self, node: ast.expr) -> Iterator[str]:
        if isinstance(node, ast.Constant):
            yield str(node.value)
        elif isinstance(node, ast.IfExp):
            yield from [*self._spelled(node.body), *self._spelled(node.orelse)]
        elif isinstance(node, ast.JoinedStr):
            before, hole, after = [*node.values, ast.Constant("")][:3]
            for filled in self._spelled(hole.value):
                yield f"{before.value}{filled}{after.value}"
        elif isinstance(node, ast.Attribute):
            yield from HOLES[ast.unparse(node)]
        else:
            # A parameter: what those who call this function give.
            for call in _calls(self.module, self.function.name):
                given = [*call.args, *(k.value for k in call.keywords)]
                yield from (a.value for a in given if isinstance(a, ast.Constant) and isinstance(a.value, str))


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name == getattr(node.func, "id", getattr(node.func, "attr", "")):
            yield node


def _modules() -> Iterator[ast.Module]:
    for path in sorted(HOUSE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "tests" not in path.parts and "from tuanhoc.journal import actions as journal" in text:
            yield ast.parse(text)


def _writes() -> list[Write]:
    found = []
    for module in _modules():
        for function in (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)):
            found += [
                Write(node, function, module)
                for node in ast.walk(function)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITERS
                and ast.unparse(node.func.value) == "journal"
            ]  # fmt: skip
    return found


WRITES = _writes()
CODES = sorted({code for write in WRITES for code in write.codes if code.count(".") == 2})


def _keys() -> set[str]:
    """Return every name of a field or detail that the code spells where it writes the journal, or takes from a list."""
    keys = {field.name for field in dataclasses.fields(ActivityDraft)} - {
        "audience_groups",
        "area_id",
        "source",
        "unread",
    }
    keys |= CORRECTABLE | {"state", "words", "obstacle", "evidence_link", "evidence_file"}
    keys |= {field.name for field in Contact._meta.concrete_fields} - {"id", "unit", "checked_on"}
    keys |= {name for form in FORMS.values() for name in form.base_fields}
    keys |= {COMMON, *(level.code for level in LEVELS), *PAPER_FIELDS}
    for write in WRITES:
        given = [k.value for k in write.call.keywords if k.arg == "details"]
        names = {node.id for one in given for node in ast.walk(one) if isinstance(node, ast.Name)} & {"details", "told"}
        assigned = [
            node.value
            for node in ast.walk(write.function)
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
            and {ast.unparse(t) for t in getattr(node, "targets", [getattr(node, "target", None)])} & names
        ]  # fmt: skip
        for tree in [*given, *assigned]:
            keys |= {
                str(key.value)
                for node in ast.walk(tree) if isinstance(node, ast.Dict)
                for key in node.keys if isinstance(key, ast.Constant)
            }  # fmt: skip
    for module in _modules():
        keys |= {str(call.args[0].value) for call in _calls(module, "change") if isinstance(call.args[0], ast.Constant)}
    return keys - HELD - SILENT


def _values() -> set[str]:
    """Return every code spelled as a before or after, and those of lists of choices that no model knows."""
    codes = {one.value for one in [*Joining, *Role]} | {kind.code for kind in PAPER_KINDS if kind.code}
    codes |= {"absent", "gone", "present", "altered"}
    for module in _modules():
        for call in _calls(module, "change"):
            for side in call.args[1:]:
                codes |= {
                    node.value for node in ast.walk(side)
                    if isinstance(node, ast.Constant) and re.fullmatch("[a-z_]+", str(node.value))
                    and isinstance(node.value, str)
                }  # fmt: skip
    return codes


def test_the_walk_finds_the_writes():
    assert len(WRITES) > 90
    assert {"activities.head.hand_up", "campaigns.join.decline", "units.unit.split", "activities.season.ask"} <= set(
        CODES
    )


@pytest.mark.parametrize("code", CODES)
def test_every_happening_has_words(code):
    assert code in WORDS


def test_every_detail_has_words():
    assert sorted(_keys() - FIELDS.keys()) == []


def test_every_code_of_a_before_or_after_has_words():
    assert sorted(_values() - VALUES.keys()) == []


def test_every_choice_of_a_model_is_told_in_the_words_of_its_pages():
    missing = [
        (model._meta.label_lower, value)
        for model in apps.get_models() if model.__module__.startswith("tuanhoc.")
        for field in model._meta.concrete_fields
        for value, _word in field.flatchoices or ()
        if value and not choice_of(model._meta.label_lower, str(value))
    ]  # fmt: skip
    assert missing == []
    assert choice_of("campaigns.assignment", Assignment.State.DONE) == "Đã xong"


@pytest.mark.parametrize("write", WRITES, ids=lambda w: f"{w.function.name}-{w.call.lineno}")
def test_every_change_says_what_stood_before_and_after(write):
    if NO_CHANGE & set(write.codes):
        return
    around = write.words
    for call in _calls(write.module, write.function.name):
        around += ast.unparse(call)
    told = "journal.change(" in around or ("before" in around and "after" in around) or "'changes'" in around
    told = told or any(f"{helper}(" in around for helper in ("_told", "_taken_back"))
    assert told, write.codes


@pytest.mark.parametrize("write", WRITES, ids=lambda w: f"{w.function.name}-{w.call.lineno}")
def test_every_change_names_the_units_it_is_about(write):
    """So that each finds it in its trail; what is said to be of no unit, or of its thing's, is."""
    codes = {code for code in write.codes if code.count(".") == 2}
    if codes <= OF_NO_UNIT:
        return
    named = {keyword.arg for keyword in write.call.keywords} & {"unit_path", "units"}
    # ``Thing(on, details, path)``, or with the units it is about.
    things = list(_calls(write.function, "Thing"))
    in_things = write.call.func.attr == "write_each" and all(
        len(thing.args) > 2 or {keyword.arg for keyword in thing.keywords} & {"unit_path", "units"} for thing in things
    )
    assert named or (things and in_things) or codes <= OF_ITS_THING.keys(), codes


def test_what_tells_its_unit_by_itself_does():
    for kind in set(OF_ITS_THING.values()):
        model = apps.get_model(kind)
        assert kind == "units.unit" or model._meta.get_field("unit").related_model._meta.label_lower == "units.unit"


def test_the_lists_of_happenings_name_none_that_is_not_written():
    assert sorted((OF_NO_UNIT | OF_ITS_THING.keys()) - set(CODES)) == []


def test_every_word_of_the_journal_has_its_english():
    with ENGLISH.open("rb") as file:
        known = {message.id: message.string for message in read_po(file) if isinstance(message.id, str)}
    words = {*WORDS.values(), *FIELDS.values(), *VALUES.values()}
    assert sorted(word for word in words if not known.get(word)) == []
