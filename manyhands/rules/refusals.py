"""
Every reason for saying no, in the words that people read: what is in the way, by name, and what to do about it.

A reason holds identifiers; `say` puts in the names. Its code is stable, for tests and for other systems.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from manyhands import acts, who


class Names(Protocol):
    """Whoever can say what identifiers are called."""

    def person(self, person: who.Person) -> str: ...
    def organisation(self, organisation: who.Organisation) -> str: ...
    def role(self, role: who.Role) -> str: ...


@dataclass(frozen=True, slots=True)
class Refusal:
    """
    One reason against an act. `sentence` has gaps in braces; `people`, `organisations`, `roles` and `words` fill
    them, by the name of the gap. `people` may be several, and are listed with "or": those present first, and those of
    them who are `away` are said to be.
    """

    code: str
    sentence: str
    people: tuple[tuple[str, tuple[who.Person, ...]], ...] = ()
    organisations: tuple[tuple[str, who.Organisation], ...] = ()
    roles: tuple[tuple[str, who.Role], ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    away: frozenset[who.Person] = frozenset()

    def say(self, names: Names) -> str:
        gaps = dict(self.words)
        gaps |= {gap: names.organisation(o) for gap, o in self.organisations}
        gaps |= {gap: names.role(r) for gap, r in self.roles}
        gaps |= {gap: self._any_of(people, names) for gap, people in self.people}
        said = self.sentence.format_map(gaps)
        return said[:1].upper() + said[1:]

    def _any_of(self, people: tuple[who.Person, ...], names: Names) -> str:
        present_first = sorted(people, key=lambda person: person in self.away)
        named = [names.person(p) + (" (away)" if p in self.away else "") for p in present_first]
        if len(named) < 2:
            return "".join(named) or "nobody"
        return ", ".join(named[:-1]) + " or " + named[-1]


def day(on: date) -> str:
    """A day as people write it: 14 March 2026."""
    return f"{on.day} {on:%B %Y}"


def short(words: str) -> str:
    """What somebody wrote, short enough to stand inside a sentence."""
    one_line = " ".join(words.split()).removesuffix(".")
    return one_line if len(one_line) <= 80 else one_line[:77].rstrip() + "…"


# ---- anyone, doing anything --------------------------------------------------------------------------------------


def team_is_there_already() -> Refusal:
    return Refusal("team-is-there-already", "This team has been convened before.")


def no_such_team() -> Refusal:
    return Refusal("no-such-team", "There is no such team.")


def not_a_member(person: who.Person, organisation: who.Organisation) -> Refusal:
    return Refusal(
        "not-a-member",
        "{person} is not in this team for {organisation}. Somebody in the team can invite them.",
        people=(("person", (person,)),),
        organisations=(("organisation", organisation),),
    )


def role_needed() -> Refusal:
    return Refusal(
        "role-needed", "This is done in a role, and you have none in this team yet. Ask the coordinator for one."
    )


def not_your_role(person: who.Person, role: who.Role, could: Iterable[who.Person]) -> Refusal:
    return Refusal(
        "not-your-role",
        "{person} neither holds the role {role} nor deputises for it. {could} can speak in it.",
        people=(("person", (person,)), ("could", tuple(could))),
        roles=(("role", role),),
    )


def role_is_for_another_organisation(role: who.Role, organisation: who.Organisation) -> Refusal:
    return Refusal(
        "role-is-for-another-organisation",
        "The role {role} does not speak for {organisation}. Choose one role to speak in.",
        roles=(("role", role),),
        organisations=(("organisation", organisation),),
    )


def reason_needed(for_what: str) -> Refusal:
    return Refusal("reason-needed", "Say why: {what} needs a reason in words.", words=(("what", for_what),))


def words_needed(what: str) -> Refusal:
    return Refusal("words-needed", "Write {what} first: it is still empty.", words=(("what", what),))


def taken_identifier(what: str) -> Refusal:
    return Refusal("taken-identifier", "This {what} is there already. Load the page again.", words=(("what", what),))


def nothing_like_it(what: str) -> Refusal:
    return Refusal("nothing-like-it", "There is no such {what} in this team.", words=(("what", what),))


def only_the_coordinating_role(coordinators: Iterable[who.Person]) -> Refusal:
    return Refusal(
        "only-the-coordinating-role",
        "Only the person it is about, somebody of their organisation, or the coordinating role can do this. "
        "Ask {people}.",
        people=(("people", tuple(coordinators)),),
    )


# ---- belonging ---------------------------------------------------------------------------------------------------


def member_already(person: who.Person, organisation: who.Organisation) -> Refusal:
    return Refusal(
        "member-already",
        "{person} is in this team for {organisation} already.",
        people=(("person", (person,)),),
        organisations=(("organisation", organisation),),
    )


def not_by_oneself() -> Refusal:
    return Refusal(
        "not-by-oneself", "Nobody invites themselves. Somebody else in the team can, for an organisation of yours."
    )


def filled_by_its_own(organisation: who.Organisation, could: Iterable[who.Person]) -> Refusal:
    return Refusal(
        "filled-by-its-own",
        "The roles of {organisation} are filled by its own people. {could} can do this.",
        organisations=(("organisation", organisation),),
        people=(("could", tuple(could)),),
    )


def steps_down_themselves(person: who.Person) -> Refusal:
    return Refusal(
        "steps-down-themselves",
        "Only {person} can step down. If they cannot, the coordinating role can take them off the team, saying why.",
        people=(("person", (person,)),),
    )


def not_invited(organisation: who.Organisation) -> Refusal:
    return Refusal(
        "not-invited",
        "Nobody has invited you to this team for {organisation}. Ask somebody in the team to.",
        organisations=(("organisation", organisation),),
    )


def role_is_held(role: who.Role, holder: who.Person) -> Refusal:
    return Refusal(
        "role-is-held",
        "{holder} holds the role {role}. They can hand it over, or step down first.",
        people=(("holder", (holder,)),),
        roles=(("role", role),),
    )


def in_that_role_already(person: who.Person, role: who.Role) -> Refusal:
    return Refusal(
        "in-that-role-already",
        "{person} holds the role {role}, or deputises for it, already.",
        people=(("person", (person,)),),
        roles=(("role", role),),
    )


def not_in_that_role(person: who.Person, role: who.Role) -> Refusal:
    return Refusal(
        "not-in-that-role",
        "{person} neither holds the role {role} nor deputises for it.",
        people=(("person", (person,)),),
        roles=(("role", role),),
    )


def would_be_left_bare(what: str, role: who.Role) -> Refusal:
    return Refusal(
        "would-be-left-bare",
        "“{what}” would be left with neither a holder nor a deputy. Hand it over, or find a deputy for the role "
        "{role}, first.",
        words=(("what", what),),
        roles=(("role", role),),
    )


def still_in_hand(what: str, role: who.Role) -> Refusal:
    return Refusal(
        "still-in-hand",
        "You still hold {what} (in the role {role}). Hand it over, or step down where nothing is left, before leaving.",
        words=(("what", what),),
        roles=(("role", role),),
    )


def back_before_away() -> Refusal:
    return Refusal("back-before-away", "The day of coming back is before the day of going away. Change one of them.")


def not_away(person: who.Person) -> Refusal:
    return Refusal("not-away", "{person} is not away.", people=(("person", (person,)),))


# ---- groups ------------------------------------------------------------------------------------------------------


def nobody_chosen() -> Refusal:
    return Refusal("nobody-chosen", "Choose at least one person for the group.")


def chosen_twice() -> Refusal:
    return Refusal("chosen-twice", "The same person is on the list twice. Load the page again.")


def more_chosen_than_found(found: int) -> Refusal:
    return Refusal(
        "more-chosen-than-found",
        "The rule found {found} people and more were chosen. Find people again.",
        words=(("found", str(found)),),
    )


def in_the_group_already() -> Refusal:
    return Refusal("in-the-group-already", "This person is in the group already.")


def not_in_the_group() -> Refusal:
    return Refusal("not-in-the-group", "This person is not in the group.")


# ---- deciding ----------------------------------------------------------------------------------------------------


def carry_on_missing() -> Refusal:
    return Refusal("carry-on-missing", "“Carry on as now” has to be among the options. Add it.")


def one_option_only() -> Refusal:
    return Refusal(
        "one-option-only", "There is nothing to choose from. Write at least one option to “carry on as now”."
    )


def nothing_proposed() -> Refusal:
    return Refusal("nothing-proposed", "Say which of the options is proposed.")


def nobody_affected() -> Refusal:
    return Refusal("nobody-affected", "Choose at least one organisation that this affects.")


def nobody_can_speak_for(organisation: who.Organisation) -> Refusal:
    return Refusal(
        "nobody-can-speak-for",
        "Nobody in this team has a role for {organisation}, so it could not be heard. Invite somebody, or create a "
        "role for it, first.",
        organisations=(("organisation", organisation),),
    )


def same_role_twice(what: str, role: who.Role) -> Refusal:
    return Refusal(
        "same-role-twice",
        "“{what}” names the role {role} both to hold it and to stand in. Choose another role to stand in.",
        words=(("what", what),),
        roles=(("role", role),),
    )


def review_in_the_past(on: date) -> Refusal:
    return Refusal(
        "review-in-the-past", "The review, {day}, is in the past. Choose a later day.", words=(("day", day(on)),)
    )


def closed_already(how: str) -> Refusal:
    return Refusal(
        "closed-already",
        "This proposal is closed ({how}), and the decision is sealed. Anything new belongs to its review.",
        words=(("how", how),),
    )


def changed_since(version: int) -> Refusal:
    return Refusal(
        "changed-since",
        "The proposal has been changed: version {version} is in hand now. Read what changed, then answer again.",
        words=(("version", str(version)),),
    )


def nothing_changed() -> Refusal:
    return Refusal("nothing-changed", "The proposal reads just as before. Change something first.")


def not_affected(organisation: who.Organisation) -> Refusal:
    return Refusal(
        "not-affected",
        "{organisation} is not among the organisations that this affects. Ask whoever proposes it to add it, or "
        "comment instead.",
        organisations=(("organisation", organisation),),
    )


def own_objection_is_open() -> Refusal:
    return Refusal(
        "own-objection-is-open",
        "Your role's safety concern is still open. Resolve or withdraw it before answering otherwise.",
    )


def not_by_whoever_objected(objection: who.Objection, role: who.Role, could: Iterable[who.Person]) -> Refusal:
    return Refusal(
        "not-by-whoever-objected",
        "Only the role that raised this safety concern, {role}, can close it. {could} can.",
        roles=(("role", role),),
        people=(("could", tuple(could)),),
        words=(("objection", objection),),
    )


def not_by_whoever_proposed(could: Iterable[who.Person]) -> Refusal:
    return Refusal(
        "not-by-whoever-proposed",
        "Whoever proposes something does not close somebody else’s safety concern about it, nor say that it states no "
        "harm. {could} can.",
        people=(("could", tuple(could)),),
    )


def safeguard_stays(organisation: who.Organisation, because: str) -> Refusal:
    return Refusal(
        "safeguard-stays",
        "{organisation} accepted a responsibility as the safeguard against its safety concern, “{because}”. It can be "
        "worded otherwise, and has to stay among what follows.",
        organisations=(("organisation", organisation),),
        words=(("because", short(because)),),
    )


def objection_is_closed() -> Refusal:
    return Refusal("objection-is-closed", "This safety concern is closed already.")


def nothing_answers_it() -> Refusal:
    return Refusal(
        "nothing-answers-it",
        "The proposal has not changed since this safety concern was raised. Amend it, name a responsibility as the "
        "safeguard, or withdraw the concern.",
    )


def not_for_this_role(role: who.Role, could: Iterable[who.Person]) -> Refusal:
    return Refusal(
        "not-for-this-role",
        "This is for the role {role} to do. {could} can.",
        roles=(("role", role),),
        people=(("could", tuple(could)),),
    )


def condition_is_met() -> Refusal:
    return Refusal("condition-is-met", "This condition is not open any more.")


def not_yet_heard(organisation: who.Organisation, could: Iterable[who.Person]) -> Refusal:
    return Refusal(
        "not-yet-heard",
        "{organisation} has not been heard on this version. {could} can speak for it.",
        organisations=(("organisation", organisation),),
        people=(("could", tuple(could)),),
    )


def objection_stands(organisation: who.Organisation, because: str, could: Iterable[who.Person]) -> Refusal:
    return Refusal(
        "objection-stands",
        "A safety concern of {organisation} is open: “{because}”. {could} can say when it is met.",
        organisations=(("organisation", organisation),),
        people=(("could", tuple(could)),),
        words=(("because", short(because)),),
    )


def nothing_follows() -> Refusal:
    return Refusal(
        "nothing-follows", "No responsibility follows from this. Add at least one, with a role, a deputy and a date."
    )


def hands_missing(what: str, missing: str) -> Refusal:
    return Refusal(
        "hands-missing",
        "“{what}” has no {missing} yet. Amend the proposal to name one.",
        words=(("what", what), ("missing", missing)),
    )


def no_review() -> Refusal:
    return Refusal("no-review", "No review is set. Amend the proposal: a date, and a role that it is owed to.")


def nobody_else_has_answered() -> Refusal:
    return Refusal(
        "nobody-else-has-answered",
        "Nobody but whoever proposed this has answered it. Silence can be passed over once others have been heard.",
    )


def everyone_has_been_heard() -> Refusal:
    return Refusal(
        "everyone-has-been-heard", "Every organisation has been heard, so nobody is passed over: agree instead."
    )


# ---- recording what others said ----------------------------------------------------------------------------------


def your_own_position() -> Refusal:
    return Refusal(
        "your-own-position", "This is your own position: take it yourself, so that nobody has to confirm it."
    )


def not_written_down_for_you(said_by: who.Person) -> Refusal:
    return Refusal(
        "not-written-down-for-you",
        "This was written down for {person}, who alone can say whether it is what they said.",
        people=(("person", (said_by,)),),
    )


def said_so_already(state: str) -> Refusal:
    return Refusal("said-so-already", "This has been {state} already.", words=(("state", state),))


def seven_days_are_over(is_open: bool) -> Refusal:
    then = "Take a new position instead." if is_open else "The decision is sealed: say it in its review."
    return Refusal(
        "seven-days-are-over",
        "What was written down could be confirmed or corrected for seven days, which are over. {then}",
        words=(("then", then),),
    )


def answered_since() -> Refusal:
    return Refusal(
        "answered-since",
        "Your role has answered anew since this was written down, and that answer stands. Change that one.",
    )


def only_your_word(could: Iterable[who.Person]) -> Refusal:
    return Refusal(
        "only-your-word",
        "Every answer here was given or written down by you alone. Somebody else can agree it, or {could} can confirm "
        "what was written down, first.",
        people=(("could", tuple(could)),),
    )


# ---- what moved whom ---------------------------------------------------------------------------------------------


def not_your_change(by: who.Person) -> Refusal:
    return Refusal(
        "not-your-change",
        "{person} changed this position, and only they can say what moved them.",
        people=(("person", (by,)),),
    )


def moved_by_one_thing() -> Refusal:
    return Refusal(
        "moved-by-one-thing", "Choose the one thing that moved you most: what was written, a person or a visit."
    )


def not_moved_by_oneself() -> Refusal:
    return Refusal("not-moved-by-oneself", "Choose what somebody else wrote or did: this is your own.")


def visit_came_later(on: date, changed_on: date) -> Refusal:
    return Refusal(
        "visit-came-later",
        "You changed your position on {changed}, before the visit of {on}. Choose a visit of that day or earlier.",
        words=(("on", day(on)), ("changed", day(changed_on))),
    )


# ---- reviewing ---------------------------------------------------------------------------------------------------


def nobody_is_asked() -> Refusal:
    return Refusal("nobody-is-asked", "Nobody is asked yet. Choose the organisations whose answer is wanted.")


def closes_in_the_past(on: date) -> Refusal:
    return Refusal(
        "closes-in-the-past",
        "{on} has passed. Choose a last day for answers that is still to come.",
        words=(("on", day(on)),),
    )


def consent_is_a_proposal() -> Refusal:
    return Refusal("consent-is-a-proposal", "Consent is asked for by a proposal. Propose what is to be consented to.")


def cannot_be_asked_so(why: str) -> Refusal:
    return Refusal("cannot-be-asked-so", "{why}", words=(("why", why),))


def cannot_be_counted_so(why: str) -> Refusal:
    return Refusal("cannot-be-counted-so", "{why}", words=(("why", why),))


def time_has_passed() -> Refusal:
    return Refusal("time-has-passed", "One of the times has passed. Offer times that are still to come.")


def not_here_for(role: who.Role, organisation: who.Organisation) -> Refusal:
    return Refusal(
        "not-here-for",
        "The role {role} is filled by somebody who is in the team for {organisation}. Choose among those.",
        roles=(("role", role),),
        organisations=(("organisation", organisation),),
    )


def poll_is_over(how: str | None) -> Refusal:
    return Refusal(
        "poll-is-over",
        "This poll is {how}. What comes of it is on its page.",
        words=(("how", (how or "").replace("-", " ")),),
    )


def not_asked_in_the_poll(organisation: who.Organisation) -> Refusal:
    return Refusal(
        "not-asked-in-the-poll",
        "{organisation} is not among the organisations asked. You can say what you think in a comment.",
        organisations=(("organisation", organisation),),
    )


def poll_is_running(until: date, could: Iterable[who.Person]) -> Refusal:
    return Refusal(
        "poll-is-running",
        "Answers are taken until the end of {until}, unless every organisation asked has answered before. {could} can "
        "answer still.",
        people=(("could", tuple(could)),),
        words=(("until", day(until)),),
    )


def not_open_to_choose() -> Refusal:
    return Refusal(
        "not-open-to-choose",
        "Only among options that tie, or people who were named, is there something to decide, and for as many places "
        "as are left. What the count has chosen stands.",
    )


def decision_is_over(how: str) -> Refusal:
    return Refusal(
        "decision-is-over",
        "This decision is over ({how}), and so has no review. Propose something new instead.",
        words=(("how", how),),
    )


def review_is_open() -> Refusal:
    return Refusal("review-is-open", "This decision is under review already. Answer in the review.")


def review_not_open(on: date | None) -> Refusal:
    return Refusal(
        "review-not-open",
        "This decision is not under review yet: its review is on {day}. To look at it sooner, ask for a review first.",
        words=(("day", day(on) if on is not None else "no day yet"),),
    )


def said_not_safe(organisation: who.Organisation, because: str, could: Iterable[who.Person]) -> Refusal:
    return Refusal(
        "said-not-safe",
        "{organisation} says that this is not safe: “{because}”. Change the decision or end it, unless {could} answers "
        "otherwise.",
        organisations=(("organisation", organisation),),
        people=(("could", tuple(could)),),
        words=(("because", short(because)),),
    )


def not_answered_in_review(organisation: who.Organisation, could: Iterable[who.Person]) -> Refusal:
    return Refusal(
        "not-answered-in-review",
        "{organisation} has not answered in this review. {could} can. To go on without it, say why, and set the next "
        "review within 28 days.",
        organisations=(("organisation", organisation),),
        people=(("could", tuple(could)),),
    )


def alone_in_review() -> Refusal:
    return Refusal(
        "alone-in-review",
        "Nobody but you has answered in this review. What was agreed together is renewed or ended once others are "
        "heard.",
    )


def next_review_not_ahead(on: date) -> Refusal:
    return Refusal(
        "next-review-not-ahead",
        "The next review, {day}, is not ahead. Choose a later day.",
        words=(("day", day(on)),),
    )


def replacement_is_asked() -> Refusal:
    return Refusal(
        "replacement-is-asked",
        "A proposal to change this decision is being asked, and takes its place when it is agreed. Wait for it, or "
        "have it withdrawn first.",
    )


def leaves_out(organisation: who.Organisation) -> Refusal:
    return Refusal(
        "leaves-out",
        "{organisation} is affected by the decision that this is to change, and would not be heard. Add it to those "
        "that this affects.",
        organisations=(("organisation", organisation),),
    )


# ---- giving credit -----------------------------------------------------------------------------------------------


def not_carried_out(still_open: int) -> Refusal:
    waits = f"{still_open} of what follows from it {'is' if still_open == 1 else 'are'} still open"
    return Refusal(
        "not-carried-out",
        "It can be shared once it was decided and carried out. {waits}.",
        words=(("waits", waits if still_open else "Nothing of it has been done yet"),),
    )


def shared_already() -> Refusal:
    return Refusal("shared-already", "The page is shared already. Stop sharing it first to give it another title.")


def not_shared() -> Refusal:
    return Refusal("not-shared", "The page is not shared just now.")


# ---- meeting -----------------------------------------------------------------------------------------------------


def meeting_in_the_past() -> Refusal:
    return Refusal("meeting-in-the-past", "This moment has passed. Choose a day and a time that are still to come.")


def meeting_too_long(hours: int) -> Refusal:
    return Refusal(
        "meeting-too-long",
        "A meeting lasts from 5 minutes to {hours} hours. Write how many minutes it takes.",
        words=(("hours", str(hours)),),
    )


def meeting_is_over(how: str) -> Refusal:
    return Refusal(
        "meeting-is-over",
        "This meeting is over ({how}), and its minutes are sealed. Call another to go on.",
        words=(("how", how),),
    )


def agenda_is_circulated() -> Refusal:
    return Refusal("agenda-is-circulated", "This agenda is before everyone already. Add to it, or put it in order.")


def agenda_is_not_due(on: date) -> Refusal:
    says = "By itself an agenda goes before everyone the day before, which is on {day}, and not once the meeting is on."
    return Refusal("agenda-is-not-due", says, words=(("day", day(on)),))


def agenda_is_not_circulated() -> Refusal:
    return Refusal("agenda-is-not-circulated", "The agenda is not before everyone yet. Put it before everyone first.")


def agenda_is_empty() -> Refusal:
    return Refusal("agenda-is-empty", "There is nothing on this agenda. Write what is to be talked about.")


def agenda_has_changed() -> Refusal:
    return Refusal("agenda-has-changed", "The agenda has changed since. Look at it again, then put it in order.")


def on_the_agenda_already() -> Refusal:
    return Refusal("on-the-agenda-already", "This is on the agenda already.")


def item_is_concluded() -> Refusal:
    return Refusal("item-is-concluded", "This has been talked about in the meeting, and stays in its minutes.")


def meeting_has_not_begun(on: date) -> Refusal:
    return Refusal("meeting-has-not-begun", "This meeting is on {day}: come back that day.", words=(("day", day(on)),))


def meeting_has_begun() -> Refusal:
    return Refusal("meeting-has-begun", "Something has been concluded in this meeting. Close it instead.")


def not_in_the_meeting() -> Refusal:
    return Refusal("not-in-the-meeting", "This is for people in the meeting. Say that you are there first.")


def was_not_there(person: who.Person) -> Refusal:
    return Refusal("was-not-there", "{person} is not down as being there.", people=(("person", (person,)),))


def action_needed() -> Refusal:
    return Refusal("action-needed", "An action is something that a role is asked to do. Write what, and ask a role.")


def items_without_outcome(number: int) -> Refusal:
    several = number != 1
    return Refusal(
        "items-without-outcome",
        "{number} {things} without an outcome. Say how each ended, or carry it over.",
        words=(("number", str(number)), ("things", "items are" if several else "item is")),
    )


def action_without_holder(what: str, role: who.Role) -> Refusal:
    return Refusal(
        "action-without-holder",
        "Nobody holds the role {role}, which was asked: {what}. Give the role to somebody, or ask another.",
        roles=(("role", role),),
        words=(("what", what),),
    )


def action_without_deputy(what: str, role: who.Role) -> Refusal:
    return Refusal(
        "action-without-deputy",
        "Nobody is in the role {role}, which would stand in: {what}. Give the role to somebody, or ask another.",
        roles=(("role", role),),
        words=(("what", what),),
    )


# ---- holding -----------------------------------------------------------------------------------------------------


def not_asked(state: str) -> Refusal:
    return Refusal(
        "not-asked", "This is not waiting for an answer (it is {state}).", words=(("state", state.replace("-", " ")),)
    )


def not_taken_on() -> Refusal:
    return Refusal("not-taken-on", "Nobody has taken this on yet. The role that was asked accepts or declines first.")


def is_closed() -> Refusal:
    return Refusal("is-closed", "This responsibility is closed.")


def not_about_a_group() -> Refusal:
    return Refusal(
        "not-about-a-group",
        "This is not about a group, so there is nobody in it to report on one by one. Report on it.",
    )


def nobody_ticked() -> Refusal:
    return Refusal("nobody-ticked", "Tick at least one person.")


def not_everyone_reached(left: int) -> Refusal:
    return Refusal(
        "not-everyone-reached",
        "It is not done for {left} in the group yet. Say of each that it is done, or that they are an exception and "
        "why; or close it as partly done.",
        words=(("left", "1 person" if left == 1 else f"{left} people"),),
    )


def check_in_the_past(what: str, on: date) -> Refusal:
    return Refusal(
        "check-in-the-past",
        "The check of “{what}” on {day} is in the past. Choose a later day.",
        words=(("what", what), ("day", day(on))),
    )


# ---- handing over ------------------------------------------------------------------------------------------------


def nothing_offered() -> Refusal:
    return Refusal("nothing-offered", "Choose at least one thing to hand over.")


def not_to_yourself() -> Refusal:
    return Refusal("not-to-yourself", "Choose somebody else to hand over to.")


def not_in_hand(what: str) -> Refusal:
    return Refusal("not-in-hand", "You do not hold {what}, so it is not yours to hand over.", words=(("what", what),))


def on_offer_already(what: str) -> Refusal:
    return Refusal(
        "on-offer-already",
        "{what} is on offer already. Wait for the answer, or take the offer back.",
        words=(("what", what),),
    )


def receiver_not_there(person: who.Person, organisation: who.Organisation) -> Refusal:
    return Refusal(
        "receiver-not-there",
        "{person} is not in this team for {organisation}, so cannot take the role. Invite them first.",
        people=(("person", (person,)),),
        organisations=(("organisation", organisation),),
    )


def receiver_not_in_role(person: who.Person, role: who.Role) -> Refusal:
    return Refusal(
        "receiver-not-in-role",
        "{person} neither holds the role {role} nor deputises for it. Choose a role of theirs, or offer your role too.",
        people=(("person", (person,)),),
        roles=(("role", role),),
    )


def stays_in_its_organisation(what: str) -> Refusal:
    return Refusal(
        "stays-in-its-organisation",
        "{what} speaks for an organisation, so it can go only to a role of that organisation.",
        words=(("what", what),),
    )


def not_listed(what: str, role: who.Role) -> Refusal:
    return Refusal(
        "not-listed",
        "The role {role} also holds {what}. Put it on the list, so that nothing is handed over unseen.",
        words=(("what", what),),
        roles=(("role", role),),
    )


def not_yet_handed_over(what: str, role: who.Role) -> Refusal:
    return Refusal(
        "not-yet-handed-over",
        "The role {role} still holds {what}, which you have not accepted. Accept it, or ask to be offered it, first.",
        words=(("what", what),),
        roles=(("role", role),),
    )


def offered_to_somebody_else(receiver: who.Person) -> Refusal:
    return Refusal(
        "offered-to-somebody-else", "This was offered to {person}, who answers it.", people=(("person", (receiver,)),)
    )


def answered_already(state: str) -> Refusal:
    return Refusal(
        "answered-already",
        "This is no longer waiting for an answer (it was {state}). Load the page again to see how it stands.",
        words=(("state", state.replace("-", " ")),),
    )


def moved_on(what: str) -> Refusal:
    return Refusal(
        "moved-on",
        "Somebody else has taken {what}, or it has been closed, since it was offered.",
        words=(("what", what),),
    )


def not_your_offer(giver: who.Person) -> Refusal:
    return Refusal(
        "not-your-offer", "Only {person}, who made the offer, can take it back.", people=(("person", (giver,)),)
    )


def answer_by_in_the_past(on: date) -> Refusal:
    return Refusal(
        "answer-by-in-the-past",
        "The day to answer by, {day}, is in the past. Choose a later day.",
        words=(("day", day(on)),),
    )


# ---- papers ------------------------------------------------------------------------------------------------------


def too_many_topics(most: int) -> Refusal:
    return Refusal(
        "too-many-topics", "Keep to {most} topics, so that each says something.", words=(("most", str(most)),)
    )


def too_many_events(most: int) -> Refusal:
    return Refusal(
        "too-many-events", "Keep to {most} events, and write of the others in the paper.", words=(("most", str(most)),)
    )


def event_too_long() -> Refusal:
    return Refusal("event-too-long", "An event takes a minute at least and a week at most.")


def nhs_number_in_it() -> Refusal:
    return Refusal(
        "nhs-number-in-it",
        "There are ten figures in it that can be an NHS number. Nothing about one patient belongs in a "
        "paper: take it out.",
    )


def open_to_its_own_team() -> Refusal:
    return Refusal("open-to-its-own-team", "Its own team reads the paper in any case. Choose other teams only.")


def open_to_them_already() -> Refusal:
    return Refusal("open-to-them-already", "The paper is open to just these already.")


def paper_is_down() -> Refusal:
    return Refusal("paper-is-down", "The paper has been taken down. What was said about it can still be read.")


def not_your_paper(organisation: who.Organisation, coordinators: Iterable[who.Person]) -> Refusal:
    return Refusal(
        "not-your-paper",
        "A paper is changed by whoever published it, by others of {organisation}, or by the coordinating role. "
        "Ask {people}, or comment on it.",
        people=(("people", tuple(coordinators)),),
        organisations=(("organisation", organisation),),
    )


def revised_since(version: int) -> Refusal:
    return Refusal(
        "revised-since",
        "Somebody has published version {version} of the paper since you began. Read it, and bring your changes "
        "into it.",
        words=(("version", str(version)),),
    )


def question_or_answer() -> Refusal:
    return Refusal(
        "question-or-answer", "A question stands by itself. To answer, answer; to ask something else, ask anew."
    )


def no_guest_here() -> Refusal:
    return Refusal("no-guest-here", "You are in this team, and speak as a member of it.")


def not_your_comment(writer: who.Person) -> Refusal:
    return Refusal("not-your-comment", "Only {person}, who said it, can take it back.", people=(("person", (writer,)),))


def retracted_already() -> Refusal:
    return Refusal("retracted-already", "It has been taken back.")


def taken_up_already() -> Refusal:
    return Refusal("taken-up-already", "The team has taken it up as a matter, so it stands. Add to it in an answer.")


def not_your_question(asked: who.Person, published: who.Person) -> Refusal:
    return Refusal(
        "not-your-question",
        "Which answer settles a question is for {people} to say: who asked it, and who published the paper.",
        people=(("people", tuple(dict.fromkeys((asked, published)))),),
    )


# ---- the record itself -------------------------------------------------------------------------------------------


def no_such_entry(number: int) -> Refusal:
    return Refusal(
        "no-such-entry", "There is no entry {number} in this team's record.", words=(("number", str(number)),)
    )


def dated_before_the_last(on: date, last_on: date) -> Refusal:
    return Refusal(
        "dated-before-the-last",
        "This is dated {day}, before the last thing recorded in this team ({last}). Check the date and try again.",
        words=(("day", day(on)), ("last", day(last_on))),
    )


def not_your_words(coordinators: Iterable[who.Person]) -> Refusal:
    return Refusal(
        "not-your-words",
        "Words are removed by whoever wrote them, or by the coordinating role. Ask {people}.",
        people=(("people", tuple(coordinators)),),
    )


def record_not_yours_to_remove(coordinators: Iterable[who.Person]) -> Refusal:
    return Refusal(
        "record-not-yours-to-remove",
        "The record of a patient is removed by the coordinating role. Ask {people}.",
        people=(("people", tuple(coordinators)),),
    )


def still_looked_after() -> Refusal:
    return Refusal(
        "still-looked-after",
        "The record of somebody who is in a group, or about whom something is in hand, stays. Let them go from the "
        "group, and close what is in hand, first.",
    )


def withheld_already() -> Refusal:
    return Refusal("withheld-already", "These words have been removed already.")


def what_it_is(kind: acts.Kind, words: str) -> str:
    """A thing in hand, named inside a sentence."""
    match kind:
        case acts.Kind.RESPONSIBILITY:
            return f"“{short(words)}”"
        case acts.Kind.OBJECTION:
            return f"the open safety concern “{short(words)}”"
        case acts.Kind.CONDITION:
            return f"the condition “{short(words)}”"
        case acts.Kind.REVIEW:
            return f"the review of “{short(words)}”"
        case acts.Kind.DEPUTY:
            return "the place as deputy"
        case acts.Kind.ROLE:
            return "the role itself"
