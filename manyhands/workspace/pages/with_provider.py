"""
Signing in with an organisation's own identity provider, and tying an account to it.

An account is tied only by its person, signed in, or at the command line: that somebody has the same e-mail address
there proves nothing. Each provider has an address of its own that people come back to.
"""

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from manyhands.exchange.sign_in import asking, keys, signed_out
from manyhands.exchange.sign_in.asking import Believed, NotBelieved, NotReached
from manyhands.exchange.sign_in.providers import Provider
from manyhands.people.models import Identity, Person
from manyhands.workspace.onward import onward_from
from manyhands.workspace.signing_in import FROM_PROVIDER, end_sessions_of, noted

WHAT_FOR = "with-provider"
"""Where a session keeps what somebody went to a provider for: to sign in, to tie their account, to show themselves."""


def _known(key: str) -> Provider:
    provider: Provider | None = settings.IDENTITY_PROVIDERS.get(key)
    if provider is None:
        raise Http404
    return provider


def _sent(request: HttpRequest, provider: Provider, what_for: dict[str, str], *, anew: bool = False) -> HttpResponse:
    back = request.build_absolute_uri(reverse("back-from-provider", kwargs={"provider": provider.key}))
    try:
        answer = asking.send(request, provider, back, anew=anew)
    except (NotBelieved, NotReached) as problem:
        return _did_not_work(request, provider, problem)
    request.session[WHAT_FOR] = {**request.session.get(WHAT_FOR, {}), provider.key: what_for}
    return answer


@require_safe
def with_provider(request: HttpRequest, provider: str) -> HttpResponse:
    """Send somebody to their provider, to sign in."""
    return _sent(request, _known(provider), {"what": "sign-in", "onward": onward_from(request)})


@require_safe
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def tie_to_provider(request: HttpRequest, provider: str) -> HttpResponse:
    """Send somebody who is signed in to a provider, to sign in with it from then on."""
    assert isinstance(request.user, Person)
    return _sent(request, _known(provider), {"what": "tie", "person": request.user.id}, anew=True)


@require_safe
@login_required
def again_with_provider(request: HttpRequest, provider: str) -> HttpResponse:
    """Send somebody who is signed in back to their provider, to show that it is still them."""
    assert isinstance(request.user, Person)
    what_for = {"what": "again", "person": request.user.id, "onward": onward_from(request)}
    return _sent(request, _known(provider), what_for, anew=True)


@require_safe
def back_from_provider(request: HttpRequest, provider: str) -> HttpResponse:
    """Somebody comes back from a provider; what follows is what they went there for."""
    known = _known(provider)
    what_for = request.session.get(WHAT_FOR, {}).pop(provider, None)
    request.session.modified = True
    try:
        if what_for is None:
            raise NotBelieved("nobody was sent there from here")
        found = asking.believed(request, known)
        identity = Identity.objects.filter(issuer=found.issuer, subject=found.subject).select_related("person").first()
        if what_for["what"] == "sign-in":
            return _in(request, known, found, identity, what_for["onward"])
        if not isinstance(request.user, Person) or request.user.id != what_for["person"]:
            raise NotBelieved("whoever was sent there is signed out here")
        if what_for["what"] == "tie":
            return _tied(request, known, found, identity)
        if identity is None or identity.person_id != request.user.id:
            raise NotBelieved("somebody else came back")
    except (NotBelieved, NotReached) as problem:
        return _did_not_work(request, known, problem)
    _record(request, request.user, known, found, reauthenticated=True)
    return redirect(what_for["onward"])


def _record(request: HttpRequest, person: Person, provider: Provider, found: Believed, **more: bool) -> None:
    record_authentication(
        request, person, method="provider", provider=provider.key, second_factor=found.second_factor_shown, **more
    )
    request.session[FROM_PROVIDER] = {"issuer": found.issuer, "subject": found.subject, "session": found.session}


def _in(
    request: HttpRequest, provider: Provider, found: Believed, identity: Identity | None, onward: str
) -> HttpResponse:
    if identity is None:
        noted.info("a sign-in with %s failed: no account is tied to it", provider.key)
        return render(request, "signing_in/not_tied.html", {"provider": provider}, status=403)
    if not identity.person.is_active:
        return _did_not_work(request, provider, NotBelieved("the account is closed"))
    _record(request, identity.person, provider, found)
    answer: HttpResponse = perform_login(request, Login(user=identity.person, redirect_url=onward))
    return answer


def _tied(request: HttpRequest, provider: Provider, found: Believed, identity: Identity | None) -> HttpResponse:
    assert isinstance(request.user, Person)
    if identity is not None and identity.person_id != request.user.id:
        return render(request, "signing_in/tied_to_another.html", {"provider": provider}, status=409)
    try:
        with transaction.atomic():
            if identity is None:
                Identity.objects.create(
                    issuer=found.issuer, subject=found.subject, person=request.user, since=timezone.now()
                )
    except IntegrityError:  # in another window, a moment ago
        return redirect("mfa_index")
    noted.info("%s ties their account to %s", request.user.id, provider.key)
    messages.success(request, f"From now on you can sign in with {provider.name}.")
    return redirect("mfa_index")


@require_POST
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def untie_from_provider(request: HttpRequest, provider: str) -> HttpResponse:
    """Sign in with a provider no longer; refused to whoever has no other way in."""
    assert isinstance(request.user, Person)
    known = _known(provider)
    mine = Identity.objects.filter(person=request.user)
    others = mine.exclude(issuer=known.issuer).exists() or request.user.has_usable_password()
    if not others:
        messages.error(request, f"{known.name} is your only way in. Set a password or a passkey first.")
        return redirect("mfa_index")
    mine.filter(issuer=known.issuer).delete()
    noted.info("%s unties their account from %s", request.user.id, known.key)
    messages.success(request, f"You no longer sign in with {known.name}.")
    return redirect("mfa_index")


def _did_not_work(request: HttpRequest, provider: Provider, problem: NotBelieved | NotReached) -> HttpResponse:
    why = problem.why if isinstance(problem, NotBelieved) else ""
    noted.warning("a sign-in with %s failed: %s", provider.key, why or "it does not answer")
    about = {"provider": provider, "reached": bool(why)}
    return render(request, "signing_in/did_not_work.html", about, status=400 if why else 503)


@csrf_exempt
@require_POST
def provider_signed_out(request: HttpRequest, provider: str) -> HttpResponse:
    """A provider says, from its server to ours, that somebody has signed out there: their sessions end here too."""
    known = _known(provider)
    try:
        out = signed_out.believed(known, request.POST.get("logout_token", ""))
    except NotBelieved as problem:
        noted.warning("%s said that somebody signed out, which was not believed: %s", known.key, problem.why)
        return JsonResponse({"error": "invalid_request"}, status=400)
    except NotReached:
        return JsonResponse({"error": "temporarily_unavailable"}, status=503)
    ended = end_sessions_of(out.issuer, out.subject, out.session, timezone.now())
    noted.info("%s said that somebody signed out: %s sessions ended", known.key, ended)
    return HttpResponse()


@require_safe
def our_keys(request: HttpRequest) -> HttpResponse:
    """Our public keys, for providers to whom we show who is asking by signing."""
    answer = JsonResponse(keys.published(settings.IDENTITY_PROVIDERS))
    answer["Cache-Control"] = "max-age=3600"
    return answer


urlpatterns = [
    path("sign-in/keys", our_keys, name="our-keys"),
    path("sign-in/with/<slug:provider>", with_provider, name="with-provider"),
    path("sign-in/with/<slug:provider>/again", again_with_provider, name="again-with-provider"),
    path("sign-in/with/<slug:provider>/back", back_from_provider, name="back-from-provider"),
    path("sign-in/with/<slug:provider>/signed-out", provider_signed_out, name="provider-signed-out"),
    path("your-sign-in/with/<slug:provider>", tie_to_provider, name="tie-to-provider"),
    path("your-sign-in/with/<slug:provider>/untie", untie_from_provider, name="untie-from-provider"),
]
