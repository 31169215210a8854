# ruff: noqa: E501 - lines of a template
"""Pages for trying the frame of every page: one with all its parts, and some that go wrong."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

PARTS = """
{% extends "base.html" %}
{% from "parts/tables.html" import table, row, row_heading, cell %}
{% from "parts/fields.html" import text_field, long_text_field, choice_field, ticks_field, select_field, date_field, hidden_field, button %}
{% from "parts/cards.html" import board, column, card, lanes, lane %}
{% from "parts/tags.html" import tag, count %}
{% from "parts/lists.html" import facts, fact, steps, step, nothing_here, bullets %}
{% from "parts/messages.html" import why_not, warning, inset %}
{% from "parts/links.html" import back_link, breadcrumb, pages %}
{% block title %}All the parts{% endblock %}
{% block back %}{{ back_link("/", "Team board") }}{% endblock %}
{% block breadcrumb %}{{ breadcrumb([("My work", "/"), ("Oakvale", "/oakvale")]) }}{% endblock %}
{% block content %}
<h1 class="nhsuk-heading-l">All the parts</h1>
{% call board() %}
  {% call column("What is being asked", number=2, id="asked") %}
    {% call card("Weekly visit", href="#visit") %}<p>{{ tag("Nobody holds this", "red") }}</p>{% endcall %}
    {% call card("Medicines review", alarm=true) %}<p>{{ count(3, "day") }}</p>{% endcall %}
  {% endcall %}
  {% call column("What is agreed", number=0) %}{{ nothing_here("Nothing is agreed yet", "It will be here.") }}{% endcall %}
{% endcall %}
{% call lanes() %}{% call lane("Adult Social Care", note="2 held") %}{{ card("Home visit", level=4) }}{% endcall %}{% endcall %}
{% call table("Responsibilities", ["What", "Held by", "Days waiting"], numeric=[2]) %}
  {% for n in range(3) %}
  {% call row() %}{{ row_heading("What", "Visit " ~ n) }}{% call cell("Held by") %}<a href="#dev">Dev Patel</a>{% endcall %}{{ cell("Days waiting", n, numeric=true) }}{% endcall %}
  {% endfor %}
{% endcall %}
{% call facts() %}{{ fact("Review on", "14 March 2026") }}{{ fact("Chair", "Asha Khan", change="#chair") }}{% endcall %}
{% call steps() %}{{ step("Carol Jones proposed this", "4 July 2026, 3:05pm") }}{% call step("Dev Patel objected") %}<p>Because</p>{% endcall %}{% endcall %}
{{ why_not(["Adult Social Care has not been heard on this version."]) }}
{{ inset("Remember") }}{% call warning("Nobody holds this") %}<p>Ask someone.</p>{% endcall %}{{ bullets(["one", "two"]) }}
<form method="post" novalidate>
  {{ csrf_input }}{{ hidden_field("version", 3) }}
  {{ text_field("question", "What is being asked?", hint="One question", error=errors.question, autocomplete="off") }}
  {{ long_text_field("why", "Why?", "<b>because</b>", error=errors.why) }}
  {{ choice_field("position", "What do you say?", [("consent", "Consent", "You can live with it"), ("object", "Object")], value="consent", error=errors.position) }}
  {{ ticks_field("organisations", "Whom does it touch?", [("a", "Practice"), ("b", "Housing")], values=["b"], error=errors.organisations) }}
  {{ select_field("role", "As whom?", [("", "Choose"), ("r1", "Nurse")], value="r1", error=errors.role) }}
  {{ date_field("review_on", "When shall we look again?", error=errors.review_on) }}
  {{ button("Propose") }} {{ button("Keep for later", kind="secondary", name="keep", value="1") }}
</form>
{{ pages(2, 4, "?page=") }}
{% endblock %}
"""

ERRORS = {
    "question": "Say what is being asked",
    "position": "Say where you stand",
    "organisations": "Choose whom it touches",
    "review_on": "Say when to look again",
    "": ["Adult Social Care has not been heard on this version. Dev Patel can speak for it."],
}
NAVIGATION = [{"text": "My work", "href": "/", "current": True}, {"text": "Team", "href": "/team"}]


def parts(request: HttpRequest) -> HttpResponse:
    around = {"errors": ERRORS if request.GET.get("with") == "errors" else {}, "navigation": NAVIGATION, "wide": True}
    return HttpResponse(engines["jinja2"].from_string(PARTS).render(around, request))


def failing(request: HttpRequest, name: str) -> HttpResponse:
    raise RuntimeError("about Mrs Jones, 999 123 4567")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("about Mrs Jones")


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("about Mrs Jones")


urlpatterns = [
    path("", parts),
    path("failing/<str:name>", failing),
    path("forbidden", forbidden),
    path("suspicious", suspicious),
]
