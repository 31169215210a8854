"""
From the log to a mailbox, by a real mail server on this machine: each notice once, in one message a day unless urgent.
"""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manyhands import acts, who
from manyhands.exchange.email import rounds
from manyhands.log.record import record
from manyhands.notices import letters
from manyhands.notices.choices_kept import keep
from manyhands.notices.choosing import Choices, Way
from manyhands.notices.gathering import Reader, behind
from manyhands.notices.kinds import Sort
from manyhands.notices.models import Letter, Notice, ReadUpTo
from manyhands.people.models import Person, Team
from tests.cast import (
    TEAM,
    agrees,
    amends,
    asks,
    comes_back,
    comments,
    consents,
    gathers,
    goes_away,
    invites,
    objects,
    proposes,
    raises,
    removes,
    reports,
    takes_on,
)
from tests.notices.mailbox import page_of, text_of

pytestmark = pytest.mark.database


def go(place, reader=None, **later):
    place.later(**later)
    return rounds.go_round(reader or Reader(), place.now)


def begun(place):
    """What came before is read, so that what is sent is of what happens next."""
    go(place)
    go(place, days=1)
    return place


# ---- in one message a day unless urgent ------------------------------------------------------------------------------


def test_what_is_not_urgent_is_gathered_into_one_message_at_the_hour_of_the_day(place, mailbox):
    begun(place)
    mailbox.taken.clear()
    place.happened(proposes("carol"), raises("carol"))
    go(place)
    assert mailbox.to("dev") == []

    go(place, days=1)

    (message,) = mailbox.to("dev")
    assert "A proposal waits for you to be heard on" in text_of(message)
    assert "A matter was raised" in text_of(message)
    go(place, hours=2)
    go(place, days=1)
    assert len(mailbox.to("dev")) == 1


def test_what_is_urgent_is_sent_at_once(place, mailbox):
    begun(place)
    place.happened(proposes("carol"))
    mailbox.taken.clear()
    place.happened(objects("dev"))
    go(place)

    (message,) = mailbox.to("carol")

    assert message["Subject"].startswith("Urgent: ")
    assert "URGENT: A safety concern was raised about a proposal of yours" in text_of(message)


def test_each_person_s_choice_is_kept_to(place, mailbox):
    begun(place)
    keep("dev", Choices(ways={Sort.HEARD: Way.AT_ONCE}))
    keep("asha", Choices(ways={Sort.HEARD: Way.NONE}))
    mailbox.taken.clear()
    place.happened(proposes("carol"))
    go(place)
    go(place, days=1)

    assert len(mailbox.to("dev")) == 1
    assert mailbox.to("asha") == []
    assert Notice.objects.get(person="asha", kind="hear").unsent == "chosen"


def test_the_hour_is_each_person_s_own(place, mailbox):
    begun(place)
    keep("dev", Choices(hour=16))
    mailbox.taken.clear()
    place.happened(proposes("carol"))
    place.now = place.now.replace(hour=15)
    go(place)
    assert mailbox.to("dev") == []

    go(place, hours=2)

    assert len(mailbox.to("dev")) == 1
    assert mailbox.to("asha") == []


def test_what_was_settled_before_the_message_went_is_not_in_it(place, mailbox):
    begun(place)
    mailbox.taken.clear()
    place.happened(proposes("carol"))
    go(place)
    place.happened(consents("dev"))
    go(place, days=1)

    assert mailbox.to("dev") == []
    assert Notice.objects.get(person="dev", kind="hear").unsent == "settled"
    assert len(mailbox.to("asha")) == 1


def test_a_message_says_how_many_things_wait_as_my_work_does(place, mailbox):
    begun(place)
    mailbox.taken.clear()
    place.happened(proposes("carol"), proposes("carol", "evenings"))
    go(place)
    go(place, days=1)

    (message,) = mailbox.to("dev")
    assert message["Subject"] == "2 things wait for you in Manyhands"
    assert "2 things wait for you" in place.as_("dev").get("/").content.decode()


# ---- deputies, leavers, closed accounts ------------------------------------------------------------------------------


def test_rs7_while_somebody_is_away_their_deputy_is_told_and_nothing_is_sent_to_them(place, mailbox):
    begun(place)
    mailbox.taken.clear()
    place.happened(proposes("carol"))
    go(place)
    place.happened(goes_away("dev", days=7))
    go(place)
    go(place, days=1)

    assert mailbox.to("dev") == []
    (message,) = mailbox.to("ines")
    assert "You stand in for somebody who is away" in text_of(message)


def test_whoever_comes_back_is_sent_what_still_waits(place, mailbox):
    begun(place)
    mailbox.taken.clear()
    place.happened(proposes("carol"))
    go(place)
    place.happened(goes_away("dev", days=7))
    go(place, days=2)
    place.happened(comes_back("dev"))
    go(place)
    go(place, days=1)

    on_coming_back, the_next_day = mailbox.to("dev")
    assert "A proposal waits for you to be heard on" in text_of(on_coming_back)
    assert "You are back" in text_of(the_next_day)


def test_a_leaver_is_not_sent_what_was_still_to_be_sent(place, mailbox):
    begun(place)
    mailbox.taken.clear()
    place.happened(proposes("carol"))
    go(place)
    place.happened(removes("asha", "dev"))
    go(place, days=1)

    assert mailbox.to("dev") == []
    assert Notice.objects.get(person="dev", kind="hear").unsent == "left"


def test_somebody_whose_account_is_closed_is_never_asked_or_reminded(place, mailbox):
    begun(place)
    mailbox.taken.clear()
    Person.objects.filter(id="dev").update(is_active=False)
    place.happened(proposes("carol"), asks("asha", in_days=1))
    for _ in range(10):
        go(place, days=1)

    assert mailbox.to("dev") == []
    assert not Notice.objects.filter(person="dev", kind="hear").exists()


def test_an_account_closed_after_a_message_was_made_is_not_sent_it(place, mailbox):
    begun(place)
    mailbox.taken.clear()
    mailbox.answers = ["451 not now"] * 9
    place.happened(proposes("carol"))
    go(place)
    go(place, days=1)
    Person.objects.filter(id="dev").update(is_active=False)
    mailbox.answers = []
    go(place, days=1)

    assert mailbox.to("dev") == []


def test_somebody_invited_is_told_and_not_once_they_have_joined(place, mailbox):
    begun(place)
    mailbox.taken.clear()
    place.happened(invites("asha", "fay"))
    go(place)
    go(place, days=1)

    (message,) = mailbox.to("fay")
    assert "You are invited to join" in text_of(message)
    assert f"/teams/{TEAM}/invitation" in text_of(message)


# ---- RS18 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("days_between", [0.04, 1, 3, 20])
def test_rs18_each_step_is_told_once_and_in_order_also_when_the_job_runs_twice_late_or_not_for_days(
    place, mailbox, days_between
):
    begun(place)
    place.happened(asks("dev", in_days=2), takes_on("carol"))
    until = place.now + timedelta(days=20)
    while place.now < until:
        go(place, days=days_between)
        go(place)

    steps = list(
        Notice.objects.filter(kind__startswith="overdue").order_by("at", "person").values_list("kind", "person")
    )
    assert steps == [
        ("overdue", "carol"),
        ("overdue-deputy", "dev"),
        ("overdue-lead", "dev"),
        ("overdue-coordinator", "asha"),
        ("overdue-coordinator", "ben"),
    ]


def test_rs18_a_step_is_not_told_again_to_whoever_comes_into_the_role_after_it(place):
    begun(place)
    place.happened(asks("dev", in_days=2), takes_on("carol"))
    go(place, days=4)
    before = Notice.objects.filter(kind="overdue").count()
    place.happened(goes_away("carol"))
    go(place)

    assert Notice.objects.filter(kind="overdue").count() == before == 1


def test_rs19_a_report_does_not_begin_the_steps_again(place):
    begun(place)
    place.happened(asks("dev", in_days=2), takes_on("carol"))
    go(place, days=4)
    place.happened(reports("carol"))
    go(place)

    assert Notice.objects.filter(kind="overdue").count() == 1


# ---- what is in a message --------------------------------------------------------------------------------------------


def test_nothing_that_anybody_wrote_and_no_patient_is_in_any_message(place, mailbox):
    begun(place)
    for name in ("dev", "asha", "ben", "carol", "ines"):
        keep(name, Choices(ways=dict.fromkeys(Sort, Way.AT_ONCE)))
    mailbox.taken.clear()
    ruth = "ruth-of-the-hill"
    marked = acts.Words("Ruth Moss of 4 Hill Lane, 999 000 0018")
    place.happened(
        gathers("asha", ruth),
        raises("asha").but(words=marked),
        comments("carol").but(proposal=None, matter=who.Matter("visits"), words=marked),
        proposes("carol", question=marked),
        objects("dev").but(because=marked),
        amends("carol", question=acts.Words(marked + "!")),
        lambda story: replace(asks("asha")(story), what=marked, known_by=marked, patient=who.Patient(ruth)),
        takes_on("carol"),
        reports("carol").but(words=marked, support_needed=True),
    )
    go(place)
    go(place, days=60)

    assert len(mailbox.taken) > 8
    for message in mailbox.taken:
        for said in (message.as_string(), text_of(message), page_of(message)):
            assert not any(word in said for word in ("Ruth", "ruth-of", "Moss", "Hill Lane", "999 000", "people/"))


def test_a_message_can_be_read_as_plain_words_and_as_a_page_and_says_how_to_stop(place, mailbox, settings):
    settings.SITE = "https://manyhands.example"
    begun(place)
    mailbox.taken.clear()
    place.happened(proposes("carol"))
    go(place)
    go(place, days=1)

    (message,) = mailbox.to("dev")
    assert "https://manyhands.example/teams/riverside/proposals/visits" in text_of(message)
    assert 'href="https://manyhands.example/teams/riverside/proposals/visits"' in page_of(message)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].strip().startswith("<https://manyhands.example/notices/stop/")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == f"<{Letter.objects.get(person='dev', state='sent', waiting=1).id}@localhost>"


# ---- when the mail server does not take it ---------------------------------------------------------------------------


def urgent(place, mailbox):
    begun(place)
    place.happened(proposes("carol"))
    mailbox.taken.clear()
    place.happened(objects("dev"))


def test_what_the_server_does_not_take_just_now_is_tried_again_later_and_taken_once(place, mailbox):
    urgent(place, mailbox)
    mailbox.answers = ["451 too busy"]
    go(place)
    assert (mailbox.taken, Letter.objects.get(person="carol", state="ready").said) == ([], "451")
    go(place, seconds=20)
    assert mailbox.taken == []

    go(place, minutes=2)
    go(place, minutes=60)

    assert len(mailbox.to("carol")) == 1


def test_what_the_server_never_takes_is_not_tried_again_and_is_shown_to_whoever_looks_after_the_site(place, mailbox):
    urgent(place, mailbox)
    mailbox.refused_addresses = {"carol@example.org"}
    go(place)
    mailbox.refused_addresses = set()
    go(place, days=1)

    assert not [m for m in mailbox.to("carol") if "safety concern" in text_of(m)]
    assert [(letter.person_id, letter.said) for letter in rounds.status().stuck] == [("carol", "550")]


def test_while_no_server_is_there_nothing_is_lost(place, mailbox, settings):
    urgent(place, mailbox)
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    go(place)
    assert Letter.objects.get(person="carol", state="ready").said == "ConnectionRefusedError"
    settings.EMAIL_PORT = there

    go(place, hours=1)

    assert len(mailbox.to("carol")) == 1


def test_while_the_server_is_not_there_only_one_letter_is_tried_in_a_round(place, mailbox, settings):
    begun(place)
    place.happened(proposes("carol"))
    go(place)
    settings.EMAIL_PORT = 9
    go(place, days=1)

    assert sorted(Letter.objects.filter(state="ready").values_list("tries", flat=True)) == [0, 1]


def test_where_nobody_knows_whether_it_was_taken_it_is_not_sent_again_and_the_next_message_says_so(place, mailbox):
    urgent(place, mailbox)
    mailbox.answers = [None]
    go(place)
    go(place, hours=1)
    assert len(mailbox.to("carol")) == 1
    assert Letter.objects.get(person="carol", state="unknown").said == "SMTPServerDisconnected"
    place.happened(comments("dev"))
    go(place)
    go(place, days=1)

    assert "A message to you may not have arrived" in text_of(mailbox.to("carol")[-1])
    assert "may not have arrived" in place.as_("carol").get("/notices").content.decode()


def test_somebody_can_decide_to_send_it_again_and_it_is_the_same_message(place, mailbox):
    urgent(place, mailbox)
    mailbox.answers = [None]
    go(place)
    (stuck,) = rounds.status().stuck

    assert letters.send_again(stuck.id, place.now)
    go(place)

    first, second = mailbox.to("carol")
    assert first["Message-ID"] == second["Message-ID"]
    assert not letters.send_again(stuck.id, place.now), "it was sent"


def test_somebody_can_decide_to_let_it_be(place, mailbox):
    urgent(place, mailbox)
    mailbox.answers = [None]
    go(place)
    (stuck,) = rounds.status().stuck

    assert letters.give_up(stuck.id)

    assert rounds.status().stuck == ()


def test_after_days_without_a_server_a_message_is_given_up(place, mailbox, settings):
    urgent(place, mailbox)
    settings.EMAIL_PORT = 9
    for _ in range(8):
        go(place, days=1)

    assert Letter.objects.filter(person="carol", state="given-up").exists()


def test_without_a_mail_server_notices_are_on_the_page_and_no_message_is_made(place, settings):
    settings.MAIL = ""
    place.happened(proposes("carol"))
    go(place)
    go(place, days=1)

    assert Notice.objects.filter(person="dev", kind="hear").exists()
    assert Letter.objects.count() == 0


def test_what_only_tells_and_is_a_week_old_is_not_sent_any_more(place, mailbox, settings):
    settings.MAIL, there = "", settings.MAIL
    place.happened(raises("carol"), proposes("carol"))
    go(place)
    settings.MAIL = there
    mailbox.taken.clear()
    go(place, days=9)
    go(place)

    (message,) = mailbox.to("dev")
    assert "A proposal waits for you to be heard on" in text_of(message)
    assert "A matter was raised" not in text_of(message)


# ---- reading on ------------------------------------------------------------------------------------------------------


def test_reading_goes_on_from_where_it_last_got_to_whoever_reads(place):
    place.happened(proposes("carol"))
    go(place)
    there = set(Notice.objects.values_list("id", flat=True))
    assert (ReadUpTo.objects.get(team=TEAM).number, behind()) == (len(place.recorded), 0)
    place.happened(consents("dev"))
    assert behind() == 1

    go(place, Reader())

    new = Notice.objects.exclude(id__in=there)
    assert {row.key.partition("/")[0] for row in new} <= {str(len(place.recorded))}
    assert there <= set(Notice.objects.values_list("id", flat=True))
    assert behind() == 0


def test_two_readers_that_take_turns_tell_each_thing_once(place):
    one, another = Reader(), Reader()
    go(place, one)
    for doing in (proposes("carol"), consents("dev"), consents("carol"), consents("asha"), agrees("carol")):
        place.happened(doing)
        go(place, one)
        place.happened(comments("dev", "visits"))
        go(place, another)

    for kind in ("ready", "decided"):
        told = list(Notice.objects.filter(kind=kind).values_list("person", "key"))
        assert len(told) == len(set(told)) > 0


def test_an_act_dated_later_waits_for_its_time(place):
    begun(place)
    act = proposes("carol")(place)
    record(
        acts.Raise(
            **{**_head(act), "at": place.now + timedelta(minutes=5)}, matter=who.Matter("later"), words=acts.Words("x")
        )
    )
    go(place)
    assert not Notice.objects.filter(kind="raised").exists()

    go(place, minutes=6)

    assert Notice.objects.filter(kind="raised").exists()


def _head(act):
    return {name: getattr(act, name) for name in ("team", "by", "for_organisation", "at", "in_role")}


def test_how_many_questions_a_round_asks_does_not_depend_on_how_many_teams_or_people_there_are(place, settings):
    settings.MAIL = ""
    reader = Reader()
    go(place, reader)
    place.happened(proposes("carol"))

    with CaptureQueriesContext(
        connection,
    ) as few:
        go(place, reader)
    for number in range(6):
        Team.objects.create(id=f"t{number}", name=f"Team {number}")
        record(_convened(f"t{number}", place.now))
    go(place, reader)
    place.happened(proposes("carol", "evenings"))
    for number in range(6):
        record(_raised(f"t{number}", place.now))
    with CaptureQueriesContext(connection) as many:
        go(place, reader)

    assert len(many) <= len(few) + 1, "a Raise has words, which are one more question"


def _convened(team, at):
    return acts.Convene(
        team=who.Team(team), by=who.Person("asha"), for_organisation=who.Organisation("practice"), at=at,
        role=who.Role(f"{team}-role"), kind="care-coordinator", purpose=acts.Words("x"),
    )  # fmt: skip


def _raised(team, at):
    return acts.Raise(
        team=who.Team(team), by=who.Person("asha"), for_organisation=who.Organisation("practice"), at=at,
        in_role=who.Role(f"{team}-role"), matter=who.Matter(f"{team}-m"), words=acts.Words("x"),
    )  # fmt: skip


def test_what_is_logged_about_a_message_has_no_address(place, mailbox, caplog):
    urgent(place, mailbox)
    mailbox.refused_addresses = {"carol@example.org"}
    with caplog.at_level(logging.INFO, "manyhands"):
        go(place)

    assert "refused" in caplog.text
    assert "@" not in caplog.text
