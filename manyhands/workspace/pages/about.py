"""What stands at the foot of every page: help, the accessibility statement, and how records are used."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

PAGES = ("help", "accessibility", "records")


def about(request: HttpRequest, which: str) -> HttpResponse:
    if which not in PAGES:
        raise Http404
    return render(request, f"about/{which}.html")


urlpatterns = [path("about/<str:which>", about, name="about")]
