"""Files read in a process of their own: what comes back is the same, and what ends the child ends nothing else."""

import dataclasses
import json
import os
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import hostile

from tuanhoc.papers.reading import (
    Cell,
    Document,
    Grid,
    Paragraph,
    Unreadable,
    apart,
    confined,
    limits,
    read,
    read_apart,
    readers,
    rows_apart,
    wire,
)

PLAN = Path(__file__).parents[2] / "sample" / "data" / "plan-ninh-thuan-2022.docx"


@pytest.fixture(autouse=True)
def no_child_from_before():
    apart.close()
    yield
    apart.close()


def child():
    """Return the one child that waits for files."""
    (waiting,) = apart._IDLE
    return waiting


def refusal_of(data, name="a.docx"):
    with pytest.raises(Unreadable) as refused:
        read_apart(data, name)
    assert str(refused.value)
    return type(refused.value)


def test_a_file_read_apart_is_the_file_read_here_and_one_child_serves_many():
    data = PLAN.read_bytes()
    assert read_apart(data, "Kế hoạch.docx") == read(data, "Kế hoạch.docx")
    first = child().process.pid
    assert read_apart("một\nhai".encode(), "a.txt").blocks == (Paragraph("một", "dòng 1"), Paragraph("hai", "dòng 2"))
    assert child().process.pid == first


def test_refusals_come_back_as_themselves():
    assert refusal_of(b"") is limits.Empty
    assert refusal_of(b"x" * (limits.MAX_BYTES + 1)) is limits.TooLarge
    assert refusal_of(b"PK\x03\x04 cut off") is limits.Broken
    assert refusal_of(b"\xff\xfe\x00\x01" * 50, "a.bin") is limits.UnknownKind


def test_the_child_inherits_no_secret_and_no_open_file():
    read_apart(b"a", "a.txt")
    seen = Path(f"/proc/{child().process.pid}")
    names = {pair.split("=")[0] for pair in (seen / "environ").read_text().split("\0") if pair}
    assert names == {"PATH", "LANG", "HOME", "TMPDIR"}
    targets = [os.readlink(one) for one in (seen / "fd").iterdir()]
    assert [t for t in targets if not t.startswith(("pipe:", child().folder))] == []


def test_a_child_that_dies_gives_a_sentence_and_the_next_file_is_read(monkeypatch):
    read_apart(b"a", "a.txt")
    killed = child()
    ask = readers.Reader.ask

    def killed_while_asked(reader, request, data):
        if reader is killed:
            os.kill(reader.process.pid, signal.SIGKILL)
            reader.process.wait()
        return ask(reader, request, data)

    monkeypatch.setattr(readers.Reader, "ask", killed_while_asked)
    assert refusal_of(b"a", "a.txt") is limits.TookTooMuchMemory
    assert not Path(killed.folder).exists()
    assert read_apart(b"a", "a.txt").blocks == (Paragraph("a", "dòng 1"),)


def test_a_child_that_ended_by_itself_costs_nobody_a_file():
    read_apart(b"a", "a.txt")
    asked = child()
    os.close(asked._to)  # as if its asker were gone
    asked.process.wait(5)
    asked._to = os.open(os.devnull, os.O_WRONLY)
    assert not Path(asked.folder).exists(), "it takes its folder along"
    assert read_apart(b"a", "a.txt").blocks == (Paragraph("a", "dòng 1"),)


def long_text(lines):
    return "".join(f"- dòng số {n}\n" for n in range(lines)).encode()


def test_the_clock_the_processor_and_the_memory_are_bounded(monkeypatch):
    allowed = confined.READING
    monkeypatch.setattr(confined, "READING", dataclasses.replace(allowed, memory_bytes=80 * 1024 * 1024))
    assert refusal_of(long_text(100_000), "a.txt") is limits.TookTooMuchMemory
    apart.close()
    monkeypatch.setattr(confined, "READING", dataclasses.replace(allowed, cpu_seconds=-1))
    assert refusal_of(long_text(100_000), "a.txt") is limits.TookTooLong
    monkeypatch.setattr(confined, "READING", allowed)
    monkeypatch.setattr(readers, "SECONDS", 0)
    assert refusal_of(b"a", "a.txt") is limits.TookTooLong


def test_a_file_that_aborts_its_whole_process_costs_one_sentence():
    assert read_apart(hostile.xls(), "a.xls").blocks[0].cells[0].text == "3"
    asked = child()
    assert refusal_of(hostile.xls(last_row=0x7FFFFFFF), "a.xls") is limits.TookTooMuchMemory
    assert (asked.process.poll(), Path(asked.folder).exists()) == (-signal.SIGABRT, False)
    assert read_apart(hostile.xls(), "a.xls").blocks[0].cells[0].text == "3"


def test_two_files_are_read_at_once_and_the_others_wait_their_turn():
    with ThreadPoolExecutor(6) as threads:
        read = list(threads.map(lambda n: read_apart(f"tệp {n}".encode(), f"{n}.txt"), range(30)))
    assert [document.blocks[0].text for document in read] == [f"tệp {n}" for n in range(30)]
    assert len(apart._IDLE) <= 2


def test_a_turn_that_does_not_come_is_said_in_words(monkeypatch):
    monkeypatch.setattr(apart, "_WAIT_SECONDS", 0)
    with apart._turn(), apart._turn():
        assert refusal_of(b"a", "a.txt") is limits.Busy


def test_a_fork_leaves_the_children_to_the_process_they_belong_to():
    read_apart(b"a", "a.txt")
    first = child().process.pid
    forked = os.fork()
    if not forked:
        alone = not apart._IDLE and read_apart(b"b", "b.txt").blocks[0].text == "b"
        apart.close()
        os._exit(0 if alone else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]) == 0
    assert read_apart(b"c", "c.txt").blocks[0].text == "c"
    assert child().process.pid == first


def test_whatever_the_child_started_ends_with_it():
    read_apart(b"a", "a.txt")
    reader = child()
    started = subprocess.Popen(["sleep", "60"], start_new_session=True)
    try:
        assert list(readers._of_session(started.pid)) == [started.pid]
        assert list(readers._of_session(reader.process.pid)) == [reader.process.pid]
    finally:
        started.kill()
        started.wait()


def test_the_first_sheet_of_a_workbook_comes_as_it_is_stored():
    import io

    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet().write_row(0, 0, ["Mã", 912345678, 1.5, ""])
    book.close()
    assert rows_apart(out.getvalue(), "a.xlsx").rows == (("Mã", 912345678.0, 1.5),)
    with pytest.raises(limits.Broken):
        rows_apart(b"PK\x03\x04", "a.xlsx")


def test_nothing_is_left_in_the_folder_for_temporary_files(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    read_apart(PLAN.read_bytes(), "a.docx")
    assert [path.name[:16] for path in tmp_path.iterdir()] == ["tuanhoc-reading-"]
    apart.close()
    assert list(tmp_path.iterdir()) == []


def test_reading_needs_no_django():
    source = str(Path(readers.__file__).parents[3])
    said = "import sys; sys.path.insert(0, sys.argv[1]); import tuanhoc.papers.reading; print('django' in sys.modules)"
    found = subprocess.run([sys.executable, "-I", "-c", said, source], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
paragraphs = st.builds(Paragraph, words, words, st.booleans(), st.booleans(), st.tuples(words))
cells = st.builds(Cell, st.integers(0, 9), st.integers(0, 9), st.tuples(words, words), words)
grids = st.builds(Grid, st.lists(cells, max_size=3).map(tuple), st.integers(), st.integers(), words, words)


@given(st.builds(Document, words, st.lists(paragraphs | grids, max_size=4).map(tuple), st.tuples(paragraphs)))
def test_a_document_travels_whole(document):
    assert wire.read(json.loads(wire.written(document)), Document) == document


@dataclasses.dataclass(frozen=True)
class Page:
    picture: bytes
    sure: float
    size: tuple[int, int] | None
    words: str | None = None


@given(st.builds(Page, st.binary(max_size=40), st.floats(0, 1), st.none() | st.tuples(st.integers(), st.integers())))
def test_pictures_numbers_and_nothing_travel_too(page):
    assert wire.read(json.loads(wire.written(page)), Page) == page


@pytest.mark.parametrize(
    "answer",
    [
        None, 1, "a", [], ["Document"], ["Paragraph", "a", "b", False, False, []], ["Document", "a", [], [], 1],
        ["Document", 1, [], []], ["Document", "a", {}, []], ["Document", "a", [["Cell", 1]], []], ["os.system", "true"],
        ["Document", "a", [["Paragraph", "a", "b", 0, False, []]], []], ["Document", "a\0", [], []],
    ],
)  # fmt: skip
def test_an_answer_that_is_no_document_is_not_taken_for_one(answer):
    with pytest.raises(wire.NotSuchAValue):
        wire.read(answer, Document)
