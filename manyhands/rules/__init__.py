"""
When an act is allowed: no Django, no clock, no database.

A rule is handed an act and how things stand, and yields every reason against it; none means yes. The same rule
decides at the door, shows or withholds the button, and explains.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from manyhands import acts
from manyhands.rules import (
    being_moved,
    belonging,
    deciding,
    discussing,
    giving_credit,
    grouping,
    handing_over,
    holding,
    meeting,
    polling,
    recording,
    reviewing,
    withholding,
)
from manyhands.rules.refusals import Refusal
from manyhands.rules.speaking import against_speaking
from manyhands.rules.standing import Standing

Rule = Callable[[Any, Standing], Iterator[Refusal]]

RULES: dict[type[acts.AnyAct], Rule] = {
    acts.Convene: belonging.against_convening,
    acts.Invite: belonging.against_inviting,
    acts.Join: belonging.against_joining,
    acts.Leave: belonging.against_leaving,
    acts.Remove: belonging.against_removing,
    acts.CreateRole: belonging.against_creating_a_role,
    acts.Hold: belonging.against_holding,
    acts.Deputise: belonging.against_deputising,
    acts.StepDown: belonging.against_stepping_down,
    acts.BeAway: belonging.against_being_away,
    acts.ComeBack: belonging.against_coming_back,
    acts.Gather: grouping.against_gathering,
    acts.Include: grouping.against_including,
    acts.Release: grouping.against_releasing,
    acts.Raise: deciding.against_raising,
    acts.Propose: deciding.against_proposing,
    acts.Amend: deciding.against_amending,
    acts.Comment: deciding.against_commenting,
    acts.Consent: deciding.against_answering,
    acts.ConsentWithConcern: deciding.against_answering,
    acts.ConsentIf: deciding.against_answering,
    acts.Object: deciding.against_answering,
    acts.StandAside: deciding.against_answering,
    acts.GiveNoView: deciding.against_answering,
    acts.RecordPosition: recording.against_recording,
    acts.ConfirmPosition: recording.against_confirming,
    acts.CorrectPosition: recording.against_correcting,
    acts.BeMoved: being_moved.against_being_moved,
    acts.Fulfil: deciding.against_fulfilling,
    acts.TestObjection: deciding.against_testing,
    acts.LowerToConcern: deciding.against_lowering,
    acts.Resolve: deciding.against_resolving,
    acts.WithdrawObjection: deciding.against_withdrawing_an_objection,
    acts.Agree: deciding.against_agreeing,
    acts.ProceedWithout: deciding.against_proceeding_without,
    acts.Withdraw: deciding.against_withdrawing,
    acts.OpenPoll: polling.against_opening_a_poll,
    acts.AnswerPoll: polling.against_answering_a_poll,
    acts.ClosePoll: polling.against_closing_a_poll,
    acts.CallPollOff: polling.against_calling_a_poll_off,
    acts.OpenReview: reviewing.against_opening_a_review,
    acts.AnswerReview: reviewing.against_answering_a_review,
    acts.Renew: reviewing.against_renewing,
    acts.Replace: reviewing.against_replacing,
    acts.End: reviewing.against_ending,
    acts.ShareCredit: giving_credit.against_sharing_credit,
    acts.StopSharing: giving_credit.against_stopping_to_share,
    acts.CallMeeting: meeting.against_calling_a_meeting,
    acts.Circulate: meeting.against_circulating,
    acts.PutOn: meeting.against_putting_on,
    acts.Drop: meeting.against_dropping,
    acts.Reorder: meeting.against_reordering,
    acts.Attend: meeting.against_attending,
    acts.NotThere: meeting.against_not_being_there,
    acts.Conclude: meeting.against_concluding,
    acts.CloseMeeting: meeting.against_closing_a_meeting,
    acts.CallOff: meeting.against_calling_off,
    acts.Publish: discussing.against_publishing,
    acts.Revise: discussing.against_revising,
    acts.OpenTo: discussing.against_opening_to,
    acts.Discuss: discussing.against_discussing,
    acts.Retract: discussing.against_retracting,
    acts.Settle: discussing.against_settling,
    acts.TakeUp: discussing.against_taking_up,
    acts.TakeDown: discussing.against_taking_down,
    acts.Ask: holding.against_asking,
    acts.TakeOn: holding.against_taking_on,
    acts.Decline: holding.against_declining,
    acts.Report: holding.against_reporting,
    acts.ReportOnPeople: holding.against_reporting_on_people,
    acts.Complete: holding.against_completing,
    acts.HandOver: handing_over.against_handing_over,
    acts.Accept: handing_over.against_accepting,
    acts.GiveBack: handing_over.against_giving_back,
    acts.TakeBack: handing_over.against_taking_back,
    acts.Withhold: withholding.against_withholding,
}
"""Every act and its rule."""


def refusals_against(act: acts.AnyAct, standing: Standing) -> list[Refusal]:
    """Every reason against an act, given how things stand. None means that it is allowed."""
    against = list(against_speaking(act, standing))
    if any(refusal.code in ("no-such-team", "not-a-member") for refusal in against):
        return against
    return [_saying_who_is_away(each, act, standing) for each in (*against, *RULES[type(act)](act, standing))]


def _saying_who_is_away(refusal: Refusal, act: acts.AnyAct, standing: Standing) -> Refusal:
    """Of the people to turn to, those who are away just now; whoever the reason is about is not one of them."""
    to_turn_to = (person for gap, people in refusal.people if gap in ("could", "people") for person in people)
    away = frozenset(person for person in to_turn_to if standing.is_away(person, act.at))
    return replace(refusal, away=away) if away else refusal
