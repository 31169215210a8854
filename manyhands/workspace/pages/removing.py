"""Removing the record of one patient from a team, where the law asks for it: the page that asks, and its button."""

from collections.abc import Iterable

from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import path, reverse

from manyhands import acts, who
from manyhands.access import Action, Seen
from manyhands.access.removing import remove_identity, remove_texts, texts_about, waiting_for_review
from manyhands.log.read import brought_forward, several
from manyhands.people.models import Team
from manyhands.pictures import written_about
from manyhands.rules.folding import fold
from manyhands.rules.standing import Standing
from manyhands.rules.things import ResponsibilityStanding
from manyhands.workspace.actions import press
from manyhands.workspace.asking import Asking, in_a_team, new_identifier
from manyhands.workspace.pages.person import age_of
from manyhands.workspace.showing import show
from manyhands.workspace.typed import words_typed

GLASS_FIRST = (
    "Somebody broke the glass to see them, and a privacy officer has still to look at why. It can be removed once they "
    "have."
)


@in_a_team
def remove_patient(asking: Asking, patient: str) -> HttpResponse:
    """Whoever does not lead gets 404, as for somebody who does not exist."""
    seen = asking.sees(patient, "remove-patient", Action.LEAD)
    if seen is None:
        raise Http404
    because = acts.Words(words_typed(asking.request.POST, "because"))
    if asking.request.method != "POST":
        return _show(asking, seen)
    if not because or _in_the_way(asking, seen) or _still_in_hand(asking.standing, seen.patient):
        again = _show(asking, seen, [] if because else ["Say why it has to go."])
        again.status_code = 422
        return again
    with transaction.atomic():
        answer = press(
            asking,
            *_removing(asking, seen.patient, because),
            said="Their record is removed from this team. That it was, when and why is in the history.",
            then=reverse("groups", kwargs={"team": asking.team}),
            otherwise=lambda reasons: _show(asking, seen, reasons),
        )
        if answer.status_code == 302:
            remove_texts(asking.team, seen.patient)
            if not any(standing.looks_after(seen.patient) for standing in _of_every_team()):
                remove_identity(seen.patient)
    return answer


def _removing(asking: Asking, patient: who.Patient, because: acts.Words) -> list[acts.AnyAct]:
    """Every act that it takes: off what is to be talked about, out of the groups, and the words that are there now."""
    speaking = asking.speaking(asking.standing.coordinating) | {"together": who.Reference(new_identifier())}
    entries = written_about.to_be_removed(brought_forward(asking.team, written_about.fold), patient)
    return [
        *(
            acts.Drop(**speaking, meeting=meeting, item=item, because=because)
            for meeting, item in _to_be_talked_about(asking.standing, patient)
        ),
        *(
            acts.Release(**speaking, group=group.group, patient=patient, because=because)
            for group in asking.standing.groups.values()
            if patient in group.patients
        ),
        *(acts.Withhold(**speaking, number=number, because=because, about=patient) for number in entries),
    ]


def _to_be_talked_about(standing: Standing, patient: who.Patient) -> list[tuple[who.Meeting, who.AgendaItem]]:
    """Items about the patient on agendas that are before everyone, and have no outcome yet."""
    return [
        (meeting.meeting, item.item)
        for meeting in standing.meetings.values()
        if meeting.ended is None and meeting.circulated_at is not None
        for item in meeting.items
        if item.about is acts.About.PATIENT and item.which == patient and meeting.concluded(item.item) is None
    ]


def _still_in_hand(standing: Standing, patient: who.Patient) -> list[ResponsibilityStanding]:
    return [each for each in standing.open_responsibilities() if each.patient == patient]


def _of_every_team() -> Iterable[Standing]:
    return several([who.Team(team) for team in Team.objects.values_list("id", flat=True)], fold).values()


def _in_the_way(asking: Asking, seen: Seen) -> list[str]:
    return [GLASS_FIRST] if waiting_for_review(asking.team, seen.patient) else []


def _show(asking: Asking, seen: Seen, reasons: list[str] | None = None) -> HttpResponse:
    inside = [group for group in asking.standing.groups.values() if seen.patient in group.patients]
    return show(
        asking,
        "remove_patient.html",
        current="groups",
        errors={"because": list(dict.fromkeys(reasons))} if reasons else {},
        typed=asking.request.POST,
        seen=seen,
        age=age_of(seen, asking.now),
        in_the_way=_in_the_way(asking, seen),
        still_in_hand=_still_in_hand(asking.standing, seen.patient),
        entries=len(brought_forward(asking.team, written_about.fold).entries.get(seen.patient, ())),
        texts=texts_about(asking.team, seen.patient),
        groups=len(inside),
        items=len(_to_be_talked_about(asking.standing, seen.patient)),
    )


urlpatterns = [path("teams/<team>/people/<patient>/remove", remove_patient, name="remove-patient")]
