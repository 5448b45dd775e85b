"""What docs/operate gives to be copied is what nginx and systemd take."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.programs import SERVERS

OPERATE = Path(__file__).resolve().parents[4] / "docs" / "operate"


@pytest.mark.nginx
def test_nginx_takes_the_example(tmp_path):
    conf = (OPERATE / "nginx.conf").read_text(encoding="utf-8").replace("/var/cache/nginx/tuanhoc", f"{tmp_path}/cache")
    conf = re.sub(r"listen (80|443 ssl);", "listen 127.0.0.1:0;", conf)
    conf = re.sub(r"\n\s+ssl_certificate[^\n]*", "", conf)
    head = f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} http {{ access_log off;"
    temporary = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (tmp_path / "nginx.conf").write_text(f"{head}{temporary}\n{conf}\n}}\n", encoding="utf-8")
    nginx = shutil.which("nginx", path=SERVERS)
    done = subprocess.run([nginx, "-t", "-c", tmp_path / "nginx.conf"], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.systemd
def test_systemd_takes_the_units(tmp_path):
    for unit in (OPERATE / "systemd").iterdir():
        text = unit.read_text(encoding="utf-8").replace("/opt/tuanhoc/.venv/bin", str(Path(sys.executable).parent))
        (tmp_path / unit.name.replace("@.", "@1.")).write_text(re.sub(r"Documentation=.*", "", text), encoding="utf-8")
    units = sorted(p.name for p in tmp_path.iterdir() if p.suffix in {".service", ".timer", ".target"})
    assert len(units) == 6
    done = subprocess.run(
        ["systemd-analyze", "verify", *units], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    ours = [line for line in done.stderr.splitlines() if "tuanhoc" in line]
    assert (done.returncode, ours) == (0, [])


@pytest.mark.systemd
def test_units_are_kept_within_bounds():
    exposed = {}
    for unit in (OPERATE / "systemd").glob("*.service"):
        done = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--threshold=20", unit],
            check=False,
            capture_output=True,
            text=True,
        )
        exposed[unit.name] = done.returncode
    assert exposed == dict.fromkeys(exposed, 0)
    assert len(exposed) == 4


def test_every_setting_of_the_example_environment_is_one(tmp_path):
    said = (OPERATE / "systemd" / "environment.example").read_text(encoding="utf-8")
    names = {name.removesuffix("_FILE") for name in re.findall(r"^(TUANHOC_\w+)=", said, re.MULTILINE)}
    told = (OPERATE / "README.md").read_text(encoding="utf-8")
    assert {name for name in names if f"`{name}`" not in told} == set()
