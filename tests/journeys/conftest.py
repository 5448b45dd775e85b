"""A real Chromium against a live server on loopback; the clock stands in the Week of 2022."""

import os
from pathlib import Path

import axe_core_python
import pytest
from playwright.sync_api import sync_playwright

# Playwright's loop makes Django think it runs asynchronously; the tests do not.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=[360, 1280], ids=["phone", "desk"])
def page(chromium, request):
    context = chromium.new_context(viewport={"width": request.param, "height": 800}, accept_downloads=True)
    page = context.new_page()
    yield page
    context.close()


AXE = next(Path(axe_core_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")


def flaws(page):
    """Return what a person would stumble over: axe's violations, and a page wider than its screen."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run().then(found => found.violations.map(v => v.id + ': ' + v.nodes[0].html))")
    if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
        found.append("wider than the screen")
    return found
