"""The tests that prove what `access` promises, by the name of each promise. `test_asvs.py` holds these to the tests."""

ACCESS = "tests/access/"
PAGES = "tests/workspace/"
GLASS = PAGES + "test_breaking_glass.py::"

PROOFS: dict[str, tuple[str, ...]] = {
    "P1 whoever sees somebody is whom a few plain lines say, in any history": (
        ACCESS + "test_any_history.py::test_the_decision_is_that_of_a_few_plain_lines",
        ACCESS + "test_any_history.py::test_esi_who_never_joins_sees_nobody_ever",
    ),
    "P2 every address, for every kind of person, from one table": (
        ACCESS + "test_who_gets_what.py::test_every_address_has_a_row_and_every_row_an_address",
        ACCESS + "test_who_gets_what.py::test_each_kind_of_person_gets_what_the_table_says",
        ACCESS + "test_who_gets_what.py::test_in_a_team_nobody_but_members_gets_anything_at_all",
    ),
    "P3 nothing leaks by a count, an order, an error, an export or the time that a 404 takes": (
        ACCESS + "test_who_gets_what.py::test_outsiders_get_just_what_they_get_for_a_team_that_does_not_exist",
        ACCESS + "test_who_gets_what.py::test_no_address_of_ones_own_team_leads_to_another_teams_things",
        ACCESS + "test_no_leak.py::test_no_page_of_the_team_changes_by_a_patient_whom_only_another_team_has",
        ACCESS + "test_no_leak.py::test_a_patient_of_another_team_is_answered_as_one_who_does_not_exist",
        ACCESS + "test_reads.py::test_somebody_who_does_not_exist_takes_as_long_to_refuse_as_somebody_who_does",
    ),
    "P4 a leaver, a deputy and the end of an agreement at the very next request": (
        ACCESS + "test_deciding.py::test_leaving_ends_it_at_that_moment",
        ACCESS + "test_deciding.py::test_a_deputy_sees_what_the_holder_of_the_role_sees",
        PAGES + "test_who_may_see.py::test_an_organisation_that_leaves_the_agreement_sees_nobody_at_the_next_request",
    ),
    "P5 broken glass without a reason, over, and not reviewed": (
        GLASS + "test_without_a_reason_or_without_saying_who_nothing_is_broken_and_the_form_is_kept",
        GLASS + "test_after_four_hours_it_is_over",
        GLASS + "test_one_that_is_not_reviewed_in_time_blocks_the_next_until_it_is",
    ),
    "P6 a row for every sight, which the database keeps, and a broken chain is found": (
        ACCESS + "test_who_gets_what.py::test_every_page_that_names_a_patient_writes_the_sight_down",
        ACCESS + "test_reads.py::test_the_database_refuses_to_change_lose_or_slip_in_a_sight",
        ACCESS + "test_reads.py::test_what_was_changed_behind_the_guards_is_named",
    ),
    "P7 of two who claim the same thing one gets it, and the other hears how it stands": (
        "tests/log/test_races.py::test_of_two_writers_who_want_the_same_thing_one_gets_it_and_the_other_hears_why",
    ),
    "P8 taken on, and then not needed, leaves nothing": (
        ACCESS + "test_deciding.py::test_what_was_taken_on_and_is_no_longer_needed_leaves_nothing",
    ),
}
