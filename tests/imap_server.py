"""A real IMAP server: Debian's dovecot on its own configuration, port and certificate, as whoever runs the tests."""

import getpass
import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.programs import SERVERS

DOVECOT = shutil.which("dovecot", path=SERVERS)
OPENSSL = shutil.which("openssl")
PATIENCE = 10

_CONFIG = """\
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
ssl = yes
ssl_cert = <{home}/cert.pem
ssl_key = <{home}/key.pem
disable_plaintext_auth = no
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{home}/mail/%u
mail_uid = {mail_user}
mail_gid = {mail_group}
passdb {{
  driver = static
  args = password=bi-mat
}}
userdb {{
  driver = static
  args = uid={mail_user} gid={mail_group} home={home}/mail/%u
}}
namespace inbox {{
  inbox = yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True)
class Server:
    """Where the mailbox of ``dangky`` is."""

    plain: int
    tls: int
    ca_file: str
    home: Path
    user: str = "dangky"
    password: str = "bi-mat"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def imap_server() -> Iterator[Server]:
    """Run dovecot until the end of the block; what it says goes to its own log, shown when it does not start."""
    home = Path(tempfile.mkdtemp(prefix="tuanhoc-imap-"))
    home.chmod(0o755)
    server = Server(free_port(), free_port(), str(home / "cert.pem"), home)
    # Root may not read mail as itself; whoever else runs the tests is everybody.
    as_root = os.getuid() == 0
    user = "dovenull" if as_root else getpass.getuser()
    mail_user = "nobody" if as_root else user
    group = grp.getgrgid(pwd.getpwnam("dovecot" if as_root else user).pw_gid).gr_name
    mail_group = grp.getgrgid(pwd.getpwnam(mail_user).pw_gid).gr_name
    config = _CONFIG.format(
        home=home, user=user, group=group, mail_user=mail_user, mail_group=mail_group,
        plain=server.plain, tls=server.tls,
    )  # fmt: skip
    if as_root:
        config = config.replace("default_internal_user = dovenull", "default_internal_user = dovecot")
    (home / "dovecot.conf").write_text(config)
    (home / "mail").mkdir()
    shutil.chown(home / "mail", mail_user, mail_group)
    _certificate(home)
    running = subprocess.Popen(
        [DOVECOT, "-F", "-c", str(home / "dovecot.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _answers(server, running)
        yield server
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(timeout=PATIENCE)
        shutil.rmtree(home, ignore_errors=True)


def _certificate(home: Path) -> None:
    subprocess.run(
        [
            OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-keyout", str(home / "key.pem"), "-out", str(home / "cert.pem"), "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
        ],
        check=True, capture_output=True,
    )  # fmt: skip


def _answers(server: Server, running: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and running.poll() is None:
        with socket.socket() as trial:
            trial.settimeout(1)
            if trial.connect_ex(("127.0.0.1", server.tls)) == 0:
                return
        time.sleep(0.05)
    log = server.home / "log"
    raise RuntimeError(f"dovecot did not start: {log.read_text() if log.exists() else running.poll()}")
