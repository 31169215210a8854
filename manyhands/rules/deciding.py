"""When something may be raised, proposed, answered, changed, agreed and taken back."""

from collections.abc import Iterator

from manyhands import acts, who
from manyhands.rules import refusals
from manyhands.rules.days import day_of
from manyhands.rules.refusals import Refusal
from manyhands.rules.reviewing import left_out
from manyhands.rules.speaking import coordinates, speaks_in
from manyhands.rules.standing import Standing
from manyhands.rules.things import Given, ObjectionStanding, ProposalStanding


def against_raising(act: acts.Raise, standing: Standing) -> Iterator[Refusal]:
    """Any member can raise a matter, about a group or in general."""
    if act.matter in standing.matters:
        yield refusals.taken_identifier("matter")
    if act.group is not None and act.group not in standing.groups:
        yield refusals.nothing_like_it("group")
    if not act.words.strip():
        yield refusals.words_needed("what you want to raise")


def against_proposing(act: acts.Propose, standing: Standing) -> Iterator[Refusal]:
    """
    Anyone in a role can propose. "Carry on as now" is among the options, and every organisation affected has
    somebody in the team who could speak for it. What follows may still be incomplete; it has to be whole to agree.
    """
    if act.proposal in standing.proposals:
        yield refusals.taken_identifier("proposal")
    if act.group is not None and act.group not in standing.groups:
        yield refusals.nothing_like_it("group")
    if act.matter is not None and act.matter not in standing.matters:
        yield refusals.nothing_like_it("matter")
    if act.poll is not None and act.poll not in standing.polls:
        yield refusals.nothing_like_it("poll")
    if act.independent_until is not None and act.independent_until < day_of(act.at):
        yield refusals.closes_in_the_past(act.independent_until)
    yield from _against_terms(act.terms, act, standing)


def _against_terms(terms: acts.Terms, act: acts.AnyAct, standing: Standing) -> Iterator[Refusal]:
    if not terms.question.strip():
        yield refusals.words_needed("the question")
    if any(not option.words.strip() for option in terms.options):
        yield refusals.words_needed("each option")
    if not any(option.carry_on for option in terms.options):
        yield refusals.carry_on_missing()
    if all(option.carry_on for option in terms.options):
        yield refusals.one_option_only()
    if terms.proposed not in {option.option for option in terms.options}:
        yield refusals.nothing_proposed()
    if not terms.affected:
        yield refusals.nobody_affected()
    for organisation in terms.affected:
        if not standing.who_could_speak_for(organisation, act.at):
            yield refusals.nobody_can_speak_for(organisation)
    for follows in terms.follows:
        taken = standing.responsibilities.get(follows.responsibility)
        if taken is not None:
            yield refusals.taken_identifier("responsibility")
        if not follows.what.strip():
            yield refusals.words_needed("what each responsibility is")
        if follows.role is not None and follows.role == follows.deputy_role:
            yield refusals.same_role_twice(refusals.short(follows.what), follows.role)
        for role in (follows.role, follows.deputy_role):
            if role is not None and role not in standing.roles:
                yield refusals.nothing_like_it("role")
        if follows.first_check_on is not None and follows.first_check_on < day_of(act.at):
            yield refusals.check_in_the_past(refusals.short(follows.what), follows.first_check_on)
    if terms.review_on is not None and terms.review_on < day_of(act.at):
        yield refusals.review_in_the_past(terms.review_on)
    if terms.review_by is not None and terms.review_by not in standing.roles:
        yield refusals.nothing_like_it("role")


def against_amending(act: acts.Amend, standing: Standing) -> Iterator[Refusal]:
    """
    Whoever proposed (their role, so a deputy or successor too), or the coordinating role, can change a proposal
    while it is open, saying what changed and why. No position is lost by it, and no safeguard that met an objection.
    """
    proposal = standing.proposals.get(act.proposal)
    if proposal is None:
        yield refusals.nothing_like_it("proposal")
        return
    yield from _against_a_stale_or_sealed(act.version, proposal)
    if not (speaks_in(act, proposal.role, standing) or coordinates(act, standing)):
        yield refusals.not_for_this_role(proposal.role, standing.people_in(proposal.role, act.at))
    if act.terms == proposal.terms:
        yield refusals.nothing_changed()
    following = {follows.responsibility for follows in act.terms.follows}
    for objection in standing.objections.values():
        guard = objection.safeguard if objection.proposal == act.proposal else None
        if guard is not None and guard not in following:
            yield refusals.safeguard_stays(objection.organisation, objection.because)
    if not act.because.strip():
        yield refusals.reason_needed("changing a proposal")
    yield from _against_terms(act.terms, act, standing)


def against_commenting(act: acts.Comment, standing: Standing) -> Iterator[Refusal]:
    """Any member can say something about a proposal or a matter, also after it is closed."""
    if act.proposal not in standing.proposals and act.matter not in standing.matters:
        yield refusals.nothing_like_it("proposal or matter")
    if not act.words.strip():
        yield refusals.words_needed("your comment")


def against_answering(act: acts.Position, standing: Standing) -> Iterator[Refusal]:
    """
    An affected organisation answers through its roles, on the version in hand, until the proposal is closed. A
    concern, a condition and an objection say why. A role whose objection is open closes it before answering otherwise.
    """
    proposal = standing.proposals.get(act.proposal)
    if proposal is None:
        yield refusals.nothing_like_it("proposal")
        return
    yield from _against_a_stale_or_sealed(act.version, proposal)
    if act.for_organisation not in proposal.terms.affected:
        yield refusals.not_affected(act.for_organisation)
    if act.in_role is None:
        return
    own = standing.open_objection_of(act.in_role, act.proposal)
    if isinstance(act, acts.Object):
        yield from _against_objecting(act, own, standing)
    elif own is not None:
        yield refusals.own_objection_is_open()
    if isinstance(act, acts.ConsentIf):
        if not act.because.strip():
            yield refusals.reason_needed("a condition")
        if act.fulfilled_by not in standing.roles:
            yield refusals.nothing_like_it("role")
        known = standing.conditions.get(act.condition)
        if known is not None and (known.role, known.proposal) != (act.in_role, act.proposal):
            yield refusals.taken_identifier("condition")
    if isinstance(act, acts.ConsentWithConcern) and not act.because.strip():
        yield refusals.reason_needed("a concern")


def _against_objecting(act: acts.Object, own: ObjectionStanding | None, standing: Standing) -> Iterator[Refusal]:
    if not act.because.strip():
        yield refusals.reason_needed("a safety concern")
    if own is not None and own.objection != act.objection:
        yield refusals.own_objection_is_open()
    if own is None and act.objection in standing.objections:
        yield refusals.taken_identifier("safety concern")


def _against_a_stale_or_sealed(version: int, proposal: ProposalStanding) -> Iterator[Refusal]:
    if proposal.closed is not None:
        yield refusals.closed_already(proposal.closed.how.replace("-", " "))
    elif version != proposal.version:
        yield refusals.changed_since(proposal.version)


def against_fulfilling(act: acts.Fulfil, standing: Standing) -> Iterator[Refusal]:
    """The role that a condition named says when it has been met, also after the decision is live."""
    condition = standing.conditions.get(act.condition)
    if condition is None:
        yield refusals.nothing_like_it("condition")
        return
    if not condition.is_open:
        yield refusals.condition_is_met()
    if not speaks_in(act, condition.fulfilled_by, standing):
        could = standing.people_in(condition.fulfilled_by, act.at)
        yield refusals.not_for_this_role(condition.fulfilled_by, could)


def against_resolving(act: acts.Resolve, standing: Standing) -> Iterator[Refusal]:
    """
    The role that objected says that its objection has been met: by a change of the proposal made since, or by a
    safeguard among what follows. Its successor or deputy can; whoever proposed cannot, unless they objected themselves.
    """
    objection = standing.objections.get(act.objection)
    if objection is None:
        yield refusals.nothing_like_it("safety concern")
        return
    yield from _against_closing_it(act, objection, standing)
    proposal = standing.proposals[objection.proposal]
    if act.version != proposal.version:
        yield refusals.changed_since(proposal.version)
    if act.safeguard is not None:
        if act.safeguard not in {follows.responsibility for follows in proposal.terms.follows}:
            yield refusals.nothing_like_it("responsibility among what follows")
    elif proposal.changes == objection.changes_then:
        yield refusals.nothing_answers_it()


def against_testing(act: acts.TestObjection, standing: Standing) -> Iterator[Refusal]:
    """
    Anyone in a role can say what an open objection states. That it states neither harm nor a risk to a duty takes a
    reason, and is not for whoever proposed to say; it closes nothing.
    """
    objection = standing.objections.get(act.objection)
    if objection is None:
        yield refusals.nothing_like_it("safety concern")
        return
    proposal = standing.proposals[objection.proposal]
    if not objection.is_open or not proposal.is_open:
        yield refusals.objection_is_closed()
    if act.states is acts.Criterion.NEITHER:
        if not act.because.strip():
            yield refusals.reason_needed("that a safety concern states neither")
        if act.by == proposal.by != objection.by:
            could = (person for person in standing.people_in(objection.role, act.at) if person != act.by)
            yield refusals.not_by_whoever_proposed(could)


def against_lowering(act: acts.LowerToConcern, standing: Standing) -> Iterator[Refusal]:
    """The role that objected, and nobody else, makes its objection a concern, with its words kept."""
    objection = standing.objections.get(act.objection)
    if objection is None:
        yield refusals.nothing_like_it("safety concern")
        return
    yield from _against_closing_it(act, objection, standing)
    proposal = standing.proposals[objection.proposal]
    if act.version != proposal.version:
        yield refusals.changed_since(proposal.version)
    if objection.organisation not in proposal.terms.affected:
        yield refusals.not_affected(objection.organisation)


def against_withdrawing_an_objection(act: acts.WithdrawObjection, standing: Standing) -> Iterator[Refusal]:
    """The role that objected, and nobody else, takes its objection back, saying why."""
    objection = standing.objections.get(act.objection)
    if objection is None:
        yield refusals.nothing_like_it("safety concern")
        return
    yield from _against_closing_it(act, objection, standing)
    if not act.because.strip():
        yield refusals.reason_needed("withdrawing a safety concern")


def _against_closing_it(
    act: acts.Resolve | acts.WithdrawObjection | acts.LowerToConcern, objection: ObjectionStanding, standing: Standing
) -> Iterator[Refusal]:
    if not objection.is_open:
        yield refusals.objection_is_closed()
    proposal = standing.proposals[objection.proposal]
    if proposal.closed is not None:
        yield refusals.closed_already(proposal.closed.how.replace("-", " "))
    could = standing.people_in(objection.role, act.at)
    if not speaks_in(act, objection.role, standing):
        yield refusals.not_by_whoever_objected(objection.objection, objection.role, could)
    elif act.by == proposal.by != objection.by:
        yield refusals.not_by_whoever_proposed(person for person in could if person != act.by)


def against_agreeing(act: acts.Agree, standing: Standing) -> Iterator[Refusal]:
    """
    A proposal can be agreed once every organisation it affects has been heard on the version in hand, nobody's
    objection is open, all that follows has hands, and a review is set and owed to a role.
    """
    proposal = standing.proposals.get(act.proposal)
    if proposal is None:
        yield refusals.nothing_like_it("proposal")
        return
    yield from _against_a_stale_or_sealed(act.version, proposal)
    if proposal.is_open:
        yield from unheard(proposal, act, standing)
        yield from unmet_but_for_silence(proposal, act, standing)
        yield from _against_one_voice(proposal, act, standing)


def _against_one_voice(proposal: ProposalStanding, act: acts.AnyAct, standing: Standing) -> Iterator[Refusal]:
    """Nobody agrees alone what they have written down for everybody else, until somebody has confirmed it."""
    said = [given for given in proposal.positions if given.version == proposal.version]
    others = [given for given in said if given.by != act.by]
    if others and all(written_down_by(act.by, given, standing) for given in others):
        yield refusals.only_your_word(dict.fromkeys(given.by for given in others))


def written_down_by(person: who.Person, given: Given, standing: Standing) -> bool:
    """Whether somebody wrote a position down that whoever said it has not confirmed."""
    return given.recorded_by == person and standing.recorded[given.number].state == "recorded"


def unheard(proposal: ProposalStanding, act: acts.AnyAct, standing: Standing) -> Iterator[Refusal]:
    for organisation in proposal.not_yet_heard():
        yield refusals.not_yet_heard(organisation, standing.who_could_speak_for(organisation, act.at))


def unmet_but_for_silence(proposal: ProposalStanding, act: acts.AnyAct, standing: Standing) -> Iterator[Refusal]:
    """Everything that closing needs apart from being heard: silence can be passed over, these cannot."""
    for organisation in left_out(proposal, standing.decisions_replaced_by(proposal.proposal), standing, act):
        yield refusals.leaves_out(organisation)
    for objection in standing.open_objections(proposal.proposal):
        could = standing.people_in(objection.role, act.at)
        yield refusals.objection_stands(objection.organisation, objection.because, could)
    terms = proposal.terms
    if not terms.follows:
        yield refusals.nothing_follows()
    for follows in terms.follows:
        for missing, there in (
            ("role to hold it", follows.role),
            ("role to stand in", follows.deputy_role),
            ("day of the first check", follows.first_check_on),
        ):
            if there is None:
                yield refusals.hands_missing(refusals.short(follows.what), missing)
        if follows.first_check_on is not None and follows.first_check_on < day_of(act.at):
            yield refusals.check_in_the_past(refusals.short(follows.what), follows.first_check_on)
    if terms.review_on is None or terms.review_by is None:
        yield refusals.no_review()
    elif terms.review_on < day_of(act.at):
        yield refusals.review_in_the_past(terms.review_on)


def against_proceeding_without(act: acts.ProceedWithout, standing: Standing) -> Iterator[Refusal]:
    """
    Silence is not a veto: when all else is met, a named person can close without an organisation that stayed
    silent, saying why, once somebody other than whoever proposed has answered. The review then comes within 28 days.
    An open objection is never passed over.
    """
    proposal = standing.proposals.get(act.proposal)
    if proposal is None:
        yield refusals.nothing_like_it("proposal")
        return
    yield from _against_a_stale_or_sealed(act.version, proposal)
    if not proposal.is_open:
        return
    if not list(proposal.not_yet_heard()):
        yield refusals.everyone_has_been_heard()
    elif all(
        given.by == proposal.by or written_down_by(proposal.by, given, standing)
        for given in proposal.positions
        if given.version == proposal.version
    ):
        yield refusals.nobody_else_has_answered()
    if not act.because.strip():
        yield refusals.reason_needed("deciding without an organisation")
    for refusal in unmet_but_for_silence(proposal, act, standing):
        # the day is set by the rule itself, so only the role that owes the review has to be named
        sets_the_day_itself = refusal.code == "review-in-the-past" or refusal.code == "no-review"
        if not sets_the_day_itself or proposal.terms.review_by is None:
            yield refusal


def against_withdrawing(act: acts.Withdraw, standing: Standing) -> Iterator[Refusal]:
    """Whoever proposed (their role), or the coordinating role, takes a proposal back, saying why. Nothing is lost."""
    proposal = standing.proposals.get(act.proposal)
    if proposal is None:
        yield refusals.nothing_like_it("proposal")
        return
    if proposal.closed is not None:
        yield refusals.closed_already(proposal.closed.how.replace("-", " "))
    if not (speaks_in(act, proposal.role, standing) or coordinates(act, standing)):
        yield refusals.not_for_this_role(proposal.role, standing.people_in(proposal.role, act.at))
    if not act.because.strip():
        yield refusals.reason_needed("withdrawing a proposal")
