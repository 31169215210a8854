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
"""Signing in, and sessions. Not shown yet: 7.4.4 by a test of its own, 7.5.2 (listing one's sessions), 16.3.1."""

SHOWN: dict[str, tuple[str, ...]] = {**SIGNING_IN}
