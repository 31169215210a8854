"""Every method says what it is before anyone answers, and the reference says it of every method."""

import inspect
import re
import sys

import pytest

from manyhands.counting import METHODS, Reason
from manyhands.counting import opening as openings
from manyhands.counting.method import Asks
from tests.counting.ballots import asking, marked

LABELS = ("Ballot", "Ties", "Source", "Beware", "Example")
every_method = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)


def test_every_method_is_found_by_its_code():
    assert [method.code for method in METHODS.values()] == list(METHODS)


@every_method
def test_every_method_is_explained_in_two_sentences(method):
    assert len(re.findall(r"[.!?](?: |$)", method.explained)) == 2
    assert method.explained[0].isupper()


@every_method
def test_every_method_says_what_it_rests_on_in_its_own_file(method):
    document = sys.modules[method.counted.__module__].__doc__

    assert [label for label in LABELS if not re.search(rf"^{label} {{2,}}\S", document, re.MULTILINE)] == []


@every_method
def test_a_scale_has_every_number_and_code_once(method):
    marks = method.scale(asking("A", "B", "C"))

    assert len({mark.number for mark in marks}) == len({mark.code for mark in marks}) == len(marks)
    assert (marks == ()) == (method.asks is Asks.WRITE)


@every_method
def test_leaving_out_is_explained_whichever_rule_was_chosen(method):
    assert len(method.leaving_out) in (0, 2)
    if method.asks is Asks.ORDER:
        assert len(method.leaving_out) == 2


@every_method
@pytest.mark.parametrize(
    "ballot",
    [
        marked(A=-1),
        marked(A=10**9, B=1),
        marked(nobody=1),
        marked(because="Only words."),
        marked(A=1, nobody=7),
        marked(),
    ],
    ids=str,
)
def test_a_bad_ballot_is_answered_in_words_and_never_stops_the_count(method, ballot):
    question = asking("A", "B", carry_on="B", asked=("practice",))

    reasons = [reason.say() for reason in method.against(ballot, question)]
    result = method.count([ballot], question)

    assert all(reason.endswith(".") and "{" not in reason for reason in reasons)
    assert result.received.set_aside == bool(reasons)


@every_method
def test_an_option_marked_twice_is_set_aside(method):
    if method.asks is Asks.WRITE:
        return
    number = method.scale(asking("A", "B"))[0].number
    twice = marked(A=number)
    twice = type(twice)(marks=twice.marks * 2, because="Because.")

    assert "marked-twice" in {reason.code for reason in method.against(twice, asking("A", "B"))}


@every_method
def test_a_question_without_options_is_not_opened_or_needs_none(method):
    reasons = [reason.code for reason in method.against_opening(asking(asked=("practice",)))]

    assert (reasons == []) == (method.asks is Asks.WRITE)


@pytest.mark.parametrize("code", ["schulze", "ranked-rounds", "score", "majority-judgement", "approval"])
def test_carrying_on_as_now_is_always_among_the_options_where_one_is_chosen(code):
    without = asking("A", "B")
    with_it = asking("A", "now", carry_on="now")

    assert "carry-on-missing" in {reason.code for reason in METHODS[code].against_opening(without)}
    assert list(METHODS[code].against_opening(with_it)) == []


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (asking("A", "A", "now", carry_on="now"), "option-twice"),
        (asking("A", "now", carry_on="now", places=2), "chooses-one"),
        (asking("A", "B", "now", carry_on="now", ties_go_by=("A", "now")), "tie-order-incomplete"),
        (asking("now", carry_on="now"), "too-few-options"),
        (asking(*map(str, range(30)), carry_on="0"), "too-many-options"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_stands_in_the_way_of_opening_is_said(question, code):
    reasons = list(METHODS["schulze"].against_opening(question))

    assert [reason.code for reason in reasons] == [code]
    assert reasons[0].say().endswith(".")


def test_as_many_places_as_options_choose_nothing():
    assert [r.code for r in METHODS["approval"].against_opening(asking("A", "B", places=2))] == ["no-such-places"]
    assert [r.code for r in METHODS["approval"].against_opening(asking("A", "B", "C", places=0))] == ["no-such-places"]
    assert list(METHODS["approval"].against_opening(asking("A", "B", "C", places=2))) == []


def test_every_reason_has_a_code_of_its_own():
    """The rules turn reasons into refusals by their codes."""
    written = [inspect.getsource(sys.modules[method.counted.__module__]) for method in METHODS.values()]
    written += [inspect.getsource(openings), inspect.getsource(sys.modules[METHODS["schulze"].__module__])]
    codes = re.findall(r'Reason\(\s*"([a-z-]+)"', "\n".join(written))

    assert len(codes) > 15
    assert {code for code in codes if codes.count(code) > 1} <= {"reason-needed"}


def test_names_are_put_into_a_reason():
    reason = Reason("grade-missing", "{option} has no grade.", (("option", "o-1"),))

    assert reason.say(called={"o-1": "Visit weekly"}.__getitem__) == "Visit weekly has no grade."
