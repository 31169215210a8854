"""
What somebody sent when their session had ended: kept for a day, for them alone, and put back into its form.

It is kept here and not in their browser, which others may use after them; locked with the site's secret, since it may
say something about a patient. Passwords and files are not kept.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone

from manyhands.people.models import Person
from manyhands.workspace.form_filling import filled
from manyhands.workspace.locking import lock, unlock
from manyhands.workspace.models import KeptForm

GetResponse = Callable[[HttpRequest], HttpResponseBase]
FOR = timedelta(days=1)
LONGEST = 400_000
"""Characters of one form: the longest paper fits several times."""
NEVER = ("csrfmiddlewaretoken", "password", "again", "code", "credential")
KEPT = "kept-form"
"""Where a session says that there is something to put back, so that no page has to ask."""


def keep(request: HttpRequest, person: Person, page: str) -> bool:
    """Keep what they just sent, from the form on that page; whether there was anything to keep."""
    fields = [(name, value) for name, values in request.POST.lists() if name not in NEVER for value in values]
    written = json.dumps(fields)
    if not any(value.strip() for _, value in fields) or len(written) > LONGEST:
        return False
    now = timezone.now()
    KeptForm.objects.filter(at__lte=now - FOR).delete()
    KeptForm.objects.update_or_create(
        person=person, defaults={"page": page[:2000], "action": request.path, "fields": lock(written), "at": now}
    )
    return True


def look_for(request: HttpRequest) -> None:
    """Whether there is something to put back, asked once, when somebody has signed in."""
    mine = KeptForm.objects.filter(person_id=request.user.pk, at__gt=timezone.now() - FOR)
    if kept := mine.values("page", "action").first():
        request.session[KEPT] = kept


def put_back(request: HttpRequest, get_response: GetResponse) -> HttpResponseBase:
    """The page as it is; or, where its form is kept, with that filled in. Once that is sent, it is kept no longer."""
    kept = request.session.get(KEPT)
    if not kept:
        return get_response(request)
    if request.method == "POST" and request.path == kept["action"]:
        _forget(request)
        return get_response(request)
    if request.method != "GET" or request.get_full_path() != kept["page"]:
        return get_response(request)
    messages.info(request, BACK)
    return _with_it(get_response(request), request)


BACK = "You were signed out before this was sent. What you had written is in its form again. Look at it, and send it."


def _with_it(answer: HttpResponseBase, request: HttpRequest) -> HttpResponseBase:
    html = answer.headers.get("Content-Type", "").startswith("text/html")
    kept = KeptForm.objects.filter(person_id=request.user.pk).first()
    if not isinstance(answer, HttpResponse) or not html or answer.status_code != 200 or kept is None:
        return answer
    typed = [(name, value) for name, value in json.loads(unlock(kept.fields))]
    page, left = filled(answer.content.decode(), urlsplit(kept.page).path, kept.action, typed)
    if left:
        before, lead, after = page.partition("</main>")
        page = before + render_to_string("parts/kept_words.html", {"left": left}) + lead + after
    answer.content = page.encode()
    return answer


def _forget(request: HttpRequest) -> None:
    KeptForm.objects.filter(person_id=request.user.pk).delete()
    del request.session[KEPT]
