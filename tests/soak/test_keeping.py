"""Figures of one harness are kept beside those of the others, in the place of its own from before."""

from tests.soak.__main__ import with_section


def test_the_figures_of_a_harness_take_the_place_of_those_before_and_leave_the_others():
    page = "# What it survived\n\nWritten by hand.\n"
    for called, number in (("Killed, on SQLite", 3), ("Raced for", 7), ("Killed, on SQLite", 5)):
        page = with_section(page, called, {"acts_found": number * 1000}, "--keep")

    assert page.startswith("# What it survived\n\nWritten by hand.\n\n## Killed, on SQLite\n")
    assert page.count("## ") == 2
    assert "| acts found | 5,000 |" in page
    assert "| acts found | 7,000 |" in page
    assert "3,000" not in page
