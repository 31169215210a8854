"""Choosing one of several by comparing every two."""

import pytest

from manyhands.counting import METHODS, Unranked
from manyhands.counting.schulze import METHOD, widest_paths
from tests.counting.ballots import DATA, asking, marked, ordered, placed, published

LEADERS_2006 = ("van Wolffelaar", "Pollak", "McIntyre", "Towns", "Schuldei", "Walther", "Allombert", "none")
LEADERS_2020 = ("Carter", "Chandran", "Gupta", "none")


def counted(case: str):
    return METHOD.count(*published(case))


def pairs(result, *wanted: str) -> dict[str, tuple[int, int]]:
    return {two: (result.pair(*two.split("-")).votes, result.pair(*two.split("-")[::-1]).votes) for two in wanted}


def test_it_is_among_the_methods():
    assert METHODS["schulze"] is METHOD


def test_tennessee_chooses_nashville_which_beats_every_other():
    result = counted("B1")

    assert result.chosen == ("N",)
    assert result.beats_all == "N"
    assert result.layers == (("N",), ("C",), ("K",), ("M",))
    assert pairs(result, "N-M", "N-C", "N-K", "C-M", "C-K", "K-M") == {
        "N-M": (58, 42),
        "N-C": (68, 32),
        "N-K": (68, 32),
        "C-M": (58, 42),
        "C-K": (83, 17),
        "K-M": (58, 42),
    }


def test_the_textbook_with_thirty_voters():
    result = counted("B3")

    assert result.layers == (("C",), ("D",), ("B",), ("A",))
    assert result.beats_all is None
    assert pairs(result, "A-B", "A-C", "D-A", "B-C", "D-B", "C-D") == {
        "A-B": (16, 14),
        "A-C": (17, 13),
        "D-A": (18, 12),
        "B-C": (19, 11),
        "D-B": (21, 9),
        "C-D": (20, 10),
    }


def test_the_textbook_with_forty_five_voters_and_its_widest_paths():
    result = counted("B4")

    assert result.layers == (("E",), ("A",), ("C",), ("B",), ("D",))
    assert ", ".join(f"{pair.one}-{pair.other} {pair.path}" for pair in result.pairs) == (
        "A-B 28, A-C 28, A-D 30, A-E 24, B-A 25, B-C 28, B-D 33, B-E 24, C-A 25, C-B 29, C-D 29, C-E 24, "
        "D-A 25, D-B 28, D-C 28, D-E 24, E-A 25, E-B 28, E-C 28, E-D 31"
    )


def test_burlington_chooses_montroll():
    result = counted("B5")

    assert result.chosen == ("M",)
    assert result.beats_all == "M"
    assert pairs(result, "M-K", "M-W", "K-W") == {"M-K": (4067, 3477), "M-W": (4597, 3668), "K-W": (4314, 4064)}


@pytest.mark.parametrize(("case", "tied"), [("B6", ("A", "B")), ("B7", ("A", "B", "C")), ("B11", ("A", "B"))])
def test_a_tie_is_the_result(case, tied):
    result = counted(case)

    assert result.chosen == ()
    assert result.tied == tied


def test_whoever_nobody_prefers_is_below_the_tied():
    assert counted("B11").layers == (("A", "B"), ("C",))


def test_where_ranked_rounds_would_choose_another():
    assert counted("B8").chosen == ("1",)


def test_belenios_puts_its_sixty_ballots_in_order():
    result = counted("B12")

    assert result.received.counted == 60
    assert result.layers == (("1",), ("2",), ("0",))
    assert pairs(result, "0-1", "0-2", "1-2") == {"0-1": (33, 27), "0-2": (25, 35), "1-2": (42, 18)}


def test_debian_chose_its_leader_of_2020():
    ballots = placed("debian-2020.txt", LEADERS_2020)

    result = METHOD.count(ballots, asking(*LEADERS_2020))

    assert len(ballots) == 339
    assert result.layers == (("Carter",), ("Chandran",), ("Gupta",), ("none",))


def test_debian_of_2006_with_those_left_out_last():
    ballots = placed("debian-2006.txt", LEADERS_2006)

    result = METHOD.count(ballots, asking(*LEADERS_2006, unranked=Unranked.LAST))

    assert len(ballots) == 421
    assert result.layers == (
        ("Towns",),
        ("McIntyre",),
        ("van Wolffelaar", "Schuldei"),
        ("Allombert",),
        ("none",),
        ("Pollak",),
        ("Walther",),
    )
    assert pairs(result, "Towns-McIntyre", "Schuldei-van Wolffelaar") == {
        "Towns-McIntyre": (190, 184),
        "Schuldei-van Wolffelaar": (166, 166),
    }


def test_debian_of_2006_has_another_leader_with_no_opinion_of_those_left_out():
    ballots = placed("debian-2006.txt", LEADERS_2006)

    result = METHOD.count(ballots, asking(*LEADERS_2006, unranked=Unranked.NO_OPINION))

    assert [layer for (layer,) in result.layers] == [
        "McIntyre",
        "Towns",
        "van Wolffelaar",
        "Schuldei",
        "Allombert",
        "none",
        "Pollak",
        "Walther",
    ]
    assert pairs(result, "Towns-McIntyre") == {"Towns-McIntyre": (167, 174)}


def test_debian_of_2007_from_its_published_pairs():
    rows = [line.split() for line in (DATA / "debian-2007-pairs.txt").read_text().splitlines()]
    names = tuple(row[0] for row in rows)
    votes = {
        (row[0], other): int(n) for row in rows for other, n in zip(names, row[1:], strict=True) if other != row[0]
    }

    paths = widest_paths(votes, names)

    order = sorted(names, key=lambda one: -sum(paths[one, two] > paths[two, one] for two in names if two != one))
    assert order == ["Hocevar", "McIntyre", "Hertzog", "Verhelst", "Towns", "Franco", "none", "Richter", "Mahinovs"]


def test_an_order_written_down_beforehand_settles_a_tie_and_says_so():
    ballots, _ = published("B11")

    result = METHOD.count(ballots, asking("A", "B", "C", ties_go_by=("C", "B", "A")))

    assert result.chosen == ("B",)
    assert result.outcome.settled == ("A", "B")
    assert "A and B were tied; the order written down before opening settled it." in result.say()


def test_a_tie_is_told_as_one():
    assert counted("B6").say() == (
        "Tied: A and B. Nothing is drawn by lot; decide together how to go on. Counted: 4 answers."
    )


def test_a_circle_is_told_as_one():
    assert counted("B3").say() == (
        "C comes first. Not every comparison goes its way: options beat each other in a circle, or come out level. "
        "Counted: 30 answers."
    )


def test_the_winner_is_told_by_name():
    assert counted("B1").say(called={"N": "Nashville"}.__getitem__) == (
        "Nashville is put above every other option by more people than put it below. Counted: 100 answers."
    )


def test_equal_places_and_gaps_are_as_good_as_any_order():
    gappy = [marked(A=2, B=4, C=4)]

    result = METHOD.count(gappy, asking("A", "B", "C", "D"))

    assert result.layers == (("A",), ("B", "C"), ("D",))


def test_an_empty_ballot_is_heard_and_is_no_vote():
    result = METHOD.count([*ordered("2 A>B, 1 B>A"), marked()], asking("A", "B"))

    assert (result.received.heard, result.received.no_view, result.received.counted) == (4, 1, 3)
    assert result.say().endswith("Counted: 3 answers, 1 with no view.")


def test_without_an_answer_there_is_no_result():
    result = METHOD.count([], asking("A", "B"))

    assert (result.chosen, result.tied) == ((), ())
    assert result.say() == "There is no result: 0 answers."


def test_a_ballot_that_cannot_be_counted_is_answered_in_words_and_set_aside():
    question = asking("A", "B")
    strange = marked(A=3, X=1)

    assert [reason.say() for reason in METHOD.against(strange, question)] == [
        "Something is marked that is not among the options. Mark only what is listed.",
        "A is marked 3, which is not among the marks: 1 to 2. Choose one of those.",
    ]
    assert METHOD.count([strange, marked(B=1)], question).received.set_aside == 1


def test_it_is_not_opened_without_carrying_on_as_now():
    assert [reason.code for reason in METHOD.against_opening(asking("A", "B"))] == ["carry-on-missing"]
    assert [reason.code for reason in METHOD.against_opening(asking("A", "now", carry_on="now"))] == []


def test_what_stands_on_the_ballot():
    assert METHOD.printed(asking("A", "B", unranked=Unranked.NO_OPINION, ties_go_by=("B", "A"))) == (
        "Options that you leave out are not compared with the others on your ballot.",
        "If options tie, the one named first here goes before the others: B and A.",
    )
