"""
Who reads a paper: everyone in its team; and as guests those of the organisations and teams that it is open to. Nobody
else is told that there is such a paper.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from manyhands import who
from manyhands.log.read import brought_forward, several, up_to_now
from manyhands.people.models import Person
from manyhands.people.naming import Names, names_in
from manyhands.pictures import papers
from manyhands.pictures.papers import PaperStory
from manyhands.rules.folding import fold
from manyhands.rules.standing import Standing
from manyhands.workspace.asking import Asking

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Guest:
    """For which organisation somebody reads a paper of another team's; and of which team, in which role there."""

    organisation: who.Organisation
    team: who.Team | None = None
    role: who.Role | None = None


@dataclass(frozen=True)
class Reading:
    """Somebody with a paper before them: as a member of its team, or as a guest."""

    asking: Asking
    story: PaperStory
    names: Names
    guest: Guest | None

    def speaking(self) -> dict[str, Any]:
        """The fields that every act begins with."""
        if self.guest is None:
            return self.asking.speaking()
        asking = self.asking
        return {"team": asking.team, "by": asking.person, "for_organisation": self.guest.organisation, "at": asking.now}

    def as_guest(self) -> dict[str, Any]:
        """What a guest says besides when they comment."""
        return {"guest_of": self.guest.team, "guest_role": self.guest.role} if self.guest and self.guest.team else {}


Page = Callable[Concatenate[Reading, P], HttpResponse]


def guest_of(
    story: PaperStory,
    person: who.Person,
    organisations: Iterable[who.Organisation],
    teams: Mapping[who.Team, Standing],
    now: Any,
) -> Guest | None:
    """As which guest somebody reads a paper, if as any: of one of their teams first, else for an organisation."""
    if story.taken_down is not None:
        return None
    for team in story.teams:
        standing = teams.get(team)
        if standing is not None and standing.is_member(person, now):
            roles = standing.roles_of(person, now)
            organisation = roles[0].organisation if roles else standing.organisations_of(person, now)[0]
            return Guest(organisation, team, roles[0].role if roles else None)
    return next((Guest(each) for each in organisations if each in story.organisations), None)


def organisations_of(person: Person) -> list[who.Organisation]:
    """The organisations that somebody works for, as their account has them."""
    return [who.Organisation(each) for each in person.organisations.order_by("id").values_list("id", flat=True)]


def of_a_paper(page: Page[P]) -> Callable[..., HttpResponse]:
    """A page of a paper: for whoever reads it, and for nobody else."""

    @wraps(page)
    @login_required
    def asked(request: HttpRequest, team: str, paper: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        assert isinstance(request.user, Person)  # login_required has seen to it
        person, now, own = who.Person(request.user.id), timezone.now(), who.Team(team)
        kept = up_to_now((own,), fold)[own]
        story = brought_forward(own, papers.fold).papers.get(who.Paper(paper))
        if story is None:
            raise Http404
        guest = None
        if not kept.state.is_member(person, now):
            guest = guest_of(story, person, organisations_of(request.user), several(story.teams, fold), now)
            if guest is None:
                raise Http404
        asking = Asking(request, person, own, now, kept.state, kept.digest)
        return page(Reading(asking, story, names_in([own, *story.teams]), guest), *args, **kwargs)

    return asked
