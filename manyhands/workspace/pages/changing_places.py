"""The buttons of the page of members: invite, create and give roles, be away and back, take off the team."""

from collections.abc import Callable
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html

from manyhands import acts, who
from manyhands.people.models import Organisation, Person, Role
from manyhands.rules.days import HERE, day_of
from manyhands.workspace.absences import stand_ins
from manyhands.workspace.actions import press
from manyhands.workspace.asking import Asking, in_a_team, new_identifier
from manyhands.workspace.drafts import no_such_days, too_long
from manyhands.workspace.kinds_of_roles import KINDS
from manyhands.workspace.pages.belonging import page_of, removing, show_belonging
from manyhands.workspace.plain_words import day
from manyhands.workspace.typed import day_typed, identifier_typed, words_typed

Errors = dict[str, list[str]]


def on_the_page_of_members(pressed: Callable[[Asking], HttpResponse]) -> Callable[..., HttpResponse]:
    """A button of that page. Somebody who comes to its address otherwise (reload, Back) is shown the page."""

    @in_a_team
    def asked(asking: Asking) -> HttpResponse:
        if asking.request.method != "POST":
            return redirect("belonging", team=asking.team)
        if errors := too_long(asking.request.POST):
            return _refused(asking, errors)
        return pressed(asking)

    return asked


def _refused(asking: Asking, errors: Errors) -> HttpResponse:
    again = show_belonging(asking, errors)
    again.status_code = 422
    return again


def _again(asking: Asking, box: str = "") -> Callable[[list[str]], HttpResponse]:
    return lambda reasons: show_belonging(asking, {box: reasons})


def _member(asking: Asking) -> who.Person:
    """The person that the button is about; somebody nobody knows is for the rules to refuse."""
    return who.Person(identifier_typed(asking.request.POST, "person"))


def _role(asking: Asking) -> who.Role:
    return who.Role(identifier_typed(asking.request.POST, "role"))


def _nobody_at(email: str) -> str:
    """What is in the way of inviting somebody at an address, and what to do about it."""
    if not email:
        return "Write the email address of whom you invite."
    try:
        validate_email(email)
    except ValidationError:
        return "Write an email address, such as carol.jones@example.org."
    return f"Nobody here has the address {email}. They need an account first: whoever looks after this site gives them."


@on_the_page_of_members
def invite(asking: Asking) -> HttpResponse:
    """Invite somebody who has an account, for an organisation."""
    email = words_typed(asking.request.POST, "email")
    named = identifier_typed(asking.request.POST, "organisation")
    organisation = Organisation.objects.filter(id=named).first()
    person = Person.objects.filter(email__iexact=email, is_active=True).first() if email else None
    errors: Errors = {}
    if person is None:
        errors["email"] = [_nobody_at(email)]
    if organisation is None:
        errors["organisation"] = ["Choose the organisation that they would be here for."]
    if person is not None and organisation is not None and organisation not in (theirs := person.organisations.all()):
        works_for = ", ".join(sorted(each.name for each in theirs)) or "no organisation yet"
        errors["organisation"] = [f"{person.name} has an account for {works_for}, not for {organisation.name}."]
    if person is None or organisation is None or errors:
        return _refused(asking, errors)
    act = acts.Invite(**asking.speaking(), person=who.Person(person.id), organisation=who.Organisation(organisation.id))
    said = f"{person.name} is invited for {organisation.name}. They see it on My work."
    return press(asking, act, said=said, then=page_of(asking), otherwise=_again(asking, "email"))


@on_the_page_of_members
def create_role(asking: Asking) -> HttpResponse:
    """Create a role of a kind, for an organisation, with the title that it goes by."""
    typed = asking.request.POST
    kind, organisation = typed.get("kind", ""), typed.get("for", "")
    errors: Errors = {}
    if kind not in dict(KINDS):
        errors["kind"] = ["Choose what kind of role it is."]
    if organisation not in asking.standing.organisations(asking.now):
        errors["for"] = ["Choose an organisation that somebody is here for."]
    if errors:
        return _refused(asking, errors)
    title = words_typed(typed, "title")[:140] or dict(KINDS)[kind]
    act = acts.CreateRole(
        **asking.speaking(), role=who.Role(new_identifier()), organisation=who.Organisation(organisation), kind=kind
    )
    # its title first: a role that is in the log always has one, and a title that nothing came of says nothing
    Role.objects.create(id=act.role, team_id=asking.team, title=title)
    done = press(
        asking,
        act,
        said=f"The role {title} is there. Give it to somebody.",
        then=page_of(asking),
        otherwise=_again(asking, "kind"),
    )
    if done.status_code != 302:
        Role.objects.filter(id=act.role).delete()
    return done


@on_the_page_of_members
def give_role(asking: Asking) -> HttpResponse:
    """Give a vacant role to a member, or make a member its deputy."""
    person, role = _member(asking), _role(asking)
    speaking = asking.speaking()
    act: acts.Hold | acts.Deputise
    if asking.request.POST.get("as") == "deputy":
        act = acts.Deputise(**speaking, role=role, person=person)
        said = f"{asking.names.person(person)} deputises for {asking.names.role(role)}."
    else:
        act = acts.Hold(**speaking, role=role, person=person)
        said = f"{asking.names.person(person)} holds the role {asking.names.role(role)}."
    return press(asking, act, said=said, then=page_of(asking), otherwise=_again(asking))


@on_the_page_of_members
def be_away(asking: Asking) -> HttpResponse:
    """Say that somebody is away: from a day (today counts from now) until the day they are back, if that is known."""
    typed, person = asking.request.POST, _member(asking)
    if errors := no_such_days(typed, {"away-from": "The first day away", "away-until": "The day back"}):
        return _refused(asking, errors)
    from_on, until_on = day_typed(typed, "away-from"), day_typed(typed, "away-until")
    today = day_of(asking.now)
    if from_on is not None and from_on < today:
        return _refused(asking, {"away-from": ["The first day away is in the past. Leave it empty to begin now."]})
    from_at = asking.now if from_on is None or from_on == today else datetime.combine(from_on, time.min, HERE)
    until_at = datetime.combine(until_on, time.min, HERE) if until_on is not None else None
    act = acts.BeAway(**asking.speaking(), person=person, from_at=from_at, until_at=until_at)
    until = f"until {day(until_on)}" if until_on else "until further notice"
    said = format_html(
        "{} is away from {} {}. {}", asking.names.person(person), day(from_at), until, stand_ins(asking, act)
    )
    return press(asking, act, said=said, then=page_of(asking), otherwise=_again(asking, "away-until"))


@on_the_page_of_members
def come_back(asking: Asking) -> HttpResponse:
    person = _member(asking)
    act = acts.ComeBack(**asking.speaking(), person=person)
    said = f"{asking.names.person(person)} is here again, and holds what they held."
    return press(asking, act, said=said, then=page_of(asking), otherwise=_again(asking))


@on_the_page_of_members
def remove(asking: Asking) -> HttpResponse:
    """Take somebody off the team who cannot hand over, with the reason."""
    person = _member(asking)
    box = f"why-remove-{person}"
    because = acts.Words(words_typed(asking.request.POST, box))
    said = f"{asking.names.person(person)} is off the team. What they held is with deputies, or rings an alarm."
    act = removing(asking, person, because)
    return press(asking, act, said=said, then=page_of(asking), otherwise=_again(asking, box))


ON = "teams/<str:team>/members"
urlpatterns = [
    path(f"{ON}/invite", invite, name="invite"),
    path(f"{ON}/create-role", create_role, name="create-role"),
    path(f"{ON}/give-role", give_role, name="give-role"),
    path(f"{ON}/away", be_away, name="be-away"),
    path(f"{ON}/back", come_back, name="come-back"),
    path(f"{ON}/remove", remove, name="remove"),
]
