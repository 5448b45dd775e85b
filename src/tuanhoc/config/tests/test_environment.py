"""What is wrong in the settings is said in words, at the start."""

import os
import subprocess
import sys

import pytest

from tuanhoc.config.settings import environment as env


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (lambda: env.number("TRIAL", 1), "mười"),
        (lambda: env.number("TRIAL", 1), "-1"),
        (lambda: env.number("TRIAL", 1), "1.5"),
        (lambda: env.number("TRIAL", 1), "9" * 5000),
        (lambda: env.flag("TRIAL", default=True), "flase"),
        (lambda: env.chosen("TRIAL", "line", among=("line", "json")), "xml"),
    ],
)
def test_what_cannot_be_is_refused_by_name(monkeypatch, read, said):
    monkeypatch.setenv("TUANHOC_TRIAL", said)
    with pytest.raises(env.WrongSetting, match="TUANHOC_TRIAL"):
        read()


@pytest.mark.parametrize(("said", "meant"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("", False)])
def test_yes_and_no(monkeypatch, said, meant):
    monkeypatch.setenv("TUANHOC_TRIAL", said)
    assert env.flag("TRIAL", default=not meant) is meant


def test_a_secret_is_read_from_its_file_and_a_file_that_is_away_is_named(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("abc\n")
    monkeypatch.setenv("TUANHOC_TRIAL_FILE", str(tmp_path / "secret"))
    assert env.text("TRIAL") == "abc"
    monkeypatch.setenv("TUANHOC_TRIAL_FILE", str(tmp_path / "away"))
    with pytest.raises(env.WrongSetting, match="away"):
        env.text("TRIAL")


def test_names_that_nothing_reads_are_told(monkeypatch):
    monkeypatch.setenv("TUANHOC_SIET_URL", "https://tuanhoc.example.vn")
    monkeypatch.setenv("TUANHOC_SITE_URL_FILE", "/dev/null")
    assert "TUANHOC_SIET_URL" in env.unknown()
    assert "TUANHOC_SITE_URL_FILE" not in env.unknown()


def test_the_command_line_says_it_in_a_sentence():
    surroundings = os.environ | {
        "TUANHOC_SMTP_PORT": "smtp", "DJANGO_SETTINGS_MODULE": "tuanhoc.config.settings.test",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip
    program = "import sys; from tuanhoc.config.command_line import main; sys.argv = ['tuanhoc', 'doctor']; main()"
    done = subprocess.run(
        [sys.executable, "-c", program], env=surroundings, check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "TUANHOC_SMTP_PORT phải là một số nguyên không âm, không phải “smtp”.\n"
