"""
OWASP ASVS 5.0.0: which of our tests show that an item holds, by the item's number. `test_asvs.py` sees to it that each
test is there.
"""

SIGN_IN, SECOND, PROVIDER, TIME_OUTS, COMING_IN = (
    f"tests/workspace/test_{name}.py::"
    for name in ("sign_in", "second_factor", "with_provider", "time_outs", "coming_in")
)
BREACHED, JOURNEY = "tests/site/test_breached.py::", "tests/journeys/test_signing_in.py::"

SIGNING_IN: dict[str, tuple[str, ...]] = {
    "6.2.7": (SIGN_IN + "test_the_form_can_be_filled_by_a_password_manager_and_pasted_into",),
    "6.2.12": (
        BREACHED + "test_a_password_of_the_list_is_refused_however_its_letters_are_written",
        SECOND + "test_a_password_that_will_not_do_is_said_at_its_box",
    ),
    "6.3.1": (
        SIGN_IN + "test_after_five_failed_attempts_even_the_right_password_has_to_wait_and_then_it_does_not",
        SECOND + "test_after_five_wrong_codes_even_the_right_one_has_to_wait",
    ),
    "6.3.2": ("tests/site/test_accounts.py::test_somebody_can_sign_in_once_their_account_is_open",),
    "6.3.3": (
        SECOND + "test_with_a_password_alone_one_gets_to_no_page_but_those_for_setting_up_the_second",
        SECOND + "test_the_next_sign_in_takes_password_and_code_and_then_leads_where_one_was_going",
    ),
    "6.3.4": (
        PROVIDER + "test_where_the_provider_does_not_say_so_a_second_factor_is_asked_for_here",
        COMING_IN + "test_with_a_passkey_there_is_no_password_and_nothing_else_is_to_be_seen_before_it_is_made",
        JOURNEY + "test_with_a_passkey_one_is_in_without_a_password_or_a_code",
    ),
    "6.5.1": (SECOND + "test_a_code_works_once", SECOND + "test_a_recovery_code_works_once_too"),
    "7.2.4": (SECOND + "test_the_session_has_another_key_once_one_is_in",),
    "7.3.1": (TIME_OUTS + "test_after_half_an_hour_without_doing_anything_one_is_signed_out_and_then_led_back",),
    "7.3.2": (TIME_OUTS + "test_after_twelve_hours_one_is_signed_out_however_busy",),
    "7.4.1": (SIGN_IN + "test_signing_out_signs_out_on_every_device_and_nobody_else",),
    "7.4.2": (
        SIGN_IN + "test_a_closed_account_cannot_sign_in_and_is_out_at_once",
        COMING_IN + "test_when_nobody_vouches_any_more_the_session_ends_at_once_and_there_is_no_way_in",
    ),
    "7.4.5": (
        "tests/site/test_accounts.py::test_somebody_who_lost_their_second_factor_is_signed_out_and_sets_it_up_anew",
    ),
    "7.5.1": (
        SECOND + "test_a_change_is_made_only_by_somebody_who_showed_who_they_are_in_the_last_five_minutes",
        "tests/workspace/test_breaking_glass.py::test_whoever_signed_in_a_while_ago_shows_again_who_they_are",
    ),
    "10.2.1": (
        PROVIDER + "test_the_provider_is_asked_for_a_code_with_state_nonce_and_a_challenge_and_back_at_its_own_address",
        PROVIDER + "test_an_answer_with_another_state_is_not_believed",
    ),
    "10.2.2": (
        PROVIDER + "test_an_answer_of_one_provider_is_not_taken_at_the_address_of_another",
        PROVIDER + "test_an_answer_that_names_another_provider_or_none_where_it_should_is_not_believed",
    ),
    "10.5.1": (PROVIDER + "test_a_token_that_is_not_for_us_from_them_and_now_is_not_believed",),
    "10.5.2": (
        PROVIDER + "test_the_same_e_mail_address_at_a_provider_leads_to_no_account",
        PROVIDER + "test_the_same_subject_at_another_provider_is_somebody_else",
    ),
    "10.5.4": (PROVIDER + "test_a_token_that_is_not_for_us_from_them_and_now_is_not_believed",),
    "10.5.5": (
        PROVIDER + "test_a_word_of_signing_out_that_does_not_fit_is_not_believed",
        PROVIDER + "test_a_word_of_signing_out_works_once_and_only_signed_by_them",
    ),
    "14.3.3": (TIME_OUTS + "test_it_cannot_be_read_off_the_database_and_has_no_password_in_it",),
}
"""Signing in, and sessions."""

DECIDING, WHO_GETS, READS, EVERY_PAGE = (
    f"tests/access/test_{name}.py::" for name in ("deciding", "who_gets_what", "reads", "on_every_page")
)
PERSON, FINDING, MAY_SEE = (f"tests/workspace/test_{name}.py::" for name in ("person", "find_people", "who_may_see"))
COOKIES, LOGS, FRAME = (f"tests/site/test_{name}.py::" for name in ("cookies_and_headers", "logs", "pages_frame"))
NO_LEAK = "tests/access/test_no_leak.py::test_no_page_of_the_team_changes_by_a_patient_whom_only_another_team_has"

WHO_MAY_SEE: dict[str, tuple[str, ...]] = {
    "8.1.1": (
        WHO_GETS + "test_every_address_has_a_row_and_every_row_an_address",
        "tests/access/test_any_history.py::test_the_decision_is_that_of_a_few_plain_lines",
    ),
    "8.2.1": (WHO_GETS + "test_each_kind_of_person_gets_what_the_table_says",),
    "8.2.2": (
        WHO_GETS + "test_no_address_of_ones_own_team_leads_to_another_teams_things",
        PERSON + "test_nobody_without_a_basis_gets_more_than_for_somebody_who_does_not_exist",
    ),
    "8.2.3": (
        MAY_SEE + "test_somebody_asked_about_a_patient_sees_age_and_place_and_no_name_until_they_accept",
        DECIDING + "test_being_asked_shows_no_more_than_what_is_asked_and_accepting_shows_all",
    ),
    "8.3.1": (WHO_GETS + "test_in_a_team_nobody_but_members_gets_anything_at_all",),
    "8.3.2": (
        DECIDING + "test_leaving_ends_it_at_that_moment",
        PERSON + "test_leaving_the_group_ends_it_on_the_very_next_request",
        MAY_SEE + "test_an_organisation_that_leaves_the_agreement_sees_nobody_at_the_next_request",
    ),
    "8.3.3": (
        "tests/workspace/test_agendas.py::test_it_goes_in_the_name_of_whoever_answers_for_the_role_that_called_it",
        "tests/workspace/test_asking_partner.py::test_the_page_says_who_asks_and_what_and_nothing_else",
    ),
    "8.4.1": (NO_LEAK, "tests/log/test_record.py::test_one_act_in_several_teams_is_in_all_of_them_or_in_none"),
    "7.4.4": ("tests/workspace/test_reads.py::test_signing_out_is_on_every_page",),
    "7.5.2": (
        "tests/workspace/test_reads.py::test_everybody_sees_where_they_are_signed_in_and_can_end_one_there",
        "tests/workspace/test_reads.py::test_all_others_end_at_once_and_nobody_elses",
    ),
}

ALLOWED_AT_ALL: dict[str, tuple[str, ...]] = {
    "2.3.1": ("tests/stories/test_deciding.py::test_nothing_is_agreed_until_everyone_it_touches_has_been_heard",),
    "2.3.3": (
        "tests/log/test_record.py::test_an_act_that_is_refused_takes_those_given_with_it_along",
        "tests/soak/test_surviving.py::test_killed_at_random_moments_under_load_nothing_acknowledged_is_lost",
    ),
    "2.3.4": (
        "tests/log/test_races.py::test_of_two_writers_who_want_the_same_thing_one_gets_it_and_the_other_hears_why",
    ),
}

BROWSERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("3.3.1", "3.3.2", "3.3.3", "3.3.4"),
        (COOKIES + "test_cookies_are_of_this_host_alone_by_https_alone_and_out_of_reach_of_scripts",),
    ),
    "3.4.1": (COOKIES + "test_a_browser_comes_by_https_only_for_a_year",),
    "3.4.3": (
        COOKIES + "test_a_page_trusts_its_own_files_only_and_is_shown_inside_no_other",
        "tests/promises/test_content_security.py::test_no_template_has_what_the_policy_refuses",
    ),
    **dict.fromkeys(
        ("3.4.4", "3.4.5", "3.4.6"),
        (COOKIES + "test_a_page_trusts_its_own_files_only_and_is_shown_inside_no_other",),
    ),
}

FILES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("5.2.1", "5.2.2", "5.4.3"), (EVERY_PAGE + "test_no_page_takes_a_file_and_no_code_reads_one",)),
    **dict.fromkeys(
        ("5.4.1", "5.4.2"), (EVERY_PAGE + "test_what_is_downloaded_is_called_by_us_and_not_by_what_somebody_wrote",)
    ),
}
"""Nobody uploads anything: what the items of 5.2 and 5.4.3 ask for has nothing to be asked of."""

WHAT_IS_TOLD: dict[str, tuple[str, ...]] = {
    "14.2.1": (
        EVERY_PAGE + "test_no_address_on_any_page_has_a_name_a_birthday_or_an_nhs_number_in_it",
        EVERY_PAGE + "test_no_form_that_asks_for_an_nhs_number_puts_it_into_an_address",
    ),
    "14.2.6": (FINDING + "test_each_person_is_on_the_list_with_numbers_and_a_reason_and_without_a_name",),
    "14.3.2": (FRAME + "test_a_page_tells_the_browser_to_keep_nothing_and_trust_nothing",),
    "16.2.1": (LOGS + "test_the_same_as_json_has_a_field_for_each_thing_and_is_one_line",),
    "16.2.2": (LOGS + "test_nobody_writes_a_line_of_the_log_by_what_they_ask_for",),
    "16.3.1": (
        SIGN_IN + "test_each_sign_in_is_in_the_running_log_and_each_that_failed_without_an_address_or_a_password",
    ),
    "16.3.2": (
        READS + "test_a_refused_page_about_a_person_is_written_down_without_a_basis",
        READS + "test_each_person_on_a_list_is_written_down",
    ),
    "16.4.1": (LOGS + "test_nobody_writes_a_line_of_the_log_by_what_they_ask_for",),
    "16.4.2": (READS + "test_the_database_refuses_to_change_lose_or_slip_in_a_sight",),
    "16.5.1": (FRAME + "test_whatever_goes_wrong_is_said_plainly_and_gives_nothing_away",),
    "16.5.3": (
        EVERY_PAGE + "test_nothing_is_shown_of_anybody_where_the_sight_of_them_cannot_be_written_down",
        EVERY_PAGE + "test_nobody_is_shown_anybody_where_the_decision_itself_fails",
    ),
}

SHOWN: dict[str, tuple[str, ...]] = {
    **SIGNING_IN,
    **WHO_MAY_SEE,
    **ALLOWED_AT_ALL,
    **BROWSERS,
    **FILES,
    **WHAT_IS_TOLD,
}

AIMED_AT = [
    "2.3.1",
    "2.3.3",
    "2.3.4",
    "3.3.1",
    "3.3.2",
    "3.3.3",
    "3.3.4",
    "3.4.1",
    "3.4.3",
    "3.4.4",
    "3.4.5",
    "3.4.6",
    "5.2.1",
    "5.2.2",
    "5.4.1",
    "5.4.2",
    "5.4.3",
    "6.2.7",
    "6.2.12",
    "6.3.1",
    "6.3.2",
    "6.3.3",
    "6.3.4",
    "6.5.1",
    "7.2.4",
    "7.3.1",
    "7.3.2",
    "7.4.1",
    "7.4.2",
    "7.4.4",
    "7.4.5",
    "7.5.1",
    "7.5.2",
    "8.1.1",
    "8.2.1",
    "8.2.2",
    "8.2.3",
    "8.3.1",
    "8.3.2",
    "8.3.3",
    "8.4.1",
    "10.2.1",
    "10.2.2",
    "10.5.1",
    "10.5.2",
    "10.5.4",
    "10.5.5",
    "14.2.1",
    "14.2.6",
    "14.3.2",
    "14.3.3",
    "16.2.1",
    "16.2.2",
    "16.3.1",
    "16.3.2",
    "16.4.1",
    "16.4.2",
    "16.5.1",
    "16.5.3",
]
"""The items of level 2, and those of level 3, that a test can show here."""
