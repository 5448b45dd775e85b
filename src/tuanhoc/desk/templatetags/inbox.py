"""What pages say of Word forms that wait for me."""

from collections.abc import Mapping
from typing import Any

from django import template

from tuanhoc.campaigns.models import Campaign
from tuanhoc.intake import access

register = template.Library()


@register.inclusion_tag("desk/_forms_waiting.html", takes_context=True)
def forms_waiting(context: Mapping[str, Any], campaign: Campaign) -> dict[str, object]:
    """Say how many forms and messages wait for me; nothing for whoever takes none in. Five queries at most."""
    inbox = access.inbox_in(context["actor"], campaign)
    waiting = access.forms_in(inbox).to_confirm().count() if inbox else 0
    mails = access.mails_in(inbox).waiting().count() if inbox else 0
    return {"campaign": campaign, "takes_in": inbox is not None, "waiting": waiting, "mails": mails}
