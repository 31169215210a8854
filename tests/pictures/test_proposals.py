"""What a proposal's page tells: versions, every position ever given, concerns, conditions, and how it closed."""

from dataclasses import replace

from manyhands import who
from manyhands.pictures import proposals
from manyhands.pictures.heard import by_organisation
from manyhands.pictures.what_changed import Piece, what_changed
from tests.cast import (
    COORDINATOR,
    COUNCIL,
    EVERYONE_CONSENTS,
    FAY_COMES,
    MATRON,
    NURSING,
    PRACTICE,
    SOCIAL_WORKER,
    TERMS,
    VISIT,
    accepts,
    agrees,
    amends,
    comments,
    completes,
    consents,
    consents_if,
    creates_role,
    fulfils,
    gives,
    gives_no_view,
    goes_away,
    has_a_concern,
    invites,
    item,
    joins,
    objects,
    offers,
    proceeds_without,
    proposes,
    raises,
    removes,
    resolves,
    stands_aside,
    takes_on,
    withdraws,
    withdraws_objection,
    words,
)


def picture(story):
    return proposals.fold(story.recorded)


def told(story):
    return picture(story).proposals[who.Proposal("visits")]


def stands(story):
    return by_organisation(told(story), story.standing, story.now)


def organisation(story, which):
    return next(heard for heard in stands(story) if heard.organisation == which)


# ---- what was said -----------------------------------------------------------------------------------------------


def test_every_position_ever_given_stays_and_the_newest_in_each_role_is_known(story):
    story.happened(proposes("carol"), has_a_concern("dev"), consents("dev"))

    first, second = told(story).positions

    assert [first.kind, second.kind] == ["concern", "consent"]
    assert not told(story).is_newest(first)
    assert told(story).is_newest(second)


def test_positions_stay_with_their_version_when_the_proposal_is_changed(story):
    story.happened(proposes("carol"), consents("asha"), amends("carol"))

    (said,) = told(story).positions

    assert (said.version, told(story).now.version) == (1, 2)
    assert organisation(story, PRACTICE).heard is False
    assert organisation(story, PRACTICE).silent[0].said == said


def test_a_change_of_wording_leaves_the_version_and_everybody_heard(story):
    story.happened(proposes("carol"), consents("asha"), amends("carol", material=False))

    assert (told(story).now.version, told(story).now.change) == (1, 1)
    assert organisation(story, PRACTICE).heard is True


def test_a_safety_concern_keeps_its_words_and_how_it_was_answered(story):
    story.happened(proposes("carol"), objects("dev"), amends("carol"), resolves("ines"))

    (concern,) = told(story).concerns

    assert concern.raised.person == "dev"
    assert "after dark" in concern.words
    assert (concern.closed.how, concern.closed.by.person, concern.closed.version) == ("integrated", "ines", 2)


def test_a_safety_concern_said_again_on_the_next_version_is_one_concern(story):
    story.happened(proposes("carol"), objects("dev"), amends("carol"), objects("dev", version=2))

    assert len(told(story).concerns) == 1
    assert len(told(story).positions) == 2


def test_a_safety_concern_taken_back_and_one_met_by_a_safeguard_say_so(story):
    story.happened(proposes("carol"), objects("dev"), withdraws_objection("dev"))
    story.happened(objects("carol", objection="dark"), resolves("carol", "dark", version=1, safeguard="visit"))

    assert [concern.closed.how for concern in told(story).concerns] == ["withdrawn", "accepted-with-a-safeguard"]
    assert told(story).concerns[1].closed.safeguard == "visit"


def test_a_condition_is_open_until_it_is_fulfilled_and_stays_open_after_the_decision(story):
    story.happened(proposes("carol"), consents_if("carol"), consents("asha"), consents("dev"), agrees("carol"))
    assert told(story).conditions[0].fulfilled is None

    story.does(fulfils("ben"))

    assert told(story).conditions[0].fulfilled.person == "ben"


def test_a_condition_is_dropped_when_whoever_set_it_answers_otherwise(story):
    story.happened(proposes("carol"), consents_if("carol"), consents("carol"))

    assert told(story).conditions[0].dropped


def test_a_condition_said_again_is_one_condition(story):
    story.happened(proposes("carol"), consents_if("carol"), amends("carol"), consents_if("carol", version=2))

    assert [condition.dropped for condition in told(story).conditions] == [False]


def test_comments_a_withdrawal_and_a_decision_without_somebody_are_kept_in_their_words(story):
    story.happened(proposes("carol"), comments("dev"), consents("asha"), consents("carol"), proceeds_without("carol"))
    assert [remark.by.person for remark in told(story).comments] == ["dev"]
    assert (told(story).closed.how, told(story).closed.because) == ("agreed-without", "Winter is here")

    story.happened(proposes("carol", "more", follows=()), withdraws("carol", "more"))

    assert picture(story).proposals["more"].closed.because == "Overtaken by events"


def test_a_matter_knows_what_was_said_about_it_and_what_came_of_it(story):
    story.happened(raises("dev"))
    matter = picture(story).matters["visits"]
    assert (matter.words, matter.proposals) == ("Four of us visit Ruth in a week", ())

    story.does(proposes("carol").but(matter=who.Matter("visits")))

    assert picture(story).matters["visits"].proposals == ("visits",)


def test_folding_in_two_goes_equals_folding_in_one_and_leaves_the_first_as_it_was(story):
    story.happened(raises("dev"), proposes("carol"), objects("dev"), consents_if("carol"), comments("asha"))
    story.happened(amends("carol"), resolves("dev"), fulfils("ben"), consents("dev", version=2))
    for cut in range(len(story.recorded)):
        first = proposals.fold(story.recorded[:cut])
        assert proposals.fold(story.recorded[cut:], first) == picture(story)
        assert first == proposals.fold(story.recorded[:cut])


# ---- where each organisation stands: decisions.md, sections 5, 9, 12 and 18 ------------------------------------------


def test_g1_a_small_partner_who_has_not_been_heard_is_named_before_twelve_voices_that_agree(story):
    for number in range(11):
        story.happened(creates_role("asha", f"gp-{number}", PRACTICE), gives("asha", f"gp-{number}", "asha"))
    story.happened(proposes("carol", affected=(PRACTICE, COUNCIL)), consents("asha"))
    for number in range(11):
        story.happened(consents("asha").speaking_as(f"gp-{number}"))

    first, second = stands(story)

    assert (first.organisation, first.heard, first.agreeing, len(first.on_version)) == (COUNCIL, False, 0, 0)
    assert (second.organisation, second.agreeing, second.answering) == (PRACTICE, 12, 12)


def test_g1_an_organisation_that_does_not_agree_is_named_before_those_that_do(story):
    story.happened(proposes("carol"), consents("asha"), consents("carol"), stands_aside("dev"))

    assert next(iter(stands(story))).organisation == COUNCIL
    assert (organisation(story, COUNCIL).agreeing, organisation(story, COUNCIL).answering) == (0, 1)


def test_an_open_safety_concern_comes_before_what_only_falls_short_of_agreement(story):
    story.happened(proposes("carol"), stands_aside("asha"), objects("dev"), consents("carol"))

    assert [heard.organisation for heard in stands(story)] == [COUNCIL, PRACTICE, NURSING]


def test_no_view_is_heard_and_left_out_of_the_bar(story):
    story.happened(proposes("carol"), gives_no_view("ines"))

    council = organisation(story, COUNCIL)

    assert (council.heard, council.agreeing, council.answering) == (True, 0, 0)


def test_consent_with_a_condition_counts_as_agreement_once_it_is_fulfilled(story):
    story.happened(proposes("carol"), consents_if("carol"))
    assert organisation(story, NURSING).agreeing == 0

    story.does(fulfils("asha"))

    assert organisation(story, NURSING).agreeing == 1


def test_g3_who_deputised_when_they_spoke_is_shown(story):
    story.happened(proposes("carol"), consents("ines"), consents("carol"))

    assert organisation(story, COUNCIL).voices[0].deputised
    assert not organisation(story, NURSING).voices[0].deputised


def test_g6_the_position_of_somebody_who_left_stands_and_their_organisation_is_still_heard(story):
    story.happened(proposes("carol"), consents("dev"), removes("asha", "dev"))

    council = organisation(story, COUNCIL)

    assert council.heard
    assert council.voices[0].said.by.person == "dev"
    assert council.voices[0].then


def test_g7_somebody_on_leave_is_shown_as_away_and_the_deputy_comes_first(story):
    story.happened(proposes("carol"), goes_away("dev", days=7))

    first, second = organisation(story, COUNCIL).could_speak

    assert (first.person, first.away) == ("ines", False)
    assert (second.person, second.away, second.back_at) == ("dev", True, story.standing.away_until("dev", story.now))


def test_g10_a_person_with_two_roles_is_heard_only_for_the_one_they_spoke_in(story):
    story.happened(invites("asha", "carol", COUNCIL), joins("carol").speaking_for(COUNCIL))
    story.happened(creates_role("dev", "reviewer", COUNCIL), gives("dev", "reviewer", "carol"))
    story.happened(proposes("asha"), consents("carol").speaking_as(MATRON))

    assert organisation(story, NURSING).heard
    assert not organisation(story, COUNCIL).heard


def test_an_organisation_that_spoke_and_is_no_longer_affected_is_still_shown(story):
    story.happened(*FAY_COMES, proposes("carol"), consents("dev"))
    story.happened(amends("carol", affected=(PRACTICE, NURSING)))

    assert organisation(story, COUNCIL).affected is False
    assert organisation(story, COUNCIL).voices[0].said.kind == "consent"


def test_a_role_passed_on_keeps_what_was_said_in_it(story):
    story.happened(proposes("carol"), consents("dev"))
    story.happened(offers("dev", "ines", item("role", SOCIAL_WORKER, SOCIAL_WORKER)))
    story.happened(accepts("ines", "role", SOCIAL_WORKER))

    assert organisation(story, COUNCIL).voices[0].then


# ---- what changed: decisions.md, section 8 ---------------------------------------------------------------------------


def test_a_change_of_words_is_shown_as_what_went_and_what_came():
    after = replace(TERMS, question=words("Shall two of us visit each week on behalf of all?"))

    (change,) = what_changed(TERMS, after)

    assert change.what == "The question"
    assert Piece("gone", "one") in change.pieces
    assert Piece("new", "two") in change.pieces
    assert Piece("same", "of us visit each week on behalf of all?") in change.pieces


def test_only_what_changed_is_shown():
    follows = replace(VISIT, deputy_role=COORDINATOR)

    (change,) = what_changed(TERMS, replace(TERMS, follows=(follows,)))

    assert "who stands in" in change.what
    assert (change.of, change.before, change.after) == ("roles", (SOCIAL_WORKER,), (COORDINATOR,))
    assert what_changed(TERMS, TERMS) == ()


def test_what_was_added_has_nothing_before_and_what_was_taken_away_nothing_after():
    more = replace(VISIT, responsibility=who.Responsibility("ring"), what=words("Ring on Fridays"))

    (added,) = what_changed(TERMS, replace(TERMS, follows=(VISIT, more)))
    (taken,) = what_changed(replace(TERMS, follows=(VISIT, more)), TERMS)

    assert (added.before, added.after) == ((), ("Ring on Fridays",))
    assert (taken.before, taken.after) == (("Ring on Fridays",), ())


def test_long_texts_are_not_compared_word_by_word():
    long, longer = words("now " * 5_000), words("now " * 5_001)

    (change,) = what_changed(replace(TERMS, question=long), replace(TERMS, question=longer))

    assert change.pieces == ()


def test_a_decision_and_all_that_follows_it_are_read_to_the_end(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("carol"), takes_on("carol", "visit"))
    story.happened(completes("carol", "visit"))

    assert (told(story).closed.how, told(story).closed.by.person) == ("agreed", "carol")
