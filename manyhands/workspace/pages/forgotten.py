"""
A new password for somebody who has forgotten theirs, by a link that is sent to their address.

What is answered never says whether there is such an account, and takes as long either way: the message is sent beside
the answer. The link is good for an hour and for one new password; a second factor is asked for afterwards as always.
"""

from threading import Thread

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from manyhands.exchange.email.handing import hand_over
from manyhands.people.models import Person
from manyhands.workspace import signing_in
from manyhands.workspace.pages.your_sign_in import wrong_with

SALT = "manyhands.forgotten"
GOOD_FOR = 60 * 60
"""Seconds."""
SENT = "If there is an account with this address, a message is on its way to it. The link in it is good for an hour."
NO_MAIL = "This site sends no e-mail. Ask the person who looks after accounts in your organisation for a new password."


@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """The form; and, when it is sent, the same answer whoever's address it is."""
    if request.method != "POST":
        return render(request, "signing_in/forgotten.html", {"by_mail": bool(settings.MAIL), "no_mail": NO_MAIL})
    email, now = request.POST.get("email", "").replace("\0", "").strip()[:254], timezone.now()
    place = "forgotten\n" + request.META.get("REMOTE_ADDR", "")
    if not email or not settings.MAIL:
        about = {"by_mail": bool(settings.MAIL), "no_mail": NO_MAIL, "errors": {"email": "Enter your email address"}}
        return render(request, "signing_in/forgotten.html", about, status=422)
    if not signing_in.has_to_wait("forgotten\n" + email, place, now):
        signing_in.note_failure("forgotten\n" + email, place, now)
        person = Person.objects.filter(email__iexact=email, is_active=True).first()
        message = _message(person) if person is not None and person.has_usable_password() else None
        Thread(target=_handed_over, args=(message,), daemon=True).start()
    messages.success(request, SENT)
    return redirect("sign-in")


def _handed_over(message: EmailMessage | None) -> None:
    if message is not None:
        how = hand_over(message).how
        signing_in.noted.info("a link for a new password: %s", how)


def _message(person: Person) -> EmailMessage:
    token = signing.dumps([person.pk, default_token_generator.make_token(person)], salt=SALT)
    link = settings.SITE + reverse("new-password", kwargs={"forgotten": token})
    body = (
        f"Somebody asked for a new password for your account in Manyhands. If it was you, choose one here, within an "
        f"hour:\n{link}\n\nIf it was not you, there is nothing to do: the old password stays.\n"
    )
    return EmailMessage("A new password for Manyhands", body, settings.DEFAULT_FROM_EMAIL, [person.email])


@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest, forgotten: str) -> HttpResponse:
    """Choosing a new password by the link. It ends every session of the account, and signs nobody in."""
    person = _person_of(forgotten)
    if person is None:
        return render(request, "signing_in/no_longer_good.html", {}, status=404)
    if request.method != "POST":
        return render(request, "signing_in/new_password.html", {})
    password = request.POST.get("password", "")
    if errors := wrong_with(password, request.POST.get("again", ""), person):
        return render(request, "signing_in/new_password.html", {"errors": errors}, status=422)
    person.set_password(password)
    person.save(update_fields=["password"])
    signing_in.noted.info("%s has a new password, by a link", person.pk)
    messages.success(request, "Your password is changed. Sign in with the new one.")
    return redirect("sign-in")


def _person_of(link: str) -> Person | None:
    try:
        person_id, token = signing.loads(link, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    return person if person is not None and default_token_generator.check_token(person, token) else None


urlpatterns = [
    path("sign-in/forgotten", forgotten, name="forgotten"),
    path("sign-in/forgotten/<str:forgotten>", new_password, name="new-password"),
]
