"""
One round: read the logs on, put what is due into letters, and send them; and round after round until told to stop.
Each step is safe to be done again, by this process or another, and to be ended at any moment.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import close_old_connections
from django.db.models import Count
from django.utils import timezone

from manyhands.exchange.email.composing import composed
from manyhands.exchange.email.handing import How, hand_over
from manyhands.log.turns import Lost
from manyhands.notices import letters
from manyhands.notices.gathering import Reader, behind
from manyhands.notices.models import Letter, Notice
from manyhands.notices.telling_of_glass import tell_overdue
from manyhands.notices.writing import write
from manyhands.people.models import Team

logger = logging.getLogger("manyhands.notices")

UNSURE_FOR = timedelta(days=7)
"""How long after a letter that may not have arrived the next one still says so."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did: notices written down, letters made, and letters that the server took."""

    noted: int
    written: int
    sent: int


def go_round(reader: Reader, at: datetime | None = None) -> Round:
    """Do everything once. `at` is for those who tell the time themselves; the present moment otherwise."""
    now = at or timezone.now()
    try:
        noted = reader.gather(now) + tell_overdue(now)
        written = write(now) if settings.MAIL else 0
    except Lost:
        return Round(0, 0, 0)  # many were writing just then; the next round does it
    return Round(noted, written, send_all(at) if settings.MAIL else 0)


def send_all(at: datetime | None = None) -> int:
    """Send the letters whose time it is; gives how many the server took. Nothing, while another sends."""
    with letters.alone() as alone:
        if not alone:
            return 0
        letters.left_by_the_dead()
        taken = 0
        for letter in letters.to_send(at or timezone.now()):
            how = send(letter, at)
            taken += how is How.TAKEN
            if how is How.NOT_REACHED:
                break  # the others would wait for the same server, each as long as this one
        return taken


def send(letter: Letter, at: datetime | None = None) -> How:
    """Send a letter that has been claimed, and write down what is known about it."""
    notices = list(Notice.objects.filter(letter=letter))
    names = dict(Team.objects.filter(id__in={notice.team for notice in notices}).values_list("id", "name"))
    handed = hand_over(composed(letter, notices, names, _unsure(letter)))
    now = at or timezone.now()
    match handed.how:
        case How.TAKEN:
            letters.sent(letter, now)
        case How.NOT_TAKEN | How.NOT_REACHED:
            letters.not_sent(letter, now, handed.said)
        case How.REFUSED:
            letters.refused(letter, handed.said)
        case How.UNKNOWN:
            letters.unknown(letter, handed.said)
    if handed.how is not How.TAKEN:
        logger.warning("letter %s: %s (%s)", letter.id, handed.how, handed.said)
    return handed.how


def _unsure(letter: Letter) -> int:
    """Letters to the same person, lately, of which nobody knows whether they arrived."""
    since = letter.made_at - UNSURE_FOR
    return Letter.objects.filter(person_id=letter.person_id, state="unknown", made_at__gte=since).count()


def keep_going(
    every: timedelta, stopped: Callable[[float], bool], first: Callable[[datetime], object] = lambda _: None
) -> None:
    """
    Round after round. `stopped` waits for so many seconds, or less, and says whether to stop; `first` is done at the
    beginning of each. What goes wrong in one round is logged, and the next is tried: nothing is lost by that.
    """
    reader = Reader()
    while True:
        try:
            first(timezone.now())
            go_round(reader)
        except Exception:
            logger.exception("a round of notices was not finished")
            reader = Reader()
        close_old_connections()
        if stopped(every.total_seconds()):
            return


@dataclass(frozen=True, slots=True)
class Status:
    """How notices stand: acts not read, notices not sent, letters by their state, and those that somebody looks at."""

    behind: int
    to_send: int
    letters: dict[str, int]
    stuck: tuple[Letter, ...]


def status() -> Status:
    waits = Notice.objects.filter(letter__isnull=True, unsent="").count()
    counted = dict(Letter.objects.values_list("state").annotate(Count("id")).order_by("state"))
    stuck = Letter.objects.filter(state__in=["unknown", "refused"]).order_by("made_at", "id")
    return Status(behind(), waits, counted, tuple(stuck))
