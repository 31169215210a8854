"""
The whole loop, once round: people are found, a group is made of them, something is proposed, every organisation is
heard, one of them by a deputy; an objection changes it; it is agreed and taken on; somebody goes away and somebody
leaves, and nothing is dropped; and the drill shows what is still thin.

By keyboard alone, with axe on every state; and again in browsers without scripts, where each state is tried at the
width of a phone instead, since axe is a script itself.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from demo.place import ASHA, CAROL, DEV, INES, NASREEN, Practitioner
from manyhands.log.models import Entry
from tests.journeys.conftest import PHONE, WINDOW
from tests.journeys.people import Somebody
from tests.journeys.scene import CANAL_STREET, Clock, come_together

Come = Callable[[Practitioner], Somebody]

QUESTION = "Shall one of us visit each week on behalf of all?"
VISIT = "Visit each person once a week"
RING = "Ring the office before and after each visit"
AFFECTED = ("Wendmoor Community Health NHS Trust", "Priory End Surgery", "Wendmoor Council Adult Social Care")
CONCERN = "Visiting alone after dark puts our staff at risk"


def acts_recorded() -> int:
    return Entry.objects.count()


def fits_a_phone(page: Page, state: str) -> None:
    """Nothing is wider than a phone, or than the page magnified four times (WCAG 1.4.10)."""
    page.set_viewport_size(PHONE)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(WINDOW)
    assert wide <= PHONE["width"], f"{page.url} {state}: {wide} wide"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def come(
    request: pytest.FixtureRequest,
    new_context: Any,
    watched: Any,
    axe: Callable[..., None],
    hathermere: Path,
    clock: Clock,
) -> Come:
    """People of the team, each signed in at a browser of their own."""
    come_together(CANAL_STREET, today=clock.today)
    scripts: bool = request.param
    here: dict[str, Somebody] = {}

    def come(who: Practitioner) -> Somebody:
        if who.key not in here:
            page = watched(new_context(viewport=WINDOW, java_script_enabled=scripts)).new_page()
            here[who.key] = Somebody(who, page, clock, axe if scripts else fits_a_phone)
            here[who.key].signs_in()
        return here[who.key]

    return come


def test_the_whole_loop_by_keyboard_alone(come: Come, clock: Clock) -> None:
    a_group_is_made_of_people_found(come)
    something_is_proposed_for_them(come, clock)
    every_organisation_is_heard_and_one_objects(come)
    it_is_changed_and_everyone_is_heard_again(come, clock)
    it_is_agreed_once_and_for_all(come)
    what_follows_is_taken_on(come)
    a_deputy_holds_while_somebody_is_away(come)
    somebody_leaves_and_nothing_is_lost(come)
    the_drill_shows_what_is_still_thin(come)


def a_group_is_made_of_people_found(come: Come) -> None:
    asha = come(ASHA)
    asha.goes_to("Find people")
    asha.presses("Find people")
    asha.presses("Make the group")
    asha.is_asked_to_put_right(
        ("Write what the group is called first", "What is the group called?"),
        ("Choose at least one person for the group", "Those ticked in the list above"),
    )

    asha.hand.to("checkbox", "Person 1").press("Space")
    asha.hand.to("checkbox", "Person 2").press("Space")
    asha.writes("What is the group called?", "Care in pieces by the canal")
    asha.presses("Make the group")

    asha.is_told("“Care in pieces by the canal” was made: 2 people.")


def something_is_proposed_for_them(come: Come, clock: Clock) -> None:
    asha = come(ASHA)
    asha.follows("Propose something for them")
    asha.presses("Propose")
    asha.is_asked_to_put_right(
        ("Write the question first", "What is the question?"), ("Write at least one option", "Option 1")
    )

    asha.writes("What is the question?", QUESTION)
    asha.writes("Option 1", "One weekly visit, shared between us")
    asha.ticks_only("Which organisations does it affect?", *AFFECTED)
    follows = asha.page.get_by_role("group", name="Responsibility 1", exact=True)
    asha.writes("What is to be done?", VISIT, inside=follows)
    asha.hand.choose("Which role holds it?", "Social worker", inside=follows)
    asha.hand.choose("Which role stands in?", "Care coordinator", inside=follows)
    asha.says_when("When is the first check?", date(2026, 11, 30))
    asha.writes("How will we know that it is done?", "A visit each week in the record", inside=follows)
    asha.says_when("When do we look at it again?", date(2027, 2, 1))
    asha.hand.choose("Which role owes the review?", "Care coordinator")
    before = acts_recorded()
    asha.presses("Propose")

    asha.is_told("Proposed. Every organisation that it affects is asked now.")
    assert acts_recorded() == before + 1
    asha.page.reload()
    asha.sees(QUESTION)
    assert acts_recorded() == before + 1


def every_organisation_is_heard_and_one_objects(come: Come) -> None:
    asha, carol, ines = come(ASHA), come(CAROL), come(INES)
    asha.answers("Consent", "Consent")
    carol.follows(QUESTION)
    carol.answers("Safety concern", "Raise this safety concern")
    carol.is_asked_to_put_right(("Say why", "What harm, to whom?"))
    carol.writes("What harm, to whom?", CONCERN)
    carol.presses("Raise this safety concern")
    carol.is_told("Your answer is on the record: Safety concern, as GP lead, Priory End Surgery.")
    ines.goes_to("Team")  # a deputy may answer though the holder is here; it waits for the holder
    ines.follows(QUESTION)
    ines.answers("Consent", "Consent")

    ines.is_told("Social worker, Wendmoor Council Adult Social Care")
    ines.sees("Ines Roy, Social worker (deputy), Wendmoor Council Adult Social Care")
    expect(asha.page.get_by_role("button", name="Agree", exact=True)).to_have_count(0)


def it_is_changed_and_everyone_is_heard_again(come: Come, clock: Clock) -> None:
    asha, carol, ines = come(ASHA), come(CAROL), come(INES)
    asha.goes_to("My work")
    asha.follows(QUESTION)
    asha.follows("Change the proposal")
    asha.presses("Add another responsibility")
    follows = asha.page.get_by_role("group", name="Responsibility 2", exact=True)
    asha.writes("What is to be done?", RING, inside=follows)
    asha.hand.choose("Which role holds it?", "GP lead", inside=follows)
    asha.hand.choose("Which role stands in?", "Care coordinator", inside=follows)
    asha.hand.write_day("When is the first check?", date(2026, 11, 16), inside=follows)
    asha.presses("Change the proposal")
    asha.is_asked_to_put_right(("Say why", "What did you change, and why?"))
    asha.writes("What did you change, and why?", "Nobody visits without the office knowing")
    asha.presses("Change the proposal")
    asha.sees("Version 2")
    asha.presses("Confirm: Consent")

    carol.goes_to("My work")
    carol.follows(QUESTION)
    carol.sees("What changed since you answered")
    carol.presses("My concern is met: close it and consent")
    carol.is_told("The safety concern is closed, and your consent is on the record.")
    ines.page.reload()
    ines.presses("Confirm: Consent")
    ines.is_told("Confirmed on version 2: Consent")


def it_is_agreed_once_and_for_all(come: Come) -> None:
    asha = come(ASHA)
    asha.page.reload()
    before = acts_recorded()
    asha.presses("Agree")
    asha.is_told("Agreed. 2 responsibilities asked of the roles that were named.")
    asha.reloads_and_goes_back_and_forward()
    assert acts_recorded() == before + 1


def what_follows_is_taken_on(come: Come) -> None:
    for who, what in ((DEV, VISIT), (CAROL, RING)):
        somebody = come(who)
        somebody.goes_to("My work")
        somebody.follows(what)
        somebody.presses("Take it on")
        somebody.sees(f"{who.name}, who holds the role")


def a_deputy_holds_while_somebody_is_away(come: Come) -> None:
    dev, ines = come(DEV), come(INES)
    dev.goes_to("Team")
    dev.follows("Members and roles")
    dev.presses("Say so")
    dev.sees("until further notice")

    ines.goes_to("My work")
    ines.sees("You are standing in as Social worker for Dev Patel")
    ines.follows(VISIT, inside=ines.page.locator("#do + *"))
    ines.sees("Ines Roy, deputy, standing in for Dev Patel, who is away until further notice")


def somebody_leaves_and_nothing_is_lost(come: Come) -> None:
    carol, nasreen = come(CAROL), come(NASREEN)
    carol.goes_to("Hand-over")
    carol.opens("Why you cannot leave yet")
    expect(carol.page.get_by_role("button", name="Leave Canal Street team")).to_have_count(0)
    carol.hand.choose("To whom?", "Nasreen Begum", inside=carol.page.locator(".mh-hand__whole"))
    carol.presses("Offer all with the role")
    carol.is_told("2 things offered to Nasreen Begum. You hold them until they are accepted.")

    nasreen.goes_to("Hand-over")
    nasreen.hand.pick("Return it")
    nasreen.presses("Send your answers")
    nasreen.is_asked_to_put_right(("Say why", "If you return it, why?"))
    offered = nasreen.page.locator(".mh-hand__item")
    for item in offered.all():
        nasreen.hand.pick("Accept", inside=item)
    nasreen.presses("Send your answers")
    nasreen.goes_to("My work")
    nasreen.sees(RING)

    carol.goes_to("Hand-over")
    carol.presses("Leave Canal Street team")
    carol.sees("You are in no team yet")
    answered = carol.page.goto("/teams/canal-street/")
    assert answered is not None
    assert answered.status == 404


def the_drill_shows_what_is_still_thin(come: Come) -> None:
    asha = come(ASHA)
    asha.goes_to("What if … left?")
    asha.hand.choose("Who or what might go?", "Nasreen Begum")
    asha.presses("Ask")
    asha.sees("If Nasreen Begum left")
    asha.sees("Would be left with nobody")
    asha.sees("Priory End Surgery")
