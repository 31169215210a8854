"""
Whether what a notice asks for still waits, as My work has it. There is no second rule of what waits: where My work no
longer has it, the notice has nothing to ask.
"""

from collections.abc import Callable

from manyhands.notices.due import about
from manyhands.notices.kinds import KINDS, Kind, Thing
from manyhands.notices.notice import Notice
from manyhands.pictures.alarms import Alarm
from manyhands.pictures.my_work import Work

Waits = Callable[[Work, Notice], bool]


def still_waits(notice: Notice, work: Work) -> bool:
    """True of every notice that only tells; of one that asks, while My work of whoever it is for has what it asks."""
    return not KINDS[notice.kind].asks or WAITS[notice.kind](work, notice)


def _heard(work: Work, notice: Notice) -> bool:
    return any(it.proposal.proposal == notice.which for it in work.to_hear)


def _to_agree(work: Work, notice: Notice) -> bool:
    return any(it.proposal.proposal == notice.which for it in work.to_agree)


def _to_confirm(work: Work, notice: Notice) -> bool:
    return any(it.proposal == notice.which for it in work.to_confirm)


def _condition(work: Work, notice: Notice) -> bool:
    return any(it.proposal == notice.which for it in work.conditions)


def _owes(work: Work, notice: Notice) -> bool:
    return any(it.proposal == notice.which for it in work.reviews)


def _to_review(work: Work, notice: Notice) -> bool:
    return any(it.proposal == notice.which for it in work.to_review)


def _poll(work: Work, notice: Notice) -> bool:
    return any(it.poll == notice.which for it in work.polls)


def _poll_to_close(work: Work, notice: Notice) -> bool:
    return any(it.poll == notice.which for it in work.polls_to_close)


def _asked(work: Work, notice: Notice) -> bool:
    return any(it.responsibility == notice.which for it in work.to_answer)


def _ask_again(work: Work, notice: Notice) -> bool:
    return any(it.responsibility == notice.which for it in work.to_ask_again)


def _offered(work: Work, notice: Notice) -> bool:
    return any(it.handover == notice.which for it in work.offers)


def _returned(work: Work, notice: Notice) -> bool:
    return any(it.handover == notice.which for it in work.returned)


def _covering(work: Work, notice: Notice) -> bool:
    return any(it.role == notice.role for it in work.covering)


def _anything(work: Work, notice: Notice) -> bool:
    return work.waiting > 0


def _to_circulate(work: Work, notice: Notice) -> bool:
    return any(it.to_circulate and it.meeting.meeting == notice.which for it in work.meetings)


def _due(work: Work, notice: Notice) -> bool:
    match notice.thing:
        case Thing.RESPONSIBILITY:
            return any(it.responsibility == notice.which for it in (*work.to_answer, *work.to_do))
        case Thing.HAND_OVER:
            return _offered(work, notice)
        case Thing.POLL:
            return _poll(work, notice)
        case _:
            return _to_confirm(work, notice) or _heard(work, notice)


def _overdue(work: Work, notice: Notice) -> bool:
    return any(it.responsibility == notice.which and it.days_overdue > 0 for it in work.to_do)


def _told(work: Work, notice: Notice) -> bool:
    kind = "check-overdue" if notice.kind in OVERDUE_BEYOND else notice.kind.value
    return any(alarm.kind == kind and _is_about(alarm, notice) for alarm in work.told)


def _is_about(alarm: Alarm, notice: Notice) -> bool:
    return about(alarm) == (notice.thing, notice.which)


OVERDUE_BEYOND = (Kind.OVERDUE_DEPUTY, Kind.OVERDUE_LEAD, Kind.OVERDUE_COORDINATOR)

WAITS: dict[Kind, Waits] = {
    Kind.HEAR: _heard,
    Kind.CHANGED: _heard,
    Kind.CONFIRM: _to_confirm,
    Kind.CONDITION: _condition,
    Kind.CONCERN: _to_agree,
    Kind.READY: _to_agree,
    Kind.POLL: _poll,
    Kind.POLL_TO_CLOSE: _poll_to_close,
    Kind.REVIEW_COMING: _owes,
    Kind.REVIEW_OPEN: _to_review,
    Kind.REVIEW_OWED: _owes,
    Kind.UNSAFE: _owes,
    Kind.ASKED: _asked,
    Kind.ASK_AGAIN: _ask_again,
    Kind.OFFERED: _offered,
    Kind.RETURNED: _returned,
    Kind.COVERING: _covering,
    Kind.BACK: _anything,
    Kind.TO_CIRCULATE: _to_circulate,
    Kind.DUE_TOMORROW: _due,
    Kind.OVERDUE: _overdue,
    **dict.fromkeys(
        (
            *OVERDUE_BEYOND,
            Kind.NOBODY_PRESENT,
            Kind.ROLE_VACANT,
            Kind.ROLE_AWAY,
            Kind.DECLINED,
            Kind.NOT_TAKEN_ON,
            Kind.OFFER_NOT_ANSWERED,
            Kind.REVIEW_OVERDUE,
            Kind.REVIEW_NOBODY,
        ),
        _told,
    ),
}
"""For every kind that asks a member for something, the list of My work in which it waits."""
