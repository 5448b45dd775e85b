"""Every rule that a file can tell, in the order of the decree."""

from . import annex, body, ending, head, page, title
from .base import Breach, Part, Rule

__all__ = ["RULES", "Breach", "Part", "Rule"]

RULES: tuple[Rule, ...] = (
    *page.RULES,
    *head.RULES,
    *title.RULES,
    *body.RULES,
    *ending.RULES,
    *annex.RULES,
)
