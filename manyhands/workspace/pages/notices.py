"""
Notices: what was sent to me and when, what is still to be sent, and how I want to be told. And the page behind the link
"No more e-mail" in a message, which works without signing in, since it can do nothing else.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from manyhands import who
from manyhands.exchange.email.composing import address_of, composed, person_of
from manyhands.notices.choices_kept import choices_of, keep, nothing_by_email
from manyhands.notices.choosing import HOURS, USUAL_WAY, WAYS, Choices, Way, next_hour
from manyhands.notices.kinds import KINDS, SORTS, Kind, Sort
from manyhands.notices.models import Letter, Notice
from manyhands.people.models import Person, Team
from manyhands.workspace.my_teams import teams_of
from manyhands.workspace.showing import of_no_team

AT_ONCE = 20
"""Notices on one page."""

WHY_UNSENT = {
    "settled": "It was done before a message went",
    "old": "It was a week old",
    "chosen": "As you chose",
    "left": "You are no longer in the team",
}
OF_LETTERS = {
    "ready": ("Being sent", "blue"),
    "sending": ("Being sent", "blue"),
    "sent": ("Sent", "green"),
    "refused": ("Could not be sent to your address", "red"),
    "unknown": ("May not have arrived", "orange"),
    "given-up": ("Could not be sent", "grey"),
}
"""How each state of a letter reads, and the colour of its tag."""


@dataclass(frozen=True)
class Told:
    """One notice as the page shows it."""

    says: str
    urgent: bool
    address: str
    team: str
    at: datetime
    state: str
    colour: str
    why: str
    when: datetime | None
    letter: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Person)  # login_required has seen to it
    me = request.user
    if request.method == "POST":
        keep(me.id, _chosen(request))
        messages.success(request, "This is how you will be told from now on.")
        return redirect("notices")
    choices = choices_of([me.id])[me.id]
    now = timezone.now()
    told = Notice.objects.filter(person=me)
    last = max(1, -(-told.count() // AT_ONCE))
    here = min(_page_asked(request.GET.get("page", "")), last)
    rows = told.select_related("letter").order_by("-at", "-id")[(here - 1) * AT_ONCE : here * AT_ONCE]
    names = dict(Team.objects.values_list("id", "name"))
    person = who.Person(me.id)
    away = {team for team, standing in teams_of(person, now).standings.items() if standing.is_away(person, now)}
    about = {
        "told": [_told(row, names, choices, now, row.team in away) for row in rows],
        "here": here,
        "last": last,
        "unknown": Letter.objects.filter(person=me, state="unknown").count(),
        "sorts": [(sort.value, says, choices.ways.get(sort, USUAL_WAY).value) for sort, says in SORTS.items()],
        "ways": [(way.value, says) for way, says in WAYS.items()],
        "hour": str(choices.hour),
        "hours": [(str(hour), _hour(hour)) for hour in HOURS],
        "address": me.email,
        "mail": bool(settings.MAIL),
        "in_a_folder": settings.MAIL.startswith("file:"),
        "navigation": of_no_team("Notices", "notices"),
    }
    return render(request, "notices.html", about)


def _page_asked(number: str) -> int:
    return max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 7 else 1


def _chosen(request: HttpRequest) -> Choices:
    """What the form says; anything that is not one of the choices is taken for the usual."""
    hour = request.POST.get("hour", "")
    ways = {sort: Way(way) for sort in Sort if (way := request.POST.get(f"way-{sort}", "")) in set(Way)}
    known = hour.isascii() and hour.isdigit() and len(hour) < 3 and int(hour) in HOURS
    return Choices(int(hour), ways) if known else Choices(ways=ways)


def _told(row: Notice, names: dict[str, str], choices: Choices, now: datetime, away: bool) -> Told:
    kind = Kind(row.kind)
    why, when = "", None
    if row.letter is not None:
        state, colour = OF_LETTERS[row.letter.state]
        when = row.letter.sent_at
    elif row.unsent:
        state, colour, why = "Not sent", "grey", WHY_UNSENT[row.unsent]
    elif away:
        state, colour, why = "Not sent yet", "grey", "You are away, and your deputies are told"
    elif choices.waits_for_the_day(kind):
        state, colour, when = "In the next message", "white", next_hour(choices.hour, now)
    else:
        state, colour = "About to be sent", "white"
    return Told(
        KINDS[kind].says,
        KINDS[kind].urgent,
        address_of(row),
        names.get(row.team, "A team no longer here"),
        row.at,
        state,
        colour,
        why,
        when,
        row.letter_id or "",
    )


def _hour(hour: int) -> str:
    if hour in (0, 12):
        return "midnight" if hour == 0 else "midday"
    return f"{hour}am" if hour < 12 else f"{hour - 12}pm"


@login_required
@require_http_methods(["GET", "HEAD"])
def letter(request: HttpRequest, letter: str) -> HttpResponse:
    """A message to me, as it was sent."""
    assert isinstance(request.user, Person)  # login_required has seen to it
    found = Letter.objects.filter(id=letter.replace("\0", ""), person=request.user).select_related("person").first()
    if found is None:
        raise Http404
    names = dict(Team.objects.values_list("id", "name"))
    message = composed(found, list(Notice.objects.filter(letter=found)), names, 0)
    state, colour = OF_LETTERS[found.state]
    about = {"letter": found, "subject": message.subject, "body": message.body, "state": state, "colour": colour}
    return render(request, "letter.html", about)


@csrf_exempt  # a mail programme sends this by itself (RFC 8058); what it may do, the signed link alone says
@require_http_methods(["GET", "HEAD", "POST"])
def stop_notices(request: HttpRequest, token: str) -> HttpResponse:
    """No more e-mail to whomever the link was made for. Looking at the page changes nothing; pressing does."""
    person = person_of(token)
    if person is None or not Person.objects.filter(id=person, is_active=True).exists():
        raise Http404
    stopped = request.method == "POST"
    if stopped:
        keep(person, nothing_by_email(choices_of([person])[person]))
    return render(request, "stop_notices.html", {"stopped": stopped})


urlpatterns = [
    path("notices", notices, name="notices"),
    path("notices/messages/<str:letter>", letter, name="letter"),
    path("notices/stop/<str:token>", stop_notices, name="stop-notices"),
]
