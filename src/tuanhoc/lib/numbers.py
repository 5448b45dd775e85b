"""Numbers the Vietnamese way."""


def grouped(number: int) -> str:
    """Return a whole number with dots between thousands.

    >>> grouped(1234567)
    '1.234.567'
    """
    return f"{number:,}".replace(",", ".")


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
