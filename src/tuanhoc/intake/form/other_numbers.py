"""Numbers beside days that are no days: lessons, classes, rounds, lengths, days of the moon."""

import re

_NUMBERS = r"\d{1,2}(?![\d/.])(?:\s*(?:,|&|va|[-–])\s*\d{1,2}(?!\d|\s*[/.-]\s*\d))*"
#: Numbers that count or name something else: "Tiết 3, 4", "lớp 8/2", "tuần 1 tháng 10", days of the moon.
_OTHERS = re.compile(
    r"(?<!\w)(?:tiet|dot|lan|hoc ky|khoi|nhom|buoi thu)\s+"
    + _NUMBERS
    + r"|(?<!\w)tuan(?: thu)?\s+\d(?![\d/.-]|\s*[-–,]|\s+den)(?:\s+(?:cua\s+)?thang\s+\d{1,2}(?!\d))?"
    r"|(?<!\w)(?:lop|to|phong)\s+\d{1,2}(?:\s*[/.]\s*\d{1,2})?(?![\d/])"
    r"|[(\s]*(?:(?:tuc(?: la)?|nham|ngay|mung|mong)\s+)*\d{1,2}\s*(?:[/.-]|thang)\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?"
    r"\s*\(?(?:am lich|al)\b"
)
#: How long something lasts is no day: "trong 02 ngày 03 và 04/10", "1/2 ngày".
_LASTING = re.compile(
    r"(?<!\w)(?:trong|du|suot|ca|thoi luong|thoi gian)\s*:?\s+(?!7 ngay)\d{1,2}\s+ngay(?!\w)"
    r"|(?<![\w/,-])\d/\d\s+ngay(?!\w)(?!\s*thang)"
    r"|^\W*\d{1,2}\s+ngay(?=\s*[:(,]|\s+(?:tu|cac)\b|\s+\d{1,2}\s*(?:[/,&-]|va\b)|\W*$)"
)
_MAY_COUNT = re.compile(r"tiet|dot|lan|hoc ky|khoi|nhom|tuan|buoi thu|lop|to |phong|am lich|\bal\b")


def without_other_numbers(plain: str) -> tuple[str, int, tuple[int, int] | None]:
    """Cover numbers that are no days, so that nothing reads them nor joins what stands around them.

    :returns: the text, how many days something is said to last (0: it is not said), and where that stands.
    """
    lasting, length = 0, None
    if "ngay" in plain and (phrase := _LASTING.search(plain)):
        lasting, length = int(re.sub(r"\d/\d|\D", "", phrase[0]) or 0), phrase.span()
        plain = plain[: phrase.start()] + _covered(phrase) + plain[phrase.end() :]
    return (_OTHERS.sub(_covered, plain) if _MAY_COUNT.search(plain) else plain), lasting, length


def _covered(phrase: re.Match[str]) -> str:
    return "¬" * len(phrase[0])
