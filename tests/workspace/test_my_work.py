"""My work: what waits for me over all my teams, as whom I would act, and where I am invited."""

import re
from datetime import timedelta

from django.test import Client

from manyhands import acts, who
from manyhands.log.record import record
from manyhands.people.models import Role, Team
from tests.cast import (
    EVERYONE_CONSENTS,
    MATRON,
    SOCIAL_WORKER,
    agrees,
    amends,
    asks,
    comments,
    consents,
    consents_if,
    declines,
    goes_away,
    invites,
    item,
    objects,
    offers,
    proceeds_without,
    proposes,
    removes,
    returns,
    steps_down,
    takes_on,
)
from tests.workspace.reading import queries_of, section, text_of


def page(story, person):
    answer = story.as_(person).get("/")
    assert answer.status_code == 200
    return answer


def test_somebody_who_is_not_signed_in_is_asked_to(db):
    assert Client().get("/").url == "/sign-in?next=/"


def test_with_nothing_waiting_it_says_so_and_where_to_go(story):
    told = text_of(page(story, "carol"))

    assert "Nothing waits for you in Riverside team." in told
    assert "Look at what your teams are doing" in told


def test_somebody_in_no_team_is_told_what_to_do_next(story):
    told = text_of(page(story, "esi"))

    assert "You are in no team yet" in told
    assert "Riverside" not in told


def test_a_proposal_waits_to_be_heard_on_and_says_as_whom(story):
    story.happened(proposes("carol"))

    told = section(page(story, "dev"), "be-heard")

    assert "Shall one of us visit each week on behalf of all?" in told
    assert "You can speak as Team manager, Adult Social Care. Proposed by Carol Jones today." in told


def test_a_proposal_that_changed_since_one_answered_waits_again(story):
    story.happened(proposes("carol"), consents("dev"), amends("carol"))

    assert "Changed since you answered" in section(page(story, "dev"), "be-heard")


def test_what_is_asked_and_offered_waits_to_be_accepted_or_declined(story):
    story.happened(asks("asha"), asks("asha", "door"), takes_on("carol", "door"))
    story.happened(offers("carol", "dev", item("responsibility", "door", MATRON, SOCIAL_WORKER)))

    assert "Ring Ruth after her fall As Community matron" in section(page(story, "carol"), "answer")
    assert "1 thing offered by Carol Jones" in section(page(story, "dev"), "answer")


def test_rs5_what_the_holder_does_is_the_deputys_while_they_are_away_and_says_for_whom_until_when(story):
    story.happened(asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev"), goes_away("dev", days=7))

    ines = page(story, "ines")

    assert "standing in as Team manager for Dev Patel until 9 March 2026" in section(ines, "do")
    assert "For Dev Patel, who is away until 9 March 2026" in section(ines, "covering")
    assert "You are away until 9 March 2026" in text_of(page(story, "dev"))


def test_what_is_overdue_says_so_in_words(story):
    story.happened(asks("asha", in_days=1), takes_on("carol"))
    story.later(days=4)

    assert "Check 3 days overdue." in section(page(story, "carol"), "do")


def test_concerns_and_conditions_of_my_roles_wait_for_me(story):
    story.happened(proposes("carol"), objects("dev"), consents_if("carol"))

    assert "Visiting alone after dark" in section(page(story, "dev"), "concerns")
    assert "A shared diary" in section(page(story, "asha"), "concerns")
    assert "1 safety concern" in section(page(story, "carol"), "yours")


def test_what_was_returned_or_declined_comes_back_with_the_reason(story):
    story.happened(asks("asha"), declines("carol"), asks("asha", "door"), takes_on("carol", "door"))
    story.happened(offers("carol", "dev", item("responsibility", "door", MATRON, SOCIAL_WORKER)))
    story.happened(returns("dev", "responsibility", "door"))

    assert "I have no car" in section(page(story, "carol"), "back")
    assert "We have nobody on that day" in section(page(story, "asha"), "back")


def test_g5_reviews_and_what_was_decided_without_us_are_shown(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS[:2], proceeds_without("carol"))

    assert "as Care coordinator" in section(page(story, "asha"), "coming")
    assert "Agreed without Adult Social Care" in section(page(story, "ines"), "without")
    assert "Winter is here" in section(page(story, "dev"), "without")


def test_the_coordinator_is_told_of_what_nobody_holds_once_it_is_due(story):
    story.happened(asks("asha"), takes_on("carol"), steps_down("carol", MATRON))
    assert "You are told" not in text_of(page(story, "asha"))

    story.later(days=8)

    assert "Nobody holds the role Community matron" in section(page(story, "asha"), "told")


def test_rs4_one_list_says_what_is_mine_my_organisations_and_my_teams(story):
    story.happened(asks("asha", "door", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev", "door"))
    story.happened(asks("asha", "ring"), takes_on("carol", "ring"))

    assert "Mine" in section(page(story, "dev"), "held")
    assert "My organisation’s" in section(page(story, "ines"), "held")
    assert "My team’s" in section(page(story, "dev"), "held")


def test_somebody_invited_sees_the_invitation_and_nothing_else_of_the_team(story):
    story.happened(proposes("carol"), invites("asha", "esi"))

    told = text_of(page(story, "esi"))

    assert "Asha Rahman invites you to join for Elsewhere Trust" in told
    assert "Shall one of us" not in told


def test_somebody_taken_off_the_team_sees_nothing_of_it(story):
    story.happened(proposes("carol"), removes("asha", "dev"))

    assert "Riverside" not in text_of(page(story, "dev"))


def test_with_several_teams_each_thing_says_which_team_it_is_in(story):
    Team.objects.create(id="hilltop", name="Hilltop team")
    Role.objects.create(id="hill", team_id="hilltop", title="Hill matron")
    record(
        acts.Convene(
            team=who.Team("hilltop"),
            by=who.Person("carol"),
            for_organisation=who.Organisation("nursing"),
            at=story.now,
            role=who.Role("hill"),
            kind="nurse",
            purpose=acts.Words("The hill"),
        )
    )
    story.happened(asks("asha"))

    told = text_of(page(story, "carol"))

    assert "1 thing waits for you in 2 teams." in told
    assert "Asked of you Riverside team" in told


def test_what_people_wrote_is_shown_as_words_and_never_as_markup(story):
    story.happened(asks("asha"), declines("carol", because="<script>alert(1)</script>"))

    assert "<script>alert" not in page(story, "asha").content.decode()


def test_the_number_of_queries_does_not_grow_with_what_there_is_to_show(story):
    story.happened(proposes("carol"), asks("asha"), takes_on("carol"))
    few = queries_of(story.as_("carol"), "/")
    for number in range(12):
        story.happened(proposes("dev", f"more-{number}", follows=()), comments("asha", f"more-{number}"))
        story.happened(
            asks("asha", f"ring-{number}"), asks("asha", f"door-{number}"), takes_on("carol", f"door-{number}")
        )
    story.happened(consents("dev"), consents("asha"), consents("carol"), agrees("carol"))

    assert queries_of(story.as_("carol"), "/") == few


def test_a_review_far_off_is_coming_and_does_not_wait_yet(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("carol"))
    story.now += timedelta(days=1)

    assert "On 1 June 2026, in 3 months" in section(page(story, "asha"), "coming")
    assert "Reviews you owe" not in text_of(page(story, "asha"))


def test_the_numbers_beside_the_headings_are_together_the_number_at_the_head(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS[:2], proceeds_without("carol"), goes_away("dev"))
    story.happened(proposes("carol", "more", follows=()), asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON))

    shown = page(story, "ines")

    numbers = re.findall(r'mh-board__number">(\d+)<', shown.content.decode())
    assert f"{sum(map(int, numbers))} things wait for you" in text_of(shown)


def test_a_proposal_that_can_be_agreed_says_so_and_one_that_cannot_says_that_something_is_missing(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS)
    assert "It can be agreed now." in section(page(story, "carol"), "yours")

    story.happened(amends("carol", follows=(), material=False))

    assert "Something else is still missing" in section(page(story, "carol"), "yours")


def test_a_long_list_is_cut_and_says_that_there_is_more(story):
    for number in range(32):
        story.happened(asks("asha", f"ring-{number}"))

    told = section(page(story, "carol"), "answer")

    assert told.count("Asked of you") == 30
    assert "The first 30 of each team are here" in told
