"""
A meeting's page: the part that changes while people look, and beside it what can be written and pressed.
"""

from django.http import HttpResponse

from manyhands import acts, who
from manyhands.log.read import brought_forward
from manyhands.pictures import history
from manyhands.pictures.talked_about import proposal_of, talked_about
from manyhands.rules.meeting import OPENS_BEFORE, by_itself_from
from manyhands.rules.things import MeetingStanding, ProposalStanding
from manyhands.workspace.agendas import made_now
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking
from manyhands.workspace.pages.meeting_parts import OUTCOMES, PARTS, now_part, shown_item
from manyhands.workspace.positions import KINDS
from manyhands.workspace.showing import show
from manyhands.workspace.speaking import button, role_choices, spoken_as
from manyhands.workspace.typed import boxes_typed, identifier_typed

Errors = dict[str, list[str]]


def show_meeting(asking: Asking, stands: MeetingStanding, errors: Errors | None = None) -> HttpResponse:
    typed = asking.request.POST
    called = brought_forward(asking.team, history.fold).called
    opening = () if stands.circulated_at else made_now(asking.team, stands, asking.standing, asking.now)
    items = tuple(line.item for line in opening)
    asked = identifier_typed(typed, "item") or identifier_typed(asking.request.GET, "item")
    chosen = stands.find(who.AgendaItem(asked)) or talked_about(stands)
    put = proposal_of(chosen, asking.standing) if chosen else None
    fields = asking.speaking()
    away = [each for each in asking.standing.members(asking.now) if not stands.is_there(each)]
    others = [(str(each), asking.names.person(each)) for each in away]
    return show(
        asking,
        "meeting.html",
        current="meetings",
        wide=True,
        errors=errors or {},
        typed=typed,
        meeting=stands,
        now=now_part(asking, stands),
        is_there=stands.is_there(asking.person),
        may_begin=stands.ended is None and asking.now >= stands.starts_at - OPENS_BEFORE,
        chosen=shown_item(asking, stands, chosen, called) if chosen else None,
        goes_by_itself=max(by_itself_from(stands), asking.now) if asking.now < stands.starts_at else None,
        circulate=asking.reasons_against(acts.Circulate(**fields, meeting=stands.meeting, items=items)),
        calling_off=button(asking, lambda hat: acts.CallOff(**hat, meeting=stands.meeting, because=TO_BE_WRITTEN)),
        closing=asking.reasons_against(acts.CloseMeeting(**fields, meeting=stands.meeting)),
        outcomes=OUTCOMES,
        parts=PARTS,
        people=[("", "Choose somebody"), *sorted(others, key=lambda choice: choice[1])],
        role_choices=role_choices(asking),
        put=put,
        speakers=_speakers(asking, stands, put) if put else [],
        stance_choices=[(kind.kind, f"{kind.called}: {kind.meaning}") for kind in KINDS],
        check=boxes_typed(typed, "check"),
    )


def _speakers(asking: Asking, stands: MeetingStanding, put: ProposalStanding) -> list[tuple[str, str]]:
    """Everybody who could speak on it, in each of their roles, oneself too: those in the meeting first."""
    standing, heard = asking.standing, put.heard()
    could = [
        (not stands.is_there(person), role.organisation in heard, person, role)
        for organisation in put.terms.affected
        for role in standing.roles_for(organisation)
        for person in standing.people_in(role.role, asking.now)
    ]
    could.sort(key=lambda each: each[:2])
    return [
        (
            f"{person}|{role.role}",
            ("I, as " if person == asking.person else f"{asking.names.person(person)}, ")
            + spoken_as(role.role, role.organisation, asking)
            + (" (not in the meeting)" if away else ""),
        )
        for away, _, person, role in could
    ]
