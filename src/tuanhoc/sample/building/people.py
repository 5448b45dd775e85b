"""Who acts in the sample: officers of units, districts and the province, as actors."""

from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.lib.actor import Actor, Role, SeatValue
from tuanhoc.sample import rules

_DISTRICTS = {officer.unit_key: officer.name for officer in rules.DISTRICT_OFFICERS}


def coordinator(campaign: Campaign) -> Actor:
    """Return the provincial officer."""
    return Actor(name=rules.COORDINATOR.name, seats=(SeatValue(Role.COORDINATOR, campaign_id=campaign.pk),))


def officer_of(host: RosterUnit) -> Actor:
    """Return the person who registers for a unit."""
    return Actor(name=host.name, seats=(SeatValue(Role.OFFICER, unit_id=host.unit_id),))


def reviewer_of(host: RosterUnit) -> Actor:
    """Return who looks at a unit's registration: its district's officer, or the coordinator."""
    if host.reviewer is None:
        return coordinator(host.campaign)
    seat = SeatValue(Role.OFFICER, unit_id=host.reviewer.unit_id)
    return Actor(name=_DISTRICTS[host.reviewer.unit.key], seats=(seat,))
