"""Where one is signed in, and signing out there: each device, or all the others."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from manyhands import who
from manyhands.people.models import Person
from manyhands.workspace.signing_in import end_one_session, sessions_of


@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Each session that is running, with when it began and when it was last used; this one first."""
    assert isinstance(request.user, Person)
    me, now = who.Person(request.user.id), timezone.now()
    running = sessions_of(me, request.session.session_key or "", now)
    if request.method == "POST":
        asked = request.POST.get("end", "")
        ending = [each for each in running if not each.this and asked in (each.id, "others")]
        for each in ending:
            end_one_session(each)
        if ending:
            messages.success(request, "Signed out there. Whoever used it has to sign in again.")
        return redirect("sessions")
    return render(request, "signing_in/sessions.html", {"running": running})


urlpatterns = [path("your-sign-in/sessions", sessions, name="sessions")]
