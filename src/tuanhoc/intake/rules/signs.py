"""What tells whose a form is, and what was concluded: with reasons as codes, put into words where they are shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tuanhoc.lib.refusal import N_

#: From here on a match needs no second look; below ``LIKELY`` nothing is proposed.
SURE = 0.9
LIKELY = 0.7

#: A reason: its code, and what its words quote.
Because = tuple[str, str]

#: code -> words; "%s" takes what is quoted.
REASONS = {
    "line": N_("Tên trong mẫu “%s” trùng với tên đơn vị."),
    "letterhead": N_("Theo tiêu đề văn bản “%s”."),
    "file_name": N_("Theo tên tệp “%s”."),
    "subject": N_("Theo tiêu đề thư “%s”: xin kiểm tra."),
    "similar": N_("Gần giống tên trong tệp “%s”: xin kiểm tra."),
    "line_unknown": N_("Tên ghi trong mẫu chưa khớp đơn vị nào: xin kiểm tra."),
    "elsewhere": N_("Nhưng chỗ khác trong tệp nói “%s”: xin kiểm tra."),
    "several": N_("Nhiều đơn vị có tên như vậy: xin chọn đơn vị."),
    "unsure": N_("Chưa chắc là đơn vị nào: xin chọn đơn vị."),
    "nothing": N_("Tệp không nói rõ đơn vị nào gửi: xin chọn đơn vị."),
    "sender_agrees": N_("Người gửi là đầu mối của đơn vị (%s)."),
    "sender_above": N_("Cấp trên gửi thay: %s."),
    "sender_other": N_("Nhưng người gửi là đầu mối của %s: xin kiểm tra."),
    "sender_decides": N_("Trong các đơn vị cùng tên, người gửi là đầu mối của %s."),
    "sender_only": N_("Tệp không nêu tên; người gửi là đầu mối của %s: xin kiểm tra."),
    "sender_doubted": N_("Máy chủ thư báo địa chỉ gửi “%s” có thể bị giả mạo: xin kiểm tra."),
    "sender_domain": N_("Địa chỉ gửi cùng tên miền với %s."),
    "chosen": N_("%s đã chọn đơn vị này."),
    "own": N_("Đơn vị tự đưa tệp lên."),
    "own_elsewhere": N_("Tên ghi trong tệp giống một đơn vị khác: xin kiểm tra đúng tệp của đơn vị mình."),
    #: kept before reasons had codes
    "said": "%s",
}


def in_words(because: Sequence[Sequence[str]], translated: Callable[[str], str] = str) -> str:
    """Return reasons as sentences. A code this version does not know is left out."""
    said = [(REASONS[code], quoted) for code, quoted in because if code in REASONS]
    return " ".join(translated(words).replace("%s", quoted) for words, quoted in said)


@dataclass(frozen=True, slots=True)
class Known:
    """A unit that may have sent a form. ``above``: the names of the units over it, higher ones first."""

    pk: int
    name: str
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a form by mail: the units that have the address among their contacts, and those of its domain alone.

    Anybody can write any address above a letter, so that it confirms what the paper says and seldom decides alone.
    """

    address: str
    #: by the address above the message, or above one forwarded inside it
    contact_of: tuple[int, ...] = ()
    domain_of: tuple[int, ...] = ()
    #: by the address above the message alone: whoever is answered
    direct: tuple[int, ...] = ()
    #: above the message; it may name the unit where the form does not
    subject: str = ""
    #: by the word of a mail server, the address is not who sent it
    is_doubted: bool = False


@dataclass(frozen=True, slots=True)
class Signs:
    """What a file says about who sent it."""

    #: on the line printed for it
    organisation: str = ""
    #: somewhere else in the form; only makes the file's name alone less certain
    named_elsewhere: str = ""
    letterhead: Sequence[str] = ()
    file_name: str = ""
    sender: Sender | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """The unit believed to have sent a form, None when it is not certain; ``others`` the next best, best first."""

    pk: int | None
    score: float
    because: tuple[Because, ...] = ()
    others: tuple[int, ...] = ()

    @property
    def reason(self) -> str:
        """The reasons in Vietnamese."""
        return in_words(self.because)
