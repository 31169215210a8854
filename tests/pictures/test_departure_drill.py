"""The departure drill: exactly what would be left bare, and only what really mends it is offered."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manyhands import acts, who
from manyhands.pictures.departure_drill import (
    Departure,
    Leaver,
    Sort,
    coverage,
    drill,
    hanging_on,
    left_by_each,
    standing_without,
)
from manyhands.pictures.mending import SOMEBODY_ELSE, How, Trying, bare, mends
from manyhands.pictures.supposing import supposing
from manyhands.rules import refusals_against
from tests.cast import (
    COORDINATOR,
    COUNCIL,
    EVERYONE_CONSENTS,
    FAY_COMES,
    LINK_WORKER,
    MATRON,
    NURSING,
    SOCIAL_WORKER,
    TEAM,
    agrees,
    asks,
    consents_if,
    declines,
    gathers,
    goes_away,
    invites,
    item,
    joins,
    objects,
    offers,
    proposes,
    removes,
    takes_on,
)
from tests.histories import histories

SOME_HISTORIES = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def without(story, kind, which, known=None):
    return drill(story.standing, Departure(Leaver(kind), which), story.now, known)


def keys(lines):
    return [(line.sort.value, line.which) for line in lines]


def mending(story, drilled, asker="asha", known=None):
    return mends(Trying(TEAM, who.Person(asker), story.now, story.standing, story.now, drilled, known or {}))


def carol_holds_something(story):
    """Carol alone is in the role that holds it, and Fay alone in the role that stands in."""
    story.happened(*FAY_COMES, asks("asha", role=MATRON, deputy_role=LINK_WORKER), takes_on("carol"))


# ---- what would be left ------------------------------------------------------------------------------------------


def test_a_role_and_an_organisation_that_one_person_carries_are_left_bare_by_that_person(story):
    assert keys(without(story, "person", "carol").left) == [("role", "matron"), ("organisation", "nursing")]
    assert without(story, "person", "ines").leaves_nothing_bare


def test_a_responsibility_is_left_bare_only_when_nobody_is_in_its_role_or_the_role_that_stands_in(story):
    carol_holds_something(story)
    assert ("responsibility", "ring") not in keys(without(story, "person", "carol").left)

    story.happened(removes("asha", "fay"))

    assert ("responsibility", "ring") in keys(without(story, "person", "carol").left)


def test_somebody_who_is_away_at_the_moment_does_not_cover(story):
    assert without(story, "person", "dev").leaves_nothing_bare

    story.happened(goes_away("ines", in_days=2, days=3))

    assert without(story, "person", "dev").leaves_nothing_bare
    story.later(days=3)
    assert ("role", "social-worker") in keys(without(story, "person", "dev").left)
    story.later(days=3)
    assert without(story, "person", "dev").leaves_nothing_bare


def test_reviews_objections_and_conditions_that_nobody_could_close_are_listed(story):
    story.happened(proposes("carol", review_by=MATRON), *EVERYONE_CONSENTS, agrees("asha"))
    story.happened(proposes("carol", "more", follows=()), objects("carol", "more"))
    story.happened(consents_if("asha", "more").but(fulfilled_by=MATRON))

    left = keys(without(story, "person", "carol").left)

    assert set(left) >= {("review", "visits"), ("objection", "lone-visits"), ("condition", "diary")}


def test_an_organisation_that_could_no_longer_be_heard_names_the_proposals_that_wait_for_it(story):
    story.happened(proposes("asha"))

    (nursing,) = (line for line in without(story, "person", "carol").left if line.sort is Sort.ORGANISATION)

    assert (nursing.organisation, nursing.proposals) == (NURSING, ("visits",))


def test_what_would_hang_on_one_person_is_told_apart_from_what_would_be_bare(story):
    drilled = without(story, "person", "dev")

    assert keys(drilled.hanging) == [("role", "social-worker"), ("organisation", "council")]
    assert [line.people for line in drilled.hanging] == [("ines",), ("ines",)]


def test_what_is_bare_already_is_no_fault_of_whoever_is_thought_away(story):
    story.happened(removes("asha", "carol"))

    drilled = without(story, "person", "dev")

    assert drilled.leaves_nothing_bare
    assert keys(drilled.already) == [("role", "matron"), ("organisation", "nursing")]


def test_what_was_declined_is_in_nobody_s_hands_and_left_by_nobody(story):
    story.happened(asks("asha"), declines("carol"))

    assert ("responsibility", "ring") not in keys(without(story, "organisation", NURSING).left)


def test_a_role_that_nobody_is_in_leaves_what_it_carries(story):
    story.happened(*FAY_COMES, asks("asha", role=MATRON, deputy_role=LINK_WORKER), takes_on("carol"))
    story.happened(removes("asha", "fay"))

    assert keys(without(story, "role", MATRON).left) == [("responsibility", "ring"), ("organisation", "nursing")]


def test_an_organisation_goes_with_all_its_members(story):
    story.happened(asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev"), goes_away("carol"))

    left = keys(without(story, "organisation", COUNCIL).left)

    assert left == [("role", "social-worker"), ("responsibility", "ring"), ("organisation", "council")]


# ---- whom no one else here knows ---------------------------------------------------------------------------------


def known(**dealt):
    return {who.Patient(patient): frozenset(map(who.Person, people)) for patient, people in dealt.items()}


def test_patients_of_the_team_s_groups_whom_only_the_leaver_has_dealt_with_are_named(story):
    story.happened(gathers("asha", "ruth", "sam", "tom"))
    dealt = known(ruth=["carol"], sam=["carol", "dev"], tom=[], una=["carol"])

    assert without(story, "person", "carol", dealt).unknown == ("ruth",)
    assert without(story, "person", "dev", dealt).unknown == ()
    assert without(story, "role", MATRON, dealt).unknown == ()


def test_somebody_outside_the_team_who_knows_them_does_not_count_as_one_of_us(story):
    story.happened(gathers("asha", "ruth"))

    assert without(story, "person", "carol", known(ruth=["carol", "esi"])).unknown == ("ruth",)
    assert without(story, "person", "carol", known(ruth=["esi"])).unknown == ()


def test_asking_somebody_to_look_after_them_mends_it(story):
    story.happened(gathers("asha", "ruth"))
    dealt = known(ruth=["carol"])

    (introduce,) = (m for m in mending(story, without(story, "person", "carol", dealt), known=dealt) if m.patient)

    assert introduce.mends == (("patient", "ruth"),)
    assert introduce.role != MATRON


# ---- what would mend it ------------------------------------------------------------------------------------------


def test_a_colleague_is_offered_as_deputy_and_mends_the_role_and_the_organisation_at_once(story):
    story.happened(invites("carol", "fay", NURSING), joins("fay").speaking_for(NURSING))

    (deputise,) = (m for m in mending(story, without(story, "person", "carol")) if m.how is How.DEPUTISE)

    assert (deputise.role, deputise.person, deputise.by) == (MATRON, "fay", "carol")
    assert deputise.mends == (("organisation", "nursing"), ("role", "matron"))


def test_where_there_is_no_colleague_somebody_is_to_be_invited(story):
    (invite,) = (m for m in mending(story, without(story, "person", "carol")) if m.how is How.INVITE)

    assert [type(act) for act in invite.course] == [acts.Invite, acts.Join, acts.Deputise]
    assert invite.course[0].person == SOMEBODY_ELSE


def test_somebody_who_may_not_do_it_is_told_who_may(story):
    story.happened(invites("carol", "fay", NURSING), joins("fay").speaking_for(NURSING))

    offered = mending(story, without(story, "person", "carol"), asker="dev")

    assert {m.by for m in offered if m.how is How.DEPUTISE} == {"carol"}


def test_what_could_be_held_elsewhere_is_to_be_handed_on_by_whoever_holds_it(story):
    carol_holds_something(story)
    story.happened(removes("asha", "fay"))

    handed = [m for m in mending(story, without(story, "person", "carol")) if m.how is How.HAND_ON]

    assert handed
    assert all(m.by == "carol" and ("responsibility", "ring") in m.mends for m in handed)


def test_what_is_on_offer_already_is_not_offered_again(story):
    carol_holds_something(story)
    story.happened(
        removes("asha", "fay"), offers("carol", "dev", item("responsibility", "ring", MATRON, SOCIAL_WORKER))
    )

    assert not [m for m in mending(story, without(story, "person", "carol")) if m.how is How.HAND_ON]


def test_an_organisation_heard_through_one_role_only_is_given_another(story):
    (create,) = (m for m in mending(story, without(story, "role", MATRON)) if m.how is How.CREATE_ROLE)

    assert (create.organisation, create.person) == (NURSING, "carol")


# ---- everybody at once -------------------------------------------------------------------------------------------


def test_the_coverage_of_each_role_tells_holders_deputies_and_who_is_away(story):
    story.happened(goes_away("ben"))

    coordinator, *_ = coverage(story.standing, story.now)

    assert coordinator.role == COORDINATOR
    assert coordinator.present == 1
    assert not coordinator.places["asha"].as_deputy
    assert coordinator.places["ben"].is_away


def test_what_depends_on_one_person_is_exactly_what_the_drill_would_leave_bare(story):
    carol_holds_something(story)

    for person, lines in hanging_on(story.standing, story.now).items():
        assert keys(lines) == keys(without(story, "person", person).left)


def test_each_role_and_organisation_is_drilled(story):
    assert set(left_by_each(story.standing, Leaver.ROLE, story.now)) == set(story.standing.roles)
    assert len(left_by_each(story.standing, Leaver.ORGANISATION, story.now)[NURSING].left) == 2


# ---- any history -------------------------------------------------------------------------------------------------


def departures(story):
    standing, now = story.standing, story.now
    yield from (Departure(Leaver.PERSON, person) for person in standing.members(now))
    yield from (Departure(Leaver.ROLE, role) for role in standing.roles)
    yield from (Departure(Leaver.ORGANISATION, organisation) for organisation in standing.organisations(now))


def bare_then(standing, at):
    """Plainly, and slowly: everything open whose people are all missing or away, asked one by one."""

    def nobody(*roles):
        people = {h.person for role in roles for h in standing.roles[role].holdings if h.period.covers(at)}
        return not any(standing.is_member(p, at) and not standing.is_away(p, at) for p in people)

    for responsibility, held in standing.responsibilities.items():
        if held.state in ("asked", "taken-on") and nobody(held.role, held.deputy_role):
            yield "responsibility", responsibility
    for role in standing.roles:
        if nobody(role):
            yield "role", role
        for kind, which in standing.in_hand(role):
            if kind is not acts.Kind.RESPONSIBILITY and nobody(role):
                yield kind.value, which
    affected = {o for p in standing.proposals.values() if p.is_open for o in p.terms.affected}
    for organisation in affected | {role.organisation for role in standing.roles.values()}:
        if nobody(*(r.role for r in standing.roles.values() if r.organisation == organisation)):
            yield "organisation", organisation


@SOME_HISTORIES
@given(histories(longest=25))
def test_the_drill_is_what_a_plain_count_finds_once_they_are_gone(chapters):
    story = chapters[-1]
    for departure in departures(story):
        drilled = drill(story.standing, departure, story.now)
        gone = standing_without(story.standing, departure, story.now)

        found, bare_now = keys(drilled.left), set(bare_then(story.standing, story.now))
        assert len(set(found)) == len(found)
        assert set(found) == set(bare_then(gone, story.now)) - bare_now - {("role", departure.which)}
        assert set(keys(drilled.already)) == bare_now & set(bare_then(gone, story.now)) - {("role", departure.which)}


@SOME_HISTORIES
@given(histories(longest=25))
def test_nothing_that_is_left_bare_has_a_present_holder_once_they_really_are_removed(chapters):
    story = chapters[-1]
    for person in story.standing.members(story.now):
        doing = removes("asha", person)
        if story.refuses(doing) == []:
            drilled = without(story, "person", person)
            gone = supposing(story.standing, doing(story))
            bare_responsibilities = {which for sort, which in keys(drilled.left) if sort == "responsibility"}
            for held in gone.open_responsibilities():
                answering = gone.answering(held.responsibility, story.now)
                if held.responsibility in bare_responsibilities:
                    assert answering.person is None
                elif held.responsibility not in {line.which for line in drilled.already} and held.state != "declined":
                    assert answering.person is not None


@SOME_HISTORIES
@given(histories(longest=25), st.sampled_from(["asha", "carol", "dev"]))
def test_every_act_offered_is_allowed_and_makes_what_it_says_it_mends_disappear(chapters, asker):
    story = chapters[-1]
    for departure in departures(story):
        drilled = drill(story.standing, departure, story.now)
        for mend in mending(story, drilled, asker):
            standing = story.standing
            for act in mend.course:
                assert refusals_against(act, standing) == []
                standing = supposing(standing, act)
            after = drill(standing, departure, story.now)
            assert mend.mends
            assert not set(mend.mends) & bare(after)
            assert bare(after) <= bare(drilled)
