"""Every address, sent nonsense: never an error of ours, never a script of theirs, never a form lost."""

import os
import re
from dataclasses import dataclass, replace

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from hypothesis import HealthCheck, given, settings

from manyhands.workspace.urls import urlpatterns
from tests.access.test_who_gets_what import ABOUT_A_DECISION, OF_A_MEETING_HELD
from tests.access.who_gets_what import TABLE, Row
from tests.soak.nonsense import KEPT, SCRIPT, Names, Nonsense, boxes_of, nonsense, noting

EXAMPLES = int(os.environ.get("SOAK_EXAMPLES", "6"))
"""Inputs for each address and method; `make soak` asks for more."""

KINDS = ("with-a-role", "nobody-signed-in")


@dataclass(frozen=True)
class Answer:
    status: int
    page: str


def pattern_of(row: Row):
    return next(each for each in urlpatterns if each.name == row.name)


def address(row: Row, parts: dict[str, str]) -> str:
    parts = parts | ({"proposal": "settled"} if row.name in ABOUT_A_DECISION else {})
    parts = parts | ({"meeting": "held"} if row.name in OF_A_MEETING_HELD else {})
    return reverse(row.name, kwargs={part: parts[part] for part in pattern_of(row).pattern.regex.groupindex})


def send(browser: Client, method: str, where: str, sent: Nonsense) -> Answer:
    """Whatever it did is undone, and who is signed in stays so."""
    signed_in = {name: morsel.value for name, morsel in browser.cookies.items()}
    with transaction.atomic():
        answer = browser.generic(method, f"{where}?{sent.query}", **sent.sending(), headers=None, **sent.headers)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    browser.cookies.load(signed_in)
    return Answer(answer.status_code, content.decode(errors="replace"))


def learnt(browser: Client, row: Row, where: str) -> Names:
    """The names that a page reads, found by having it read them."""
    names = Names()
    with noting(names):
        shown = send(browser, "GET", where, PLAIN)
        names.written |= boxes_of(shown.page, where)
        for _ in range(3):
            known = sorted(names.sent | names.written)
            send(browser, row.method, where, replace(PLAIN, typed=[(name, "1") for name in known]))
            if sorted(names.sent | names.written) == known:
                break
    names.sent |= names.written
    return names


PLAIN = Nonsense({}, "", [], None, "application/x-www-form-urlencoded", {})


@pytest.mark.database
@pytest.mark.parametrize("kind", KINDS)
def test_no_nonsense_sent_to_any_address_is_answered_with_an_error_of_ours(
    kind: str,
    browsers: dict[str, Client],
    parts: dict[str, str],
    record_property,
) -> None:
    browser = browsers[kind]
    browser.raise_request_exception = False
    tried: list[int] = []
    wrong: dict[str, str] = {}

    for row in TABLE:
        plain = address(row, parts)
        names = learnt(browser, row, plain)

        @settings(
            max_examples=EXAMPLES, database=None, derandomize=EXAMPLES < 20, deadline=None,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(sent=nonsense(names, list(pattern_of(row).pattern.regex.groupindex)))
        def tried_with(sent: Nonsense) -> None:
            try:
                where = address(row, parts | sent.parts)  # noqa: B023
            except NoReverseMatch:
                return
            answer = send(browser, row.method, where, sent)  # noqa: B023
            tried.append(answer.status)
            status = answer.status
            assert status < 500, f"answered {status}"
            assert SCRIPT not in answer.page, "a script that was sent is in the page"
            assert "Traceback (most recent" not in answer.page

        try:
            tried_with()
        except BaseException as problem:
            wrong[f"{row.method} {row.name}"] = f"{type(problem).__name__}: {problem}"[:600]
            if isinstance(problem, KeyboardInterrupt):
                raise
    inputs = f"{len(tried):,} inputs to {len(TABLE)} addresses"
    record_property("soak", f"nonsense, {kind}: {inputs}, {len(wrong)} of them answered with an error of ours")
    assert not wrong, "\n".join(f"{which}: {what}" for which, what in wrong.items())


@pytest.mark.database
def test_whatever_was_typed_is_there_again_where_a_form_is_refused(
    browsers: dict[str, Client],
    parts: dict[str, str],
    record_property,
) -> None:
    browser = browsers["with-a-role"]
    lost, refused = {}, 0
    for row in TABLE:
        if row.method != "POST" or row.gets[0] not in (422, 200, 302):
            continue
        where = address(row, parts)
        names = learnt(browser, row, where)
        shown = send(browser, "GET", where, PLAIN).page
        writing = [n for n in names.written if re.search(rf'<textarea[^>]*\bname="{re.escape(n)}"', shown)]
        for filled in (writing, writing[:1], writing[1:]):
            typed = [(name, f"{KEPT} {number}") for number, name in enumerate(filled)]
            answer = send(browser, "POST", where, replace(PLAIN, typed=typed))
            if answer.status in (422, 503):
                refused += bool(typed)
                if gone := [name for name, value in typed if value not in answer.page]:
                    lost[row.name] = gone
    record_property("soak", f"forms refused with something written in them: {refused}, none of it lost")
    assert lost == {}
    assert refused > 10
