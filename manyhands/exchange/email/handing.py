"""
Handing one message to a mail server, and what is known about it afterwards.

Only the server's own answer says that it took a message, or that it did not. Where the connection ends before that
answer came, nobody knows; that is said, and not guessed.
"""

import smtplib
from dataclasses import dataclass
from enum import StrEnum

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend


class How(StrEnum):
    """What is known of a message that was handed over."""

    TAKEN = "taken"
    NOT_REACHED = "not-reached"
    NOT_TAKEN = "not-taken"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Handed:
    """How it went, with the server's code or the kind of what went wrong: never its words, which repeat addresses."""

    how: How
    said: str = ""


def hand_over(message: EmailMessage) -> Handed:
    """Send one message over a connection of its own, so that what goes wrong before it is known to be before it."""
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as problem:
        return Handed(How.NOT_REACHED, _named(problem))
    try:
        taken = connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as refused:
        return _refused(max(code for code, _ in refused.recipients.values()))
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError, smtplib.SMTPHeloError) as refused:
        return _refused(refused.smtp_code)
    except smtplib.SMTPNotSupportedError:
        return Handed(How.REFUSED, "not-supported")
    except (OSError, smtplib.SMTPException) as problem:
        return Handed(How.UNKNOWN, _named(problem))
    finally:
        _closed(connection)
    return Handed(How.TAKEN) if taken else Handed(How.NOT_TAKEN, "not-sent")


def _refused(code: int) -> Handed:
    """A code of 4.. says not now, one of 5.. says never (RFC 5321, 4.2.1); either way it was not taken."""
    return Handed(How.REFUSED if code >= 500 else How.NOT_TAKEN, str(code))


def _named(problem: Exception) -> str:
    code = getattr(problem, "smtp_code", None)
    return f"{type(problem).__name__} {code}" if code else type(problem).__name__


def _closed(connection: BaseEmailBackend) -> None:
    """What the server says to goodbye changes nothing about the message before it."""
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        return
