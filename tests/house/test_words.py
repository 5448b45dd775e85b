"""Every text a person reads can be read in English, and says there what it says in Vietnamese."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from scripts import words
from scripts.words import SOURCES

VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE)
#: what an English text leaves in Vietnamese: names, words of the papers, and what is to be typed or said as it is
KEPT = re.compile(r"Tuần Học|Ninh Thuận|Ninh Sơn|Khánh Hòa|“[^”]*”|NĐ-CP|QĐ|TTHTCĐ|GDĐT|CĐ")
CATALOGUE = words.read()
TEXTS = [message for message in CATALOGUE if message.id]


def texts_of(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple) else [message.string]


def test_the_catalogue_holds_what_the_program_says_no_more_and_no_less() -> None:
    said = {(one.texts[0], one.context or None) for one in words.said()}
    held = {(m.id[0] if isinstance(m.id, tuple) else m.id, m.context) for m in TEXTS}
    assert said == held, "run scripts/words.py"


def test_every_text_is_translated() -> None:
    assert [message.id for message in TEXTS if words.is_blank(message)] == []


def test_a_translation_fills_in_what_the_text_fills_in() -> None:
    holes = re.compile(r"%\(\w+\)[sd]|%%|%[sd]")
    for message in TEXTS:
        wanted = Counter(holes.findall(message.id[-1] if isinstance(message.id, tuple) else message.id))
        for text in texts_of(message)[-1:]:
            assert Counter(holes.findall(text)) == wanted, (message.id, text)


def test_no_vietnamese_is_left_in_a_translation() -> None:
    left = [text for m in TEXTS for text in texts_of(m) if VIETNAMESE.search(KEPT.sub("", text))]
    assert left == []


TEMPLATES = [p for p in sorted(SOURCES.rglob("templates/**/*")) if p.suffix in {".html", ".txt"}]
_MARKED = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}|{%\s*comment.*?endcomment\s*%}|{#.*?#}|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
#: shown in Vietnamese whatever the language: the product's name, and the switch back
SHOWN_AS_IT_IS = re.compile(r"Tuần Học|Đọc trang này bằng tiếng Việt|Tiếng Việt")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(SOURCES).as_posix())
def test_no_template_says_what_cannot_be_translated(path: Path) -> None:
    bare = SHOWN_AS_IT_IS.sub("", _MARKED.sub("", path.read_text(encoding="utf-8")))
    if re.match(r'\s*<\w+ [^>]*lang="vi"', bare):
        return  # a paper, shown as it will be printed
    assert VIETNAMESE.findall(bare) == []
    # An expression may hold words too: default:"chưa có" is not seen by the catalogue, default:_("chưa có") is.
    loose = re.findall(r"{{[^}]*?(?<!_\()[\"']([^\"'}]*)[\"'][^}]*}}", path.read_text(encoding="utf-8"))
    assert [text for text in loose if VIETNAMESE.search(text)] == []


#: rooms whose Python says things to readers of pages and letters
SPEAKING = ("accounts", "desk", "notices", "portal", "web")
MARKS = {"_", "N_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
#: Vietnamese that is looked for, typed, stored or quoted, whatever the reader's language
AS_IT_IS = {
    "desk/forms.py": "how hours are typed",
    "desk/inviting.py": "headings of the sheet a mail merge takes its fields from, and of lists that are read",
    "desk/paper_forms.py": "the symbol of an office",
    "desk/pasting.py": "the name a pasted letter is kept under",
    "desk/sources.py": "words of a stored place in a file",
    "desk/views/campaigns.py": "a word of the name of an office",
    "notices/actions/reminding.py": "who a receiver is in the journal",
    "notices/rules/greeting.py": "forms of address, and what names of offices begin with",
    "notices/rules/__init__.py": "the marks links take the place of",
    "portal/proverbs.py": "proverbs",
    "portal/rules.py": "kinds of territory, before their names",
    "portal/views/lists.py": "words to search activities by, which are in Vietnamese",
}


def loose_texts(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    marked = {
        id(leaf)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in MARKS
        for leaf in ast.walk(node)
    }
    docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    return [
        n.value
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in marked | docs
        and VIETNAMESE.search(n.value)
    ]  # fmt: skip


PAGES = [
    p
    for room in SPEAKING
    for p in sorted((SOURCES / room).rglob("*.py"))
    if not {"tests", "management", "migrations"} & set(p.parts) and p.relative_to(SOURCES).as_posix() not in AS_IT_IS
]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(SOURCES).as_posix())
def test_no_page_says_what_cannot_be_translated(path: Path) -> None:
    assert loose_texts(path) == []


def filled_too_early(path: Path) -> list[int]:
    """Lines where a text marked by ``N_`` is filled in before anybody translates it: no catalogue knows the result."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    marked = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _is_noop(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Mod)
        and (_is_noop(node.left) or (isinstance(node.left, ast.Name) and node.left.id in marked))
    ]


def _is_noop(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"N_", "gettext_noop"}


def test_no_text_is_filled_in_before_it_is_translated() -> None:
    """A ``Sentence`` or a refusal carries its text and what fills it; what is stored filled in is ``stored``."""
    found = {path.relative_to(SOURCES).as_posix(): filled_too_early(path) for path in sorted(SOURCES.rglob("*.py"))}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_what_is_left_as_it_is_is_there() -> None:
    assert [path for path in AS_IT_IS if not loose_texts(SOURCES / path)] == []


def test_no_script_says_what_cannot_be_translated() -> None:
    """Scripts show words their page gives them, in attributes; only comments may hold Vietnamese."""
    scripts = [p for p in sorted(SOURCES.rglob("static/**/*.js")) if not p.name.endswith(".min.js")]
    said = {p.relative_to(SOURCES).as_posix(): re.sub(r"//.*|/\*.*?\*/", "", p.read_text("utf-8")) for p in scripts}
    # Days and hours of a pasted table are looked for, not said.
    assert [path for path, text in said.items() if VIETNAMESE.search(text)] == ["desk/static/desk/paste.js"]
