"""A real mail server on loopback, that answers as a test tells it to."""

import email
import socket
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller


class Answers:
    """What the server says to each RCPT, then to each DATA; "250 OK" when nothing is left to say."""

    def __init__(self, *, to_receiver=(), to_data=(), breaks_off=False):
        #: after a letter, before the answer
        self.breaks_off = breaks_off
        self.to_receiver, self.to_data = list(to_receiver), list(to_data)
        self.taken: list[EmailMessage] = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        said = self.to_receiver.pop(0) if self.to_receiver else "250 OK"
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server, session, envelope):
        said = self.to_data.pop(0) if self.to_data else "250 OK"
        if self.breaks_off:
            server.transport.close()
        if said.startswith("250"):
            self.taken.append(email.message_from_bytes(envelope.content, policy=default))
        return said


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def mail_server(settings, **answers):
    """Run the server and point Django's mail at it; gives what it took."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 5
    heard = Answers(**answers)
    controller = Controller(heard, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controller.start()
    try:
        yield heard
    finally:
        controller.stop(no_assert=True)
