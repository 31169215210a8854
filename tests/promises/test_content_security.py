"""What a page may run and fetch: our own files, and nothing else."""

import base64
import hashlib
import re
from pathlib import Path

from django.conf import settings
from nhsuk_frontend_jinja import __file__ as nhsuk

from tests.promises.tracked import texts

OUR_TEMPLATES = list(texts("manyhands/workspace/templates/*"))
INLINE = {
    "a style inside a page": r"\bstyle\s*=|<style\b",
    "a script inside a page": r"<script\b(?![^>]*\bsrc=)",
    "a script in an attribute": r"\bon[a-z]+\s*=\s*[\"']|\bhx-on\b|\bjs:",
    "something from another site": r"\b(src|action|formaction)=[\"']https?://|<link\b[^>]*\bhref=[\"']https?://",
}


def test_the_one_script_inside_a_page_is_allowed_by_its_digest() -> None:
    template = (Path(nhsuk).parent / "templates" / "nhsuk" / "template.jinja").read_text()
    scripts = re.findall(r"<script\b[^>]*>(.*?)</script>", template, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]

    assert [f"'sha256-{digest}'" for digest in digests] == [settings.INLINE_SCRIPT]


def test_the_policy_allows_our_own_files_and_nothing_else() -> None:
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    allowed = {source for sources in policy.values() for source in sources}
    assert allowed == {"'self'", "'none'", settings.INLINE_SCRIPT}
    for directive in ("object-src", "base-uri", "frame-ancestors"):
        assert policy[directive] == ["'none'"]
    for directive in ("default-src", "form-action", "style-src"):
        assert policy[directive] == ["'self'"]


def test_no_template_has_what_the_policy_refuses() -> None:
    found = [
        f"{name}: {what}: {match.group(0)}"
        for name, text in OUR_TEMPLATES
        for what, pattern in INLINE.items()
        for match in re.finditer(pattern, re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL))
    ]

    assert found == []


def test_no_template_marks_anything_as_safe() -> None:
    """Everything that people wrote is escaped, with no way round it."""
    assert [name for name, text in OUR_TEMPLATES if re.search(r"\|\s*safe\b|autoescape false", text)] == []
