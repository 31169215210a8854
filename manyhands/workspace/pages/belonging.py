"""Members: who is here and for whom, which roles there are, who holds and deputises for them, who is away."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse

from manyhands import acts, who
from manyhands.log.read import brought_forward
from manyhands.people.models import Organisation
from manyhands.pictures import who_holds_what
from manyhands.pictures.alarms import Alarm, alarms
from manyhands.rules.things import RoleStanding
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking, in_a_team
from manyhands.workspace.kinds_of_roles import KINDS
from manyhands.workspace.showing import show


@dataclass(frozen=True)
class Place:
    """Somebody's place in a role, and whether it is whoever asks who could step down from it."""

    person: who.Person
    away: bool
    can_step_down: bool


@dataclass(frozen=True)
class RoleShown:
    """A role with its holder and deputies, and the members who could be given it, as the rules say."""

    role: RoleStanding
    holder: Place | None
    deputies: tuple[Place, ...]
    could_hold: tuple[who.Person, ...]
    could_deputise: tuple[who.Person, ...]
    alarm: Alarm | None


@dataclass(frozen=True)
class MemberShown:
    """A member: for whom, in which roles, away until when, and what whoever asks can do about it."""

    person: who.Person
    organisations: tuple[who.Organisation, ...]
    roles: tuple[tuple[who.Role, bool], ...]
    away: bool
    back_at: datetime | None
    going_at: datetime | None
    can_be_away: bool
    can_be_back: bool
    can_remove: bool


@in_a_team
def belonging(asking: Asking) -> HttpResponse:
    return show_belonging(asking)


def show_belonging(asking: Asking, errors: dict[str, list[str]] | None = None) -> HttpResponse:
    standing, now = asking.standing, asking.now
    ringing = alarms(brought_forward(asking.team, who_holds_what.fold), standing, now)
    vacant = {alarm.role: alarm for alarm in ringing if alarm.kind == "role-vacant"}
    members = sorted(standing.members(now), key=lambda person: asking.names.person(person).casefold())
    roles = sorted(standing.roles.values(), key=lambda r: (asking.names.organisation(r.organisation), r.role))
    return show(
        asking,
        "belonging.html",
        current="board",
        wide=True,
        errors={name: reasons for name, reasons in (errors or {}).items() if reasons},
        typed=asking.request.POST,
        members=[_member(asking, person) for person in members],
        roles=[_role(asking, role, members, vacant.get(role.role)) for role in roles],
        invited=list(standing.invited.items()),
        coordinating=standing.coordinating,
        organisation_choices=_organisation_choices(),
        mine=standing.organisations_of(asking.person, now),
        kinds=KINDS,
        leaving=asking.reasons_against(acts.Leave(**asking.speaking())),
        me=asking.person,
    )


def _organisation_choices() -> list[tuple[str, str]]:
    return [("", "Choose an organisation"), *Organisation.objects.order_by("name").values_list("id", "name")]


def _allowed(asking: Asking, act: acts.AnyAct) -> bool:
    return not asking.reasons_against(act)


def stepping_down(asking: Asking, role: who.Role) -> acts.StepDown:
    """Whoever asks leaves a role themselves; nobody is stepped down by another."""
    return acts.StepDown(**asking.speaking(asking.hat_for(role)), role=role, person=asking.person)


def removing(asking: Asking, person: who.Person, because: acts.Words) -> acts.Remove:
    return acts.Remove(**asking.speaking(asking.hat_for(asking.standing.coordinating)), person=person, because=because)


def _member(asking: Asking, person: who.Person) -> MemberShown:
    standing, now = asking.standing, asking.now
    about: dict[str, Any] = {**asking.speaking(), "person": person}
    to_come = [p.from_at for p in standing.absences.get(person, ()) if p.from_at > now]
    return MemberShown(
        person=person,
        organisations=standing.organisations_of(person, now),
        roles=tuple((role.role, role.holder(now) != person) for role in standing.roles_of(person, now)),
        away=standing.is_away(person, now),
        back_at=standing.away_until(person, now),
        going_at=min(to_come, default=None),
        can_be_away=_allowed(asking, acts.BeAway(**about, from_at=now)),
        can_be_back=_allowed(asking, acts.ComeBack(**about)),
        can_remove=_allowed(asking, removing(asking, person, TO_BE_WRITTEN)),
    )


def _role(asking: Asking, role: RoleStanding, members: list[who.Person], alarm: Alarm | None) -> RoleShown:
    now = asking.now
    theirs = [m for m in members if role.organisation in asking.standing.organisations_of(m, now)]
    holder = role.holder(now)
    speaking = asking.speaking()
    return RoleShown(
        role=role,
        holder=_place(asking, role.role, holder) if holder is not None else None,
        deputies=tuple(_place(asking, role.role, person) for person in role.deputies(now)),
        could_hold=tuple(m for m in theirs if _allowed(asking, acts.Hold(**speaking, role=role.role, person=m))),
        could_deputise=tuple(
            m for m in theirs if _allowed(asking, acts.Deputise(**speaking, role=role.role, person=m))
        ),
        alarm=alarm,
    )


def _place(asking: Asking, role: who.Role, person: who.Person) -> Place:
    away = asking.standing.is_away(person, asking.now)
    mine = person == asking.person
    return Place(person, away, mine and _allowed(asking, stepping_down(asking, role)))


def page_of(asking: Asking) -> str:
    return reverse("belonging", kwargs={"team": asking.team})


urlpatterns = [path("teams/<str:team>/members", belonging, name="belonging")]
