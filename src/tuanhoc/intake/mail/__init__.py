"""Mail that brings forms: a message taken apart, boxes of messages opened, a mailbox read, a door for a mail server."""

from .boxes import Piece, count_in_mbox, is_mail, is_maildir, is_mbox, messages_in_maildir, messages_of
from .message import read_mail
from .values import Mail, MailPart, NotAMail

__all__ = [
    "Mail",
    "MailPart",
    "NotAMail",
    "Piece",
    "count_in_mbox",
    "is_mail",
    "is_maildir",
    "is_mbox",
    "messages_in_maildir",
    "messages_of",
    "read_mail",
]
