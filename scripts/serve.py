"""Start web and worker, print where they are, stop both when told: the last step of ``scripts/run``.

Python rather than bash, because a shell started in the background cannot catch Ctrl-C, and because
a half-started program must not be announced. Needs nothing but the standard library.

    serve.py --check    say in words whether the port is free
    serve.py            run until SIGINT, SIGTERM or SIGHUP
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

PORT = os.environ.get("TUANHOC_PORT", "8000")
SITE = f"http://localhost:{PORT}"
#: Seconds the web process may take to answer, and each process to stop.
PATIENCE = 30
WEB = [
    os.path.join(os.path.dirname(sys.executable), "granian"),
    "--interface", "wsgi", "--host", "127.0.0.1", "--port", PORT, "--workers", "1", "--no-ws",
    "--blocking-threads", "8", "--log-level", "error", "tuanhoc.config.wsgi:application",
]  # fmt: skip
WORKER = [sys.executable, "-m", "django", "work"]


def main() -> int:
    """Return 0 when stopped on request, 1 when something failed."""
    if sys.argv[1:] == ["--check"]:
        return check()
    told: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda caught, _frame: told.append(caught))
    # Sessions of their own: Ctrl-C reaches us alone, and we stop them in order.
    running = [subprocess.Popen(command, start_new_session=True) for command in (WEB, WORKER)]  # noqa: S603
    try:
        if not answers(running, told):
            if not told:
                print(f"Chương trình không khởi động được trên cổng {PORT}: xem thông báo ở trên.", file=sys.stderr)
            return 0 if told else 1
        print(greeting(), flush=True)
        while not told and all(process.poll() is None for process in running):
            time.sleep(0.2)
        if not told:
            print("Một tiến trình đã dừng ngoài ý muốn: xem thông báo ở trên.", file=sys.stderr)
        return 0 if told else 1
    finally:
        stop(running)
        print("\nĐã dừng.", flush=True)


def check() -> int:
    """Return 0 when the port can be had, 1 with a sentence when not."""
    if not PORT.isdecimal() or not 0 < int(PORT) < 65536:
        print(f"TUANHOC_PORT phải là một số từ 1 đến 65535, không phải “{PORT}”.", file=sys.stderr)
        return 1
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", int(PORT)))
        except OSError as error:
            print(
                f"Không dùng được cổng {PORT} ({error.strerror}): có lẽ một chương trình khác đang dùng. "
                f"Chọn cổng khác, ví dụ: TUANHOC_PORT={8001 if PORT == '8000' else 8000} scripts/run",
                file=sys.stderr,
            )
            return 1
    return 0


def answers(running: list["subprocess.Popen[bytes]"], told: list[int]) -> bool:
    """Wait until the web process takes connections."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not told and all(process.poll() is None for process in running):
        with socket.socket() as trial:
            trial.settimeout(1)
            if trial.connect_ex(("127.0.0.1", int(PORT))) == 0:
                return True
        time.sleep(0.1)
    return False


def stop(running: list["subprocess.Popen[bytes]"]) -> None:
    """Ask every process to stop, then make it; whatever it started goes with it."""
    for process in running:
        signal_group(process, signal.SIGTERM)
    for process in running:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        # The leader may be gone and a child not: the group is told in any case.
        signal_group(process, signal.SIGKILL)
        process.wait()


def signal_group(process: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    """Send a signal to a process and all it started; those already gone are no error."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def greeting() -> str:
    """Return what a person at the terminal wants to know."""
    lines = ["", f"  Tuần Học đang chạy:  {SITE}", ""]
    if os.environ.get("TUANHOC_SAMPLE", "1").lower() in {"1", "true", "yes", "on"}:
        lines += [
            "  Xem thử với từng vai, một lần bấm:",
            f"    Chuyên viên Sở GDĐT (điều phối)     {SITE}/mau/vao/dieu-phoi/",
            f"    Chuyên viên huyện Ninh Sơn          {SITE}/mau/vao/huyen/",
            f"    Một trường học, bằng liên kết       {SITE}/mau/vao/truong/",
            f"    Cổng công khai                      {SITE}/",
        ]
    else:
        lines += [f"    Cổng công khai      {SITE}/", f"    Đơn vị, điều phối   {SITE}/lam-viec/"]
    lines += ["", f"  Dữ liệu ở {os.environ.get('TUANHOC_DATA', 'var')}. PDF không cần cài thêm gì: phông chữ đi kèm."]
    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        lines.append("  Muốn đọc cả tệp .doc cũ: cài LibreOffice (apt install libreoffice-writer-nogui).")
    return "\n".join([*lines, "", "  Nhấn Ctrl-C để dừng."])


if __name__ == "__main__":
    sys.exit(main())
