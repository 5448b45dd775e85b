"""Mail servers report in our mailbox that letters of ours did not arrive."""

from contextlib import suppress

from tuanhoc.files import actions as files
from tuanhoc.intake.events import MailTaken
from tuanhoc.intake.models import MailMessage
from tuanhoc.lib.refusal import Refusal
from tuanhoc.notices.actions import bouncing
from tuanhoc.outbox.actions import on
from tuanhoc.web import clock


@on(MailTaken)
def note_letters_that_came_back(event: MailTaken) -> None:
    """Let the rows of those letters say so."""
    mail = MailMessage.objects.select_related("stored").get(pk=event.mail_id)
    if mail.stored is not None and any(part["what"] == "report" for part in mail.parts):
        # One held in quarantine, or gone, tells nothing.
        with suppress(Refusal):
            bouncing.note_bounces(files.contents(mail.stored), at=clock.now())
