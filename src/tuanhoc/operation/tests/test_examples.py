"""What docs/operate gives to be copied is what nginx and systemd take."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.programs import SERVERS

from tuanhoc.notices.tests.mail_server import free_port

OPERATE = Path(__file__).resolve().parents[4] / "docs" / "operate"


def run(*command: str) -> tuple[int, str]:
    """Return the status of a program and what it complained of."""
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return done.returncode, done.stderr


@pytest.mark.nginx
def test_nginx_takes_the_example(tmp_path):
    conf = (OPERATE / "nginx.conf").read_text(encoding="utf-8").replace("/var/cache/nginx/tuanhoc", f"{tmp_path}/cache")
    conf = re.sub(r"listen (80|443 ssl);", lambda _: f"listen 127.0.0.1:{free_port()};", conf)
    conf = re.sub(r"\n\s+ssl_certificate[^\n]*", "", conf)
    head = f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} http {{ access_log off;"
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in kinds)
    (tmp_path / "nginx.conf").write_text(f"{head}{temporary}\n{conf}\n}}\n", encoding="utf-8")
    status, said = run(str(shutil.which("nginx", path=SERVERS)), "-t", "-c", str(tmp_path / "nginx.conf"))
    assert status == 0, said


@pytest.mark.systemd
def test_systemd_takes_the_units(tmp_path):
    for unit in (OPERATE / "systemd").iterdir():
        text = unit.read_text(encoding="utf-8").replace("/opt/tuanhoc/.venv/bin", str(Path(sys.executable).parent))
        (tmp_path / unit.name.replace("@.", "@1.")).write_text(re.sub(r"Documentation=.*", "", text), encoding="utf-8")
    units = sorted(str(p) for p in tmp_path.iterdir() if p.suffix in {".service", ".timer", ".target"})
    assert len(units) == 6
    status, said = run("systemd-analyze", "verify", *units)
    assert (status, [line for line in said.splitlines() if "tuanhoc" in line]) == (0, [])


@pytest.mark.systemd
def test_units_are_kept_within_bounds():
    exposed = {}
    for unit in (OPERATE / "systemd").glob("*.service"):
        exposed[unit.name], _ = run("systemd-analyze", "security", "--offline=true", "--threshold=20", str(unit))
    assert exposed == dict.fromkeys(exposed, 0)
    assert len(exposed) == 4


def test_every_setting_of_the_example_environment_is_one(tmp_path):
    said = (OPERATE / "systemd" / "environment.example").read_text(encoding="utf-8")
    names = {name.removesuffix("_FILE") for name in re.findall(r"^(TUANHOC_\w+)=", said, re.MULTILINE)}
    told = (OPERATE / "README.md").read_text(encoding="utf-8")
    assert {name for name in names if f"`{name}`" not in told} == set()
