"""When papers may be published, changed and talked about. Nothing in a paper is about one patient."""

import re
from collections.abc import Iterator

from manyhands import acts, who
from manyhands.rules import refusals
from manyhands.rules.refusals import Refusal
from manyhands.rules.speaking import coordinates, is_a_guest
from manyhands.rules.standing import Standing

MOST_TOPICS = 5
MOST_EVENTS = 5
WEIGHTS = range(10, 1, -1)
LIKE_AN_NHS_NUMBER = re.compile(r"(?<![0-9])([0-9]{3})([ -]?)([0-9]{3})\2([0-9]{4})(?![0-9])")


def has_an_nhs_number(text: str) -> bool:
    """
    Whether ten figures with the check digit of an NHS number stand in a text, by themselves or as 999 000 0018.

    >>> [has_an_nhs_number(each) for each in ("Mrs G, 999 000 0018", "Ring 01632 960001", "9990000017")]
    [True, False, False]
    """
    for found in LIKE_AN_NHS_NUMBER.finditer(text):
        figures = [int(each) for each in found[1] + found[3] + found[4]]
        total = sum(weight * figure for weight, figure in zip(WEIGHTS, figures, strict=False))
        if (11 - total % 11) % 11 == figures[9]:
            return True
    return False


def against_publishing(act: acts.Publish, standing: Standing) -> Iterator[Refusal]:
    """
    Any member can publish a paper: it has a title and a text, at most five topics and five events, and no patient's NHS
    number. They choose which organisations and other teams it is open to besides.
    """
    if act.paper in standing.papers:
        yield refusals.taken_identifier("paper")
    yield from _against_what_it_says(act)
    if act.team in act.teams:
        yield refusals.open_to_its_own_team()


def _against_what_it_says(act: acts.Publish | acts.Revise) -> Iterator[Refusal]:
    if not act.title.strip():
        yield refusals.words_needed("the title")
    if not act.body.strip():
        yield refusals.words_needed("the paper itself")
    if len(act.topics) > MOST_TOPICS:
        yield refusals.too_many_topics(MOST_TOPICS)
    if len(act.events) > MOST_EVENTS:
        yield refusals.too_many_events(MOST_EVENTS)
    if any(not event.called.strip() for event in act.events):
        yield refusals.words_needed("what each event is called")
    if any(not 0 < event.minutes <= 7 * 24 * 60 for event in act.events):
        yield refusals.event_too_long()
    written = (
        act.title,
        act.body,
        *act.topics,
        *(words for event in act.events for words in (event.called, event.where)),
    )
    if any(has_an_nhs_number(words) for words in written):
        yield refusals.nhs_number_in_it()


def _against_touching(act: acts.Revise | acts.OpenTo | acts.TakeDown, standing: Standing) -> Iterator[Refusal]:
    """Whoever published a paper, their colleagues and the coordinating role change it, until it is taken down."""
    paper = standing.papers.get(act.paper)
    if paper is None:
        yield refusals.nothing_like_it("paper")
        return
    if paper.is_down:
        yield refusals.paper_is_down()
    if act.for_organisation != paper.organisation and not coordinates(act, standing):
        yield refusals.not_your_paper(paper.organisation, standing.people_in(standing.coordinating, act.at))


def against_revising(act: acts.Revise, standing: Standing) -> Iterator[Refusal]:
    """
    A paper is revised by whoever published it, a colleague of their organisation, or the coordinating role: from the
    version in hand, saying what changed.
    """
    yield from _against_touching(act, standing)
    paper = standing.papers.get(act.paper)
    if paper is not None and act.version != paper.version:
        yield refusals.revised_since(paper.version)
    yield from _against_what_it_says(act)
    if not act.because.strip():
        yield refusals.reason_needed("a new version")
    elif has_an_nhs_number(act.because):
        yield refusals.nhs_number_in_it()


def against_opening_to(act: acts.OpenTo, standing: Standing) -> Iterator[Refusal]:
    """Whom a paper is open to is for whoever published it, their colleagues, and the coordinating role."""
    yield from _against_touching(act, standing)
    paper = standing.papers.get(act.paper)
    if act.team in act.teams:
        yield refusals.open_to_its_own_team()
    if paper and (set(act.organisations), set(act.teams)) == (set(paper.organisations), set(paper.teams)):
        yield refusals.open_to_them_already()


def against_discussing(act: acts.Discuss, standing: Standing) -> Iterator[Refusal]:
    """
    Members, and guests whom a paper is open to, talk about it until it is taken down: in words, without a patient's NHS
    number, and answering what was said there, if anything.
    """
    paper = standing.papers.get(act.paper)
    if paper is None:
        yield refusals.nothing_like_it("paper")
        return
    if paper.is_down:
        yield refusals.paper_is_down()
    if not act.words.strip():
        yield refusals.words_needed("what you have to say")
    if has_an_nhs_number(act.words):
        yield refusals.nhs_number_in_it()
    if not 1 <= act.version <= paper.version:
        yield refusals.nothing_like_it("version of the paper")
    if act.answers is not None and not _was_said(act.answers, act.paper, standing):
        yield refusals.nothing_like_it("comment on this paper")
    if act.question and act.answers is not None:
        yield refusals.question_or_answer()
    if act.guest_of is not None and not is_a_guest(act, standing):
        yield refusals.no_guest_here()


def against_retracting(act: acts.Retract, standing: Standing) -> Iterator[Refusal]:
    """Whoever said something about a paper can take it back, once, unless the team has taken it up."""
    said = standing.said_of_papers.get(act.said)
    if said is None or said.paper != act.paper:
        yield refusals.nothing_like_it("comment on this paper")
        return
    if said.by != act.by:
        yield refusals.not_your_comment(said.by)
    if said.is_retracted:
        yield refusals.retracted_already()
    if said.came_to is not None:
        yield refusals.taken_up_already()


def against_settling(act: acts.Settle, standing: Standing) -> Iterator[Refusal]:
    """A question is settled by one of its answers, as whoever asked it or published the paper says."""
    question, answer = standing.said_of_papers.get(act.question), standing.said_of_papers.get(act.answer)
    paper = standing.papers.get(act.paper)
    if paper is None or question is None or question.paper != act.paper or not question.is_question:
        yield refusals.nothing_like_it("question about this paper")
        return
    if answer is None or answer.answers != act.question or answer.is_retracted:
        yield refusals.nothing_like_it("answer to this question")
    if act.by not in (question.by, paper.by):
        yield refusals.not_your_question(question.by, paper.by)


def against_taking_up(act: acts.TakeUp, standing: Standing) -> Iterator[Refusal]:
    """Any member can take up what was said about a paper as a matter of the team, once."""
    said = standing.said_of_papers.get(act.said)
    if said is None or said.paper != act.paper:
        yield refusals.nothing_like_it("comment on this paper")
        return
    if said.is_retracted:
        yield refusals.retracted_already()
    if said.came_to is not None:
        yield refusals.taken_up_already()
    if act.matter not in standing.matters:
        yield refusals.nothing_like_it("matter")


def against_taking_down(act: acts.TakeDown, standing: Standing) -> Iterator[Refusal]:
    """A paper is taken down by those who could revise it, for a reason that stays on the record."""
    yield from _against_touching(act, standing)
    if not act.because.strip():
        yield refusals.reason_needed("taking a paper down")


def _was_said(number: int, paper: who.Paper, standing: Standing) -> bool:
    said = standing.said_of_papers.get(number)
    return said is not None and said.paper == paper and said.answers is None
