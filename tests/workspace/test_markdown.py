"""Papers as they are shown: what people write in Markdown, and nothing that runs, hides or leads astray."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.workspace.markdown import ATTRIBUTES, TAGS, rendered

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "![x](https://example.org/pixel.png)",
    "<a href='javascript:x'>a</a>",
    '<https://example.org/"onmouseover=alert(1)>',
    '[a](https://example.org/"onmouseover="alert(1))',
    "<svg/onload=alert(1)>",
    "<iframe src=//example.org>",
    "```html\n<script>alert(1)</script>\n```",
    "&lt;script&gt;",
    "[a][b]\n\n[b]: javascript:alert(1) 'x'",
    "<style>*{display:none}</style>",
    "<!-- --><script>x</script>",
]
TAG = re.compile(r"<(/?)([a-zA-Z0-9]+)((?:\s+[a-z-]+=\"[^\"<>]*\")*)\s*/?>")
ATTRIBUTE = re.compile(r"([a-z-]+)=\"([^\"<>]*)\"")


def harmless(html: str) -> None:
    """Every tag and attribute is one of those let through, links lead to the web, and no other < is left."""
    assert "<" not in TAG.sub("", html)
    for _, tag, attributes in TAG.findall(html):
        assert tag in TAGS
        for name, value in ATTRIBUTE.findall(attributes):
            assert name in ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
            if name == "href":
                assert re.match(r"(https?://|mailto:)", value, re.IGNORECASE)


def test_no_level_of_headings_is_left_out_however_a_paper_was_written():
    shown = rendered("## Straight to the second\n\n#### and down\n\n# and up\n\n###### and down again")

    assert [each.level for each in shown.headings] == [2, 3, 2, 3]
    assert [tag for _, tag, _ in TAG.findall(shown.html) if tag[0] == "h"] == [
        "h2",
        "h2",
        "h3",
        "h3",
        "h2",
        "h2",
        "h3",
        "h3",
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_runs_comes_through(text):
    harmless(str(rendered(text).html))


@given(
    st.lists(st.sampled_from([*HOSTILE, "a", " ", "\n", "*", "|", "# ", "- ", "`", "[", "]", "(", ")", "<", ">", "\\"]))
)
def test_nothing_that_runs_comes_through_however_it_is_put_together(parts):
    harmless(str(rendered("".join(parts)).html))


@given(st.text(max_size=400))
def test_any_text_is_shown(text):
    harmless(str(rendered(text).html))


def test_the_first_headings_of_a_paper_stand_below_the_title_of_the_page_and_are_listed():
    shown = rendered("# One `x`\n\n## Two\n\n### Three\n\n#### Four\n\nSet\n===")

    assert [(each.level, each.text) for each in shown.headings] == [
        (2, "One x"), (3, "Two"), (4, "Three"), (4, "Four"), (2, "Set"),
    ]  # fmt: skip
    assert "<h1" not in shown.html
    assert all(f'id="{each.id}"' in shown.html for each in shown.headings)


def test_lists_tables_links_and_quotations_look_like_the_rest_of_the_site():
    html = str(rendered("- a\n\n1. b\n\n| h |\n|---|\n| c |\n\n[d](https://example.org)\n\n> e").html)

    assert '<ul class="nhsuk-list nhsuk-list--bullet">' in html
    assert '<ol class="nhsuk-list nhsuk-list--number">' in html
    assert '<table class="nhsuk-table">' in html
    assert 'scope="col"' in html
    assert 'rel="noopener noreferrer nofollow"' in html
    assert "<blockquote>" in html


@pytest.mark.parametrize(
    "sign", ["[", "*", "`", ">", "- ", "|", "[a](", "<", "*a **a ", "[a]: x\n", "\u202e", "(", "&"]
)
def test_a_paper_of_one_sign_over_and_over_is_shown_too(sign):
    harmless(str(rendered((sign * 60_000)[:60_000]).html))
