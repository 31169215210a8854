"""A responsibility: what it is, who holds it right now and why, who held it on a day, and every step so far."""

from datetime import datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from manyhands import acts, who
from manyhands.access import glimpse, see
from manyhands.log.read import brought_forward
from manyhands.pictures import who_holds_what
from manyhands.pictures.alarms import alarms
from manyhands.pictures.heard import deputised
from manyhands.pictures.who_holds_what import ResponsibilityStory, Why, held, who_held
from manyhands.rules.days import HERE
from manyhands.rules.things import ResponsibilityStanding
from manyhands.workspace.actions import press
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking, in_a_team
from manyhands.workspace.drafts import no_such_days, too_long
from manyhands.workspace.pages.each_person import CALLED, REACHED, each_person, report_on_people
from manyhands.workspace.showing import show
from manyhands.workspace.speaking import Button, button
from manyhands.workspace.typed import day_typed, words_typed

Errors = dict[str, list[str]]
PROGRESS = (
    (acts.Progress.IN_PROGRESS.value, "In progress"),
    (acts.Progress.NOT_STARTED.value, "Not started"),
    (acts.Progress.CANNOT_YET.value, "Cannot be done yet"),
)
OUTCOMES = (
    (acts.Outcome.DONE.value, "Done"),
    (acts.Outcome.PARTLY.value, "Partly done"),
    (acts.Outcome.NOT_DONE.value, "Not done"),
    (acts.Outcome.NO_LONGER_NEEDED.value, "No longer needed"),
)


def find(asking: Asking, responsibility: str) -> tuple[ResponsibilityStory, ResponsibilityStanding]:
    stands = asking.standing.responsibilities.get(who.Responsibility(responsibility))
    if stands is None:
        raise Http404
    return brought_forward(asking.team, who_holds_what.fold).responsibilities[stands.responsibility], stands


@in_a_team
def responsibility(asking: Asking, responsibility: str) -> HttpResponse:
    """The page; and, by the name of the button, what was pressed on it."""
    if asking.request.method != "POST":
        return show_responsibility(asking, responsibility)
    stands = find(asking, responsibility)[1]
    do = asking.request.POST.get("do", "")
    if do not in PRESSED and do != "people":
        return redirect("responsibility", team=asking.team, responsibility=responsibility)
    typed = asking.request.POST
    if errors := too_long(typed) | no_such_days(typed, {"next_check": "The next check"}):
        again = show_responsibility(asking, responsibility, errors)
        again.status_code = 422
        return again
    if do == "people":
        return report_on_people(asking, stands, lambda errors: show_responsibility(asking, responsibility, errors))
    doing, said, box = PRESSED[do](asking, stands.responsibility)
    return press(
        asking,
        *doing,
        said=said,
        then=reverse("responsibility", kwargs={"team": asking.team, "responsibility": responsibility}),
        otherwise=lambda reasons: show_responsibility(asking, responsibility, {box: reasons}),
    )


Pressed = tuple[list[acts.AnyAct], str, str]


# ---- what can be pressed -----------------------------------------------------------------------------------------


def _take_on(asking: Asking, which: who.Responsibility) -> Pressed:
    return [acts.TakeOn(**asking.speaking(), responsibility=which)], "Taken on. It is in your role’s hands.", ""


def _decline(asking: Asking, which: who.Responsibility) -> Pressed:
    because = acts.Words(words_typed(asking.request.POST, "why-decline"))
    said = "Declined. Whoever asked sees it on their My work."
    return [acts.Decline(**asking.speaking(), responsibility=which, because=because)], said, "why-decline"


def _report(asking: Asking, which: who.Responsibility) -> Pressed:
    typed = asking.request.POST
    progress = typed.get("progress", "")
    act = acts.Report(
        **asking.speaking(),
        responsibility=which,
        progress=acts.Progress(progress) if progress in dict(PROGRESS) else acts.Progress.IN_PROGRESS,
        words=acts.Words(words_typed(typed, "report")),
        support_needed="yes" in typed.getlist("support"),
        next_check_on=day_typed(typed, "next_check"),
    )
    return [act], "Your report is on the record.", "report"


def _complete(asking: Asking, which: who.Responsibility) -> Pressed:
    typed = asking.request.POST
    outcome = typed.get("outcome", "")
    complete = acts.Complete(
        **asking.speaking(),
        responsibility=which,
        outcome=acts.Outcome(outcome) if outcome in dict(OUTCOMES) else acts.Outcome.DONE,
        what_happened=acts.Words(words_typed(typed, "what-happened")),
    )
    left = tuple(asking.standing.not_yet_reached(asking.standing.responsibilities[which]))
    done_for_all = complete.outcome is acts.Outcome.DONE and "done" in typed.getlist("rest") and left
    done = acts.ReportOnPeople(**asking.speaking(), responsibility=which, patients=left, reached=acts.Reached.DONE)
    doing: list[acts.AnyAct] = [done, complete] if done_for_all else [complete]
    return doing, "Closed, with what happened.", "what-happened"


PRESSED = {"take-on": _take_on, "decline": _decline, "report": _report, "complete": _complete}
"""What each button of the page does: the act, what is said once it is done, and the box its reasons belong to."""


def _buttons(asking: Asking, which: who.Responsibility) -> dict[str, Button]:
    about: dict[str, Any] = {"responsibility": which}
    report = {**about, "progress": acts.Progress.IN_PROGRESS, "words": TO_BE_WRITTEN}
    complete = {**about, "outcome": acts.Outcome.PARTLY, "what_happened": TO_BE_WRITTEN}
    return {
        "take_on": button(asking, lambda speaking: acts.TakeOn(**speaking, **about)),
        "decline": button(asking, lambda speaking: acts.Decline(**speaking, **about, because=TO_BE_WRITTEN)),
        "report": button(asking, lambda speaking: acts.Report(**speaking, **report)),
        "complete": button(asking, lambda speaking: acts.Complete(**speaking, **complete)),
    }


# ---- what is shown -----------------------------------------------------------------------------------------------


def show_responsibility(asking: Asking, which: str, errors: Errors | None = None) -> HttpResponse:
    story, stands = find(asking, which)
    standing, now = asking.standing, asking.now
    carried = brought_forward(asking.team, who_holds_what.fold)
    on, then = _held_on(asking, story)
    seen = (
        see(asking.person, asking.team, standing, [stands.patient], at=now, page="responsibility")
        if (stands.patient)
        else {}
    )
    glimpsed = (
        glimpse(asking.person, asking.team, standing, stands.patient, at=now, page="responsibility", names=asking.names)
        if stands.patient and not seen
        else None
    )
    return show(
        asking,
        "responsibility.html",
        current="board",
        wide=True,
        errors={name: reasons for name, reasons in (errors or {}).items() if reasons},
        typed=asking.request.POST or QueryDict(),
        held=held(story, stands, standing, now),
        story=story,
        stands=stands,
        ringing=[alarm for alarm in alarms(carried, standing, now) if alarm.responsibility == stands.responsibility],
        decision=standing.proposals.get(stands.proposal) if stands.proposal else None,
        group=standing.groups.get(stands.group) if stands.group else None,
        patient=seen.get(stands.patient) if stands.patient else None,
        glimpsed=glimpsed,
        buttons=_buttons(asking, stands.responsibility),
        progress_choices=PROGRESS,
        outcome_choices=OUTCOMES,
        deputised=lambda by: deputised(by.person, by.role, by.at, standing),
        each_person=each_person(asking, stands),
        reached_choices=REACHED,
        reached_called=CALLED,
        on=on,
        on_typed=asking.request.GET,
        then=then,
    )


def _held_on(asking: Asking, story: ResponsibilityStory) -> tuple[datetime | None, tuple[Why, ...]]:
    """Who held it on the day asked about in the address: at noon, and at the day's start and end where they differ."""
    on = day_typed(asking.request.GET, "on")
    if on is None or on > timezone.localdate(asking.now) or on.year < 2000:
        return None, ()
    midnight = datetime.combine(on, time.min, HERE)
    turns = [moment for moment in (_turns(story, asking)) if midnight <= moment < midnight + timedelta(days=1)]
    moments = sorted({midnight, *turns})
    found = [who_held(story, asking.standing, min(moment, asking.now)) for moment in moments]
    kept = [why for why, before in zip(found, [None, *found], strict=False) if why is not None and why != before]
    return midnight, tuple(kept)


def _turns(story: ResponsibilityStory, asking: Asking) -> list[datetime]:
    """Every moment at which somebody may have begun or stopped answering for anything."""
    standing = asking.standing
    periods = [h.period for role in standing.roles.values() for h in role.holdings]
    periods += [period for each in standing.absences.values() for period in each]
    periods += [m.period for each in standing.memberships.values() for m in each]
    moments = [p.from_at for p in periods] + [p.until_at for p in periods if p.until_at is not None]
    moments += [step.by.at for step in story.steps]
    return [moment for moment in moments if moment <= asking.now]


urlpatterns = [path("teams/<str:team>/responsibilities/<str:responsibility>", responsibility, name="responsibility")]
