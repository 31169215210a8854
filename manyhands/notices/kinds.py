"""
Every kind of notice: the sentence it is told in, the sort that people choose by, and whether it is urgent.

No sentence has a name or a word that anybody wrote in it, so that none can say anything about a patient, wherever it
is sent. What it is about is found by the link beside it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What people choose by."""

    HEARD = "heard"
    HELD = "held"
    LATE = "late"
    BECAME = "became"
    MEETINGS = "meetings"
    TALK = "talk"
    PLACES = "places"


SORTS = {
    Sort.HEARD: "To be heard on, to agree or to answer in a review",
    Sort.HELD: "Asked of me, offered to me, or come back to me",
    Sort.LATE: "Due tomorrow, late, or with nobody to answer for it",
    Sort.BECAME: "What became of what I answered or asked for",
    Sort.MEETINGS: "Meetings, their agendas and minutes",
    Sort.TALK: "What is being talked about",
    Sort.PLACES: "Invitations, my roles, and whom I stand in for",
}
"""Each sort as people read it."""


class Thing(StrEnum):
    """What a notice leads to: the name of a page's address. Never the page of a patient."""

    PROPOSAL = "proposal"
    REVIEW = "review"
    RESPONSIBILITY = "responsibility"
    HAND_OVER = "hand-over"
    MEETING = "meeting"
    MINUTES = "minutes"
    MATTER = "matter"
    PAPER = "paper"
    POLL = "poll"
    GLASS = "broken-glass"
    MEMBERS = "belonging"
    INVITATION = "invitation"
    MY_WORK = "my-work"


class Kind(StrEnum):
    """Every kind of notice. A kind's name is kept with the notice, and is never used again for another."""

    HEAR = "hear"
    CHANGED = "changed"
    REWORDED = "reworded"
    CONFIRM = "confirm"
    CORRECTED = "corrected"
    CONDITION = "condition"
    CONDITION_MET = "condition-met"
    CONCERN = "concern"
    CONCERN_TESTED = "concern-tested"
    CONCERN_CLOSED = "concern-closed"
    READY = "ready"
    POLL = "poll"
    POLL_TO_CLOSE = "poll-to-close"
    POLL_CLOSED = "poll-closed"
    DECIDED = "decided"
    DECIDED_WITHOUT = "decided-without"
    TAKEN_BACK = "taken-back"
    REVIEW_COMING = "review-coming"
    REVIEW_OPEN = "review-open"
    REVIEW_OWED = "review-owed"
    UNSAFE = "unsafe"
    REVIEWED = "reviewed"
    ASKED = "asked"
    ASK_AGAIN = "ask-again"
    TAKEN_ON = "taken-on"
    SUPPORT = "support"
    CAME_TO = "came-to"
    CREDITED = "credited"
    OFFERED = "offered"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    PASSED = "passed"
    INVITED = "invited"
    ROLE = "role"
    DEPUTY = "deputy"
    COVERING = "covering"
    BACK = "back"
    MEETING_CALLED = "meeting-called"
    AGENDA = "agenda"
    MEETING_OFF = "meeting-off"
    MEETING_SOON = "meeting-soon"
    TO_CIRCULATE = "to-circulate"
    MINUTES = "minutes"
    SAID = "said"
    RAISED = "raised"
    MOVED = "moved"
    PAPER = "paper"
    PAPER_ASKED = "paper-asked"
    PAPER_ANSWERED = "paper-answered"
    PAPER_TAKEN_UP = "paper-taken-up"
    DUE_TOMORROW = "due-tomorrow"
    OVERDUE = "overdue"
    OVERDUE_DEPUTY = "overdue-deputy"
    OVERDUE_LEAD = "overdue-lead"
    OVERDUE_COORDINATOR = "overdue-coordinator"
    NOBODY_PRESENT = "nobody-present"
    ROLE_VACANT = "role-vacant"
    ROLE_AWAY = "role-away"
    DECLINED = "declined"
    NOT_TAKEN_ON = "not-taken-on"
    OFFER_NOT_ANSWERED = "offer-not-answered"
    REVIEW_OVERDUE = "review-overdue"
    REVIEW_NOBODY = "review-nobody"
    GLASS = "glass"
    GLASS_TO_REVIEW = "glass-to-review"
    GLASS_OVERDUE = "glass-overdue"


@dataclass(frozen=True, slots=True)
class KindOf:
    """What is known of a kind. `asks`: it wants something, and is not sent once that no longer waits."""

    sort: Sort
    says: str
    asks: bool = False
    urgent: bool = False


def _asks(sort: Sort, says: str, urgent: bool = False) -> KindOf:
    return KindOf(sort, says, asks=True, urgent=urgent)


def _tells(sort: Sort, says: str, urgent: bool = False) -> KindOf:
    return KindOf(sort, says, asks=False, urgent=urgent)


KINDS: dict[Kind, KindOf] = {
    Kind.HEAR: _asks(Sort.HEARD, "A proposal waits for you to be heard on"),
    Kind.CHANGED: _asks(Sort.HEARD, "A proposal that you answered has changed: see what changed, and answer again"),
    Kind.REWORDED: _tells(Sort.HEARD, "The wording of a proposal that you answered has changed; your answer stands"),
    Kind.CONFIRM: _asks(Sort.HEARD, "What you said was written down for you: confirm it, or put it right"),
    Kind.CORRECTED: _tells(Sort.BECAME, "What you wrote down for somebody was put right by them"),
    Kind.CONDITION: _asks(Sort.HEARD, "Somebody consents if something is done, and you can say when it is"),
    Kind.CONDITION_MET: _tells(Sort.BECAME, "A condition that you set was met"),
    Kind.CONCERN: _asks(Sort.HEARD, "A safety concern was raised about a proposal of yours", urgent=True),
    Kind.CONCERN_TESTED: _tells(Sort.BECAME, "It was said what your safety concern states"),
    Kind.CONCERN_CLOSED: _tells(Sort.BECAME, "A safety concern about a proposal of yours was closed"),
    Kind.READY: _asks(Sort.HEARD, "Everyone has been heard on a proposal of yours"),
    Kind.POLL: _asks(Sort.HEARD, "A poll waits for your answer"),
    Kind.POLL_TO_CLOSE: _asks(Sort.HEARD, "Every organisation that you asked in a poll has answered: it can be closed"),
    Kind.POLL_CLOSED: _tells(Sort.BECAME, "A poll that you answered has ended"),
    Kind.DECIDED: _tells(Sort.BECAME, "A proposal that you answered was agreed"),
    Kind.DECIDED_WITHOUT: _tells(
        Sort.BECAME, "A decision was made although your organisation had not been heard", urgent=True
    ),
    Kind.TAKEN_BACK: _tells(Sort.BECAME, "A proposal that you answered was taken back"),
    Kind.REVIEW_COMING: _asks(Sort.HEARD, "A review that you owe is within two weeks"),
    Kind.REVIEW_OPEN: _asks(Sort.HEARD, "A decision waits for you to say whether it still works and is still safe"),
    Kind.REVIEW_OWED: _asks(Sort.HEARD, "A review that you owe is open"),
    Kind.UNSAFE: _asks(Sort.HEARD, "It was said in a review that you owe that a decision is not safe", urgent=True),
    Kind.REVIEWED: _tells(Sort.BECAME, "A decision that you answered was reviewed"),
    Kind.ASKED: _asks(Sort.HELD, "You are asked to take something on"),
    Kind.ASK_AGAIN: _asks(Sort.HELD, "Something that you asked for was declined: somebody else has to be asked"),
    Kind.TAKEN_ON: _tells(Sort.BECAME, "Something that you asked for was taken on"),
    Kind.SUPPORT: _tells(Sort.HELD, "Support is needed with something that you asked for or stand in for"),
    Kind.CAME_TO: _tells(
        Sort.BECAME, "Something that follows from a decision you answered, or that you asked for, ended"
    ),
    Kind.CREDITED: _tells(Sort.BECAME, "A decision that you answered was carried out, and a page credits you all"),
    Kind.OFFERED: _asks(Sort.HELD, "A hand-over waits for your answer"),
    Kind.RETURNED: _asks(Sort.HELD, "Something that you offered came back, and is still yours"),
    Kind.ACCEPTED: _tells(Sort.BECAME, "Something that you offered was accepted"),
    Kind.PASSED: _tells(Sort.HELD, "Something was passed on to a role of yours"),
    Kind.INVITED: _asks(Sort.PLACES, "You are invited to join"),
    Kind.ROLE: _tells(Sort.PLACES, "You were given a role, with all that it holds"),
    Kind.DEPUTY: _tells(Sort.PLACES, "You were made the deputy of a role"),
    Kind.COVERING: _asks(Sort.PLACES, "You stand in for somebody who is away, or for a role with nobody", urgent=True),
    Kind.BACK: _asks(Sort.PLACES, "You are back, and there are things that wait for you"),
    Kind.MEETING_CALLED: _tells(Sort.MEETINGS, "A meeting was called"),
    Kind.AGENDA: _tells(Sort.MEETINGS, "The agenda of a meeting is before you"),
    Kind.MEETING_OFF: _tells(Sort.MEETINGS, "A meeting was called off", urgent=True),
    Kind.MEETING_SOON: _tells(Sort.MEETINGS, "A meeting is within a day"),
    Kind.TO_CIRCULATE: _asks(Sort.MEETINGS, "The agenda of a meeting is yours to put before everyone"),
    Kind.MINUTES: _tells(Sort.MEETINGS, "The minutes of a meeting are there"),
    Kind.SAID: _tells(Sort.TALK, "Something was said about a proposal of yours or a matter that you raised"),
    Kind.RAISED: _tells(Sort.TALK, "A matter was raised"),
    Kind.MOVED: _tells(Sort.TALK, "Somebody says that you moved them to change their answer"),
    Kind.PAPER: _tells(Sort.TALK, "A paper was published, or a new version of it"),
    Kind.PAPER_ASKED: _tells(Sort.TALK, "Something was said or asked about a paper of yours"),
    Kind.PAPER_ANSWERED: _tells(Sort.TALK, "What you said about a paper was answered, or settled"),
    Kind.PAPER_TAKEN_UP: _tells(Sort.BECAME, "What you said about a paper was taken up as a matter"),
    Kind.DUE_TOMORROW: _asks(Sort.LATE, "Something asked of you is due within a day", urgent=True),
    Kind.OVERDUE: _asks(Sort.LATE, "Something that you hold is past its check"),
    Kind.OVERDUE_DEPUTY: _asks(Sort.LATE, "Something that you stand in for is past its check"),
    Kind.OVERDUE_LEAD: _asks(Sort.LATE, "Something that you asked for is past its check"),
    Kind.OVERDUE_COORDINATOR: _asks(Sort.LATE, "Something in the team is past its check, and nobody has moved it"),
    Kind.NOBODY_PRESENT: _asks(Sort.LATE, "Nobody present answers for something in the team", urgent=True),
    Kind.ROLE_VACANT: _asks(Sort.LATE, "A role of the team has been without a holder for a week"),
    Kind.ROLE_AWAY: _asks(Sort.LATE, "Everyone in a role of the team is away", urgent=True),
    Kind.DECLINED: _asks(Sort.LATE, "Something was declined, and nobody else has been asked"),
    Kind.NOT_TAKEN_ON: _asks(Sort.LATE, "Something was asked a week ago, and not answered"),
    Kind.OFFER_NOT_ANSWERED: _asks(Sort.LATE, "A hand-over was not answered in time"),
    Kind.REVIEW_OVERDUE: _asks(Sort.LATE, "The review of a decision is overdue"),
    Kind.REVIEW_NOBODY: _asks(Sort.LATE, "A review is open, and nobody present owes it", urgent=True),
    Kind.GLASS: _tells(Sort.LATE, "Somebody broke the glass to see a patient whom your team looks after", urgent=True),
    Kind.GLASS_TO_REVIEW: _tells(Sort.LATE, "A broken glass waits for a privacy officer to review it", urgent=True),
    Kind.GLASS_OVERDUE: _tells(Sort.LATE, "Nobody has reviewed a broken glass in time", urgent=True),
}
"""Every kind, and what is known of it."""

GLASS_AT_ONCE = (Kind.GLASS, Kind.GLASS_TO_REVIEW)
"""Told when it is broken."""

ABOUT_GLASS = (*GLASS_AT_ONCE, Kind.GLASS_OVERDUE)
"""Told to people who may be in no team with whoever broke it, and whatever they have chosen."""
