"""The buttons of a group: put somebody in, and let somebody go, each with the reason."""

import re
from datetime import date

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from manyhands import acts, who
from manyhands.access import note_search, reach, sharing
from manyhands.exchange.records import NoRecords, known_already, match, put_on_file
from manyhands.pictures.groups import GroupStory
from manyhands.rules import refusals_against
from manyhands.rules.days import day_of
from manyhands.workspace.actions import press
from manyhands.workspace.asking import Asking, in_a_team
from manyhands.workspace.pages.groups import group, groups, show_group, the_story
from manyhands.workspace.typed import day_typed, words_typed

NOBODY_MATCHES = (
    "Nobody whom an organisation of this team has seen has this NHS number and this date of birth. Check both; if they "
    "are right, ask an organisation that sees them to join the team, or whoever looks after the records to load theirs."
)
NOBODY_YET = who.Patient("(nobody on file yet)")
NOT_A_NUMBER = "Write the 10 digits of the NHS number"
NO_SUCH_DAY = "Write the date of birth, for example 27 3 1941"


@in_a_team
def include(asking: Asking, group: str) -> HttpResponse:
    """Put somebody in by hand, found by NHS number and date of birth, which both have to fit."""
    story = the_story(asking, group)
    if asking.request.method != "POST":
        return HttpResponseRedirect(_the_page(asking, story))
    typed = asking.request.POST
    number, born_on = re.sub(r"[\s-]", "", typed.get("nhs_number", "")), day_typed(typed, "born")
    errors: dict[str, list[str]] = {}
    if not re.fullmatch(r"[0-9]{10}", number):
        errors["nhs_number"] = [NOT_A_NUMBER]
    if born_on is None:
        errors["born"] = [NO_SUCH_DAY]
    record = _match(asking, number, born_on) if not errors and born_on and asking.hats else None
    if not errors and record is None and asking.hats:
        note_search(asking.person, asking.team, at=asking.now, page="group")
        errors["nhs_number"] = [NOBODY_MATCHES]

    def act(patient: who.Patient) -> acts.Include:
        because = acts.Words(words_typed(typed, "why_included"))
        return acts.Include(**asking.speaking(), group=story.group, patient=patient, because=because)

    known = known_already([record]).get(record) if record else None
    for refusal in refusals_against(act(known or NOBODY_YET), asking.standing):
        field = {"reason-needed": "why_included", "in-the-group-already": "nhs_number"}.get(refusal.code, "")
        errors.setdefault(field, []).append(refusal.say(asking.names))
    if errors or record is None:
        return _again(asking, story, errors)
    return press(
        asking,
        act(put_on_file([record])[record]),
        said=f"They are in “{story.called}” now.",
        then=_the_page(asking, story),
        otherwise=lambda reasons: _again(asking, story, {"": reasons}),
    )


@in_a_team
def release(asking: Asking, group: str) -> HttpResponse:
    """Let somebody go from the group, saying why."""
    story = the_story(asking, group)
    if asking.request.method != "POST":
        return HttpResponseRedirect(_the_page(asking, story))
    typed = asking.request.POST
    if not typed.get("patient"):
        return _again(asking, story, {"patient": ["Choose who leaves the group."]})
    return press(
        asking,
        acts.Release(
            **asking.speaking(),
            group=story.group,
            patient=who.Patient(words_typed(typed, "patient")[:64]),
            because=acts.Words(words_typed(typed, "why_released")),
        ),
        said=f"They are not in “{story.called}” any more.",
        then=_the_page(asking, story),
        otherwise=lambda reasons: _again(asking, story, {"why_released": reasons}),
    )


def _match(asking: Asking, number: str, born_on: date) -> str | None:
    try:
        return match(number, born_on, reach(asking.standing, asking.now, sharing(day_of(asking.now))))
    except NoRecords:
        return None


def _again(asking: Asking, story: GroupStory, errors: dict[str, list[str]]) -> HttpResponse:
    again = show_group(asking, story, asking.request.POST, errors)
    again.status_code = 422
    return again


def _the_page(asking: Asking, story: GroupStory) -> str:
    return reverse("group", kwargs={"team": asking.team, "group": story.group})


urlpatterns = [
    path("teams/<team>/groups", groups, name="groups"),
    path("teams/<team>/groups/<group>", group, name="group"),
    path("teams/<team>/groups/<group>/include", include, name="include"),
    path("teams/<team>/groups/<group>/release", release, name="release"),
]
