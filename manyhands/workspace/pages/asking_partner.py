"""
Asking a partner outside the team, who has no account, to do one thing about a responsibility, by a link.

The link is signed and good for a time. Whoever follows it sees who asks and what, in the words written for them, and
nothing else: no patient, no name of anybody else, nothing of the responsibility. What they answer is a report in the
log, judged by the rule for reports, recorded for whoever asked.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from manyhands import acts, who
from manyhands.log.record import Refused, TryAgain, record
from manyhands.people.naming import names_in
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking, in_a_team, new_identifier, standing_in
from manyhands.workspace.models import PartnerLink
from manyhands.workspace.showing import show
from manyhands.workspace.speaking import button
from manyhands.workspace.typed import words_typed

SALT = "manyhands.partner"
GOOD_FOR = {"7": "A week", "14": "Two weeks", "28": "Four weeks"}
MOST_WORDS = 1000
ANSWERS = {
    "accept": (acts.Progress.IN_PROGRESS, "Accepted."),
    "decline": (acts.Progress.CANNOT_YET, "Declined."),
    "report": (acts.Progress.IN_PROGRESS, ""),
}


@in_a_team
def ask_partner(asking: Asking, responsibility: str) -> HttpResponse:
    """The form, for whoever may report on the responsibility; and what was asked of partners before."""
    stands = asking.standing.responsibilities.get(who.Responsibility(responsibility))
    if stands is None:
        raise Http404
    may = button(
        asking,
        lambda speaking: acts.Report(
            **speaking,
            responsibility=stands.responsibility,
            progress=acts.Progress.IN_PROGRESS,
            words=TO_BE_WRITTEN,
            answered_by=TO_BE_WRITTEN,
        ),
    )
    if not may.allowed and not asking.hats:
        raise Http404
    typed, errors = asking.request.POST, {}
    if asking.request.method == "POST" and "end" in typed:
        PartnerLink.objects.filter(
            pk=typed["end"].replace("\0", ""), team=asking.team, responsibility=responsibility, ended_at=None
        ).update(ended_at=asking.now)
        messages.success(asking.request, "The link leads nowhere any more.")
        return redirect("ask-partner", team=asking.team, responsibility=responsibility)
    if asking.request.method == "POST":
        errors = _wrong(asking, may.allowed)
        if not errors:
            role = may.hats[0].role.role
            made = PartnerLink.objects.create(
                id=new_identifier(),
                team=asking.team,
                responsibility=responsibility,
                partner=words_typed(typed, "partner")[:140],
                what=words_typed(typed, "what"),
                asked_by_id=asking.person,
                in_role=role,
                made_at=asking.now,
                until_at=asking.now + timedelta(days=int(typed["days"])),
            )
            messages.success(asking.request, f"Give {made.partner} the link below.")
            return redirect("ask-partner", team=asking.team, responsibility=responsibility)
    links = PartnerLink.objects.filter(team=asking.team, responsibility=responsibility).order_by("-made_at")[:25]
    page = show(
        asking,
        "ask_partner.html",
        current="board",
        errors=errors,
        typed=typed,
        stands=stands,
        may=may,
        good_for=tuple(GOOD_FOR.items()),
        links=[(each, _address(each) if _is_good(each, asking) else "") for each in links],
    )
    page.status_code = 422 if errors else 200
    return page


def _wrong(asking: Asking, allowed: bool) -> dict[str, str]:
    typed = asking.request.POST
    errors = {}
    if not allowed:
        errors[""] = "Only the role that holds this, or stands in for it, can ask a partner about it."
    if not words_typed(typed, "partner"):
        errors["partner"] = "Say whom you ask: a name and where they work"
    if not words_typed(typed, "what"):
        errors["what"] = "Say what you ask them to do, without naming a patient"
    elif len(words_typed(typed, "what")) > MOST_WORDS:
        errors["what"] = f"Shorten this to {MOST_WORDS:,} characters at most"
    if typed.get("days") not in GOOD_FOR:
        errors["days"] = "Choose how long the link is good for"
    return errors


def _address(link: PartnerLink) -> str:
    return str(settings.SITE) + reverse("partner", kwargs={"link": signing.dumps(link.pk, salt=SALT)})


def _is_good(link: PartnerLink, asking: Asking) -> bool:
    return link.ended_at is None and link.until_at > asking.now


@require_http_methods(["GET", "HEAD", "POST"])
def partner(request: HttpRequest, link: str) -> HttpResponse:
    """What a partner is asked, and their answer."""
    now = timezone.now()
    try:
        asked = PartnerLink.objects.select_related("asked_by").filter(pk=signing.loads(link, salt=SALT)).first()
    except (signing.BadSignature, ValueError, TypeError):
        asked = None
    if asked is None or asked.ended_at is not None or asked.until_at <= now:
        return render(request, "signing_in/no_longer_good.html", {}, status=404)
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        errors = _answered(request, asked)
        if not errors:
            return redirect(request.path)
    names = names_in([who.Team(asked.team)])
    standing = standing_in(who.Team(asked.team))
    role = standing.roles.get(who.Role(asked.in_role))
    about = {
        "asked": asked,
        "errors": errors,
        "typed": request.POST,
        "role": names.role(who.Role(asked.in_role)),
        "organisation": names.organisation(role.organisation) if role else "",
    }
    return render(request, "partner.html", about, status=422 if errors else 200)


def _answered(request: HttpRequest, asked: PartnerLink) -> dict[str, list[str]]:
    """Record the answer for whoever asked; or what is in the way."""
    answer = request.POST.get("answer", "")
    words = words_typed(request.POST, "words")
    if answer not in ANSWERS:
        return {"answer": ["Choose what you answer"]}
    if answer != "accept" and not words:
        return {"words": ["Say why" if answer == "decline" else "Say what there is to report"]}
    progress, begins = ANSWERS[answer]
    role = standing_in(who.Team(asked.team)).roles.get(who.Role(asked.in_role))
    if role is None:
        return {"": [f"This cannot be recorded here any more. Please tell {asked.asked_by.name} directly."]}
    report = acts.Report(
        team=who.Team(asked.team),
        by=who.Person(asked.asked_by_id),
        for_organisation=role.organisation,
        in_role=role.role,
        at=timezone.now(),
        responsibility=who.Responsibility(asked.responsibility),
        progress=progress,
        words=acts.Words(f"{begins} {words}".strip()),
        answered_by=acts.Words(asked.partner),
    )
    try:
        record(report)
    except Refused:
        return {"": [f"This cannot be recorded here any more. Please tell {asked.asked_by.name} directly."]}
    except TryAgain:
        return {"": ["Many people are working just now, and nothing was kept. Press again."]}
    if answer == "accept":
        asked.accepted_at = asked.accepted_at or report.at
    else:
        asked.ended_at = report.at if answer == "decline" else None
    asked.save(update_fields=["accepted_at", "ended_at"])
    messages.success(request, f"Thank you. {asked.asked_by.name} sees what you answered.")
    return {}


urlpatterns = [
    path("teams/<str:team>/responsibilities/<str:responsibility>/partner", ask_partner, name="ask-partner"),
    path("asked/<str:link>", partner, name="partner"),
]
