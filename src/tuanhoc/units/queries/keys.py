"""Keys of units that people found by name."""

from collections.abc import Collection

from tuanhoc.lib.text import fold, words
from tuanhoc.units.models import Unit


def free_key(name: str, *, also: Collection[str] = ()) -> str:
    """Return a key made of a name that no unit has. One query.

    :param also: keys that are taken besides, by units about to be founded.
    """
    stem = "-".join(words(fold(name)))
    stem = "".join(letter for letter in stem if letter.isascii())[:50].strip("-") or "don-vi"
    taken = {*Unit.objects.filter(key__startswith=stem).values_list("key", flat=True), *also}
    free = (f"{stem}-{n}" if n > 1 else stem for n in range(1, len(taken) + 2))
    return next(key for key in free if key not in taken)
