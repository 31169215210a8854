"""Notices: what I was told and when, how I want to be told, and the link that ends e-mail."""

from django.test import Client

from manyhands.exchange.email import rounds
from manyhands.exchange.email.composing import token_for
from manyhands.notices.choices_kept import choices_of
from manyhands.notices.choosing import Choices, Way
from manyhands.notices.gathering import Reader
from manyhands.notices.kinds import SORTS, Sort
from manyhands.notices.models import Letter
from manyhands.people.models import NoticeChoices, Person
from tests.cast import consents, goes_away, objects, proposes, raises
from tests.workspace.reading import queries_of, text_of


def page(story, person):
    answer = story.as_(person).get("/notices")
    assert answer.status_code == 200
    return text_of(answer)


def told(story, settings):
    """A round, with messages put aside where Django's tests keep them."""
    settings.MAIL = "smtp://nowhere.example"
    rounds.go_round(Reader(), story.now)


def test_with_nothing_told_it_says_what_will_be_here(story):
    assert "When something in a team waits for you" in page(story, "carol")


def test_without_a_mail_server_it_says_so(story):
    assert "No mail server is set up here" in page(story, "carol")


def test_each_notice_is_shown_with_what_became_of_it(story, settings, mailoutbox):
    story.happened(proposes("carol"), raises("carol"), objects("dev"))
    told(story, settings)

    first = page(story, "carol").partition("A safety concern was raised about a proposal of yours")[2]
    assert first.split()[:3] == ["Urgent", "Team", "Riverside"]
    assert "By e-mail Sent 2 March 2026" in first
    assert "In the next message 3 March 2026, 8am" in page(story, "ben")
    assert len(mailoutbox) >= 1


def test_a_notice_that_was_settled_says_so(story, settings, mailoutbox):
    story.happened(proposes("carol"))
    told(story, settings)
    story.happened(consents("dev"))
    story.later(days=1)
    told(story, settings)

    assert "Not sent It was done before a message went" in page(story, "dev")


def test_while_somebody_is_away_it_says_that_nothing_is_sent(story, settings, mailoutbox):
    story.happened(proposes("carol"))
    told(story, settings)
    story.happened(goes_away("dev"))
    story.later(days=1)
    told(story, settings)

    assert "Not sent yet You are away, and your deputies are told" in page(story, "dev")
    assert [each.to for each in mailoutbox if each.to == ["dev@example.org"]] == []


def test_a_message_can_be_read_as_it_was_sent_and_by_nobody_else(story, settings, mailoutbox):
    story.happened(proposes("carol"), objects("dev"))
    told(story, settings)
    letter = Letter.objects.get(person="carol")

    answer = story.as_("carol").get(f"/notices/messages/{letter.id}")

    assert "URGENT: A safety concern was raised" in text_of(answer)
    (sent,) = [each for each in mailoutbox if each.to == ["carol@example.org"]]
    assert " ".join(sent.body.split()) in " ".join(text_of(answer).split())
    assert story.as_("dev").get(f"/notices/messages/{letter.id}").status_code == 404


def test_choices_are_kept_and_shown_again(story):
    chosen = {f"way-{sort}": "none" for sort in Sort} | {"way-heard": "at-once", "hour": "17"}

    answer = story.as_("dev").post("/notices", chosen, follow=True)

    assert "This is how you will be told from now on" in text_of(answer)
    kept = choices_of(["dev"])["dev"]
    assert kept == Choices(17, dict.fromkeys(Sort, Way.NONE) | {Sort.HEARD: Way.AT_ONCE})
    content = answer.content.decode()
    assert '<option value="17" selected>5pm' in content
    assert content.count('<option value="none" selected>') == len(SORTS) - 1


def test_nonsense_that_a_form_sends_is_taken_for_the_usual(story):
    story.as_("dev").post("/notices", {"way-heard": "by pigeon", "hour": "²5", "way-nothing": "none"})

    assert choices_of(["dev"])["dev"] == Choices()


def test_nonsense_in_what_is_kept_is_read_as_the_usual(story):
    NoticeChoices.objects.create(person_id="dev", hour=77, ways={"heard": "by pigeon", "late": "none", "gone": 3})

    assert choices_of(["dev"])["dev"] == Choices(ways={Sort.LATE: Way.NONE})


def test_looking_at_the_link_in_a_message_changes_nothing_and_pressing_ends_e_mail(story):
    address = f"/notices/stop/{token_for('dev')}"
    browser = Client(enforce_csrf_checks=True)
    assert "No more e-mail from Manyhands?" in text_of(browser.get(address))
    assert choices_of(["dev"])["dev"] == Choices()

    answer = browser.post(address, {"List-Unsubscribe": "One-Click"})

    assert "No more e-mail will be sent to you" in text_of(answer)
    assert choices_of(["dev"])["dev"] == Choices(ways=dict.fromkeys(Sort, Way.NONE))
    assert choices_of(["asha"])["asha"] == Choices()


def test_a_link_that_was_not_signed_here_or_is_of_a_closed_account_leads_nowhere(story):
    closed = token_for("dev")
    Person.objects.filter(id="dev").update(is_active=False)

    for token in ("dev", token_for("nobody"), token_for("asha")[:-1] + "x", closed, "%00"):
        assert Client().post(f"/notices/stop/{token}").status_code == 404


def test_what_is_older_is_on_the_next_page_and_nonsense_is_the_first(story, settings, mailoutbox):
    story.happened(*(proposes("carol", f"more-{number}") for number in range(23)))
    told(story, settings)
    browser = story.as_("dev")

    first, second = (text_of(browser.get(f"/notices?page={number}")) for number in (1, 2))

    assert (first.count("A proposal waits"), second.count("A proposal waits")) == (20, 3)
    assert "Page 2 of 2" in text_of(browser.get("/notices?page=99"))
    assert "Page 1 of 2" in text_of(browser.get("/notices?page=-²"))


def test_the_number_of_questions_does_not_grow_with_what_was_told(story, settings, mailoutbox):
    story.happened(proposes("carol"))
    told(story, settings)
    few = queries_of(story.as_("dev"), "/notices")
    for number in range(8):
        story.happened(proposes("carol", f"more-{number}"))
    told(story, settings)

    assert queries_of(story.as_("dev"), "/notices") == few


def test_my_work_and_every_page_lead_to_the_notices(story):
    content = story.as_("carol").get("/").content.decode()

    assert content.count('href="/notices"') == 2
