"""The signed address by which whoever gets a reminder asks for no more, without an account and without a cookie."""

from django.core import signing

from .wording import address

_SALT = "tuanhoc.notices.decline"


def signed_for(campaign_id: int, to: str) -> str:
    """Return what stands in the address; it does not expire: a letter may be read late."""
    return signing.dumps([campaign_id, to.lower()], salt=_SALT)


def read(signed: str) -> tuple[int, str] | None:
    """Return the Week and the address somebody declines for; None when it is not of our making."""
    try:
        campaign_id, to = signing.loads(signed, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(campaign_id), str(to)


def decline_address(campaign_id: int, to: str) -> str:
    """Return the public address of the page."""
    return address("accounts:decline", signed_for(campaign_id, to))
