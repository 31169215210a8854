"""What was written can be removed for a lawful reason; that it was written stays."""

from tests.cast import comments, proposes, withholds


def test_words_are_removed_by_whoever_wrote_them_or_the_coordinator_once_and_with_a_reason(story):
    story.happened(proposes("carol"), comments("carol"))
    number = story.standing.number

    assert story.refuses(withholds("dev", number)) == ["not-your-words"]
    assert story.refuses(withholds("carol", number, because="")) == ["reason-needed"]
    assert story.refuses(withholds("carol", number + 1)) == ["no-such-entry"]
    assert story.refuses(withholds("asha", number)) == []

    story.does(withholds("carol", number))

    assert story.refuses(withholds("carol", number)) == ["withheld-already"]
