"""
Every page and its address: the lists of the page modules, joined. Keep the lines in order: where two would fit an
address ("proposals/new" and "proposals/<proposal>"), the first is taken, and `new_proposal` comes before `proposal`.
"""

from django.urls import URLPattern

from manyhands.workspace.pages import (
    about,
    answering,
    belonging,
    board,
    changing_decision,
    changing_places,
    changing_proposal,
    closing,
    gathering,
    grouping,
    handing_over,
    history,
    joining,
    matters,
    my_work,
    new_proposal,
    new_responsibility,
    person,
    proposal,
    recording,
    records,
    responsibility,
    review,
    sign_in,
    stepping_down,
    what_if,
)

urlpatterns: list[URLPattern] = [
    *about.urlpatterns,
    *answering.urlpatterns,
    *belonging.urlpatterns,
    *board.urlpatterns,
    *changing_decision.urlpatterns,
    *changing_places.urlpatterns,
    *changing_proposal.urlpatterns,
    *closing.urlpatterns,
    *gathering.urlpatterns,
    *grouping.urlpatterns,
    *handing_over.urlpatterns,
    *history.urlpatterns,
    *joining.urlpatterns,
    *matters.urlpatterns,
    *my_work.urlpatterns,
    *new_proposal.urlpatterns,
    *new_responsibility.urlpatterns,
    *person.urlpatterns,
    *proposal.urlpatterns,
    *recording.urlpatterns,
    *records.urlpatterns,
    *responsibility.urlpatterns,
    *review.urlpatterns,
    *sign_in.urlpatterns,
    *stepping_down.urlpatterns,
    *what_if.urlpatterns,
]
