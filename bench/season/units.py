"""What units do: open their link, write, send a Word form, hand in, mend what came back, ask to be let in."""

import random
import re
import time
from collections.abc import Callable

from tests.form_files import Line, word_form

from tuanhoc.web import clock

from .browser import Broken, Browser, File, Page
from .post import Post
from .world import Player

_SHEET = re.compile(r"/lam-viec/dang-ky/(\d+)/")
_SHA = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"biên nhận số (\S+)")
_HOURS = ("07:30", "08:00", "14:00", "19:00")
_CONTENTS = (
    "Ngày hội đọc sách", "Lớp kỹ năng số cho người cao tuổi", "Tọa đàm về học tập suốt đời",
    "Hội thi kể chuyện theo sách",
    "Tập huấn sử dụng dịch vụ công trực tuyến", "Trưng bày sách và học liệu mở", "Nói chuyện chuyên đề sức khỏe",
)  # fmt: skip


class Closed(Exception):
    """The unit finds its sheet shut, or already taken, and can do nothing."""


class Units:
    """Plays units; bears being called from several threads, one at a time for each unit."""

    def __init__(self, post: Post, new_browser: Callable[[str], Browser], turn: random.Random) -> None:
        self._post, self._new_browser, self._seed = post, new_browser, turn.random()

    def rows_of(self, player: Player) -> list[dict[str, str]]:
        """Return a unit's rows: always the same ones; the last has no place as long as it has faults left."""
        turn = random.Random(f"{self._seed}{player.key}")
        rows = [
            {
                "held_on": f"{turn.randint(1, 7):02d}/10/2022", "starts_at": turn.choice(_HOURS),
                "place": f"Hội trường {player.name}", "content": f"{turn.choice(_CONTENTS)} của {player.name}, đợt {n}",
                "note": "", "is_public": "on",
            }
            for n in range(1, turn.randint(2, 6))
        ]  # fmt: skip
        if player.faults:
            rows[-1]["place"] = ""
        return rows

    def open_sheet(self, player: Player) -> Page:
        """Open the sheet as whoever holds the link."""
        if player.browser is None:
            browser = self._new_browser("unit")
            link = player.link or (self._post.link_for(player.email, player.name) if player.email else None)
            if link is None:
                raise Closed(f"{player.name} never got its link")
            page = browser.get(link)
            form = page.form(action="/l/")
            if form is None:
                raise Broken(f"link of {player.name}: {page.status} {page.said()}")
            page = browser.send(page, form)
            found = _SHEET.search(page.path)
            if found is None:
                raise Broken(f"the link of {player.name} led to {page.path}")
            player.host_pk, player.browser = found[1], browser
            return page
        return player.browser.get(f"/lam-viec/dang-ky/{player.host_pk}/")

    def begin(self, player: Player) -> None:
        """Write something and leave it."""
        page = self.open_sheet(player)
        form = page.form(ident="sheet")
        if form is not None:
            self._write(player, page, "save")
        player.has_begun = True

    def hand_in(self, player: Player) -> None:
        """Write the rows and hand them in; what was done already by an answer that got lost is found and believed."""
        page = self.open_sheet(player)
        wanted = len(player.receipts) + 1
        if page.form(ident="sheet") is None:
            self._believe(player, page, wanted)
            return
        if player.by_word:
            page = self._by_word(player, page)
        begun = clock.now()
        page = self._write(player, page, "submit")
        if "/bien-nhan/" not in page.path:
            raise Broken(f"{player.name} did not hand in: {page.path} {page.said()}")
        player.handed_in_at = player.handed_in_at or (begun, clock.now())
        self._keep_receipt(player, page)

    def receipt_by_mail(self, player: Player) -> None:
        """Note the receipt that came by mail for a form that went by mail."""
        for letter in self._post.to(player.email) if not player.receipts else ():
            number, sha = _NUMBER.search(letter.subject), _SHA.search(letter.body)
            if number and sha and player.name in " ".join(letter.body.split()):
                player.answered_at = letter.at
                player.receipts.append((number[1], sha[0], letter.at))
                player.by_mail.add(number[1])
                return

    def say_nil(self, player: Player) -> None:
        page = self.open_sheet(player)
        form = page.form(ident="sheet")
        if form is not None:
            page = page.browser.send(page, form, button="do=nil")
        if "không có hoạt động" not in page.text.lower() or page.form(ident="sheet") is not None:
            raise Broken(f"{player.name} could not say nil: {page.said()}")
        player.is_nil, player.answered_at = True, time.time()

    def ask_to_be_unlocked(self, player: Player) -> None:
        page = self.open_sheet(player)
        form = page.form(action="/de-nghi-mo-khoa/")
        if form is None:
            raise Broken(f"{player.name} is not locked: {page.said()}")
        page.browser.send(page, form, fields={"words": "Đơn vị mất điện hai ngày, xin nộp đến hết ngày mai."})

    def change_one(self, player: Player, *, cancel: bool) -> bool:
        """Move or cancel the first activity, if it was accepted."""
        page = self.open_sheet(player)
        form = page.form(action="/thay-doi/")
        if form is None:
            return False
        fields = {"reason": "Trùng lịch họp Hội đồng nhân dân."}
        if not cancel:
            fields |= {"held_on": "06/10/2022", "starts_at": "15:30"}
        page.browser.send(page, form, button=f"do={'cancel' if cancel else 'move'}", fields=fields)
        return True

    def _write(self, player: Player, page: Page, do: str) -> Page:
        form = page.form(ident="sheet")
        if form is None:
            raise Broken(f"{player.name} finds no sheet: {page.said()}")
        rows = {f"r-{n}-{name}": value for n, row in enumerate(self.rows_of(player)) for name, value in row.items()}
        return page.browser.send(page, form, button=f"do={do}", fields=rows, without=r"r-\d+-")

    def _by_word(self, player: Player, page: Page) -> Page:
        """Send a Word form whose last day does not exist, mend it, put it into the sheet."""
        lines: list[Line] = [
            (r["held_on"], r["place"], f"{r['starts_at']}: {r['content']}", "") for r in self.rows_of(player)
        ]
        lines[-1] = ("31/9/2022", *lines[-1][1:])
        form = page.form(action="/dua-tep/")
        if form is None:
            raise Broken(f"{player.name} cannot bring a form")
        file = File(f"lich-{player.key}.docx", word_form(player.name, lines))
        page = page.browser.send(page, form, file=("tep", file))
        if "/tep/" not in page.path:
            # Brought before, by an answer that got lost: the sheet has it, or says where it waits.
            return self.open_sheet(player)
        read = page.form(ident="form-rows")
        if read is None:
            return self.open_sheet(player)
        held_on = self.rows_of(player)[-1]["held_on"]
        for _piece in range(4):
            # What is no day stays a piece of its own until somebody sets it aside: no word of the unit is lost.
            days = {
                str(field.get("name")): held_on
                for field in read.xpath(".//input[contains(@name, '-held_on')]")
                if not (field.get("value") or "").strip() or "31/" in field.get("value")
            }
            aside = read.xpath(".//button[starts-with(@value, 'aside:')]/@value")
            if not aside:
                break
            page = page.browser.send(page, read, button=f"do={aside[0]}", fields=days)
            read = page.form(ident="form-rows")
            if read is None:
                raise Broken(f"{player.name} lost its form: {page.status} {page.said()}")
        do = next((b for b in ("do=confirm", "do=replace") if _has(page, b)), "do=save")
        page = page.browser.send(page, read, button=do, fields=days)
        if not _SHEET.search(page.path):
            raise Broken(f"{player.name} cannot put its form into the sheet: {page.status} {page.said()}")
        return self.open_sheet(player)

    def _believe(self, player: Player, page: Page, wanted: int) -> None:
        addresses = sorted({a.get("href") for a in page.find("//a[contains(@href, '/bien-nhan/')]")})
        addresses = [a for a in addresses if re.fullmatch(r"/lam-viec/bien-nhan/\d+/", a)]
        if len(addresses) < wanted:
            raise Closed(f"{player.name} finds its sheet shut with {len(addresses)} receipts: {page.said()}")
        newest = max(addresses, key=lambda a: int(a.split("/")[-2]))
        self._keep_receipt(player, page.browser.get(newest))

    def _keep_receipt(self, player: Player, page: Page) -> None:
        number = page.find("//dl/dd[1]/strong")
        sha = _SHA.search(" ".join(each.text_content() for each in page.find("//dl//code")))
        if not number or sha is None:
            raise Broken(f"no receipt at {page.path}")
        player.answered_at = time.time()
        player.receipts.append((number[0].text_content().strip(), sha[0], player.answered_at))


def _has(page: Page, button: str) -> bool:
    return page.form(ident="form-rows", button=button) is not None
