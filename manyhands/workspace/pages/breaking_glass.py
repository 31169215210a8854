"""
Breaking the glass: finding somebody by NHS number and date of birth, saying why; the emergency note; and the list of
what was broken, which privacy officers review.
"""

import logging
import re

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from manyhands import who
from manyhands.access import Action, Basis, breaking_glass, decide, known_of, note_search
from manyhands.access.breaking_glass import FOUND, REASONS, against_breaking, against_reviewing
from manyhands.access.models import BrokenGlass, GlassReview
from manyhands.exchange.records import NoRecords, match_anybody, put_on_file
from manyhands.log.read import several
from manyhands.notices.telling_of_glass import tell, was_told
from manyhands.people.models import Person, Team
from manyhands.people.naming import names_in
from manyhands.rules.folding import fold
from manyhands.workspace.asking import Asking, in_a_team
from manyhands.workspace.drafts import too_long
from manyhands.workspace.my_teams import teams_of
from manyhands.workspace.pages.person import show_person
from manyhands.workspace.showing import of_no_team, show
from manyhands.workspace.typed import boxes_typed, day_typed, words_typed

logger = logging.getLogger(__name__)
Errors = dict[str, list[str]]
NOBODY = "Nobody with this NHS number and this date of birth is in the records that are loaded here."
ON_A_PAGE = 50


@reauthentication_required  # type: ignore[untyped-decorator]
@in_a_team
def break_glass(asking: Asking) -> HttpResponse:
    """Say who it is, and why; then see them for four hours."""
    hats = [hat.role for hat in asking.hats]
    reasons = list(against_breaking(asking.person, hats, asking.now))
    if asking.request.method != "POST" or reasons:
        return _form(asking, reasons, status=422 if asking.request.method == "POST" else 200)
    typed = asking.request.POST
    errors = _wrong_with(typed)
    patient = None if errors else _found(typed)
    if not errors and patient is None:
        note_search(asking.person, asking.team, at=asking.now, page="break-glass")
        errors["nhs_number"] = [NOBODY]
    if errors or patient is None:
        return _form(asking, [], errors, status=422)
    role = breaking_glass.roles_that_may(hats)[0]
    why = words_typed(typed, "because")
    broken = breaking_glass.break_glass(asking.person, asking.team, role, patient, typed["reason"], why, asking.now)
    _tell(broken)
    messages.success(
        asking.request,
        "You see them until the time that the banner says. Who leads, and the privacy officers, are told.",
    )
    return redirect("person", team=asking.team, patient=patient)


def _wrong_with(typed: QueryDict) -> Errors:
    errors: Errors = too_long(typed)
    if not re.fullmatch(r"[0-9]{10}", _number(typed)):
        errors["nhs_number"] = ["Write the ten figures of the NHS number."]
    if day_typed(typed, "born") is None:
        errors["born"] = ["Write the date of birth."]
    if typed.get("reason") not in REASONS:
        errors["reason"] = ["Choose the reason."]
    if not words_typed(typed, "because"):
        errors["because"] = ["Say why in your own words: it is what you will be asked about."]
    return errors


def _number(typed: QueryDict) -> str:
    return re.sub(r"[\s-]", "", typed.get("nhs_number", ""))


def _found(typed: QueryDict) -> who.Patient | None:
    born_on = day_typed(typed, "born")
    try:
        record = match_anybody(_number(typed), born_on) if born_on else None
        return put_on_file([record])[record] if record else None
    except NoRecords:
        return None


def _tell(broken: BrokenGlass) -> None:
    """Nobody is kept from a patient in an emergency because a message could not be written."""
    try:
        with transaction.atomic():
            everywhere = [who.Team(each) for each in Team.objects.values_list("id", flat=True)]
            tell(broken, several(everywhere, fold))
    except Exception:  # whatever it is: it is logged, and the list of broken glass says that nobody was told
        logger.exception("nobody was told of a broken glass")


def _form(asking: Asking, reasons: list[str], errors: Errors | None = None, status: int = 200) -> HttpResponse:
    shown = show(
        asking,
        "break_glass.html",
        current="find-people",
        errors=errors or {},
        reasons=reasons,
        typed=asking.request.POST,
        born=boxes_typed(asking.request.POST, "born"),
        reason_choices=list(REASONS.items()),
    )
    shown.status_code = status
    return shown


@in_a_team
def emergency_note(asking: Asking, patient: str) -> HttpResponse:
    """Write something about a patient whom one sees by a broken glass, for everybody who sees them."""
    one = who.Patient(patient)
    mine = [each for each in breaking_glass.broken_by(asking.person, asking.now) if each.patient == one]
    known = known_of([one], asking.now)
    sees = decide(asking.person, Action.READ, one, asking.standing, asking.now, circumstances=known)
    if not mine or not any(ground.basis is Basis.BREAK_GLASS for ground in sees.grounds):
        raise Http404
    typed = asking.request.POST
    if errors := too_long(typed):
        again = show_person(asking, patient, errors)
        again.status_code = 422
        return again
    if words := words_typed(typed, "note"):
        breaking_glass.add_note(mine[-1], words, asking.now)
        messages.success(asking.request, "Your note is on their page.")
    return redirect("person", team=asking.team, patient=patient)


@login_required
def broken(request: HttpRequest) -> HttpResponse:
    """What was broken in one's own teams; everywhere, to be reviewed, for a privacy officer. No patient is named."""
    assert isinstance(request.user, Person)
    return _list(request, request.user, {})


def _list(request: HttpRequest, officer: Person, errors: dict[str, list[str]], status: int = 200) -> HttpResponse:
    mine = list(teams_of(who.Person(officer.id), timezone.now()).standings)
    seen = Q() if officer.is_privacy_officer else Q(team__in=mine) | Q(person=officer.id)
    rows = list(BrokenGlass.objects.filter(seen).select_related("review").order_by("-at")[:ON_A_PAGE])
    about = {
        "rows": rows,
        "names": names_in({who.Team(each.team) for each in rows}),
        "officer": officer.is_privacy_officer,
        "me": officer.id,
        "told": was_told(rows),
        "now": timezone.now(),
        "navigation": of_no_team("Broken glass", "broken-glass"),
        "reasons": REASONS,
        "found": FOUND,
        "errors": errors,
        "typed": request.POST,
    }
    return render(request, "broken_glass.html", about, status=status)


@login_required
def review_glass(request: HttpRequest, glass: str) -> HttpResponse:
    """Say whether it was right."""
    officer = request.user
    assert isinstance(officer, Person)
    there = BrokenGlass.objects.filter(id=glass).first()
    if not officer.is_privacy_officer or there is None:
        raise Http404
    if request.method != "POST":
        return redirect("broken-glass")
    standing = several([who.Team(there.team)], fold)[who.Team(there.team)]
    against = list(against_reviewing(who.Person(officer.id), there, standing))
    found, because = request.POST.get(f"found-{glass}", ""), words_typed(request.POST, f"why-{glass}")
    errors = {"": against} if against else too_long(request.POST)
    if not errors and found not in FOUND:
        errors[f"found-{glass}"] = ["Choose what you found."]
    if not errors and not because:
        errors[f"why-{glass}"] = ["Say why."]
    if errors:
        return _list(request, officer, errors, status=422)
    said = {"found": found, "because": because, "by": officer.id, "at": timezone.now()}
    _, first = GlassReview.objects.get_or_create(glass=there, defaults=said)
    if not first:  # somebody else has, at the same moment
        return _list(
            request, officer, {"": list(against_reviewing(who.Person(officer.id), there, standing))}, status=422
        )
    messages.success(request, "Your review is written down.")
    return redirect("broken-glass")


urlpatterns = [
    path("teams/<team>/break-glass", break_glass, name="break-glass"),
    path("teams/<team>/people/<patient>/emergency-note", emergency_note, name="emergency-note"),
    path("broken-glass", broken, name="broken-glass"),
    path("broken-glass/<glass>/review", review_glass, name="review-glass"),
]
