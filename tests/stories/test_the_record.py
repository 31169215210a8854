"""What was written can be removed for a lawful reason; that it was written stays."""

from dataclasses import replace

from manyhands import who
from tests.cast import (
    asks,
    comments,
    completes,
    gathers,
    proposes,
    releases,
    removes_the_record,
    takes_on,
    withholds,
)


def test_words_are_removed_by_whoever_wrote_them_or_the_coordinator_once_and_with_a_reason(story):
    story.happened(proposes("carol"), comments("carol"))
    number = story.standing.number

    assert story.refuses(withholds("dev", number)) == ["not-your-words"]
    assert story.refuses(withholds("carol", number, because="")) == ["reason-needed"]
    assert story.refuses(withholds("carol", number + 1)) == ["no-such-entry"]
    assert story.refuses(withholds("asha", number)) == []

    story.does(withholds("carol", number))

    assert story.refuses(withholds("carol", number)) == ["withheld-already"]


def test_the_record_of_a_patient_is_removed_by_the_coordinator_once_nobody_looks_after_them_any_more(story):
    story.happened(gathers("asha", "ruth", "sam"))
    number = story.standing.number
    removing = removes_the_record("asha", number, "ruth")

    assert story.refuses(removing) == ["still-looked-after"]
    story.happened(releases("asha", "ruth"), lambda s: replace(asks("asha")(s), patient=who.Patient("ruth")))
    assert story.refuses(removing) == ["still-looked-after"]
    story.happened(takes_on("carol"), completes("carol"))

    assert story.refuses(removes_the_record("carol", number, "ruth")) == ["record-not-yours-to-remove"]
    assert story.refuses(removes_the_record("asha", number, "ruth", because="")) == ["reason-needed"]
    story.does(removing)
    assert list(story.standing.removed) == ["ruth"]
    assert story.refuses(removes_the_record("asha", number, "sam")) == ["still-looked-after"]
    assert story.refuses(withholds("asha", number)) == []  # what was written of the others is still there
