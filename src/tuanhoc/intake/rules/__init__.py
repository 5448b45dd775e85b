"""Pure decisions of intake: what a reading becomes, and whose it is."""

from .drafts import activity_draft, activity_drafts, campaign_draft, missing, thawed

__all__ = ["activity_draft", "activity_drafts", "campaign_draft", "missing", "thawed"]
