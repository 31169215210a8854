"""
Who is asking, in which team, and how things stand at this moment.

Every page of a team is wrapped in `in_a_team`: somebody who is not signed in is asked to sign in; somebody who is
not a member gets 404, the same as for a team that does not exist. What a page may show or do follows from the
`Asking` it is handed, and the time is read here, once for each request.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from manyhands import acts, who
from manyhands.access import Action, Seen, see
from manyhands.access.breaking_glass import roles_that_may
from manyhands.log.read import brought_forward, up_to_now
from manyhands.people.models import Person
from manyhands.people.naming import Names, names_in
from manyhands.rules import refusals_against
from manyhands.rules.folding import fold
from manyhands.rules.standing import Standing
from manyhands.rules.things import RoleStanding

P = ParamSpec("P")
Page = Callable[Concatenate["Asking", P], HttpResponse]

TO_BE_WRITTEN = acts.Words("…")
"""Stands for words that a form is still to be filled with, when asking whether its button would be allowed."""


def new_identifier() -> str:
    """A short random identifier, safe in an address."""
    return secrets.token_urlsafe(9)


@dataclass(frozen=True)
class Hat:
    """A role that somebody may speak in, and whether as its holder or as a deputy."""

    role: RoleStanding
    as_deputy: bool


@dataclass(frozen=True)
class Asking:
    """
    A member of a team, asking for a page or pressing a button, now. `digest` is that of the team's last act, and stands
    for everything that was done before it.
    """

    request: HttpRequest
    person: who.Person
    team: who.Team
    now: datetime
    standing: Standing
    digest: str = ""

    @cached_property
    def names(self) -> Names:
        return names_in([self.team])

    @cached_property
    def hats(self) -> tuple[Hat, ...]:
        """The roles that whoever asks may speak in: those they hold first."""
        mine = self.standing.roles_of(self.person, self.now)
        return tuple(Hat(role, as_deputy=role.holder(self.now) != self.person) for role in mine)

    @property
    def may_break_glass(self) -> bool:
        """Whether one of those roles is of a kind that can see somebody in an emergency."""
        return bool(roles_that_may(hat.role for hat in self.hats))

    def hat_for(self, *roles: who.Role | None) -> who.Role | None:
        """The first of these roles that whoever asks may speak in."""
        mine = {hat.role.role for hat in self.hats}
        return next((role for role in roles if role in mine), None)

    def speaking(self, in_role: who.Role | str | None = None) -> dict[str, Any]:
        """
        The fields that every act begins with: `acts.Agree(**asking.speaking(role), proposal=…)`. Without a role, the
        one chosen in the form ("in_role"), else the first that they hold. What was chosen is not judged here: a role
        that is not theirs is refused by the rule.
        """
        chosen = in_role or self.request.POST.get("in_role") or (self.hats[0].role.role if self.hats else None)
        role = self.standing.roles.get(who.Role(str(chosen))) if chosen else None
        mine = self.standing.organisations_of(self.person, self.now)
        return {
            "team": self.team,
            "by": self.person,
            "for_organisation": role.organisation if role else mine[0],
            "at": self.now,
            "in_role": role.role if role else None,
        }

    def sees(self, patient: str, page: str, *actions: Action) -> Seen | None:
        """One patient, where there is a basis for the first of these; each is written down as a sight of them."""
        one = who.Patient(patient)
        seen = see(
            self.person, self.team, self.standing, [one], at=self.now, page=page, actions=actions, names=self.names
        )
        return seen.get(one)

    def reasons_against(self, act: acts.AnyAct) -> list[str]:
        """Every reason against an act, in words; none means that its button is shown."""
        return [refusal.say(self.names) for refusal in refusals_against(act, self.standing)]


def standing_in(team: who.Team) -> Standing:
    """How things stand in a team, after its last act."""
    return brought_forward(team, fold)


def in_a_team(page: Page[P]) -> Callable[..., HttpResponse]:
    """A page that belongs to a team: only its members ever get to it."""

    @wraps(page)
    @login_required
    def asked(request: HttpRequest, team: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        assert isinstance(request.user, Person)  # login_required has seen to it
        person, now = who.Person(request.user.id), timezone.now()
        kept = up_to_now((who.Team(team),), fold)[who.Team(team)]
        if not kept.state.is_member(person, now):
            raise Http404
        return page(Asking(request, person, who.Team(team), now, kept.state, kept.digest), *args, **kwargs)

    return asked
