"""
A proposal: what is asked, where each organisation stands, what is in the way of closing, and all that was said.

The page itself is here. Its buttons are in `answering.py` and `closing.py`; its form in `proposing.py`.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.urls import path

from manyhands import acts, who
from manyhands.log.read import brought_forward
from manyhands.pictures import proposals, who_holds_what
from manyhands.pictures.closing_lines import closing_lines, conditions_left
from manyhands.pictures.heard import by_organisation, deputised
from manyhands.pictures.kept_back import KEPT_BACK, as_seen
from manyhands.pictures.proposals import Concern, Condition, ProposalStory, Said
from manyhands.pictures.what_changed import Change, what_changed
from manyhands.pictures.who_holds_what import Held, held
from manyhands.rules import refusals_against
from manyhands.rules.days import day_of
from manyhands.rules.standing import Standing
from manyhands.rules.things import ObjectionStanding, ProposalStanding
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking, Hat, in_a_team
from manyhands.workspace.in_the_room import recording, written_down
from manyhands.workspace.positions import BY_KIND, KINDS, NOT_SHOWN_YET, PositionKind, position
from manyhands.workspace.showing import show
from manyhands.workspace.speaking import Button, button, role_choices
from manyhands.workspace.what_moved_me import moved_words, my_changes, visit_boxes

CRITERIA = (
    (acts.Criterion.HARM.value, "Harm to patients in this group"),
    (acts.Criterion.DUTY.value, "A risk to an organisation’s duty"),
    (acts.Criterion.NEITHER.value, "Neither, as it is written"),
)
"""What a safety concern can state. One that states neither stays open until its raiser says more or lowers it."""


@dataclass(frozen=True)
class Answering:
    """One of the six positions, and the roles in which it can be taken just now."""

    kind: PositionKind
    button: Button


@dataclass(frozen=True)
class SaidBefore:
    """
    What a role of mine said on an earlier version, who has changed what since, and whether it can be said again. Where
    it was a safety concern that is still open, `concern` is it: the first question then is whether the change meets it.
    """

    hat: Hat
    said: Said
    changes: tuple[Change, ...]
    confirming: Button
    made: tuple[proposals.Wording, ...] = ()
    concern: who.Objection | None = None


@dataclass(frozen=True)
class ConcernShown:
    """A safety concern, the role it is with now, and the buttons that close it."""

    concern: Concern
    stands: ObjectionStanding
    resolving: Button
    safeguarding: Button
    withdrawing: Button
    testing: Button
    lowering: Button


@dataclass(frozen=True)
class ConditionShown:
    """A condition, the role that says when it is fulfilled, and the button to say so."""

    condition: Condition
    fulfilled_by: who.Role
    fulfilling: Button


@dataclass(frozen=True)
class ChangeMade:
    """A change of the proposal: from which wording to which, and what differs."""

    wording: proposals.Wording
    changes: tuple[Change, ...]


def find(asking: Asking, proposal: str) -> tuple[ProposalStory, ProposalStanding]:
    """The proposal of that name in this team, as whoever asks may see it now; nothing else is ever shown."""
    stands = asking.standing.proposals.get(who.Proposal(proposal))
    if stands is None:
        raise Http404
    story = brought_forward(asking.team, proposals.fold).proposals[stands.proposal]
    return as_seen(story, asking.standing, asking.person, asking.now), stands


@in_a_team
def proposal(asking: Asking, proposal: str) -> HttpResponse:
    return show_proposal(asking, proposal)


def _came_of(asking: Asking, matter: who.Matter | None) -> tuple[who.Paper, int] | None:
    """What was said about which paper, that the matter was taken up from."""
    raised = brought_forward(asking.team, proposals.fold).matters.get(matter) if matter else None
    return raised.came_of if raised else None


def show_proposal(
    asking: Asking, which: str, errors: dict[str, list[str]] | None = None, typed: QueryDict | None = None
) -> HttpResponse:
    story, stands = find(asking, which)
    standing = asking.standing
    agree = acts.Agree(**asking.speaking(asking.hat_for(stands.role)), proposal=story.proposal, version=stands.version)
    return show(
        asking,
        "proposal.html",
        current="board",
        wide=True,
        errors={name: reasons for name, reasons in (errors or {}).items() if reasons},
        typed=typed or QueryDict(),
        story=story,
        came_of=_came_of(asking, story.matter),
        stands=stands,
        terms=stands.terms,
        now=_now(asking, stands),
        status=status_of(stands),
        told=brought_forward(asking.team, proposals.fold).proposals,
        under_review=stands.closed is not None and stands.closed.is_under_review(day_of(asking.now)),
        group=standing.groups.get(stands.group) if stands.group else None,
        lines=closing_lines(stands.terms, refusals_against(agree, standing), stands.is_independent(asking.now)),
        conditions_left=() if stands.is_independent(asking.now) else conditions_left(stands.proposal, standing),
        independent=stands.is_independent(asking.now),
        organisations=by_organisation(story, standing, asking.now),
        kinds=BY_KIND | {KEPT_BACK: NOT_SHOWN_YET},
        answering=_answering(asking, stands),
        before=_said_before(asking, story, stands),
        my_changes=my_changes(asking, story),
        moved_words=lambda moved: moved_words(moved, asking),
        visit_boxes=lambda change: visit_boxes(change, typed),
        answered=_answered(asking, story, stands),
        written_down=written_down(asking, story),
        recording=recording(asking, stands),
        criteria=CRITERIA,
        stances=[(kind.kind, kind.called, kind.meaning) for kind in KINDS],
        concerns=[_concern(asking, concern, stands) for concern in story.concerns],
        conditions=[_condition(asking, condition) for condition in story.conditions if not condition.dropped],
        history=_history(story),
        changes=_changes_made(story),
        deputised=lambda by: deputised(by.person, by.role, by.at, standing),
        also=lambda by: standing.other_hats(by.person, by.role, by.at),
        buttons=_buttons(asking, stands),
        record=record_of(story, stands, standing),
        role_choices=role_choices(asking),
        safeguards=[(str(follows.responsibility), follows.what) for follows in stands.terms.follows],
    )


def status_of(stands: ProposalStanding) -> tuple[str, str]:
    """How it stands in a word or two, and the colour that repeats it."""
    if stands.closed is None:
        return "Being asked", "blue"
    if stands.closed.over is not None:
        return (stands.closed.over.capitalize(), "grey")
    return {
        "agreed": ("Agreed", "green"),
        "agreed-without": ("Agreed without everyone", "orange"),
        "withdrawn": ("Withdrawn", "grey"),
    }[stands.closed.how]


def _now(asking: Asking, stands: ProposalStanding) -> dict[who.Responsibility, Held]:
    """What follows from a decision, as it stands at this moment: done, declined, asked or held."""
    if stands.closed is None or not stands.closed.is_decision:
        return {}
    stories = brought_forward(asking.team, who_holds_what.fold).responsibilities
    standing = asking.standing
    named = [it.responsibility for it in stands.terms.follows]
    return {which: held(stories[which], standing.responsibilities[which], standing, asking.now) for which in named}


# ---- answering ---------------------------------------------------------------------------------------------------


def _answering(asking: Asking, stands: ProposalStanding) -> list[Answering]:
    return [Answering(kind, _answer_button(asking, kind.kind, stands)) for kind in KINDS]


def _answer_button(asking: Asking, kind: str, stands: ProposalStanding, again: Said | None = None) -> Button:
    def make(speaking: dict[str, Any]) -> acts.AnyAct:
        anyone = again.fulfilled_by if again else next(iter(asking.standing.roles))
        return position(
            asking, kind, stands.proposal, stands.version, TO_BE_WRITTEN, speaking, fulfilled_by=anyone, again=again
        )

    return button(asking, make)


def _answered(asking: Asking, story: ProposalStory, stands: ProposalStanding) -> list[Said]:
    """What my roles have said on the version in hand."""
    newest = [story.newest_in(hat.role.role) for hat in asking.hats]
    return [said for said in newest if said is not None and said.version == stands.version]


def _said_before(asking: Asking, story: ProposalStory, stands: ProposalStanding) -> list[SaidBefore]:
    """What my roles said that the proposal has changed since: material changes are to be answered again."""
    if not stands.is_open:
        return []
    found = []
    for hat in asking.hats:
        said = story.newest_in(hat.role.role)
        if said is None or said.change == story.now.change:
            continue
        changes = what_changed(story.wordings[said.change].terms, stands.terms)
        confirming = _answer_button(asking, said.kind, stands, again=said)
        if said.version == stands.version or hat not in confirming.hats:
            confirming = Button((), confirming.reasons)  # heard already, or something else has to be answered first
        else:
            confirming = Button((hat,), ())
        made = story.wordings[said.change + 1 :]
        found.append(SaidBefore(hat, said, changes, confirming, made, _to_be_met(asking, said, stands, hat)))
    return found


def _to_be_met(asking: Asking, said: Said, stands: ProposalStanding, hat: Hat) -> who.Objection | None:
    """The safety concern that was said, where this role can say now that what changed since meets it."""
    if said.objection is None:
        return None
    speaking = asking.speaking(hat.role.role)
    met = acts.Resolve(**speaking, objection=said.objection, version=stands.version, safeguard=None)
    return said.objection if not asking.reasons_against(met) else None


# ---- concerns and conditions -------------------------------------------------------------------------------------


def _concern(asking: Asking, concern: Concern, stands: ProposalStanding) -> ConcernShown:
    now = asking.standing.objections[concern.objection]
    safeguard = next((follows.responsibility for follows in stands.terms.follows), who.Responsibility(""))

    def resolving(by: who.Responsibility | None) -> Button:
        return button(
            asking,
            lambda speaking: acts.Resolve(
                **speaking, objection=concern.objection, version=stands.version, safeguard=by
            ),
        )

    return ConcernShown(
        concern,
        now,
        resolving(None),
        resolving(safeguard),
        button(
            asking,
            lambda speaking: acts.WithdrawObjection(**speaking, objection=concern.objection, because=TO_BE_WRITTEN),
        ),
        button(
            asking,
            lambda speaking: acts.TestObjection(**speaking, objection=concern.objection, states=acts.Criterion.HARM),
        ),
        button(
            asking,
            lambda speaking: acts.LowerToConcern(**speaking, objection=concern.objection, version=stands.version),
        ),
    )


def _condition(asking: Asking, condition: Condition) -> ConditionShown:
    named = asking.standing.conditions[condition.condition].fulfilled_by
    fulfilling = button(
        asking, lambda speaking: acts.Fulfil(**speaking, condition=condition.condition, because=TO_BE_WRITTEN)
    )
    return ConditionShown(condition, named, fulfilling)


# ---- the other buttons -------------------------------------------------------------------------------------------


def _buttons(asking: Asking, stands: ProposalStanding) -> dict[str, Button]:
    about: dict[str, Any] = {"proposal": stands.proposal}
    version: dict[str, Any] = {**about, "version": stands.version}
    written: dict[str, Any] = {"because": TO_BE_WRITTEN}
    changed = replace(stands.terms, question=TO_BE_WRITTEN)
    return {
        "agree": button(asking, lambda speaking: acts.Agree(**speaking, **version)),
        "without": button(asking, lambda speaking: acts.ProceedWithout(**speaking, **version, **written)),
        "withdraw": button(asking, lambda speaking: acts.Withdraw(**speaking, **about, **written)),
        "amend": button(
            asking, lambda speaking: acts.Amend(**speaking, **version, **written, material=True, terms=changed)
        ),
        "comment": button(asking, lambda speaking: acts.Comment(**speaking, **about, words=TO_BE_WRITTEN)),
    }


# ---- what is told ------------------------------------------------------------------------------------------------


def _history(story: ProposalStory) -> list[Said]:
    """Every position ever given, the newest first."""
    return list(reversed(story.positions))


def _changes_made(story: ProposalStory) -> list[ChangeMade]:
    pairs = zip(story.wordings, story.wordings[1:], strict=False)
    return [ChangeMade(after, what_changed(before.terms, after.terms)) for before, after in pairs][::-1]


def record_of(story: ProposalStory, stands: ProposalStanding, standing: Standing) -> dict[str, Any] | None:
    """What the printed record says: who agreed it and when, why, the answers, what follows; none while it is open."""
    if stands.closed is None or not stands.closed.is_decision:
        return None
    decided = list(dict.fromkeys(stands.terms.affected))
    commented = dict.fromkeys(remark.by.organisation for remark in story.comments)
    everyone = standing.organisations(stands.closed.at)
    return {
        "answers": [said for said in story.positions if story.is_newest(said)],
        "decided": [organisation for organisation in decided if organisation not in stands.closed.unheard],
        "consulted": [organisation for organisation in commented if organisation not in decided],
        "informed": [o for o in everyone if o not in decided and o not in commented] + list(stands.closed.unheard),
        "proposed": next(o for o in stands.terms.options if o.option == stands.terms.proposed),
    }


urlpatterns = [path("teams/<str:team>/proposals/<str:proposal>", proposal, name="proposal")]
