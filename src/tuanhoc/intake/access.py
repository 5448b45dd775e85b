"""Who may see and confirm units' Word forms: the coordinator all of them, a district those it took in itself,
a unit the one it brought to its own sheet or sent by mail from an address that is known as its own."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from tuanhoc.activities.access import reachable, to_review
from tuanhoc.campaigns.models import Campaign, RosterUnit, RosterUnitQuerySet
from tuanhoc.lib.actor import Actor, Role

from .models import ConfirmationBatch, Drop, FormFile, FormFileQuerySet, MailMessage, MailMessageQuerySet

#: Who handles forms at a unit; a viewer looks at registrations, not at mail.
HANDLING = frozenset({Role.OFFICER, Role.HEAD})


@dataclass(frozen=True, slots=True)
class Inbox:
    """Where an actor takes forms in: a Week, and for a district the unit it sits at."""

    campaign: Campaign
    taken_in_by: RosterUnit | None


def inbox_for(actor: Actor, code: str) -> Inbox:
    """Return the inbox of the Week ``code``; 404 for whoever takes in nobody else's forms."""
    campaign = Campaign.objects.select_related("coordinator", "province").filter(code=code).first()
    inbox = inbox_in(actor, campaign) if campaign else None
    if inbox is None:
        raise Http404
    return inbox


def inbox_in(actor: Actor, campaign: Campaign) -> Inbox | None:
    """Return where the actor takes forms in for this Week: the coordinator, or a unit that reviews others."""
    if actor.coordinates(campaign.pk):
        return Inbox(campaign, None)
    seats = [s.unit_id for s in actor.seats if s.unit_id is not None and s.role in HANDLING and not s.alone]
    seated = RosterUnit.objects.filter(campaign=campaign, unit_id__in=seats).in_reading_order()
    for unit in seated:
        if RosterUnit.objects.filter(campaign=campaign, reviewer__path__startswith=unit.path).exists():
            return Inbox(campaign, unit)
    return None


def forms_in(inbox: Inbox) -> FormFileQuerySet:
    """Return the forms of an inbox: the coordinator's holds the districts' too, none holds units' own uploads."""
    forms = FormFile.objects.filter(campaign=inbox.campaign, is_own=False)
    if inbox.taken_in_by is None:
        return forms
    return forms.filter(taken_in_by__path__startswith=inbox.taken_in_by.path)


def hosts_in(inbox: Inbox, actor: Actor) -> RosterUnitQuerySet:
    """Return the units whose forms may be confirmed here: the whole roster, or what a district reviews and itself."""
    if inbox.taken_in_by is None:
        return RosterUnit.objects.filter(campaign=inbox.campaign)
    own = Q(pk=inbox.taken_in_by.pk)
    return RosterUnit.objects.filter(own | Q(pk__in=to_review(actor)), campaign=inbox.campaign)


def batch_for(actor: Actor, code: str, pk: int) -> tuple[Inbox, ConfirmationBatch]:
    """Return one confirmation of many with its inbox: the coordinator's are all of the Week, a district's its own."""
    inbox = inbox_for(actor, code)
    batch = ConfirmationBatch.objects.select_related("taken_in_by").filter(pk=pk, campaign=inbox.campaign).first()
    if batch is None or (inbox.taken_in_by is not None and batch.taken_in_by_id != inbox.taken_in_by.pk):
        raise Http404
    return inbox, batch


def form_file_for(actor: Actor, pk: int) -> FormFile:
    """Return a form its actor may handle; anybody else gets 404."""
    form = (
        FormFile.objects.select_related(
            "campaign__coordinator", "campaign__province", "stored", "host__campaign", "taken_in_by", "registration"
        )
        .filter(pk=pk)
        .first()
    )
    if form is None or not _may_handle(actor, form):
        raise Http404
    return form


def _may_handle(actor: Actor, form: FormFile) -> bool:
    if actor.only_confirms:
        return False
    if actor.coordinates(form.campaign_id) or looks_as_its_unit(actor, form):
        return True
    taker = form.taken_in_by
    # A personal link is for a unit's own sheet: a district's inbox needs a person who signed in.
    if taker is None or (actor.link_id is not None and not form.is_own):
        return False
    return bool(actor.roles_over(taker.path, form.campaign_id) & HANDLING)


def looks_as_its_unit(actor: Actor, form: FormFile) -> bool:
    """Whether the actor is of the unit whose own contact sent the form by mail: its link is enough for that."""
    return form.from_contact and form.host is not None and _is_of(actor, form.host)


def _is_of(actor: Actor, host: RosterUnit) -> bool:
    """Whether the actor sits at this very unit, not above it."""
    if actor.only_confirms:
        return False
    seated = [seat for seat in actor.seats if seat.unit_id == host.unit_id and seat.role in HANDLING]
    return any(seat.only_campaign_id in {None, host.campaign_id} for seat in seated)


def takes_in(actor: Actor, form: FormFile) -> bool:
    """Whether the actor has the inbox that this form lies in; a unit looking at its own form has none."""
    inbox = None if form.is_own else inbox_in(actor, form.campaign)
    return inbox is not None and forms_in(inbox).filter(pk=form.pk).exists()


def waiting_for(actor: Actor, host: RosterUnit) -> FormFileQuerySet:
    """Return the forms that a unit's own contact sent by mail and that wait for its look."""
    if not _is_of(actor, host):
        return FormFile.objects.none()
    return FormFile.objects.filter(host=host, from_contact=True, state=FormFile.State.READ).order_by("-pk")


def mails_in(inbox: Inbox) -> MailMessageQuerySet:
    """Return the messages of an inbox: the coordinator's holds those too that may be for this Week."""
    if inbox.taken_in_by is not None:
        below = inbox.taken_in_by.path
        return MailMessage.objects.filter(campaign=inbox.campaign, taken_in_by__path__startswith=below)
    undecided = MailMessage.objects.filter(campaign=None, may_be_for=inbox.campaign).values("pk")
    return MailMessage.objects.filter(Q(campaign=inbox.campaign) | Q(pk__in=undecided))


def mail_for(inbox: Inbox, pk: int) -> MailMessage:
    """Return a message of this inbox; anybody else's is 404."""
    mail = mails_in(inbox).select_related("campaign", "stored", "taken_in_by").filter(pk=pk).first()
    if mail is None:
        raise Http404
    return mail


def drop_for(inbox: Inbox, pk: int) -> Drop:
    """Return what was dropped into this inbox; a district sees its own."""
    drop = Drop.objects.filter(pk=pk, campaign=inbox.campaign).select_related("taken_in_by").first()
    above = inbox.taken_in_by
    if drop is None or (above is not None and not (drop.taken_in_by and drop.taken_in_by.path.startswith(above.path))):
        raise Http404
    return drop


def hosts_for(actor: Actor, form: FormFile) -> RosterUnitQuerySet:
    """Return the units a form may be given to by this actor; its own unit only for one brought to its own sheet."""
    if form.host_id is not None and (form.is_own or not takes_in(actor, form)):
        return reachable(actor).filter(pk=form.host_id)
    return hosts_in(inbox_for(actor, form.campaign.code), actor)
