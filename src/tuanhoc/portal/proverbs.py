"""Folk proverbs about learning, without an author, one a day on the calendar leaf."""

import datetime as dt

PROVERBS = (
    "Đi một ngày đàng, học một sàng khôn.",
    "Học thầy không tày học bạn.",
    "Học ăn, học nói, học gói, học mở.",
    "Có công mài sắt, có ngày nên kim.",
    "Dốt đến đâu học lâu cũng biết.",
    "Ăn vóc học hay.",
    "Một kho vàng không bằng một nang chữ.",
)


def of_day(day: dt.date) -> str:
    """Return the day's proverb; the seven of a week are all different."""
    return PROVERBS[day.toordinal() % len(PROVERBS)]
