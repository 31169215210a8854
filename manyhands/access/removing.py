"""
Removing what is kept beside the log of acts about a patient, once an act of the team says that their record is removed:
what they have said and what was written in emergencies goes with the team, who they are with the last team that has
them. That they were seen, by whom and why stays: the log of reads holds identifiers only.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from manyhands import who
from manyhands.access.models import BrokenGlass, EmergencyNote, GlassReview, Registration, Wish
from manyhands.acts import WITHHELD
from manyhands.people.models import Patient
from manyhands.people.second_wall import opened_for


def waiting_for_review(team: who.Team, patient: who.Patient) -> bool:
    """Whether glass was broken for the patient and nobody has looked at why yet, which needs the words."""
    return BrokenGlass.objects.filter(team=team, patient=patient, review__isnull=True).exists()


def texts_about(team: who.Team, patient: who.Patient) -> int:
    """How many texts a team has about a patient beside the log."""
    return sum(rows.count() for rows, _ in _texts(team, patient))


def remove_texts(team: who.Team, patient: who.Patient) -> None:
    """In the transaction that records the act by which they may go; the database refuses it otherwise."""
    for rows, column in _texts(team, patient):
        rows.update(**{column: WITHHELD})


def remove_identity(patient: who.Patient) -> None:
    """Who they are: for when no team has them any more. Should they be found again, they are somebody new."""
    Registration.objects.filter(patient=patient).delete()
    with opened_for([patient]):
        Patient.objects.filter(id=patient).delete()


def _texts(team: who.Team, patient: who.Patient) -> Iterator[tuple[QuerySet[Any], str]]:
    """The rows with a text that has not been removed, and the column that it is in."""
    glass = BrokenGlass.objects.filter(team=team, patient=patient)
    yield Wish.objects.filter(team=team, patient=patient).exclude(because__in=("", WITHHELD)), "because"
    yield EmergencyNote.objects.filter(glass__team=team, patient=patient).exclude(words=WITHHELD), "words"
    yield GlassReview.objects.filter(glass__in=glass).exclude(because=WITHHELD), "because"
    yield glass.exclude(because=WITHHELD), "because"
