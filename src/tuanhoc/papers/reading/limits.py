"""What is refused before it is parsed."""

from tuanhoc.lib.refusal import N_, Refusal


class Unreadable(Refusal):
    """A file that cannot be read, with the reason in words a person can act on."""

    message = N_("Không đọc được tệp này.")
