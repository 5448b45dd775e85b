"""Take the README's pictures from a running sample: ``pictures.py SITE FOLDER``. Called by ``scripts/pictures``."""

import io
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
]  # fmt: skip
#: Bytes; a README with six pictures must open on a weak network too.
MOST = 150_000
CODE = "ninh-thuan-2022"
DESK, PHONE = (1280, 860), (390, 844)


def main(site: str, folder: Path) -> None:
    """Take every picture; the stage is chosen so that each page has something to show."""
    wait_for(site)
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        stage(browser, site, "trong-tuan-le")
        shoot(browser, folder / "portal.webp", DESK, lambda page: page.goto(site))
        shoot(browser, folder / "portal-phone.webp", PHONE, lambda page: page.goto(site))
        paper(browser, site, folder / "schedule-word.webp")
        stage(browser, site, "sap-het-han")
        shoot(browser, folder / "board.webp", DESK, lambda page: board(page, site))
        shoot(browser, folder / "reminders.webp", DESK, lambda page: desk_page(page, site, "nhac"))
        shoot(browser, folder / "leader.webp", DESK, lambda page: desk_page(page, site, "lanh-dao"))
        shoot(browser, folder / "review.webp", DESK, lambda page: review(page, site))
        shoot(browser, folder / "form.webp", DESK, lambda page: form(page, site))
        shoot(browser, folder / "sheet.webp", DESK, lambda page: sheet(page, site))
        shoot(browser, folder / "sheet-phone.webp", PHONE, lambda page: sheet(page, site))
        stage(browser, site, "trong-tuan-le")
        browser.close()


def wait_for(site: str) -> None:
    """Wait until the site answers."""
    for _ in range(100):
        try:
            urllib.request.urlopen(site, timeout=5).close()  # noqa: S310 - our own site on loopback
            return
        except OSError:
            time.sleep(0.3)
    raise SystemExit(f"{site} does not answer")


def stage(browser: Browser, site: str, slug: str) -> None:
    """Move the time bar as a visitor would."""
    page = browser.new_page()
    page.goto(f"{site}/mau/thoi-gian/?den={slug}")
    page.get_by_role("button", name="Chuyển tới ngày").click()
    page.wait_for_url(f"{site}/")
    page.close()


def enter(page: Page, site: str, who: str) -> None:
    """Sign in by one of the sample's cards."""
    page.goto(f"{site}/mau/vao/{who}/")
    page.locator("main form button").click()


def desk_page(page: Page, site: str, name: str) -> None:
    """One of the coordinator's pages of the Week."""
    enter(page, site, "dieu-phoi")
    page.goto(f"{site}/lam-viec/{name}/{CODE}/")


def board(page: Page, site: str) -> None:
    """The coordinator's board of the whole roster."""
    enter(page, site, "dieu-phoi")
    page.goto(f"{site}/lam-viec/bang/{CODE}/")


def review(page: Page, site: str) -> None:
    """The first registration in the queue, as the coordinator looks at it."""
    enter(page, site, "dieu-phoi")
    page.goto(f"{site}/lam-viec/hang-doi/")
    page.locator("main a[href*='/xem/']").first.click()


def form(page: Page, site: str) -> None:
    """A Word form that waits, what was read of it beside the file."""
    enter(page, site, "dieu-phoi")
    page.goto(f"{site}/lam-viec/tep-word/{CODE}/")
    page.locator("main a[href*='/tep-word/tep/'], main table a").first.click()


def sheet(page: Page, site: str) -> None:
    """A school's registration, three lines written."""
    enter(page, site, "truong")
    page.locator("main form button").click()
    lines = (
        ("01/10", "07:00", "Sân trường", "Lễ phát động Tuần lễ hưởng ứng học tập suốt đời"),
        ("02/10", "14:00", "Phòng máy", "Lớp kỹ năng số cho phụ huynh và người cao tuổi"),
        ("03/10", "08:00", "Thư viện", "Ngày hội đổi sách cũ lấy sách mới"),
    )
    for day, *texts in lines:
        section = page.locator(".day").filter(has_text=day).first
        if not section.locator("[data-cell=content]").count():
            section.get_by_role("button", name="+ Thêm hoạt động").click()
        for cell, text in zip(("starts_at", "place", "content"), texts, strict=True):
            section.locator(f"[data-cell={cell}]").first.fill(text)
    page.get_by_text("Đã lưu lúc").wait_for()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")


def shoot(browser: Browser, path: Path, size: tuple[int, int], go: Callable[[Page], object]) -> None:
    """Take one picture of what ``go`` opens."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="vi-VN")
    page = context.new_page()
    go(page)
    page.wait_for_load_state("networkidle")
    save(Image.open(io.BytesIO(page.screenshot())), path)
    context.close()


def paper(browser: Browser, site: str, path: Path) -> None:
    """The first page of the merged schedule as Word shows it."""
    if not (shutil.which("soffice") and shutil.which("pdftoppm")):
        print("schedule-word.webp left out: it needs LibreOffice and poppler-utils")
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "django", "schedule", "export", "--campaign", CODE, "--format", "docx"]
        subprocess.run([*command, "-o", f"{folder}/lich.docx"], check=True)  # noqa: S603
        office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
        subprocess.run([*office, "--outdir", folder, f"{folder}/lich.docx"], check=True, timeout=180)  # noqa: S603
        subprocess.run(["pdftoppm", "-r", "80", "-l", "1", "-png", f"{folder}/lich.pdf", f"{folder}/page"], check=True)  # noqa: S603, S607
        save(Image.open(next(Path(folder).glob("page*.png"))), path)


def save(picture: Image.Image, path: Path) -> None:
    """Keep a picture as WebP, as good as fits."""
    for quality in (90, 82, 74, 66, 58):
        picture.convert("RGB").save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size <= MOST:
            return
    raise SystemExit(f"{path} is {path.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), Path(sys.argv[2]))
