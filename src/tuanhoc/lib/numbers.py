"""Numbers the Vietnamese way."""


def grouped(number: int) -> str:
    """Return a whole number with dots between thousands.

    >>> grouped(1234567)
    '1.234.567'
    """
    return f"{number:,}".replace(",", ".")


def share(part: int, whole: int) -> int:
    """Return how many of a hundred ``part`` of ``whole`` are, as every page says it.

    To the nearest whole, as a reader's calculator has it; but 100 only of all of them, and at least 1 of any, so that
    0 means none. Of nothing it is 0: who shows it says beforehand that there is nothing.

    >>> share(17, 21), share(291, 390), share(999, 1000), share(1, 1000), share(0, 7), share(7, 7), share(0, 0)
    (81, 75, 99, 1, 0, 100, 0)
    """
    if not whole or part in (0, whole):
        return 100 if part and part == whole else 0
    return min(max((200 * part + whole) // (2 * whole), 1), 99)


def in_prose(number: int) -> str:
    """Return a count as official prose writes it: with a zero below ten, with dots from a thousand.

    >>> in_prose(3), in_prose(1234)
    ('03', '1.234')
    """
    return f"{number:02d}" if 0 < number < 10 else grouped(number)


def whole(text: str) -> int | None:
    """Return the number a page sent back, None when it is none or longer than any number of ours.

    >>> whole("12"), whole("-1"), whole("9" * 5000)
    (12, None, None)
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 15 else None


def roman(number: int) -> str:
    """Return an upper-case Roman number, as annexes are numbered.

    >>> roman(14)
    'XIV'
    """
    out = ""
    for value, letters in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        count, number = divmod(number, value)
        out += letters * count
    return out
