"""
A decision from paper to review: somebody writes a paper, somebody asks, what was asked is taken up as a proposal, each
gives their own view first, it is agreed and carried out, and in its review everybody says whether it still works.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from demo.place import ASHA, CAROL, Practitioner
from tests.journeys.conftest import WINDOW
from tests.journeys.people import Somebody
from tests.journeys.scene import CANAL_STREET, Clock, come_together

ASKED = "Could one of us ring for all of us?"
QUESTION = "Shall one of us ring whoever comes home, for all of us?"
RING = "Ring whoever comes home, the next day"
Come = Callable[[Practitioner], Somebody]


@pytest.fixture
def come(db: None, new_context: Any, watched: Any, axe: Callable[..., None], clock: Clock) -> Come:
    """People of the team, each signed in at a browser of their own; every page is tried by axe as it is changed."""
    come_together(CANAL_STREET, today=clock.today)

    def come(who: Practitioner) -> Somebody:
        page = watched(new_context(viewport=WINDOW)).new_page()
        somebody = Somebody(who, page, clock, axe)
        somebody.signs_in()
        return somebody

    return come


def test_a_decision_goes_from_a_paper_to_its_review_by_keyboard(come: Come, clock: Clock) -> None:
    asha, carol = come(ASHA), come(CAROL)
    _is_written_and_asked_about(asha, carol)
    _is_proposed_from_what_was_asked(asha)
    _is_answered_by_each_on_their_own_first(asha, carol)
    _is_carried_out(asha)
    clock.later(days=91)
    _is_looked_at_again(asha, carol)


def _is_written_and_asked_about(asha: Somebody, carol: Somebody) -> None:
    carol.goes_to("Papers")
    carol.follows("Write the first", exact=False)
    carol.writes("What is it called?", "The day after coming home")
    carol.writes("The paper", "# Who rings\n\nFour of us, and sometimes nobody.")
    carol.presses("Publish")
    carol.is_told("The paper is published.")

    asha.goes_to("Papers")
    asha.follows("The day after coming home")
    asha.writes("Say something, or ask", ASKED)
    asha.hand.pick("Yes, and I would like an answer")
    asha.presses("Send")
    asha.sees(ASKED)


def _is_proposed_from_what_was_asked(asha: Somebody) -> None:
    asha.presses("Propose something")
    asha.writes("What is the question?", QUESTION)
    asha.writes("Option 1", "The care coordinator rings, and tells the others")
    asha.ticks_only("Which organisations does it affect?", "Wendmoor Community Health NHS Trust", "Priory End Surgery")
    follows = asha.page.get_by_role("group", name="Responsibility 1", exact=True)
    asha.writes("What is to be done?", RING, inside=follows)
    asha.hand.choose("Which role holds it?", "Care coordinator", inside=follows)
    asha.hand.choose("Which role stands in?", "GP lead", inside=follows)
    asha.says_when("When is the first check?", date(2026, 11, 30))
    asha.says_when("When do we look at it again?", date(2027, 2, 1))
    asha.hand.choose("Which role owes the review?", "Care coordinator")
    asha.says_when("Does everybody give their own view first? (optional)", date(2026, 11, 9))
    asha.presses("Propose")

    asha.sees("what was said about a paper")
    asha.sees("Everybody gives their own view first")


def _is_answered_by_each_on_their_own_first(asha: Somebody, carol: Somebody) -> None:
    asha.answers("Consent", "Consent")
    carol.goes_to("My work")
    carol.follows(QUESTION)
    carol.sees("Answered")
    assert carol.page.get_by_text("1 of 1 agrees").count() == 0
    carol.answers("Consent with a concern", "Consent with this concern", ("What should we watch for?", "Weekends"))
    carol.sees("1 of 1 agrees")

    asha.page.reload()
    asha.sees("Weekends")
    asha.presses("Agree")
    asha.is_told("Agreed. 1 responsibility asked of the roles that were named.")


def _is_carried_out(asha: Somebody) -> None:
    asha.goes_to("My work")
    asha.follows(RING)
    asha.presses("Take it on")
    asha.opens("Close it, with what happened")
    asha.writes("What happened?", "Everybody was rung the next day, but for two over Christmas")
    asha.presses("Close it")
    asha.is_told("Closed, with what happened.")


def _is_looked_at_again(asha: Somebody, carol: Somebody) -> None:
    for somebody in (asha, carol):
        somebody.signs_in_again()
        somebody.goes_to("My work")
        somebody.follows(QUESTION)
        somebody.hand.pick("Yes, it works")
        somebody.hand.pick("Yes, it is safe")
        somebody.presses("Answer")
    asha.page.reload()
    asha.opens("Renew it: go on as decided")
    asha.says_when("When is the next review?", date(2027, 8, 2))
    asha.presses("Renew")
    asha.sees("Renewed")
