"""The Find people page: searching, looking over without names, and making a group."""

import html
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manyhands import acts
from manyhands.access.models import Sight
from manyhands.people.models import Organisation, Patient
from tests import small_records
from tests.cast import SOCIAL_WORKER, TEAM, goes_away, invites, joins, steps_down

PAGE = f"/teams/{TEAM}/find-people"
GATHER = f"{PAGE}/gather"
SEARCH = {"aged": "65", "conditions": "4", "organisations": "3", "within_months": "24"}


def text_of(response):
    body = re.sub(r"<(script|style|head).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def value_of(response, name):
    return re.findall(rf'name="{name}" value="([^"]*)"', response.content.decode())


def searched(story, person="carol", **terms):
    return story.as_(person).get(PAGE, SEARCH | terms)


def form(response, *ticked, **fields):
    """The form as somebody fills it in; `ticked` are places on the list, from 1."""
    boxes = value_of(response, "chosen")
    given = {"search": value_of(response, "search")[0], "how": "ticked", "called": "In pieces"}
    return given | {"chosen": [boxes[place - 1] for place in ticked]} | fields


def gathered(story):
    story.catch_up()
    return next(act for act in reversed(story.acts_done) if isinstance(act, acts.Gather))


def test_the_form_comes_first_with_the_usual_terms_and_nobody_is_looked_at(records):
    page = records.as_("carol").get(PAGE)

    assert page.status_code == 200
    assert 'name="conditions" inputmode="numeric" value="4"' in page.content.decode()
    assert not Sight.objects.exists()


def test_a_search_says_the_rule_how_many_were_considered_and_why_others_were_left_out(records):
    page = text_of(searched(records))

    assert "3 people found, of 6 considered" in page
    assert "People aged 65 or over with at least 4 conditions, seen by at least 3 organisations" in page
    assert "1 had died" in page
    assert "1 seen by fewer than 3 organisations" in page


def test_each_person_is_on_the_list_with_numbers_and_a_reason_and_without_a_name(records):
    response = searched(records)
    page = text_of(response)

    assert "Person 1" in page
    assert "Aged 87, with 6 conditions" in page
    assert "Riverside Community Nursing, " in page
    for secret in ("Ruth", "Moss", "9990000018", "1938", "Patient/ruth"):
        assert secret not in response.content.decode()


def test_everyone_looked_over_is_written_down(records):
    searched(records)

    assert list(Sight.objects.values_list("record", "patient", "basis", "person")) == [
        ("Patient/ruth", "", "cohort-review", "carol"),
        ("Patient/sam", "", "cohort-review", "carol"),
        ("Patient/tess", "", "cohort-review", "carol"),
    ]


def test_making_a_group_of_those_ticked_freezes_the_rule_the_count_and_each_reason(records):
    page = searched(records)

    answer = records.as_("carol").post(GATHER, form(page, 1, 3))

    act = gathered(records)
    assert answer.status_code == 302
    assert answer.url == f"/teams/{TEAM}/groups/{act.group}"
    assert (act.rule.found, act.rule.considered, act.rule.as_at) == (3, 6, date(2026, 2, 27))
    assert dict(act.rule.terms)["conditions"] == "4"
    assert act.called == "In pieces"
    assert [included.because.split(",")[0] for included in act.patients] == ["Aged 87", "Aged 69"]
    assert Patient.objects.count() == 2


def test_everyone_found_can_be_chosen_at_once(records):
    page = searched(records)

    records.as_("carol").post(GATHER, form(page, how="everyone"))

    assert len(gathered(records).patients) == 3


def test_those_chosen_are_named_from_then_on(records):
    records.as_("carol").post(GATHER, form(searched(records), 1))
    records.catch_up()

    page = text_of(searched(records))

    assert "Ruth Moss" in page
    assert "In another group" in page
    assert "Sam" not in page


def test_without_a_name_or_anybody_chosen_the_form_comes_back_with_the_reasons_and_what_was_ticked(records):
    page = searched(records)

    again = records.as_("carol").post(GATHER, form(page, 2, called=" "))
    nobody = records.as_("carol").post(GATHER, form(page, called="Kept name"))

    assert again.status_code == nobody.status_code == 422
    assert "Write what the group is called first" in text_of(again)
    assert re.search(r'id="chosen-2"[^>]* checked', again.content.decode())
    assert "Choose at least one person for the group." in text_of(nobody)
    assert 'value="Kept name"' in nobody.content.decode()
    assert "<title>Error: " in " ".join(again.content.decode().split())
    assert not Patient.objects.exists()


def test_a_search_can_be_chosen_from_for_half_an_hour_only(records):
    page = searched(records)
    records.later(minutes=31)

    answer = records.as_("carol").post(GATHER, form(page, 1))

    assert answer.status_code == 422
    assert "Search again" in text_of(answer)
    assert not Patient.objects.exists()


@pytest.mark.parametrize("person", ["dev", "asha"])
def test_nobody_chooses_from_somebody_elses_search(records, person):
    page = searched(records, "carol")

    answer = records.as_(person).post(GATHER, form(page, 1))

    assert answer.status_code == 422
    assert not Patient.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "\0", "é" * 9000])
def test_a_form_with_a_search_of_nobodys_comes_back(records, token):
    answer = records.as_("carol").post(GATHER, {"search": token, "chosen": "x", "called": "Mine"})

    assert answer.status_code == 422
    assert "Search again" in text_of(answer)


def test_a_box_made_up_or_of_another_search_chooses_nobody(records):
    first, second = searched(records), searched(records, conditions="5")

    answer = records.as_("carol").post(GATHER, form(first) | {"chosen": [value_of(second, "chosen")[0], "made-up"]})

    assert answer.status_code == 422
    assert "Choose at least one person" in text_of(answer)


@pytest.mark.parametrize("typed", ["", "old", "-1", "4.5", "99999", "²", "9" * 500, "\0"])
def test_terms_that_are_no_numbers_come_back_as_typed_with_what_to_write(records, typed):
    page = searched(records, conditions=typed)

    assert page.status_code == 200
    assert "At least this many conditions: write a whole number from 0 to 50" in text_of(page)
    assert not Sight.objects.exists()


def test_a_rule_that_nobody_meets_says_what_to_do(records):
    assert "Ask for fewer conditions or organisations" in text_of(searched(records, conditions="50"))


def test_a_member_without_a_role_sees_how_many_and_why_they_see_no_more(records):
    records.happened(invites("asha", "fay"), joins("fay"))

    page = text_of(searched(records, "fay"))

    assert "3 people found" in page
    assert "Why you cannot see who they are" in page
    assert "Person 1" not in page
    assert not Sight.objects.exists()


def test_without_records_the_page_says_how_to_load_some(records, settings, tmp_path):
    small_records.settle(settings, tmp_path / "none")

    assert "joinedup load" in text_of(records.as_("carol").get(PAGE))
    assert "joinedup load" in text_of(searched(records))


def test_the_number_of_queries_does_not_grow_with_those_found(records):
    searched(records)

    with CaptureQueriesContext(connection) as for_one:
        assert "1 person found" in text_of(searched(records, organisations="4"))
    with CaptureQueriesContext(connection) as for_three:
        assert "3 people found" in text_of(searched(records))

    assert len(for_one) == len(for_three)


# ---- who can be found --------------------------------------------------------------------------------------------


def only_known(*organisations):
    """The records know these organisations of the team, and no other."""
    Organisation.objects.exclude(id__in=organisations).update(record="")


def test_only_those_whom_an_organisation_of_the_team_has_seen_are_found_and_the_others_are_counted(records):
    only_known("council")

    response = searched(records)

    page = text_of(response)
    assert "2 people found, of 6 considered" in page
    assert "1 more meets the rule but has been seen by none of this team’s organisations, and is not shown." in page
    assert "of those whom an organisation of the team has seen" in page
    assert "Aged 69" not in page
    assert len(value_of(response, "chosen")) == 2
    assert set(Sight.objects.values_list("record", flat=True)) == {"Patient/ruth", "Patient/sam"}


def test_nothing_is_said_of_others_where_there_are_none(records):
    assert "more meet" not in text_of(searched(records))


def test_everyone_found_is_everyone_within_reach_and_so_the_frozen_rule_counts_and_says(records):
    only_known("council")

    records.as_("carol").post(GATHER, form(searched(records), how="everyone"))

    act = gathered(records)
    assert len(act.patients) == act.rule.found == 2
    assert act.rule.sentence.endswith("of those whom an organisation of the team has seen in that time.")
    assert set(Patient.objects.values_list("record", flat=True)) == {"Patient/ruth", "Patient/sam"}


@pytest.mark.parametrize(
    "happens",
    [goes_away("dev"), steps_down("dev", SOCIAL_WORKER)],
    ids=["away", "no role"],
)
def test_an_organisation_brings_its_people_only_while_somebody_of_it_is_here_in_a_role(records, happens):
    only_known("council")
    records.happened(goes_away("ines"))
    assert "2 people found" in text_of(searched(records))

    records.happened(happens)

    page = text_of(searched(records))
    assert "0 people found" in page
    assert "3 more meet the rule but have been seen by none of this team’s organisations" in page
    assert "Nobody whom this team’s organisations have seen meets this rule" in page


def test_who_is_here_changing_between_search_and_choosing_asks_to_search_again(records):
    only_known("council")
    page = searched(records)
    records.happened(goes_away("dev"), goes_away("ines"))

    answer = records.as_("carol").post(GATHER, form(page, how="everyone"))

    assert answer.status_code == 422
    assert "which organisations have somebody here in a role has changed" in text_of(answer)
    assert not Patient.objects.exists()


def test_a_team_of_one_convened_by_somebody_whose_organisation_has_seen_nobody_finds_and_puts_in_nobody(records):
    esi = records.as_("esi")
    team = {"name": "Mine", "purpose": "To look", "kind": "care-coordinator", "organisation": "elsewhere"}
    members = esi.post("/teams/new", team).url
    mine = members.removesuffix("/members")

    page = esi.get(f"{mine}/find-people", SEARCH)

    assert "0 people found, of 6 considered" in text_of(page)
    assert "3 more meet the rule" in text_of(page)
    assert value_of(page, "chosen") == []
    assert not Sight.objects.exists()


def test_gathering_again_reaches_no_further(records):
    group = a_group(records)
    only_known("council")

    page = searched(records, group=group)

    assert "2 stay" in text_of(page)
    assert "1 goes" in text_of(page)


def test_before_a_group_is_made_it_is_said_who_will_see_the_whole_record(records):
    page = text_of(searched(records))

    assert "5 members in a role will be able to see the whole record of those you choose." in page
    assert "Ines Roy: Team manager, Adult Social Care" in page
    assert "Esi" not in page


# ---- gathering again ---------------------------------------------------------------------------------------------


def a_group(story):
    story.as_("carol").post(GATHER, form(searched(story), how="everyone"))
    return gathered(story).group


def test_gathering_again_shows_who_would_stay_come_and_go_before_anything_is_recorded(records):
    group = a_group(records)
    before = len(records.acts_done)

    page = searched(records, conditions="5", group=group)

    text = text_of(page)
    assert "Gather “In pieces” again" in text
    assert "2 stay" in text
    assert "0 come in" in text
    assert "1 goes" in text
    assert "Tess Moss" in text
    records.catch_up()
    assert len(records.acts_done) == before


def test_the_form_to_gather_again_begins_with_the_terms_of_the_last_time(records):
    records.as_("carol").post(GATHER, form(searched(records, conditions="5"), how="everyone"))
    group = gathered(records).group

    page = records.as_("carol").get(PAGE, {"group": group})

    assert 'name="conditions" inputmode="numeric" value="5"' in page.content.decode()


def test_gathering_again_makes_the_next_version_and_keeps_by_hand_whom_one_says(records):
    group = a_group(records)
    page = searched(records, conditions="5", group=group)
    tess = value_of(page, "keep")[0]

    refused = records.as_("carol").post(GATHER, form(page, how="everyone", group=group, keep=[tess]))
    assert refused.status_code == 422
    assert "needs a reason in words" in text_of(refused)

    because = "Her daughter asked us to stay"
    records.as_("carol").post(GATHER, form(page, how="everyone", group=group, keep=[tess], why_kept=because))

    records.catch_up()
    assert [type(act) for act in records.acts_done[-2:]] == [acts.Gather, acts.Include]
    assert records.acts_done[-1].because == because
    assert records.standing.groups[group].version == 2
    assert len(records.standing.groups[group].patients) == 3


def test_a_group_of_nobodys_is_as_if_none_were_named(records):
    assert "Gather “" not in text_of(searched(records, group="nothing-like-it\0"))


def test_before_anybody_is_chosen_the_groups_page_says_how_to_make_a_group(records):
    assert "This team has no group yet" in text_of(records.as_("carol").get(f"/teams/{TEAM}/groups"))
