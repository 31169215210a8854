"""
How positions become a result: every method on one screen, by its code. `method.py` says how each is used.

A count is plain arithmetic on ballots. The same ballots give the same result on every run, in whatever order they
came; a tie is a result, and no lot is ever drawn. Identifiers only: names and words are put in by whoever shows it.
"""

from manyhands.counting import (
    advice,
    approval,
    consent,
    gradients,
    majority_judgement,
    proportional_approval,
    ranked_rounds,
    role_selection,
    schulze,
    score,
    single_transferable_vote,
    time_poll,
)
from manyhands.counting.method import Method
from manyhands.counting.question import Ballot, Question, Reason, Unranked
from manyhands.counting.result import Result

METHODS: dict[str, Method[Result]] = {
    "consent": consent.METHOD,  # change how we care for a group
    "advice": advice.METHOD,  # inside one role's own domain
    "gradients": gradients.METHOD,  # a check of the temperature
    "schulze": schulze.METHOD,  # choose one of several workable options, by comparing every two
    "ranked-rounds": ranked_rounds.METHOD,  # choose one, in rounds
    "approval": approval.METHOD,  # choose one or several by ticking
    "proportional-approval": proportional_approval.METHOD,  # choose several, a share for everybody
    "single-transferable-vote": single_transferable_vote.METHOD,  # choose several in order of preference
    "score": score.METHOD,  # rate the options with a number
    "majority-judgement": majority_judgement.METHOD,  # rate the options in words
    "role-selection": role_selection.METHOD,  # fill a role or a deputy, by reasons
    "time-poll": time_poll.METHOD,  # when to meet
}
"""Every method by its code, which stands in the log and is never changed or used for another."""

__all__ = ["METHODS", "Ballot", "Method", "Question", "Reason", "Result", "Unranked"]
