"""What officers do: the coordinator's days and the districts' reviews, all through the pages, every press counted."""

import re
import time
from collections.abc import Collection
from urllib.parse import quote

from lxml import html

from tuanhoc.units.sheets import rows_of_data

from .browser import Broken, Browser, Page
from .post import Post
from .world import CODE

_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w")
_PK = re.compile(r"/xem/(\d+)/")


class Officer:
    """One person with an account."""

    def __init__(self, browser: Browser, post: Post, email: str, name: str) -> None:
        self.browser, self._post, self.email, self.name = browser, post, email, name

    def sign_in(self) -> None:
        """By a code that comes by mail."""
        asked_at = time.time()
        page = self.browser.get("/tai-khoan/login/code/")
        form = _must(page, page.form(action="/login/code/"))
        page = self.browser.send(page, form, fields={"email": self.email})
        code = self._post.code_for(self.email, after=asked_at - 1)
        form = _must(page, page.form(action="/code/confirm/"))
        page = self.browser.send(page, form, fields={"code": code})
        if not page.path.startswith("/lam-viec/"):
            raise Broken(f"{self.name} is not let in: {page.path} {page.said()}")

    def review(self, faulty: Collection[str]) -> list[str]:
        """Accept all without a warning at one stroke, give back what the faulty sent, accept the rest; return whom."""
        given_back: list[str] = []
        for _turn in range(12):
            page = self.browser.get(f"/lam-viec/hang-doi/?dot={CODE}")
            form = page.form(ident="queue")
            if form is None:
                return given_back
            clean = page.find("//input[@name='chon'][@data-clean]")
            if clean and len(clean) < len(page.find("//input[@name='chon']")):
                page = self.browser.get(f"/lam-viec/hang-doi/?dot={CODE}&nhac=khong")
                form = _must(page, page.form(ident="queue"))
                clean = page.find("//input[@name='chon'][@data-clean]")
            if clean:
                self._accept_all(page, form)
                continue
            given_back += self._look_at_the_others(page, form, faulty)
        return given_back

    def _accept_all(self, page: Page, form: html.HtmlElement) -> None:
        page = self.browser.send(page, form, button="do=accept", fields={"tat-ca-khop": "on"})
        self._confirm(page)

    def _look_at_the_others(self, page: Page, form: html.HtmlElement, faulty: Collection[str]) -> list[str]:
        picked, back, names = [], [], []
        for line in page.find("//tr[.//input[@name='chon']]"):
            value = line.xpath(".//input[@name='chon']/@value")[0]
            name = " ".join(line.xpath(".//a[contains(@href, '/xem/')]")[0].text_content().split())
            (back if name in faulty else picked).append(value)
            names += [name] if name in faulty else []
        if back:
            buttons = page.find("//button[starts-with(@value, 'return:')]/@value")
            code = next((b for b in buttons if "place" in b or "dia-diem" in b), buttons[0])
            answer = self.browser.send(page, form, button=f"do={code}", fields={"chon": back})
            self._confirm(answer, reason="Đề nghị bổ sung địa điểm cụ thể để đưa vào lịch tổng hợp.")
        elif picked:
            self.browser.send(page, form, button="do=accept", fields={"chon": picked})
        return names

    def _confirm(self, page: Page, *, reason: str = "") -> None:
        form = page.form(button="xac-nhan=1")
        if form is None:
            return
        fields = {"reason": reason} if reason and not dict(form.form_values()).get("reason") else {}
        self.browser.send(page, form, button="xac-nhan=1", fields=fields)


class Coordinator(Officer):
    """The officer at the education department."""

    def open_call(self) -> None:
        page = self.browser.get(f"/lam-viec/dot/{CODE}/mo/")
        form = page.form(action="") if "/mo/" in page.path else None
        form = (
            next((f for f in page.doc.forms if "Mở đăng ký cho" in f.text_content()), None)
            if form is not None
            else None
        )
        if form is not None:
            self.browser.send(page, form)

    def links_by_hand(self) -> dict[str, str]:
        """Take away the sheet of links, to send by Zalo where there is no mail; return unit name -> link."""
        page = self.browser.get(f"/lam-viec/moi-don-vi/{CODE}/")
        page = self.browser.send(page, _must(page, page.form(button="do=contacts")), button="do=contacts")
        rows = rows_of_data(page.body)
        return {row[0]: re.sub(r"^https?://[^/]+", "", row[-1]) for row in rows if "/l/" in row[-1]}

    def failed_letters(self) -> set[str]:
        """Look through the letters that did not arrive; return their addresses."""
        addresses: set[str] = set()
        for number in range(1, 40):
            page = self.browser.get(f"/lam-viec/thu/{CODE}/?trang-thai=failed&trang={number}")
            found = {word.lower() for word in _ADDRESS.findall(page.text)}
            if found <= addresses:
                break
            addresses |= found
        return addresses

    def look_round(self) -> None:
        """See in the morning how it stands."""
        self.browser.get("/lam-viec/")
        self.browser.get(f"/lam-viec/bang/{CODE}/")

    def remind(self) -> tuple[int, str]:
        """Open the dry run, press send; return how many letters it was, and what was said."""
        page = self.browser.get(f"/lam-viec/nhac/{CODE}/")
        form = next((f for f in page.doc.forms if f.xpath(".//input[@name='ngay']")), None)
        if form is None:
            return 0, " ".join(page.find("//section[contains(@class, 'remind-today')]")[0].text_content().split())[:120]
        shown = re.search(r"([\d.]+) thư", " ".join(form.getparent().text_content().split()))
        page = self.browser.send(page, form)
        return int(shown[1].replace(".", "")) if shown else 0, page.path

    def call_list(self) -> list[tuple[str, ...]]:
        """Take the call list away: name, role, telephone, Zalo, mail, unit, deadline, why, state, …; a row a unit."""
        page = self.browser.get(f"/lam-viec/goi/{CODE}/danh-sach.xlsx")
        return [tuple(row) for row in rows_of_data(page.body)][1:]

    def phone(self) -> int:
        """Phone everybody who is to be phoned, and write down that it was done; return how many."""
        called = 0
        page = self.browser.get(f"/lam-viec/goi/{CODE}/")
        while (form := page.form(button="outcome=reached")) is not None and called < 600:
            page = self.browser.send(page, form, button="outcome=reached", fields={"note": "Hẹn gửi trong ngày."})
            called += 1
        return called

    def extend(self, day: str) -> None:
        """Extend the deadline for all, with notice."""
        page = self.browser.get(f"/lam-viec/han/{CODE}/")
        form = _must(page, page.form(button="do=extend"))
        page = self.browser.send(
            page,
            form,
            button="do=extend",
            fields={"to_day": day, "to_time": "", "reason": "Bão số 4, nhiều nơi mất điện."},
        )
        form = page.form(button="do=move")
        if form is not None and "Đổi hạn như thế này" in page.text:
            self.browser.send(page, form, button="do=move")

    def lock(self) -> None:
        page = self.browser.get(f"/lam-viec/han/{CODE}/")
        form = page.form(button="do=lock")
        if form is not None:
            self.browser.send(page, form, button="do=lock")

    def give_exceptions(self, names: Collection[str], day: str) -> None:
        for name in names:
            page = self.browser.get(f"/lam-viec/han/{CODE}/don-vi/?q={quote(name)}")
            form = _must(page, page.form(button="do=preview"))
            # A search without marks finds Thanh Hải and Thành Hải: the name that is read decides.
            rows = [row for row in page.find("//tr[.//input[@name='don-vi']]") if name in _read(row)]
            pks = [pk for row in rows for pk in row.xpath(".//input[@name='don-vi']/@value")]
            fields = {
                "don-vi": pks,
                "end_day": day,
                "end_time": "",
                "how": "late",
                "reason": "Đơn vị đề nghị qua điện thoại.",
            }
            page = self.browser.send(page, form, button="do=preview", fields=fields)
            form = page.form(button="do=give")
            if form is not None:
                self.browser.send(page, form, button="do=give")

    def answer_unlocks(self, day: str) -> int:
        answered = 0
        while True:
            page = self.browser.get(f"/lam-viec/han/{CODE}/de-nghi/")
            form = page.form(button="do=yes")
            if form is None:
                return answered
            fields = {"end_day": day, "end_time": "", "words": "Đồng ý, mong đơn vị nộp đúng ngày."}
            self.browser.send(page, form, button="do=yes", fields=fields)
            answered += 1

    def release(self) -> None:
        page = self.browser.get(f"/lam-viec/lich/{CODE}/")
        form = page.form(button="do=release")
        if form is not None:
            self.browser.send(page, form, button="do=release")


def _read(row: html.HtmlElement) -> str:
    return " ".join(row.text_content().split())


def _must(page: Page, form: html.HtmlElement | None) -> html.HtmlElement:
    if form is None:
        raise Broken(f"{page.path} {page.status} has not the form that was expected: {page.said()}")
    return form
