"""The history: a sentence for every act, without a patient's name, and found again by what it is about."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from manyhands import acts, who
from manyhands.pictures import history
from manyhands.pictures.history import Wanted
from tests.cast import (
    CHARITY,
    COORDINATOR,
    COUNCIL,
    EVERYONE_CONSENTS,
    FAY_COMES,
    MATRON,
    NURSING,
    SOCIAL_WORKER,
    VISIT,
    accepts,
    agrees,
    amends,
    answers_review,
    asks,
    asks_about,
    attends,
    calls_a_meeting,
    calls_off,
    calls_the_poll_off,
    circulates,
    closes_the_meeting,
    closes_the_poll,
    comes_back,
    comments,
    completes,
    concludes,
    confirms,
    consents,
    consents_if,
    corrects,
    declines,
    discusses,
    drops,
    ends,
    fulfils,
    gathers,
    gives_no_view,
    goes_away,
    has_a_concern,
    includes,
    is_moved,
    is_not_there,
    item,
    leaves,
    lowers,
    objects,
    offers,
    opens_review,
    opens_to,
    polls,
    proceeds_without,
    proposes,
    publishes,
    puts_on,
    raises,
    records,
    releases,
    removes,
    renews,
    reorders,
    replaces,
    reports,
    reports_on,
    resolves,
    retracts,
    returns,
    revises,
    says_it_states,
    settles,
    shares_credit,
    stands_aside,
    steps_down,
    stops_sharing,
    takes_back,
    takes_down,
    takes_on,
    takes_up,
    topic,
    votes,
    withdraws,
    withdraws_objection,
    withholds,
)
from tests.histories import histories

MORE = replace(VISIT, responsibility=who.Responsibility("more"))
RING = item("responsibility", "ring", SOCIAL_WORKER, MATRON)
DOOR = item("responsibility", "door", SOCIAL_WORKER, MATRON)


class Names:
    """Names that show which gap they filled."""

    def person(self, person):
        return person.title()

    def organisation(self, organisation):
        return f"the {organisation}"

    def role(self, role):
        return f"“{role}”"


def told(story):
    return history.fold(story.recorded)


def last(story):
    return told(story).lines[len(story.recorded)]


def says(story):
    return last(story).told.say(Names())


def numbers(story, **wanted):
    return [line.number for line in history.lines(told(story), Wanted(**wanted), newest_first=False)]


def test_a_sentence_says_what_was_done_and_quotes_what_was_written(story):
    story.happened(proposes("carol"), objects("dev"))

    assert says(story) == "raised a safety concern on “Shall one of us visit each week on behalf of all?”"
    assert last(story).wrote == ("Visiting alone after dark puts our staff at risk",)
    assert (last(story).by, last(story).for_organisation, last(story).in_role) == ("dev", COUNCIL, SOCIAL_WORKER)


@pytest.mark.parametrize(
    ("doings", "sentence"),
    [
        ([raises("carol")], "raised a matter"),
        ([goes_away("ines")], "said they are away from 2 March 2026 until 9 March 2026"),
        ([goes_away("dev", "ines", days=None)], "said that Ines is away from 2 March 2026 until further notice"),
        (
            [asks("asha"), takes_on("carol"), reports("carol")],
            "reported on “Ring Ruth after her fall”: in progress",
        ),
        (
            [
                asks("asha", role=SOCIAL_WORKER, deputy_role=COORDINATOR),
                takes_on("dev"),
                offers("dev", "carol", item("responsibility", "ring", SOCIAL_WORKER, MATRON)),
            ],
            "offered to Carol: “Ring Ruth after her fall”",
        ),
        (
            [offers("dev", "ines", item("role", SOCIAL_WORKER, SOCIAL_WORKER))],
            "offered to Ines: the role “social-worker”",
        ),
        (
            [gathers("asha", "ruth"), includes("asha", "tom")],
            "added a person to the group “Frail, and in pieces”",
        ),
    ],
)
def test_what_people_did_reads_as_they_would_say_it(story, doings, sentence):
    story.happened(*doings)

    assert says(story) == sentence


def test_what_somebody_wrote_with_braces_in_it_is_only_words(story):
    story.happened(proposes("carol", question=acts.Words("{by} {0} {person.__class__}")), *EVERYONE_CONSENTS)
    story.happened(agrees("asha"))

    assert says(story) == "closed “{by} {0} {person.__class__}” as agreed"


def test_no_sentence_and_no_quotation_is_about_one_patient(story):
    story.happened(gathers("asha", "ruth"), includes("asha", "tom", because="Tom fell twice"))

    for line in told(story).lines.values():
        assert "Tom fell" not in "".join(line.wrote) + line.told.say(Names())
        assert not {"ruth", "tom"} & set(line.told.say(Names()).split())


def test_words_that_were_removed_are_told_as_removed_when_by_whom_and_why(story):
    story.happened(proposes("carol"), comments("dev", says="Mrs Hill next door drinks"))
    number = len(story.recorded)

    story.does(withholds("dev", number))

    line = told(story).lines[number]
    assert (line.removed.by, line.removed.because) == ("dev", "It named a neighbour")
    assert not line.has_words


# ---- looking for something ---------------------------------------------------------------------------------------


def test_lines_are_found_by_whom_they_are_by_or_about(story):
    story.happened(goes_away("dev", "ines"))

    assert len(story.recorded) in numbers(story, person="ines")
    assert len(story.recorded) in numbers(story, person="dev")
    assert len(story.recorded) not in numbers(story, person="carol")


def test_everything_that_follows_from_a_proposal_is_found_by_it(story):
    before = len(story.recorded)
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("asha"), takes_on("carol", "visit"), comments("ben"))

    assert numbers(story, proposal="visits") == list(range(before + 1, len(story.recorded) + 1))
    assert history.number_of_decision(told(story), who.Proposal("visits")) == before + 5


def test_lines_are_found_by_role_organisation_kind_and_day(story):
    story.later(days=2)
    story.happened(asks("asha"))
    number = len(story.recorded)

    assert number in numbers(story, role=MATRON)
    assert numbers(story, kind="ask") == [number]
    assert number in numbers(story, organisation="practice")
    assert numbers(story, since=story.now.date()) == [number]
    assert number not in numbers(story, until=story.now.date() - timedelta(days=1))
    assert numbers(story, person="nobody") == []


# ---- any history -------------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories(longest=30))
def test_every_act_of_any_history_has_a_sentence_and_folding_in_two_goes_gives_the_same(chapters):
    recorded = chapters[-1].recorded
    whole = history.fold(recorded)
    half = history.fold(recorded[: len(recorded) // 2])
    kept = half.going_on()

    assert list(whole.lines) == [entry.number for entry in recorded]
    assert all(line.told.say(Names()).strip() for line in whole.lines.values())
    assert history.fold(recorded[len(recorded) // 2 :], half) == whole
    assert half == kept


EVERYTHING = (
    *FAY_COMES,
    gathers("asha", "ruth", "sam"),
    includes("asha", "tom"),
    releases("asha", "tom"),
    raises("fay"),
    proposes("carol"),
    comments("ben"),
    consents("asha"),
    has_a_concern("carol"),
    consents_if("dev"),
    fulfils("asha"),
    records("asha", "dev"),
    lambda story: confirms("dev", len(story.recorded))(story),
    records("asha", "dev"),
    lambda story: corrects("dev", len(story.recorded))(story),
    objects("dev"),
    amends("carol"),
    resolves("dev"),
    stands_aside("asha", version=2),
    gives_no_view("carol", version=2),
    consents("dev", version=2),
    lambda story: is_moved("dev", len(story.recorded), entry=len(story.recorded) - 4)(story),
    agrees("asha", version=2),
    takes_on("carol", "visit"),
    reports("carol", "visit"),
    completes("carol", "visit"),
    shares_credit("asha"),
    stops_sharing("dev"),
    opens_review("dev"),
    answers_review("asha"),
    answers_review("carol"),
    answers_review("dev"),
    renews("asha"),
    opens_review("dev"),
    proposes("carol", "more", follows=(MORE,)),
    objects("dev", "more", objection="again"),
    says_it_states("asha", objection="again"),
    withdraws_objection("dev", "again"),
    objects("dev", "more", objection="once-more"),
    lowers("dev", "once-more"),
    consents("asha", "more"),
    replaces("asha", replacement="more"),
    proceeds_without("asha", "more"),
    opens_review("asha", "more"),
    answers_review("dev", "more"),
    ends("asha", "more"),
    proposes("carol", "least", follows=()),
    withdraws("carol", "least"),
    asks("asha", "door", role=SOCIAL_WORKER, deputy_role=MATRON),
    declines("dev", "door"),
    asks("asha", "door", role=SOCIAL_WORKER, deputy_role=MATRON),
    offers("dev", "carol", DOOR),
    returns("carol", "responsibility", "door"),
    offers("dev", "carol", DOOR, handover="two"),
    takes_back("dev", "two"),
    offers("dev", "carol", DOOR, handover="three"),
    accepts("carol", "responsibility", "door", handover="three"),
    asks("asha", "ring", group="frail"),
    takes_on("carol", "ring"),
    reports_on("carol", "ruth"),
    calls_a_meeting("asha"),
    circulates("asha"),
    puts_on("carol", topic("Keys", "keys")),
    attends("asha", part="records"),
    attends("asha", "carol"),
    is_not_there("asha", "carol"),
    reorders("asha", "keys", "parking"),
    drops("asha", "keys"),
    concludes("asha"),
    closes_the_meeting("asha"),
    calls_a_meeting("asha", "snowed-off"),
    calls_off("asha", meeting="snowed-off"),
    publishes("carol"),
    opens_to("carol", CHARITY),
    revises("carol"),
    raises("asha", "asked-about"),
    asks_about("dev"),
    lambda story: discusses("asha", "Yes", answers=story.standing.number)(story),
    lambda story: settles("dev", story.standing.number - 1, story.standing.number)(story),
    lambda story: takes_up("asha", story.standing.number - 2, "asked-about")(story),
    discusses("ben", "Hm"),
    lambda story: retracts("ben", story.standing.number)(story),
    takes_down("carol"),
    polls("dev"),
    votes("carol", weekly=1),
    calls_the_poll_off("dev"),
    polls("dev", "advice", poll=who.Poll("other"), options=(), asked=(NURSING,)),
    votes("carol", "Ask her", poll="other"),
    closes_the_poll("dev", because="We ask her", poll="other"),
    goes_away("ben"),
    comes_back("ben"),
    steps_down("ines", SOCIAL_WORKER),
    leaves("ines").speaking_for(COUNCIL),
    withholds("asha", 1),
    removes("asha", "fay"),
)


def test_every_act_there_is_has_a_sentence(story):
    story.happened(*EVERYTHING)

    said = {line.kind: line.told.say(Names()) for line in told(story).lines.values()}

    assert set(said) == set(acts.NAMES)
    assert all(said.values())
    assert not [sentence for sentence in said.values() if "{" in sentence or "““" in sentence]
    assert len(set(said.values())) == len(said)


def test_a_report_on_people_says_on_how_many_and_its_words_can_be_removed_though_they_are_not_quoted(story):
    story.happened(gathers("asha", "ruth", "sam"), asks("asha", group="frail"), takes_on("carol"))
    story.happened(reports_on("carol", "ruth", reached=acts.Reached.EXCEPTION, because="Her son rings her"))
    with_words = list(told(story).lines.values())[-1]
    story.happened(reports_on("carol", "ruth", "sam"))
    without = list(told(story).lines.values())[-1]

    assert with_words.told.say(Names()).endswith("for 1 person of the group: an exception")
    assert (with_words.wrote, with_words.has_words) == ((), True)
    assert without.told.say(Names()).endswith("for 2 people of the group: done")
    assert without.has_words is False
