"""What holds of every method, whatever the ballots."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from manyhands.counting import METHODS
from tests.counting.ballots import relabelled
from tests.counting.making import ballots_of, counts, questions


@given(counts(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_changes_nothing(count, shuffling):
    method, question, ballots = count
    shuffled = shuffling.sample(ballots, len(ballots))

    assert method.count(shuffled, question) == method.count(ballots, question)


@given(counts(), st.permutations("VWXYZ"))
def test_other_names_of_options_make_another_name_of_the_result(count, letters):
    method, question, ballots = count
    names = dict(zip(question.options, letters, strict=False))
    renamed = replace(question, options=tuple(names[option] for option in question.options))

    ours, theirs = method.count(ballots, question), method.count(relabelled(ballots, names), renamed)

    assert tuple(names[option] for option in ours.chosen) == theirs.chosen
    assert tuple(names[option] for option in ours.tied) == theirs.tied


@given(counts(), st.randoms(use_true_random=False))
def test_the_order_in_which_options_stand_decides_nothing(count, shuffling):
    method, question, ballots = count
    other = replace(question, options=tuple(shuffling.sample(question.options, len(question.options))))

    ours, theirs = method.count(ballots, question), method.count(ballots, other)

    assert (set(ours.chosen), set(ours.tied)) == (set(theirs.chosen), set(theirs.tied))


@given(counts())
def test_a_tie_is_between_more_options_than_there_are_places_left(count):
    method, question, ballots = count

    result = method.count(ballots, question)

    assert len(result.chosen) <= question.places
    assert set(result.chosen) & set(result.tied) == set()
    assert not result.tied or len(result.chosen) + len(result.tied) > question.places
    assert len(result.tied) != 1


@given(counts(), st.data())
def test_an_order_written_down_settles_every_tie_and_changes_nothing_that_was_sure(count, data):
    method, question, ballots = count
    by_order = replace(question, ties_go_by=tuple(data.draw(st.permutations(question.options))))

    reported, settled = method.count(ballots, question), method.count(ballots, by_order)

    assert settled.tied == ()
    assert set(reported.chosen) <= set(settled.chosen) <= {*reported.chosen, *reported.tied}
    assert bool(settled.outcome.settled) == bool(reported.tied)


@given(counts())
def test_every_ballot_is_counted_or_without_a_view_or_set_aside(count):
    method, question, ballots = count

    received = method.count(ballots, question).received

    assert received.heard == len(ballots)
    assert min(received.counted, received.no_view, received.set_aside) >= 0
    assert received.set_aside == sum(bool(list(method.against(ballot, question))) for ballot in ballots)
    assert received.no_view >= sum(ballot.says_nothing for ballot in ballots)


@given(counts())
def test_a_ballot_that_cannot_be_counted_changes_nothing_but_how_many_came(count):
    method, question, ballots = count
    good = [ballot for ballot in ballots if not list(method.against(ballot, question))]

    assert method.count(ballots, question).outcome == method.count(good, question).outcome


@given(counts())
def test_every_result_can_be_told(count):
    method, question, ballots = count

    said = method.count(ballots, question).say(called=lambda option: f"<{option}>")

    assert said.endswith(".")
    assert "  " not in said
    assert "{" not in said


@given(st.sampled_from(list(METHODS.values())), st.data())
def test_nobody_s_answers_make_no_result(method, data):
    question = data.draw(questions())

    result = method.count([], question)

    assert (result.chosen, result.tied, result.received.heard) == ((), (), 0)
    assert result.say() == "There is no result: 0 answers."


@given(st.data())
def test_one_place_by_transferable_votes_is_filled_as_in_ranked_rounds(data):
    question = data.draw(questions())
    ballots = data.draw(ballots_of(METHODS["ranked-rounds"], question))

    rounds, transfers = (
        METHODS[code].count(ballots, question) for code in ("ranked-rounds", "single-transferable-vote")
    )

    assert (rounds.chosen, rounds.tied) == (transfers.chosen, transfers.tied)


@given(st.data())
def test_one_place_in_proportion_is_filled_by_the_most_ticks(data):
    question = data.draw(questions())
    ballots = data.draw(ballots_of(METHODS["approval"], question))

    ticks, shares = (METHODS[code].count(ballots, question) for code in ("approval", "proportional-approval"))

    assert (ticks.chosen, ticks.tied) == (shares.chosen, shares.tied)
