"""Records: what has been loaded, from where and when, what was set aside and why, and what answers to nothing."""

from django.http import HttpResponse
from django.urls import path

from manyhands.exchange.records import NoRecords, loaded
from manyhands.workspace.asking import Asking, in_a_team
from manyhands.workspace.showing import show

AT_ONCE = 100
"""Lines of a list that are shown; how many more there are is said."""


@in_a_team
def records(asking: Asking) -> HttpResponse:
    """What is known of the records as a whole. Nobody's record is shown here."""
    try:
        return show(asking, "records.html", current="records", loaded=loaded(), no_records="", at_once=AT_ONCE)
    except NoRecords as problem:
        return show(asking, "records.html", current="records", loaded=None, no_records=str(problem), at_once=AT_ONCE)


urlpatterns = [path("teams/<team>/records", records, name="records")]
