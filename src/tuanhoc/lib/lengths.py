"""Words longer than there is room for: refused with their count, never cut without a word."""

from tuanhoc.lib.numbers import grouped
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.sentences import Sentence


class TooManyLetters(Refusal):
    message = N_("“%(what)s” dài %(n)s ký tự, nhiều nhất là %(most)s: vui lòng rút gọn. Chữ đã ghi vẫn còn nguyên.")


def refuse_longer(words: str, most: int, what: str) -> None:
    """Refuse words of more than ``most`` letters, blanks at the ends not counted.

    :param what: what the page calls the field, marked for translation.
    :raises TooManyLetters: with how many they are.
    """
    count = len(words.strip())
    if count > most:
        raise TooManyLetters(what=Sentence(what, {}), n=grouped(count), most=grouped(most))
