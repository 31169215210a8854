"""How acts are written down: every one is read back as it was, in whichever wording it was written."""

import json
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manyhands import acts
from manyhands.log import shapes, wording
from manyhands.log.wording import DoesNotFit, Words
from tests.log import samples
from tests.log.scene import Scene
from tests.strategies import acts_like, any_act

SAMPLES = samples.kept()


@pytest.mark.parametrize("name", acts.NAMES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_act_is_read_back_as_it_was_written(name, data):
    act = data.draw(acts_like(acts.NAMES[name]))

    written, payload, words = wording.write(act)

    assert written == name
    assert wording.read(written, payload, words) == act


@given(any_act())
def test_no_words_are_in_a_payload_and_none_are_lost(act):
    _, payload, words = wording.write(act)

    fields = json.loads(payload)["act"]
    assert sorted(wording.places(fields)) == sorted(each.place for each in words)
    for each in words:
        shelf, key, digest = wording.find(fields, each.place)
        assert shelf[key] == {"sha-256": digest}
        assert len(each.text) < 20 or each.text not in payload


@given(any_act())
def test_an_act_whose_words_were_removed_says_so_and_keeps_the_rest(act):
    name, payload, words = wording.write(act)

    removed = wording.read(name, payload, [Words(each.place, None, None) for each in words])

    def without_words(kept: acts.AnyAct) -> object:
        plain = json.loads(msgspec.json.encode(kept))
        for each in words:
            *way, last = [int(step) if step.isdecimal() else step for step in each.place.split(".")]
            shelf = plain
            for step in way:
                shelf = shelf[step]
            shelf[last] = "…"
        return plain

    assert without_words(removed) == without_words(act)
    assert repr(removed).count(repr(acts.WITHHELD)) == len(words)


def test_the_same_words_get_another_digest_each_time():
    said = Scene().say("yes")

    assert wording.write(said)[1] != wording.write(said)[1]


def test_words_that_are_not_those_that_were_written_are_not_read():
    name, payload, (words,) = wording.write(Scene().say("yes"))

    for other in (Words(words.place, words.salt, "no"), Words(words.place, "00", "yes"), Words("because", "00", "yes")):
        with pytest.raises(DoesNotFit):
            wording.read(name, payload, [other])
    with pytest.raises(DoesNotFit):
        wording.read(name, payload, [])


def test_a_payload_is_the_same_whichever_way_round_it_is_made():
    _, payload, _ = wording.write(Scene().say("yes"))

    read = json.loads(payload)
    assert payload == json.dumps(read, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.file.stem)
def test_every_wording_there_ever_was_can_be_read(sample):
    act = sample.read()

    assert type(act) is acts.NAMES[sample.name]
    if sample.version == wording.version_of(sample.name):
        assert repr(act) == sample.reads


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.file.stem)
def test_nothing_of_an_old_wording_is_dropped_on_the_way(sample):
    """What is read and written again has every field that the act has now, and reads the same."""
    act = sample.read()
    name, payload, words = wording.write(act)

    assert wording.read(name, payload, words) == act
    if sample.version == wording.version_of(sample.name):
        assert _places_blanked(payload) == _places_blanked(sample.payload)


def _places_blanked(payload: str) -> object:
    """A payload with its digests, which differ each time, taken out."""
    fields = json.loads(payload)
    for place in list(wording.places(fields["act"])):
        shelf, key, _ = wording.find(fields["act"], place)
        shelf[key] = "words"
    return fields


@pytest.mark.parametrize("name", acts.NAMES)
def test_the_shape_of_an_act_changes_only_together_with_its_version(name):
    version = wording.version_of(name)
    written = {sample.version: sample for sample in SAMPLES if sample.name == name}

    assert set(written) == set(range(1, version + 1)), (
        f"{name} is written in version {version}, and there are samples of {sorted(written)}: run "
        f"`python -m tests.log.samples`"
    )
    assert samples.fresh(name).shape == written[version].shape, (
        f"The shape of {name} in manyhands/acts.py is no longer what its newest sample was written in. Acts recorded "
        f"until now have to be read for ever: add to UPGRADES in manyhands/log/wording.py how they become the new "
        f"shape, then run `python -m tests.log.samples`."
    )


def test_an_upgrade_turns_an_old_wording_into_the_present_one(monkeypatch):
    """As it would go if `comment` had once said `text` for `words`, and had not known of matters."""
    upgrades = (
        lambda fields: {**{k: v for k, v in fields.items() if k != "text"}, "words": fields["text"]},
        lambda fields: {**fields, "matter": None},
    )
    monkeypatch.setitem(wording.UPGRADES, "comment", upgrades)
    now = samples.fresh("comment")
    fields = json.loads(now.payload)["act"]
    oldest = {**{k: v for k, v in fields.items() if k not in ("words", "matter")}, "text": fields["words"]}
    (words,) = now.words

    read = wording.read("comment", json.dumps({"wording": 1, "act": oldest}), [Words("text", words.salt, words.text)])

    assert json.loads(now.payload)["wording"] == 3
    assert read.words == words.text
    assert read.matter is None


def test_what_a_newer_version_wrote_is_not_guessed_at():
    now = samples.fresh("comment")
    newer = json.dumps({**json.loads(now.payload), "wording": 2})

    for name, payload in (("comment", newer), ("applaud", now.payload)):
        with pytest.raises(DoesNotFit, match="written by a newer Manyhands"):
            wording.read(name, payload, now.words)


def test_a_mistake_is_named_without_what_anyone_wrote():
    said = replace(Scene().say("Mrs Unlikelyname drinks"), matter=7)

    with pytest.raises(wording.CannotBeWritten) as mistake:
        wording.write(said)

    assert "Unlikelyname" not in str(mistake.value)


@pytest.mark.parametrize("hint", [float, list[str], dict[str, str], object, str | int, bytes])
def test_a_type_that_nobody_has_thought_about_is_refused(hint):
    with pytest.raises(TypeError, match="does not know how to write"):
        shapes.writer(hint)
