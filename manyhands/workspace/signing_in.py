"""Who may try to sign in again just now, and signing out everywhere at once."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils.crypto import salted_hmac

from manyhands import who
from manyhands.workspace.models import FailedSignIn

noted = logging.getLogger("manyhands.signing_in")
"""A line for each sign-in, and each that failed: who is said by their identifier, and never by what was typed."""

WITHIN = timedelta(minutes=15)
FROM_ONE_PLACE = 5
"""Failed attempts for one address from one place, within that time, before it has to wait."""
FROM_ANYWHERE = 50
"""
Failed attempts for one address from anywhere. Ten times as many, so that somebody who guesses does not easily lock
out the person whose address it is.
"""


def _keys(email: str, place: str) -> tuple[tuple[str, int], ...]:
    typed = email.strip().casefold()
    return (
        (salted_hmac("manyhands.sign-in.place", f"{typed}\n{place}", algorithm="sha256").hexdigest(), FROM_ONE_PLACE),
        (salted_hmac("manyhands.sign-in.anywhere", typed, algorithm="sha256").hexdigest(), FROM_ANYWHERE),
    )


def has_to_wait(email: str, place: str, now: datetime) -> bool:
    """Whether there were too many failed attempts lately, whether or not there is such an account."""
    since = now - WITHIN
    return any(FailedSignIn.objects.filter(key=key, at__gt=since).count() >= most for key, most in _keys(email, place))


def note_failure(email: str, place: str, now: datetime) -> None:
    FailedSignIn.objects.filter(at__lte=now - WITHIN).delete()
    FailedSignIn.objects.bulk_create([FailedSignIn(key=key, at=now) for key, _ in _keys(email, place)])


def forget_failures(email: str, place: str) -> None:
    FailedSignIn.objects.filter(key=_keys(email, place)[0][0]).delete()


def end_all_sessions(person: who.Person, now: datetime) -> None:
    """Sign somebody out on every device."""
    _end(lambda kept: kept.get(SESSION_KEY) == person, now)


FROM_PROVIDER = "from-provider"
"""Where a session keeps which identity provider it came from, who that says it is, and what it calls the session."""


def end_sessions_of(issuer: str, subject: str, session: str, now: datetime) -> int:
    """End what somebody has running who came from a provider: the session that it names, or all; and how many."""

    def is_theirs(kept: dict[str, Any]) -> bool:
        came = kept.get(FROM_PROVIDER) or {}
        return (
            came.get("issuer") == issuer
            and (not subject or came.get("subject") == subject)
            and (not session or came.get("session") == session)
        )

    return _end(is_theirs, now)


def _end(is_theirs: Callable[[dict[str, Any]], bool], now: datetime) -> int:
    """A session says whose it is only inside, so each that is running is opened."""
    running = Session.objects.filter(expire_date__gt=now).iterator()
    theirs = [each.session_key for each in running if is_theirs(each.get_decoded())]
    return Session.objects.filter(session_key__in=theirs).delete()[0]
