"""
What a browser is told where real people use the site: what it may keep, whom it may trust, and how it gets here. Asked
of a process with the site's own settings, behind a proxy that speaks https.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ASK = """
import json, django
django.setup()
from django.core.management import call_command
from django.test import Client
from manyhands.people.models import Person
call_command("migrate", verbosity=0, interactive=False)
call_command("collectstatic", verbosity=0, interactive=False)
Person.objects.open("carol", "carol@example.org", "Carol Jones", "correct horse battery staple")
browser, https = Client(), {"X-Forwarded-Proto": "https", "Host": "localhost"}
page = browser.get("/sign-in", headers=https)
typed = {"email": "carol@example.org", "password": "correct horse battery staple"}
sent = browser.post("/sign-in", typed, headers=https)
cookies = {name: dict(each.items()) for name, each in browser.cookies.items()}
plain = Client().get("/sign-in", headers={"Host": "localhost"})
told = {"cookies": cookies, "headers": dict(page.headers), "signed_in": sent.status_code}
print(json.dumps(told | {"by_http": [plain.status_code, plain.headers.get("Location")]}))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("home")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MANYHANDS_")}
    ours = {
        "DJANGO_SETTINGS_MODULE": "manyhands.site.settings",
        "MANYHANDS_HOME": str(home),
        "MANYHANDS_BEHIND_PROXY": "1",
    }
    asked = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=Path(__file__).parent.parent.parent, env=clean | ours, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    return json.loads(asked.stdout.splitlines()[-1])


def test_cookies_are_of_this_host_alone_by_https_alone_and_out_of_reach_of_scripts(told: dict[str, Any]) -> None:
    assert told["signed_in"] == 302
    assert set(told["cookies"]) == {"__Host-manyhands_session", "__Host-manyhands_csrf"}
    for cookie in told["cookies"].values():
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]


def test_a_browser_comes_by_https_only_for_a_year(told: dict[str, Any]) -> None:
    said = told["headers"]["Strict-Transport-Security"]
    assert int(said.partition("max-age=")[2].split(";")[0]) >= 31_536_000
    assert told["by_http"] == [301, "https://localhost/sign-in"]


def test_a_page_trusts_its_own_files_only_and_is_shown_inside_no_other(told: dict[str, Any]) -> None:
    policy = dict(each.strip().partition(" ")[::2] for each in told["headers"]["Content-Security-Policy"].split(";"))
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["default-src"] == policy["form-action"] == "'self'"
    assert told["headers"]["X-Content-Type-Options"] == "nosniff"
    assert told["headers"]["Referrer-Policy"] == "same-origin"
