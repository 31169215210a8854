"""Who has seen whom: of one patient, to be given to them; of oneself; and of anybody, for privacy officers."""

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone

from manyhands import who
from manyhands.access import Action, Seen
from manyhands.access.models import Sight
from manyhands.access.reports import LATELY, Opened, note_reading, of_patient, of_person, out_of_pattern
from manyhands.exchange import reads as given
from manyhands.log.read import several
from manyhands.people.models import Person, Team
from manyhands.people.naming import Names, names_in
from manyhands.rules.folding import fold
from manyhands.workspace.asking import Asking, in_a_team
from manyhands.workspace.showing import of_no_team, show

ON_A_PAGE = 100


def _of(asking: Asking, patient: str) -> tuple[Seen, list[Opened], Names]:
    """The report about one patient. Whoever does not lead gets 404, as for somebody who does not exist."""
    seen = asking.sees(patient, "who-has-seen", Action.LEAD, Action.READ_THE_READS)
    if seen is None:
        raise Http404
    pages = of_patient(seen.patient)
    return seen, pages, names_in({each.team for each in pages})


@in_a_team
def who_has_seen(asking: Asking, patient: str) -> HttpResponse:
    """Everybody who was shown a patient, in any team, and why; a page that can be printed."""
    seen, pages, names = _of(asking, patient)
    here, last, rows = _cut(asking.request, pages)
    about: dict[str, Any] = {"seen": seen, "rows": rows, "here": here, "last": last, "everything": len(pages)}
    return show(asking, "who_has_seen.html", looked_at=given.looked_at, because=given.because, all_names=names, **about)


@in_a_team
def who_has_seen_sheet(asking: Asking, patient: str) -> HttpResponse:
    _, pages, names = _of(asking, patient)
    headers = {"Content-Disposition": 'attachment; filename="who-has-seen.csv"'}
    return HttpResponse(given.sheet(pages, names), content_type="text/csv; charset=utf-8", headers=headers)


@in_a_team
def who_has_seen_fhir(asking: Asking, patient: str) -> HttpResponse:
    _, pages, names = _of(asking, patient)
    headers = {"Content-Disposition": 'attachment; filename="who-has-seen.json"'}
    bundle = json.dumps(given.audit_events(who.Patient(patient), pages, names), ensure_ascii=False)
    return HttpResponse(bundle, content_type="application/fhir+json", headers=headers)


@login_required
def reads(request: HttpRequest) -> HttpResponse:
    """What one was shown oneself; for a privacy officer, what anybody was, and what is unusual. No patient is named."""
    me, now = request.user, timezone.now()
    assert isinstance(me, Person)
    officer = me.is_privacy_officer
    chosen = request.GET.get("person", "")
    if chosen in ("", me.id):
        of = me
    elif not officer or "\0" in chosen:
        raise Http404
    else:
        of = get_object_or_404(Person, id=chosen)
    if of.id != me.id:
        note_reading(who.Person(me.id), who.Person(of.id), now)
    elif officer:
        note_reading(who.Person(me.id), None, now)
    pages = of_person(who.Person(of.id), now - LATELY)
    here, last, rows = _cut(request, pages)
    everywhere = [who.Team(each) for each in Team.objects.values_list("id", flat=True)] if officer else []
    unusual = out_of_pattern(several(everywhere, fold), now - LATELY) if officer and of.id == me.id else []
    names = names_in([*everywhere, *{each.team for each in pages}])
    about = {
        "of": of,
        "me": me.id,
        "officer": officer,
        "everybody": sorted(names.people.items(), key=lambda each: each[1]) if officer else [],
        "rows": rows,
        "here": here,
        "last": last,
        "everything": len(pages),
        "unusual": unusual,
        "since": now - LATELY,
        "names": names,
        "navigation": of_no_team("Who has seen whom" if officer else "What you were shown", "reads"),
        "looked_at": given.looked_at,
        "because": given.because,
        "in_all": Sight.objects.filter(at__gte=now - LATELY).count() if officer else 0,
    }
    return render(request, "reads.html", about)


def _cut(request: HttpRequest, pages: list[Opened]) -> tuple[int, int, list[Opened]]:
    """Which page of the list is asked for, how many there are, and its rows."""
    asked = request.GET.get("page", "1")
    last = max(1, -(-len(pages) // ON_A_PAGE))
    here = min(int(asked), last) if asked.isascii() and asked.isdecimal() and 0 < len(asked) < 7 and int(asked) else 1
    return here, last, pages[(here - 1) * ON_A_PAGE : here * ON_A_PAGE]


urlpatterns = [
    path("teams/<team>/people/<patient>/who-has-seen", who_has_seen, name="who-has-seen"),
    path("teams/<team>/people/<patient>/who-has-seen.csv", who_has_seen_sheet, name="who-has-seen-sheet"),
    path("teams/<team>/people/<patient>/who-has-seen.json", who_has_seen_fhir, name="who-has-seen-fhir"),
    path("reads", reads, name="reads"),
]
