"""The Week's own papers as values: its plan, and the invitation to its opening."""

from .dress import dressed, specimen
from .heads import ended, form_for, letterhead, name_in_full, named, numbered, territory
from .invitation import Invitation, addressed_to_each, invitation
from .plan import PlanContents, cited_though_stale, contents_of, left_out, plan

__all__ = [
    "Invitation",
    "PlanContents",
    "addressed_to_each",
    "cited_though_stale",
    "contents_of",
    "dressed",
    "ended",
    "form_for",
    "invitation",
    "left_out",
    "letterhead",
    "name_in_full",
    "named",
    "numbered",
    "plan",
    "specimen",
    "territory",
]
