"""“We did it ourselves”: who gave what to a decision, for the team always, and for anybody while it is shared."""

import re

import pytest
from django.test import Client

from manyhands import acts
from manyhands.pictures import credit
from tests.cast import (
    FAY_COMES,
    TEAM,
    agrees,
    amends,
    attends,
    calls_a_meeting,
    circulates,
    closes_the_meeting,
    comments,
    completes,
    concludes,
    consents,
    gives_no_view,
    has_a_concern,
    objects,
    proposes,
    raises,
    records,
    removes,
    resolves,
    shares_credit,
    takes_on,
    withholds,
)
from tests.workspace.reading import has_form, queries_of, text_of
from tests.workspace.workplace import Workplace

PAGE = f"/teams/{TEAM}/proposals/visits/credit"


def carried_out(story: Workplace) -> None:
    """Everybody gives something: raised, proposed, commented, objected, changed, recorded, chaired, carried out."""
    item = acts.AgendaItem(item="visits-item", about=acts.About.PROPOSAL, which="visits")
    story.happened(*FAY_COMES, raises("fay"), proposes("carol").but(matter="visits"), comments("fay"), objects("dev"))
    story.happened(amends("carol"), resolves("dev"), consents("dev", version=2), has_a_concern("asha", version=2))
    story.happened(calls_a_meeting("asha"), circulates("asha", item), attends("ben", part=acts.Part.CHAIRS))
    story.happened(attends("asha", part=acts.Part.RECORDS), concludes("asha", "visits-item"))
    story.happened(closes_the_meeting("asha"), gives_no_view("carol", version=2), agrees("asha", version=2))
    story.happened(takes_on("carol", "visit"), completes("carol", "visit"))


def rows(page) -> list[tuple[str, str]]:
    """Who, and what they gave, in the order of the page."""
    cells = re.findall(r'role="rowheader">.*?</span>(.*?)</th>.*?What they gave </span>(.*?)</td>', page, re.DOTALL)
    return [(name.strip(), gave.strip()) for name, gave in cells]


def read(story, person="dev", address=PAGE):
    return story.as_(person).get(address)


def shared_address(story) -> str:
    page = read(story).content.decode()
    return re.search(r'href="http://testserver(/we-did-it-ourselves/[^"]+)"', page)[1]


def test_everyone_is_credited_in_the_order_of_the_alphabet_with_what_each_gave(story):
    carried_out(story)

    assert rows(read(story).content.decode()) == [
        ("Asha Rahman", "had a concern and recorded"),
        ("Ben Osei", "chaired"),
        ("Carol Jones", "proposed it, answered, changed the proposal, took it on and carried it out"),
        ("Dev Patel", "answered, had a safety concern and changed their mind"),
        ("Fay Adeyemi", "raised it and commented"),
    ]


def test_rs24_whoever_has_left_is_on_it_with_role_and_organisation(story):
    carried_out(story)
    story.happened(removes("asha", "fay"), removes("asha", "dev"))

    said = text_of(read(story, "carol"))

    assert "Dev Patel As then Team manager, Adult Social Care" in said
    assert "Fay Adeyemi As then" in said
    assert "then Community matron" not in said


def test_what_was_written_down_for_somebody_credits_both(story):
    story.happened(proposes("carol"), records("asha", "dev", acts.Stance.OBJECT, objection="o", because="Lone visits"))

    givers = {giver.person: giver.gave for giver in credit.fold(story.recorded).givers("visits")}

    assert givers == {
        "carol": ("proposed it",),
        "asha": ("recorded",),
        "dev": ("had a safety concern",),
    }
    assert credit.fold(story.recorded[7:], credit.fold(story.recorded[:7])) == credit.fold(story.recorded)


def test_only_a_decision_has_the_page_and_only_one_carried_out_can_be_shared(story):
    story.happened(proposes("carol"))
    assert read(story).status_code == 404
    story.happened(consents("asha"), consents("carol"), consents("dev"), agrees("asha"), takes_on("carol", "visit"))

    said = text_of(read(story))

    assert "Why it cannot be shared yet" in said
    assert "1 of what follows from it is still open" in said
    assert 'name="called"' not in read(story).content.decode()


def test_it_is_shared_with_a_title_of_its_own_and_read_by_anybody_with_the_address(story):
    carried_out(story)
    answer = story.as_("asha").post(PAGE, {"do": "share", "called": ""})
    assert answer.status_code == 422
    story.as_("asha").post(PAGE, {"do": "share", "called": "One weekly visit instead of four"})
    story.catch_up()

    page = Client().get(shared_address(story))

    assert page.status_code == 200
    said = text_of(page)
    assert "One weekly visit instead of four" in said
    assert "All that followed" not in said
    assert "What followed from it has been done" in said
    assert next(name for name, _ in rows(page.content.decode())) == "Asha Rahman"
    assert page.headers["Referrer-Policy"] == "same-origin"  # its address is told to nobody
    assert 'name="robots" content="noindex"' in page.content.decode()


def test_nothing_that_was_written_for_the_team_is_on_the_shared_page(story):
    carried_out(story)
    story.happened(shares_credit("asha"))
    written = {words for entry in story.recorded for words in _words(entry.act)} - {"One weekly visit instead of four"}

    said = Client().get(shared_address(story)).content.decode()

    assert len(written) > 8
    assert not [words for words in written if words in said]


def _words(act) -> list[str]:
    named = ("words", "because", "what_happened", "what", "known_by", "purpose", "called", "where")
    own = [getattr(act, name, "") for name in named]
    terms = getattr(act, "terms", None)
    if terms is not None:
        own += [terms.question, *(option.words for option in terms.options), *(each.what for each in terms.follows)]
    return [words for words in own if words and len(words) > 3]


def test_taken_back_its_address_leads_nowhere_and_sharing_again_makes_another(story):
    carried_out(story)
    story.happened(shares_credit("asha"))
    first = shared_address(story)

    story.as_("dev").post(PAGE, {"do": "stop"})
    story.catch_up()
    assert Client().get(first).status_code == 404
    story.happened(shares_credit("carol"))

    assert Client().get(first).status_code == 404
    assert shared_address(story) != first
    assert Client().get(shared_address(story)).status_code == 200


@pytest.mark.parametrize("guess", ["{number}.{team}", "{number}.{team}~", "{number}.{team}~{other}", "x", "~", "1~2"])
def test_an_address_cannot_be_guessed(story, guess):
    carried_out(story)
    story.happened(shares_credit("asha"))
    number, other = story.standing.number, "a" * 43

    tried = guess.format(number=number, team=TEAM, other=other)

    assert Client().get(f"/we-did-it-ourselves/{tried}").status_code == 404


def test_somebody_without_a_role_takes_it_back_too(story):
    carried_out(story)
    story.happened(shares_credit("asha"))

    answer = story.as_("fay").post(PAGE, {"do": "stop"})
    story.catch_up()

    assert answer.status_code == 302
    assert not story.standing.shared


def test_a_title_that_was_removed_is_shown_as_removed(story):
    carried_out(story)
    story.happened(shares_credit("asha", called="About Mrs Unlikely"))
    story.happened(withholds("asha", story.standing.number))

    said = text_of(Client().get(shared_address(story)))

    assert "Unlikely" not in said
    assert "These words have been removed" in said


def test_it_takes_as_many_queries_however_many_gave(story):
    carried_out(story)
    story.happened(shares_credit("asha"))
    before = queries_of(story.as_("dev"), PAGE), queries_of(Client(), shared_address(story))

    story.happened(*(comments(person) for person in ("asha", "ben", "carol", "dev", "ines") for _ in range(3)))

    assert (queries_of(story.as_("dev"), PAGE), queries_of(Client(), shared_address(story))) == before
    assert has_form(read(story), PAGE)
