"""Filling a form of a page again: the right one, every kind of box, and nothing else of the page touched."""

from hypothesis import given
from hypothesis import strategies as st

from manyhands.workspace.form_filling import filled

PAGE = """<!DOCTYPE html><html><!-- kept --><head><script src="/a.js"></script></head><body>
<form method="get" action="/search"><input name="words" value="untouched"></form>
<details><summary>More</summary>
<form method="post" action="/send"><input type="hidden" name="kind" value="a"><textarea name="words">
old</textarea></form></details>
<form method="post" action="/send"><input type="hidden" name="kind" value="b"><textarea name="words">
old &amp; dusty</textarea><input name="day" value="1" disabled>
<input type="checkbox" name="who" value="x" checked><input type="checkbox" name="who" value="y">
<input type="radio" name="one" value="1"><input type="radio" name="one" value="2" checked>
<select name="role"><option value="">Choose</option>
<option value="r" selected>R</option><option value="s">S</option></select>
<input type="password" name="secret" value=""></form>
<p>caf&eacute; &#233;</p></body></html>"""


def test_without_anything_typed_the_page_is_as_it_was() -> None:
    assert filled(PAGE, "/page", "/elsewhere", []) == (PAGE, [])


def test_of_two_forms_it_is_the_one_with_the_same_hidden_in_it() -> None:
    first, _ = filled(PAGE, "/page", "/send", [("kind", "a"), ("words", "new")])
    second, _ = filled(PAGE, "/page", "/send", [("kind", "b"), ("words", "new")])

    assert first.index("new</textarea>") < first.index("old &amp; dusty")
    assert second.index("old</textarea>") < second.index("new</textarea>")


def test_a_form_that_is_folded_away_is_opened() -> None:
    first, _ = filled(PAGE, "/page", "/send", [("kind", "a"), ("words", "new")])
    second, _ = filled(PAGE, "/page", "/send", [("kind", "b"), ("words", "new")])

    assert "<details open>" in first
    assert "<details>" in second


def test_every_kind_of_box_is_filled() -> None:
    typed = [("kind", "b"), ("words", "<new>"), ("day", '"3"'), ("who", "y"), ("one", "1"), ("role", "s")]

    page, left = filled(PAGE, "/page", "/send", typed)

    assert "\n&lt;new&gt;</textarea>" in page
    assert 'value="&quot;3&quot;"' in page
    assert '<input type="checkbox" name="who" value="x"><input type="checkbox" name="who" value="y" checked>' in page
    assert '<input type="radio" name="one" value="1" checked><input type="radio" name="one" value="2">' in page
    assert '<option value="r">R</option><option value="s" selected>S</option>' in page
    assert left == []
    assert page.endswith("<p>caf&eacute; &#233;</p></body></html>")


def test_a_password_is_never_filled() -> None:
    page, _ = filled(PAGE, "/page", "/send", [("kind", "b"), ("secret", "s3cret")])

    assert "s3cret" not in page


def test_a_form_that_names_no_address_sends_to_its_own_page() -> None:
    page, left = filled('<form method="post"><textarea name="a"></textarea></form>', "/page", "/page", [("a", "b")])

    assert page == '<form method="post"><textarea name="a">\nb</textarea></form>'
    assert left == []


def test_what_there_is_no_box_for_is_left() -> None:
    assert filled(PAGE, "/page", "/send", [("kind", "b"), ("gone", "words"), ("blank", " ")])[1] == [("gone", "words")]
    assert filled(PAGE, "/page", "/gone", [("words", "x")])[1] == [("words", "x")]


@given(st.text())
def test_whatever_was_typed_stays_text(words: str) -> None:
    page, _ = filled('<form method="post"><textarea name="a"></textarea><i></i></form>', "/", "/", [("a", words)])

    inside = page.removeprefix('<form method="post"><textarea name="a">\n').removesuffix("</textarea><i></i></form>")
    assert "<" not in inside
    assert '"' not in inside
