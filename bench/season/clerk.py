"""The coordinator at the inbox: what is clear at one stroke, the rest file by file, then what nobody could read."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from lxml import html

from .browser import Broken, Browser, Page
from .world import CODE

INBOX = f"/lam-viec/tep-word/{CODE}/"
_FILE = re.compile(r"/tep/(\d+)/")
_KEY = re.compile(r"Lich (\S+) \d+\.(?:docx|jpg)")
_WEEK = re.compile(r"0?[1-7]/10/2022")


class Clerk:
    """Clears the inbox as the pages offer it. ``names``: a unit's key, which its files bear, to its name."""

    def __init__(self, browser: Browser, names: Mapping[str, str], words: Callable[[str], str]) -> None:
        self._browser, self._names, self._by_words = browser, names, words
        #: keys of the units that have to be asked; kept when an answer is lost half way
        self.to_ask: list[str] = []
        #: forms that looked right and were refused, and why
        self.refused: list[str] = []
        self.at_one_stroke = self.by_hand = self.aside = 0

    def clear(self) -> None:
        self._confirm_the_good()
        seen: set[str] = set()
        while (page := self._next(seen)) is not None:
            self._look(page, seen)
        self._unreadable()
        for pile in ("cho", "khong"):
            self._browser.get(f"/lam-viec/thu-den/{CODE}/?trang-thai={pile}")

    def _confirm_the_good(self) -> None:
        page = self._browser.get(INBOX)
        form = next((f for f in page.doc.forms if f.xpath(".//input[@name='den']")), None)
        if form is not None:
            found = re.search(r"Xác nhận ([\d.]+) tệp", " ".join(form.text_content().split()))
            self._browser.send(page, form)
            self.at_one_stroke += int(found[1].replace(".", "")) if found else 0

    def _next(self, seen: set[str]) -> Page | None:
        first = self._browser.get(INBOX).find("//a[@data-first]/@href")
        found = _FILE.search(first[0]) if first else None
        if found is None or found[1] in seen:
            return None
        return self._browser.get(first[0])

    def _look(self, page: Page, seen: set[str]) -> None:
        """Decide about one file after the other, as long as the page leads on to the next."""
        while (found := _FILE.search(page.path)) is not None and found[1] not in seen:
            seen.add(found[1])
            page = self._decide(page, found[1])

    def _decide(self, page: Page, pk: str) -> Page:
        form = page.form(ident="form-rows")
        if form is None:
            return page
        page, form = self._settle_pieces(page, form)
        days = [f.get("value") or "" for f in form.xpath(".//input[contains(@name, '-held_on')]")]
        is_right = days and all(_WEEK.fullmatch(day) for day in days) and not page.find("//*[@class='badge nowrap']")
        do = next((b for b in ("do=confirm", "do=replace") if page.form(ident="form-rows", button=b) is not None), "")
        key = self._key(page)
        if not is_right or not do or self._is_photo(page):
            if not is_right or self._is_photo(page):
                self._ask(key)
            self.aside += 1
            return self._browser.send(page, form, button="do=aside")
        answer = self._browser.send(page, form, button=do, fields=self._unit(form, key))
        led_to = _FILE.search(answer.path)
        if answer.status == 409 or (led_to and led_to[1] == pk):
            # One that cannot be confirmed must not hold up those behind it.
            self.refused.append(f"{key}: {answer.said()}")
            self._ask(key)
            self.aside += 1
            form = answer.form(ident="form-rows")
            return answer if form is None else self._browser.send(answer, form, button="do=aside")
        self.by_hand += 1
        return answer

    def _settle_pieces(self, page: Page, form: html.HtmlElement) -> tuple[Page, html.HtmlElement]:
        for _piece in range(12):
            buttons = form.xpath(".//button[@value='aside_rest' or starts-with(@value, 'aside:')]/@value")
            if not buttons:
                break
            button = "aside_rest" if "aside_rest" in buttons else buttons[0]
            page = self._browser.send(page, form, button=f"do={button}", fields=self._unit(form, self._key(page)))
            form = page.form(ident="form-rows")
            if form is None:
                raise Broken(f"{page.path} lost its form: {page.said()}")
        return page, form

    def _unit(self, form: html.HtmlElement, key: str) -> dict[str, Any]:
        """Choose the unit the file is from, where the page has not."""
        name = self._names.get(key, "")
        ticked = form.xpath(".//label[.//input[@name='don_vi'][@checked]]//strong")
        if not name or (ticked and " ".join(ticked[0].text_content().split()) == name):
            return {}
        return {"don_vi_khac": name}

    def _key(self, page: Page) -> str:
        name = " ".join(each.text_content() for each in page.find("//p//span[@class='file-name']")[:1])
        found = _KEY.search(name)
        return found[1] if found else self._by_words(page.text)

    @staticmethod
    def _is_photo(page: Page) -> bool:
        return any(".jpg" in each.text_content() for each in page.find("//p//span[@class='file-name']")[:1])

    def _unreadable(self) -> None:
        """Ask the units whose file nobody could read, and put the file aside."""
        for _page in range(400):
            listed = self._browser.get(f"{INBOX}?trang-thai=unreadable")
            first = listed.find("//table//td[contains(@class, 'name')]//a/@href")
            if not first:
                return
            page = self._browser.get(first[0])
            form = page.form(button="do=aside")
            if form is None:
                raise Broken(f"{page.path} cannot be put aside: {page.said()}")
            self._ask(self._key(page))
            self._browser.send(page, form, button="do=aside")
            self.aside += 1

    def _ask(self, key: str) -> None:
        if key and key not in self.to_ask:
            self.to_ask.append(key)
