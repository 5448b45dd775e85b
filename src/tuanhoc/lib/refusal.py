"""Refusals: what the house says no to, in words a person can act on."""

from typing import ClassVar


class Refusal(Exception):
    """Something a person asked for is not possible now, and why.

    Subclasses stand beside the action that raises them and set ``message``, a Vietnamese
    sentence marked for translation with :func:`N_`; ``%(name)s`` in it is filled from the
    keyword arguments. Views, jobs and commands show it; nothing else catches it.
    """

    message = ""
    #: a file was made to do harm, or did, or could not be looked at: its original is kept apart
    is_hostile: ClassVar[bool] = False

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.message % params if params else self.message)


def N_(message: str) -> str:  # noqa: N802 - the name gettext extracts
    """Mark ``message`` for translation where it is defined; it is translated where it is shown."""
    return message
