"""In the room: what somebody says is written down for them, marked, and confirmed or put right within seven days."""

from manyhands import acts, who
from tests.cast import (
    COORDINATOR,
    COUNCIL,
    EVERYONE_CONSENTS,
    MATRON,
    NURSING,
    PRACTICE,
    SOCIAL_WORKER,
    agrees,
    answers_review,
    confirms,
    consents,
    corrects,
    ends,
    objects,
    opens_review,
    proceeds_without,
    proposes,
    records,
    removes,
    renews,
    resolves,
    withdraws,
)

LONE_VISITS = {
    "stance": acts.Stance.OBJECT,
    "because": "Visiting alone after dark puts our staff at risk",
    "objection": who.Objection("lone-visits"),
}
HEARD_BUT_FOR_DEV = (proposes("carol"), consents("asha"), consents("carol"))


def written_down(story, *doing):
    """The entry that what is written down gets."""
    story.happened(*doing)
    return len(story.recorded)


def position(story, role=SOCIAL_WORKER):
    return story.standing.proposals[who.Proposal("visits")].position_of(role)


def test_what_is_written_down_counts_as_heard_and_says_who_wrote_it_down(story):
    story.happened(*HEARD_BUT_FOR_DEV)
    assert story.refuses(agrees("asha")) == ["not-yet-heard"]

    story.does(records("carol", "dev"))

    assert story.refuses(agrees("asha")) == []
    assert (position(story).by, position(story).recorded_by) == ("dev", "carol")


def test_all_that_would_be_against_saying_it_is_against_writing_it_down(story):
    story.happened(proposes("carol", affected=(PRACTICE, NURSING)))

    assert story.refuses(records("asha", "dev")) == ["not-affected"]
    assert story.refuses(records("asha", "carol", said_in=MATRON, version=2)) == ["changed-since"]
    concern = records("asha", "carol", acts.Stance.CONCERN, said_in=MATRON)
    assert story.refuses(concern) == ["reason-needed"]
    assert story.refuses(concern.but(because="Parking")) == []
    assert story.refuses(records("esi", "carol", said_in=MATRON)) == ["not-a-member"]


def test_it_is_written_down_for_somebody_who_may_speak_in_that_role_and_not_for_oneself(story):
    story.happened(proposes("carol"))

    assert story.refuses(records("asha", "dev", said_in=MATRON)) == ["role-is-for-another-organisation"]
    assert story.refuses(records("asha", "dev", said_in=MATRON).but(said_for=NURSING)) == ["not-your-role"]
    assert story.refuses(records("asha", "dev", said_in=who.Role("nobody"))) == ["nothing-like-it"]
    assert story.refuses(records("dev", "dev")) == ["your-own-position"]


def test_whoever_said_it_and_nobody_else_confirms_it_once(story):
    number = written_down(story, *HEARD_BUT_FOR_DEV, records("asha", "dev"))

    assert story.refuses(confirms("ines", number)) == ["not-written-down-for-you"]
    assert story.refuses(confirms("dev", number - 1)) == ["nothing-like-it"]
    story.does(confirms("dev", number))
    assert story.refuses(confirms("dev", number)) == ["said-so-already"]
    assert story.refuses(corrects("dev", number)) == ["said-so-already"]


def test_a_correction_takes_its_place_and_closing_is_judged_again(story):
    number = written_down(story, *HEARD_BUT_FOR_DEV, records("asha", "dev"))
    assert story.refuses(agrees("asha")) == []

    story.does(corrects("dev", number, **LONE_VISITS))

    assert (position(story).kind, position(story).recorded_by) == ("object", None)
    assert story.refuses(agrees("asha")) == ["objection-stands"]
    assert story.standing.recorded[number].state == "corrected"


def test_a_safety_concern_that_was_only_written_down_is_gone_with_the_correction(story):
    number = written_down(story, *HEARD_BUT_FOR_DEV, records("asha", "dev", **LONE_VISITS))
    assert story.refuses(agrees("asha")) == ["objection-stands"]

    story.does(corrects("dev", number))

    assert story.standing.objections["lone-visits"].closed_as == "corrected"
    assert story.refuses(agrees("asha")) == []


def test_a_safety_concern_raised_before_is_not_closed_by_correcting_what_was_written_down_later(story):
    number = written_down(story, proposes("carol"), objects("dev"), records("asha", "dev", **LONE_VISITS))

    assert story.refuses(corrects("dev", number)) == ["own-objection-is-open"]
    assert story.refuses(corrects("dev", number, **LONE_VISITS | {"objection": "new"})) == ["own-objection-is-open"]
    assert story.refuses(corrects("dev", number, **LONE_VISITS)) == []


def test_after_seven_days_the_way_is_a_new_position(story):
    number = written_down(story, *HEARD_BUT_FOR_DEV, records("asha", "dev"))
    story.later(days=6, hours=23)
    assert story.refuses(corrects("dev", number)) == []

    story.later(hours=1)

    assert story.refuses(corrects("dev", number)) == ["seven-days-are-over"]
    assert story.refuses(confirms("dev", number)) == ["seven-days-are-over"]
    assert story.refuses(objects("dev")) == []


def test_what_the_role_has_said_since_is_not_undone_by_a_correction(story):
    number = written_down(story, *HEARD_BUT_FOR_DEV, records("asha", "dev"))

    story.does(consents("ines"))

    assert story.refuses(corrects("dev", number, **LONE_VISITS)) == ["answered-since"]
    assert story.refuses(confirms("dev", number)) == ["answered-since"]


def test_a_correction_says_why_where_saying_it_would(story):
    number = written_down(story, *HEARD_BUT_FOR_DEV, records("asha", "dev"))

    assert story.refuses(corrects("dev", number, acts.Stance.CONCERN)) == ["reason-needed"]
    assert story.refuses(corrects("dev", number, **LONE_VISITS | {"because": ""})) == ["reason-needed"]
    condition = corrects("dev", number, acts.Stance.CONDITION, "A diary", condition=who.Condition("diary"))
    assert story.refuses(condition) == ["nothing-like-it"]
    assert story.refuses(condition.but(fulfilled_by=COORDINATOR)) == []


def test_a_decision_whose_position_was_in_truth_an_objection_stays_and_is_reviewed_at_once(story):
    """What decisions.md leaves open; chosen in docs/decisions/0041."""
    number = written_down(story, *HEARD_BUT_FOR_DEV, records("asha", "dev"))
    story.happened(agrees("asha"))
    assert story.refuses(objects("dev")) == ["closed-already"]

    story.does(corrects("dev", number, **LONE_VISITS))

    closed = story.standing.proposals[who.Proposal("visits")].closed
    assert closed.is_live
    assert closed.is_under_review(story.now.date())
    assert closed.review.unsafe() == (COUNCIL,)
    assert story.standing.objections["lone-visits"].closed_as == "taken-to-review"
    story.happened(answers_review("asha"), answers_review("carol"))
    assert story.refuses(renews("asha")) == ["said-not-safe"]
    story.does(answers_review("dev"), renews("asha"))


def test_any_other_correction_after_agreeing_is_on_the_record_and_opens_nothing(story):
    number = written_down(story, *HEARD_BUT_FOR_DEV, records("asha", "dev"))
    story.happened(agrees("asha"))

    story.does(corrects("dev", number, acts.Stance.STAND_ASIDE))

    closed = story.standing.proposals[who.Proposal("visits")].closed
    assert (position(story).kind, closed.is_under_review(story.now.date())) == ("stand-aside", False)


def test_what_is_withdrawn_or_over_is_not_corrected(story):
    number = written_down(story, *HEARD_BUT_FOR_DEV, records("asha", "dev"))
    story.happened(withdraws("carol"))
    assert story.refuses(corrects("dev", number)) == ["closed-already"]
    number = written_down(story, proposes("carol", "more"), records("asha", "dev", proposal="more"))
    story.happened(consents("asha", "more"), consents("carol", "more"), agrees("carol", "more"))

    story.happened(opens_review("dev", "more"), answers_review("carol", "more"), ends("asha", "more"))

    assert story.refuses(corrects("dev", number, proposal="more")) == ["closed-already"]


def test_somebody_who_has_left_the_role_can_still_put_right_what_they_said_in_it(story):
    number = written_down(story, *HEARD_BUT_FOR_DEV, records("asha", "ines"))
    assert story.refuses(corrects("ines", number).speaking_for(COUNCIL)) == []

    story.happened(removes("asha", "ines"))

    assert story.refuses(corrects("ines", number).speaking_for(COUNCIL)) == ["not-a-member"]
    assert position(story).by == "ines"


def test_nobody_agrees_alone_what_they_wrote_down_for_everybody_else(story):
    story.happened(proposes("asha"), consents("asha"), records("asha", "carol", said_in=MATRON))
    number = written_down(story, records("asha", "dev"))
    assert story.refuses(agrees("asha")) == ["only-your-word"]
    assert story.refuses(agrees("ben")) == []

    story.does(confirms("dev", number))

    assert story.refuses(agrees("asha")) == []


def test_silence_is_not_passed_over_on_what_the_proposer_wrote_down(story):
    number = written_down(story, proposes("asha"), consents("asha"), records("asha", "dev"))
    assert story.refuses(proceeds_without("carol")) == ["nobody-else-has-answered"]

    story.does(confirms("dev", number))

    assert story.refuses(proceeds_without("carol")) == []


def test_an_objection_that_was_written_down_has_the_one_life_there_is(story):
    story.happened(*HEARD_BUT_FOR_DEV, records("asha", "dev", **LONE_VISITS))

    assert story.refuses(resolves("carol", version=1, safeguard="visit")) == ["not-by-whoever-objected"]
    assert story.refuses(resolves("ines", version=1, safeguard="visit")) == []
    story.does(resolves("ines", version=1, safeguard="visit"), *EVERYONE_CONSENTS, agrees("asha"))
