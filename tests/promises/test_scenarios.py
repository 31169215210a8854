"""Every scenario of the reference is told: G1 to G18 of deciding together, RS1 to RS25 of carrying what follows."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
DECIDING = "tests/stories/test_governance_scenarios.py::"
CARRYING = "tests/stories/test_responsibility_scenarios.py::"

TOLD: dict[str, tuple[str, ...]] = {
    "G1": (DECIDING + "test_twelve_voices_of_the_practice_do_not_drown_the_one_of_social_care",),
    "G2": (
        DECIDING
        + "test_with_one_organisation_silent_it_closes_only_without_it_with_a_reason_a_name_and_an_early_review",
        DECIDING + "test_an_objection_is_not_silence_and_still_blocks",
    ),
    "G3": (DECIDING + "test_the_silent_organisation_s_deputy_says_no_view_and_it_can_close",),
    "G4": (DECIDING + "test_the_objector_leaves_and_the_objection_stays_open_until_a_deputy_or_successor_closes_it",),
    "G5": (DECIDING + "test_the_proposer_leaves_and_the_review_comes_to_the_holder_of_its_role",),
    "G6": (DECIDING + "test_a_member_leaves_after_consenting_and_their_organisation_is_still_heard",),
    "G7": (DECIDING + "test_somebody_on_leave_is_neither_absent_nor_silent_their_deputy_is_asked",),
    "G8": (DECIDING + "test_a_change_after_positions_loses_none_and_says_to_each_what_changed",),
    "G9": (
        DECIDING + "test_whoever_is_outside_takes_no_part_whatever_they_administer",
        "tests/access/test_who_gets_what.py::test_in_a_team_nobody_but_members_gets_anything_at_all",
    ),
    "G10": (
        DECIDING + "test_a_person_with_two_roles_chooses_one_and_the_other_organisation_is_not_thereby_heard",
        "tests/stories/test_two_hats.py::test_an_answer_in_one_role_does_not_have_the_other_organisation_heard",
    ),
    "G11": (
        DECIDING + "test_an_ex_member_who_is_invited_again_sees_and_acts",
        "tests/workspace/test_belonging.py::test_g11_somebody_invited_again_after_leaving_can_see_and_act",
    ),
    "G12": (DECIDING + "test_an_objection_worded_as_a_safety_concern_has_the_one_life_there_is",),
    "G13": ("tests/counting/test_no_lots.py::test_every_method_counts_tied_ballots_without_chance",),
    "G14": (DECIDING + "test_nobody_but_the_proposer_answers_and_the_missing_organisations_are_named",),
    "G15": ("tests/workspace/test_governance_pages.py::test_three_hundred_people_and_twenty_decisions",),
    "G16": (DECIDING + "test_a_rule_edited_after_the_decision_leaves_it_the_old_rule_and_count",),
    "G17": (DECIDING + "test_closing_without_a_responsibility_or_one_without_hands_is_refused_saying_what_is_missing",),
    "G18": (
        DECIDING + "test_the_result_the_list_of_who_was_heard_and_the_rule_are_worked_out_again_from_the_acts",
        "tests/log/test_verify.py::test_one_change_in_any_column_of_any_entry_is_found_and_named",
        "tests/log/test_verify.py::test_one_decision_is_checked_with_all_that_it_rests_on_and_nothing_after",
        "tests/workspace/test_history.py::test_one_decision_is_checked_up_to_the_entry_that_closed_it",
    ),
    "RS1": (CARRYING + "test_at_every_moment_everything_open_has_somebody_present_or_an_alarm_with_somebody_told",),
    "RS2": (CARRYING + "test_who_holds_it_now_and_who_held_it_on_a_day_without_an_edit",),
    "RS3": (CARRYING + "test_nothing_is_agreed_without_a_responsibility_that_has_holder_deputy_and_day",),
    "RS4": (CARRYING + "test_one_list_shows_what_is_mine_my_team_s_and_my_organisation_s",),
    "RS5": (CARRYING + "test_while_the_holder_is_away_it_is_on_the_deputy_s_list_the_same_minute_and_then_back",),
    "RS6": (CARRYING + "test_whatever_the_absences_somebody_answers_or_an_alarm_rings",),
    "RS7": (
        "tests/notices/test_due.py::test_rs7_a_reminder_during_absence_goes_to_the_deputy_only",
        "tests/notices/test_sending.py::test_rs7_while_somebody_is_away_their_deputy_is_told_and_nothing_is_sent_to_them",
    ),
    "RS8": (
        CARRYING + "test_an_empty_role_rings_with_a_time_limit_and_falls_to_nobody_silently",
        "tests/notices/test_due.py::test_rs8_a_vacant_role_is_brought_to_the_coordinating_role_at_its_time_limit_once",
    ),
    "RS9": (CARRYING + "test_who_could_carry_it_tomorrow_counts_those_present_each_once",),
    "RS10": (CARRYING + "test_what_is_offered_and_not_accepted_is_the_giver_s_and_escalates_after_its_day",),
    "RS11": (CARRYING + "test_what_is_returned_is_the_giver_s_with_the_reason_in_sight",),
    "RS12": (
        CARRYING + "test_of_two_who_take_something_on_at_once_one_has_it_and_the_other_is_told_how_it_stands",
        "tests/log/test_races.py::test_of_two_writers_who_want_the_same_thing_one_gets_it_and_the_other_hears_why",
        "tests/workspace/test_hand_over.py::test_somebody_who_comes_second_is_shown_the_new_state",
    ),
    "RS13": (CARRYING + "test_what_came_up_between_preparing_and_accepting_is_not_yet_handed_over",),
    "RS14": (
        CARRYING
        + "test_leaving_is_finished_only_with_everything_in_other_hands_and_then_nothing_is_held_by_the_leaver",
    ),
    "RS15": (
        CARRYING
        + "test_leaving_is_finished_only_with_everything_in_other_hands_and_then_nothing_is_held_by_the_leaver",
    ),
    "RS16": (CARRYING + "test_whoever_is_taken_off_without_a_leaving_leaves_nothing_unanswered",),
    "RS17": (CARRYING + "test_ending_and_restoring_a_membership_leaves_nothing_twice_and_nothing_of_old",),
    "RS18": (
        (
            "tests/notices/test_due.py::test_rs18_what_is_overdue_goes_from_the_role_to_its_deputy_to_the_lead_to_the_"
            "coordinating_role"
        ),
        (
            "tests/notices/test_sending.py::test_rs18_each_step_is_told_once_and_in_order_also_when_the_job_runs_twice_"
            "late_or_not_for_days"
        ),
    ),
    "RS19": (CARRYING + "test_a_note_on_something_ten_days_old_leaves_it_ten_days_old_in_its_place",),
    "RS20": (CARRYING + "test_all_that_follows_from_a_decision_is_done_and_the_decision_lasts_until_it_is_ended",),
    "RS21": (CARRYING + "test_what_a_meeting_left_unfinished_is_on_the_next_agenda_by_itself",),
    "RS22": (
        (
            "tests/journeys/test_a_small_charity.py::test_by_keyboard_and_without_scripts_it_accepts_declines_asks_and_"
            "reports_done"
        ),
    ),
    "RS23": (
        "tests/stories/test_who_moved_whom.py::test_it_points_only_to_what_they_could_see_when_they_changed_it",
        (
            "tests/workspace/test_what_moved_me.py::test_what_was_written_before_it_by_others_can_be_chosen_and_stands_"
            "beside_the_answer_for_both"
        ),
        "tests/pictures/test_leading.py::test_nothing_in_the_picture_is_a_number_about_a_person",
    ),
    "RS24": (
        "tests/workspace/test_credit.py::test_everyone_is_credited_in_the_order_of_the_alphabet_with_what_each_gave",
        "tests/workspace/test_credit.py::test_rs24_whoever_has_left_is_on_it_with_role_and_organisation",
    ),
    "RS25": (
        (
            "tests/workspace/test_leading.py::test_the_chair_is_asked_about_at_one_more_than_the_setting_and_nobody_is_"
            "stopped"
        ),
    ),
}
"""
Where each is told. G13 is told for every method of counting; once a question is answered by a ballot, its story on a
tie belongs here too. A referral (RS20) is a decision here, which is closed by its own rule and not by what follows.
"""


@cache
def named_in(path: str) -> set[str]:
    file = ROOT / path
    nodes = ast.walk(ast.parse(file.read_text())) if file.is_file() else ()
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef)}


def test_every_scenario_has_a_line() -> None:
    assert list(TOLD) == [f"G{number}" for number in range(1, 19)] + [f"RS{number}" for number in range(1, 26)]


@pytest.mark.parametrize("scenario", TOLD)
def test_every_scenario_is_told_where_its_line_says(scenario: str) -> None:
    assert TOLD[scenario]
    for named in TOLD[scenario]:
        path, _, test = named.partition("::")
        assert test in named_in(path), f"{scenario} names {named}, and there is no such test"
