"""Groups of patients: gathered by a rule, changed one person at a time, each with the reason."""

from dataclasses import replace
from datetime import date

from tests.cast import EVERYONE_CONSENTS, RULE, agrees, gathers, includes, proposes, releases, words


def test_a_group_keeps_the_rule_it_was_gathered_by_and_how_many_it_found(story):
    story.does(gathers("asha", "ruth", "sam", found=12))

    group = story.standing.groups["frail"]
    assert group.patients == {"ruth", "sam"}
    assert group.rules == (RULE,)
    assert group.rules[0].found == 12


def test_a_group_has_people_in_it_each_once_and_each_with_a_reason(story):
    assert story.refuses(gathers("asha").but(patients=())) == ["nobody-chosen"]
    assert story.refuses(gathers("asha", "ruth", "ruth")) == ["chosen-twice"]
    assert story.refuses(gathers("asha", "ruth", "sam", found=1)) == ["more-chosen-than-found"]
    assert story.refuses(gathers("asha").but(called="  ")) == ["words-needed"]
    assert story.refuses(gathers("asha").but(rule=replace(RULE, sentence=""))) == ["words-needed"]


def test_people_are_included_and_released_one_by_one_with_the_reason(story):
    assert story.refuses(includes("carol", "tom")) == ["nothing-like-it"]
    story.does(gathers("asha", "ruth", "sam"))

    assert story.refuses(includes("carol", "ruth")) == ["in-the-group-already"]
    assert story.refuses(includes("carol", "tom", because="")) == ["reason-needed"]
    assert story.refuses(releases("carol", "tom")) == ["not-in-the-group"]
    assert story.refuses(releases("carol", "ruth", because=" ")) == ["reason-needed"]
    story.does(includes("carol", "tom"), releases("carol", "ruth"))

    assert story.standing.groups["frail"].patients == {"sam", "tom"}


def test_someone_without_a_role_changes_no_group(story):
    story.happened(gathers("asha"))

    assert story.refuses(includes("dev", "tom").speaking_for("council")) == ["role-needed"]


def test_a_rule_changed_after_the_decision_leaves_the_decision_its_own_rule_and_count(story):
    """G16."""
    story.happened(gathers("asha", "ruth", "sam", found=12), proposes("carol").but(group="frail"))
    story.happened(*EVERYONE_CONSENTS, agrees("asha"))

    wider = replace(RULE, sentence="Aged 60 or over", as_at=date(2026, 4, 1), found=40)
    story.does(gathers("asha", "ruth", "sam", "tom").but(rule=wider, called=words("Wider")))

    closed = story.standing.proposals["visits"].closed
    assert (closed.group_version, closed.group_size, closed.group_rule) == (1, 2, RULE)
    assert story.standing.groups["frail"].version == 2
