"""The papers of a Week by their kinds, as values that renderers print."""

from .kinds import drafted, invitations, notes_on, paper_of, reprinted, sample_form
from .reminder import named_in, reminder

__all__ = ["drafted", "invitations", "named_in", "notes_on", "paper_of", "reminder", "reprinted", "sample_form"]
