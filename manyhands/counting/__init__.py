"""
How positions become a result: every method on one screen, by its code. `method.py` says how each is used.

A count is plain arithmetic on ballots. The same ballots give the same result on every run, in whatever order they
came; a tie is a result, and no lot is ever drawn. Identifiers only: names and words are put in by whoever shows it.
"""

from manyhands.counting import schulze
from manyhands.counting.method import Method
from manyhands.counting.question import Ballot, Question, Reason, Unranked
from manyhands.counting.result import Result

METHODS: dict[str, Method[Result]] = {
    method.code: method
    for method in (
        schulze.METHOD,  # choose one of several workable options
    )
}

__all__ = ["METHODS", "Ballot", "Method", "Question", "Reason", "Result", "Unranked"]
