"""
A small charity, with no login of the NHS and no software of its own: everything that is asked of it, it answers from
a plain page, by keyboard, in a window where scripts do not run; and the record is as if done anywhere else.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from demo.place import ASHA, JOYCE
from manyhands import acts, who
from manyhands.log.read import last_number, read
from manyhands.log.record import record
from tests.journeys.people import Somebody
from tests.journeys.scene import CANAL_STREET, Clock, come_together
from tests.journeys.test_the_loop import fits_a_phone

TEAM = who.Team(CANAL_STREET.key)
LUNCH, SHOPPING = "Bring them to the lunch club", "Do their shopping each week"


def asked_of_the_charity(what: str, clock: Clock) -> None:
    first = CANAL_STREET.seats[0]
    record(
        acts.Ask(
            team=TEAM,
            by=who.Person(ASHA.key),
            for_organisation=who.Organisation(first.organisation),
            at=clock.now,
            in_role=who.Role(first.role),
            responsibility=who.Responsibility(what.split()[-1]),
            what=acts.Words(what),
            role=who.Role("cs-volunteers"),
            deputy_role=who.Role("cs-social-worker"),
            first_check_on=(clock.now + timedelta(days=14)).date(),
            known_by=acts.Words("They say so"),
        )
    )


def test_by_keyboard_and_without_scripts_it_accepts_declines_asks_and_reports_done(
    new_context: Any, watched: Any, hathermere: Path, clock: Clock
) -> None:
    come_together(CANAL_STREET, today=clock.today)
    asked_of_the_charity(LUNCH, clock)
    asked_of_the_charity(SHOPPING, clock)
    before = last_number(TEAM)
    page = watched(new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)).new_page()
    joyce = Somebody(JOYCE, page, clock, fits_a_phone)
    joyce.signs_in()

    joyce.follows(SHOPPING)
    declining = joyce.opens("Decline, and say why")
    joyce.presses("Decline", inside=declining)
    joyce.is_asked_to_put_right(("Say why", "Why can your role not take it on?"))
    joyce.writes("Why can your role not take it on?", "Our volunteers have no insurance for it")
    joyce.presses("Decline")
    joyce.goes_to("My work")
    joyce.follows(LUNCH)
    joyce.presses("Take it on")
    joyce.hand.pick("Cannot be done yet")
    joyce.writes("What is there to say?", "Who can lend us a minibus?")
    joyce.hand.to("checkbox", "Yes, support is needed").press("Space")
    joyce.presses("Report")
    joyce.writes("What happened?", "All four came, and will again", inside=joyce.opens("Close it, with what happened"))
    joyce.presses("Close it")

    done = [entry.act for entry in read(TEAM, before)]
    assert [type(act) for act in done] == [acts.Decline, acts.TakeOn, acts.Report, acts.Complete]
    assert {(act.by, act.for_organisation, act.in_role) for act in done} == {
        (JOYCE.key, JOYCE.organisation, "cs-volunteers")
    }
    assert done[2].support_needed
