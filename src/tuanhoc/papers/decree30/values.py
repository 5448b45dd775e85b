"""What holding a document against the decree gives."""

import enum
from dataclasses import dataclass

from django.utils.translation import gettext as _

#: places of one rule that are told; of the rest their number is
_TOLD = 3


class Weight(enum.Enum):
    """How sure a finding is."""

    BROKEN = "trái quy định"
    #: the file does not tell: a person must look
    UNSURE = "chưa kết luận được"
    #: not asked by the decree, but good to have
    ADVICE = "nên làm"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule of Decree 30/2020/NĐ-CP that a document breaks, or that could not be decided, once for all its places.

    ``rule`` is a stable code (``issuer.bold``); ``said`` is what stands there, ``expected`` what should;
    ``clause`` is within Phụ lục I, Phần I: ``Mục II, khoản 2b``.
    """

    rule: str
    places: tuple[str, ...]
    said: str
    expected: str
    clause: str
    weight: Weight = Weight.BROKEN

    @property
    def where(self) -> str:
        told = "; ".join(self.places[:_TOLD])
        more = len(self.places) - _TOLD
        return _("%(places)s và %(more)d chỗ khác") % {"places": told, "more": more} if more > 0 else told
