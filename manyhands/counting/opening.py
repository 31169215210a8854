"""What has to be settled before a question can be opened, for the methods that choose among options."""

from collections.abc import Iterator

from manyhands.counting.question import Question, Reason

MOST = 20
"""Nobody can put more than this in order, or tell them apart, on a phone. A guess; 12 is already much."""


def against_options(question: Question, fewest: int = 2, most: int = MOST) -> Iterator[Reason]:
    """Enough options, none twice, and not more than people can weigh."""
    count = len(question.options)
    if count < fewest:
        yield Reason(
            "too-few-options", f"There is nothing to choose yet. Add options until there are {fewest} or more."
        )
    if count > most:
        yield Reason("too-many-options", f"{count} options are too many for this method. Keep to {most} or fewer.")
    if len(set(question.options)) < count:
        yield Reason("option-twice", "An option is listed twice. Take one of the two out.")


def against_no_way_back(question: Question) -> Iterator[Reason]:
    """Changing is a choice only where "carry on as now" can be chosen."""
    if question.carry_on not in question.options:
        yield Reason(
            "carry-on-missing", "“Carry on as now” is not among the options. Add it, so that changing is a choice."
        )


def against_places(question: Question) -> Iterator[Reason]:
    """As many places as there are options would choose nothing."""
    if not 1 <= question.places < max(2, len(question.options)):
        yield Reason(
            "no-such-places", f"{question.places} cannot be chosen out of {len(question.options)}. Choose fewer."
        )


def against_one_place_only(question: Question) -> Iterator[Reason]:
    if question.places != 1:
        yield Reason("chooses-one", "This method chooses one option. Use another to choose several.")


def against_tie_order(question: Question) -> Iterator[Reason]:
    """An order that settles ties has every option in it, once."""
    if question.ties_go_by and sorted(question.ties_go_by) != sorted(question.options):
        yield Reason("tie-order-incomplete", "The order that settles ties has to name every option once, and no other.")


def against_steps(question: Question, offered: tuple[int, ...]) -> Iterator[Reason]:
    if question.steps is not None and question.steps not in offered:
        allowed = " or ".join(map(str, offered))
        yield Reason("no-such-scale", f"This method has no scale of {question.steps} steps. Choose {allowed}.")


def against_choosing_one(question: Question) -> Iterator[Reason]:
    """For the methods that choose one of several workable options."""
    yield from against_options(question)
    yield from against_no_way_back(question)
    yield from against_one_place_only(question)
    yield from against_tie_order(question)


def against_choosing_several(question: Question) -> Iterator[Reason]:
    """For the methods that choose several; with one place, "carry on as now" has to be among the options again."""
    yield from against_options(question)
    if question.places == 1:
        yield from against_no_way_back(question)
    yield from against_places(question)
    yield from against_tie_order(question)
