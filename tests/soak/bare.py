"""A page of Django's with one query and nothing else: what a page costs before it does anything for anybody."""

import os

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

from manyhands.site import databases

settings.configure(
    DATABASES={"default": databases.from_address(os.environ["MANYHANDS_DATABASE"])},
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["localhost"],
    SECRET_KEY="nothing here is signed",
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.sessions"],
)

import django  # noqa: E402 - the settings come first

django.setup()


def page(request: HttpRequest) -> HttpResponse:
    from django.contrib.sessions.models import Session

    known = Session.objects.filter(session_key=request.COOKIES.get("manyhands_session", "")).exists()
    return HttpResponse(f"<!doctype html><title>Bare</title><p>{known}</p>")


urlpatterns = [path("alive", page)]
application = WSGIHandler()
