"""Documents plans keep citing after others have taken their place: dated, to be added to."""

import datetime as dt
from typing import NamedTuple


class Replaced(NamedTuple):
    """``issued_in`` tells apart decisions whose symbol bears no year; ``since`` is a day, or a year when no
    more exact day is known to us."""

    symbol: str
    issued_in: int
    since: dt.date | int
    by: str


REPLACED = (
    # Spending on the learning society: 07/2018 served the programme of 2012–2020, 17/2022 that of 2021–2030.
    Replaced("07/2018/TT-BTC", 2018, 2022, "Thông tư 17/2022/TT-BTC"),
    Replaced("89/QĐ-TTg", 2013, dt.date(2021, 7, 30), "Quyết định 1373/QĐ-TTg ngày 30/7/2021"),
    Replaced("281/QĐ-TTg", 2014, 2022, "Quyết định 387/QĐ-TTg và 677/QĐ-TTg"),
    Replaced("112/2005/QĐ-TTg", 2005, dt.date(2013, 1, 9), "Quyết định 89/QĐ-TTg ngày 09/01/2013"),
    Replaced("11/2003/QH11", 2003, dt.date(2016, 1, 1), "Luật Tổ chức chính quyền địa phương 77/2015/QH13"),
    Replaced("77/2015/QH13", 2015, dt.date(2025, 3, 1), "Luật Tổ chức chính quyền địa phương 65/2025/QH15"),
    Replaced("65/2025/QH15", 2025, dt.date(2025, 6, 16), "Luật Tổ chức chính quyền địa phương 72/2025/QH15"),
    Replaced("83/2015/QH13", 2015, dt.date(2026, 1, 1), "Luật Ngân sách nhà nước 89/2025/QH15"),
    Replaced("15/2003/QH11", 2003, dt.date(2024, 1, 1), "Luật Thi đua, khen thưởng 06/2022/QH15"),
    Replaced("38/2005/QH11", 2005, dt.date(2020, 7, 1), "Luật Giáo dục 43/2019/QH14"),
    Replaced("110/2004/NĐ-CP", 2004, dt.date(2020, 3, 5), "Nghị định 30/2020/NĐ-CP"),
)


def stale_because(
    normalized: str, *, issued_on: dt.date | None, made_on: dt.date | None, year: int | None
) -> str | None:
    """Say in Vietnamese why a document no longer stood when the plan was made, else None.

    :param made_on: the plan's day, as exact as the plan tells; ``year`` serves where it does not.
    """
    for row in REPLACED:
        if row.symbol == normalized and (issued_on is None or issued_on.year == row.issued_in):
            return _reason(row) if _had_begun(row.since, made_on, year) else None
    return None


def _had_begun(since: dt.date | int, made_on: dt.date | None, year: int | None) -> bool:
    of_year = made_on.year if made_on else year
    if isinstance(since, int):
        return of_year is not None and of_year >= since
    return made_on >= since if made_on else of_year is not None and of_year > since.year


def _reason(row: Replaced) -> str:
    since = f"năm {row.since}" if isinstance(row.since, int) else f"ngày {row.since:%d/%m/%Y}"
    return f"{row.symbol} đã được thay thế bằng {row.by} từ {since}."
