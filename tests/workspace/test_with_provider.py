"""Signing in with identity providers, several at once, running beside the tests; and what is not believed of them."""

import os
import time
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from joserfc.jwk import RSAKey

from manyhands.exchange.sign_in.providers import Provider
from manyhands.people.models import Identity, Person
from tests.cast import TEAM
from tests.workspace import identity_providers
from tests.workspace.identity_providers import OUR_KEY, sign_in_there
from tests.workspace.reading import text_of
from tests.workspace.workplace import code_for

BACK = "http://testserver/sign-in/with/{}/back"


@pytest.fixture(scope="module", autouse=True)
def without_https():
    """The providers of the tests are on this machine, where Authlib's server would still ask for https."""
    before = os.environ.get("AUTHLIB_INSECURE_TRANSPORT")
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    yield
    if before is None:
        del os.environ["AUTHLIB_INSECURE_TRANSPORT"]


@pytest.fixture(scope="module")
def council_runs():
    with identity_providers.council() as issuer:
        yield issuer


@pytest.fixture(scope="module")
def cis2_runs():
    with identity_providers.cis2(BACK.format("cis2")) as strict:
        yield strict


@pytest.fixture
def council(story, settings, council_runs, cis2_runs):
    """Both are in use; Carol's account is tied to each. She shows a second factor at CIS2, and at the council's not."""
    cis2_runs.claims, cis2_runs.changed, cis2_runs.signs_with = {"aal": "3", "sid": "at-work"}, {}, cis2_runs.key
    settings.IDENTITY_PROVIDERS = {
        "council": Provider("council", "Wendmoor Council", council_runs, "ours", secret="s3cret"),
        "cis2": Provider(
            "cis2",
            "NHS smartcard",
            cis2_runs.issuer,
            "manyhands",
            private_key=OUR_KEY.as_pem(private=True).decode(),
            signed_with="RS512",
            scopes=("openid", "nhsperson"),
            ask=(("prompt", "login"),),
            second_factor=("aal", ("2", "3")),
        ),
    }
    for issuer, subject in ((council_runs, "carol-at-the-council"), (cis2_runs.issuer, "555")):
        Identity.objects.create(issuer=issuer, subject=subject, person_id="carol", since=story.now)
    return council_runs


@pytest.fixture
def cis2(council, cis2_runs):
    return cis2_runs


def go(client, provider, subject, onward=""):
    """There, and back again."""
    sent = client.get(f"/sign-in/with/{provider}", {"next": onward} if onward else {})
    assert sent.status_code == 302, text_of(sent)
    return client.get(sign_in_there(sent.url, subject))


def asked_of(client, provider):
    return {
        name: values[0]
        for name, values in parse_qs(urlsplit(client.get(f"/sign-in/with/{provider}").url).query).items()
    }


# ---- going in ----------------------------------------------------------------------------------------------------


def test_the_sign_in_page_offers_each_provider(council):
    page = text_of(Client().get("/sign-in"))

    assert "Sign in with Wendmoor Council" in page
    assert "Sign in with NHS smartcard" in page


def test_somebody_whose_second_factor_was_shown_at_the_provider_is_in_at_once_where_they_were_going(cis2):
    client = Client()

    assert go(client, "cis2", "555", f"/teams/{TEAM}/").url == f"/teams/{TEAM}/"

    assert client.get(f"/teams/{TEAM}/").status_code == 200


def test_where_the_provider_does_not_say_so_a_second_factor_is_asked_for_here(council):
    secret = generate_totp_secret()
    client = Client()
    assert go(client, "council", "carol-at-the-council").url == "/"
    assert client.get("/").url == "/your-sign-in"

    TOTP.activate(Person.objects.get(id="carol"), secret)
    other = Client()
    assert go(other, "council", "carol-at-the-council").url == "/sign-in/code"
    assert other.post("/sign-in/code", {"code": code_for(secret)}).url == "/"
    assert other.get("/").status_code == 200


def test_somebody_with_less_than_is_asked_for_at_the_provider_shows_the_rest_here(cis2):
    cis2.claims = {"aal": "1"}
    client = Client()

    go(client, "cis2", "555")

    assert client.get("/").url == "/your-sign-in"


def test_the_provider_is_asked_for_a_code_with_state_nonce_and_a_challenge_and_back_at_its_own_address(cis2):
    client = Client()

    asked, other = asked_of(client, "cis2"), asked_of(client, "council")

    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43
    assert len(asked["state"]) >= 20
    assert len(asked["nonce"]) >= 20
    assert asked["prompt"] == "login"
    assert asked["scope"] == "openid nhsperson"
    assert (asked["redirect_uri"], other["redirect_uri"]) == (BACK.format("cis2"), BACK.format("council"))
    assert asked["state"] != other["state"]


def test_nobody_is_sent_elsewhere_after_coming_back(cis2):
    assert go(Client(), "cis2", "555", "https://elsewhere.example/").url == "/"


def test_our_key_is_published_without_what_is_secret_of_it(cis2):
    published = Client().get("/sign-in/keys").json()["keys"]

    assert [each["kid"] for each in published] == [OUR_KEY.thumbprint()]
    assert published[0]["alg"] == "RS512"
    assert "d" not in published[0]


def test_a_closed_account_does_not_get_in_and_one_closed_since_is_out_at_once(cis2):
    client = Client()
    go(client, "cis2", "555")
    Person.objects.filter(id="carol").update(is_active=False)

    assert client.get("/").status_code == 302
    assert go(Client(), "cis2", "555").status_code == 400


# ---- whose account ------------------------------------------------------------------------------------------------


def test_the_same_e_mail_address_at_a_provider_leads_to_no_account(council):
    client = Client()

    page = go(client, "council", "dev@example.org")  # which is what the provider says is their address, too

    assert page.status_code == 403
    assert "An e-mail address is not enough" in text_of(page)
    assert client.get("/").status_code == 302


def test_the_same_subject_at_another_provider_is_somebody_else(council):
    assert go(Client(), "council", "555").status_code == 403


def test_somebody_signed_in_ties_their_account_and_signs_in_that_way_from_then_on(council, story):
    client = story.as_("dev")
    sent = client.get("/your-sign-in/with/council")
    assert parse_qs(urlsplit(sent.url).query)["prompt"] == ["login"]

    assert client.get(sign_in_there(sent.url, "dev-at-the-council")).url == "/your-sign-in"

    assert "You can sign in with it." in text_of(client.get("/your-sign-in"))
    other = Client()
    go(other, "council", "dev-at-the-council")
    assert other.session["_auth_user_id"] == "dev"


def test_nobody_ties_what_is_tied_to_somebody_else(council, story):
    client = story.as_("dev")
    sent = client.get("/your-sign-in/with/council")

    page = client.get(sign_in_there(sent.url, "carol-at-the-council"))

    assert page.status_code == 409
    assert Identity.objects.get(subject="carol-at-the-council").person_id == "carol"


def test_an_account_is_not_tied_for_somebody_who_is_no_longer_the_one_signed_in(council, story):
    client = story.as_("dev")
    sent = client.get("/your-sign-in/with/council")
    client.logout()

    assert client.get(sign_in_there(sent.url, "dev-at-the-council")).status_code == 400
    assert not Identity.objects.filter(person_id="dev").exists()


def test_an_account_is_tied_only_by_somebody_who_showed_who_they_are_just_now(council, story, monkeypatch):
    client = story.as_("dev")
    later = time.time() + 301
    monkeypatch.setattr("time.time", lambda: later)

    assert client.get("/your-sign-in/with/council").url.startswith("/sign-in/again")
    assert client.post("/your-sign-in/with/council/untie").url.startswith("/sign-in/again")


def test_a_tie_is_undone_unless_it_is_the_only_way_in(council, story):
    client = story.as_("carol")
    assert client.post("/your-sign-in/with/council/untie").url == "/your-sign-in"
    assert Identity.objects.filter(person_id="carol").count() == 1

    carol = Person.objects.get(id="carol")
    carol.set_unusable_password()
    carol.save()
    client = story.as_("carol")
    client.post("/your-sign-in/with/cis2/untie")
    assert "your only way in" in text_of(client.get("/your-sign-in"))
    assert Identity.objects.filter(person_id="carol").count() == 1


def test_to_show_that_it_is_still_them_somebody_goes_to_their_provider_again(cis2, monkeypatch):
    Person.objects.filter(id="carol").update(password="!")
    Identity.objects.filter(subject="carol-at-the-council").delete()
    client = Client()
    go(client, "cis2", "555")
    later = time.time() + 301
    with monkeypatch.context() as five_minutes_on:
        five_minutes_on.setattr("time.time", lambda: later)
        asked = client.get("/your-sign-in/with/council")
    assert asked.url == "/sign-in/with/cis2/again?next=%2Fyour-sign-in%2Fwith%2Fcouncil"

    sent = client.get(asked.url)
    assert parse_qs(urlsplit(sent.url).query)["max_age"] == ["0"]

    assert client.get(sign_in_there(sent.url, "555")).url == "/your-sign-in/with/council"
    sent = client.get(asked.url)
    assert client.get(sign_in_there(sent.url, "556")).status_code == 400


# ---- what is not believed -----------------------------------------------------------------------------------------


def there(client, provider="cis2", subject="555"):
    """The address that somebody is sent back to, which is not followed yet."""
    return sign_in_there(client.get(f"/sign-in/with/{provider}").url, subject)


def refused(client, address):
    page = client.get(address)
    assert page.status_code == 400, page
    assert client.get("/").status_code == 302
    return "did not work" in text_of(page)


def test_an_answer_that_nobody_asked_for_is_not_believed(cis2):
    assert refused(Client(), there(Client()))


def test_an_answer_is_good_once(cis2):
    client = Client()
    address = there(client)
    client.get(address)
    client.logout()

    assert refused(client, address)


def test_an_answer_with_another_state_is_not_believed(cis2):
    client = Client()
    address = there(client)
    state = parse_qs(urlsplit(address).query)["state"][0]

    assert refused(client, address.replace(state, "x" * len(state)))


def test_an_answer_of_one_provider_is_not_taken_at_the_address_of_another(cis2):
    """Mixing them up, each way round (RFC 9207)."""
    client = Client()
    client.get("/sign-in/with/council")

    assert refused(client, there(client).replace("/cis2/", "/council/"))
    assert refused(client, there(client, "council", "carol-at-the-council").replace("/council/", "/cis2/"))


def test_an_answer_that_names_another_provider_or_none_where_it_should_is_not_believed(cis2):
    client = Client()
    address = there(client)
    before, _, _ = address.partition("&iss=")
    assert before != address

    assert refused(client, before)
    assert refused(client, there(client).partition("&iss=")[0] + "&iss=https%3A%2F%2Felsewhere.example")
    assert refused(client, there(client, "council", "carol-at-the-council") + "&iss=https%3A%2F%2Felsewhere.example")


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "another-client"},
        {"aud": ["another-client"]},
        {"iss": "https://elsewhere.example"},
        {"nonce": "another"},
        {"exp": 1},
        {"iat": 4_000_000_000},
        {"sub": None},
        {"sub": ""},
        {"sub": 5},
        {"sub": "x" * 256},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_us_from_them_and_now_is_not_believed(cis2, changed):
    cis2.changed = changed

    client = Client()
    assert refused(client, there(client))


def test_a_token_signed_by_somebody_else_is_not_believed(cis2):
    cis2.signs_with = RSAKey.generate_key(2048, private=True)
    client = Client()

    assert refused(client, there(client))


def test_no_token_is_believed_that_is_unsigned_or_signed_with_what_both_sides_know(cis2, settings):
    from manyhands.exchange.sign_in.asking import client_of

    signed_with = client_of(settings.IDENTITY_PROVIDERS["cis2"]).server_metadata[
        "id_token_signing_alg_values_supported"
    ]

    assert signed_with == ["RS256"]  # it also says "none" and HS256


def test_somebody_who_says_no_at_the_provider_is_told_and_not_in(cis2):
    client = Client()
    state = asked_of(client, "cis2")["state"]

    assert refused(client, f"/sign-in/with/cis2/back?error=access_denied&state={state}&iss={cis2.issuer}")


@pytest.mark.parametrize(
    "odd", ["", "?code=&state=", "?code=\0&state=\0", "?iss=%ff", "?code=a&code=b&state=c&state=d"]
)
def test_whatever_comes_back_is_answered(cis2, odd):
    assert refused(Client(), f"/sign-in/with/cis2/back{odd}")


def test_a_provider_that_does_not_answer_is_said_to_and_the_other_still_works(cis2, settings):
    gone = replace(settings.IDENTITY_PROVIDERS["council"], issuer="http://127.0.0.1:9")
    settings.IDENTITY_PROVIDERS = settings.IDENTITY_PROVIDERS | {"council": gone}

    page = Client().get("/sign-in/with/council")

    assert page.status_code == 503
    assert "does not answer just now" in text_of(page)
    assert go(Client(), "cis2", "555").url == "/"


def test_a_provider_that_publishes_another_issuer_is_not_asked(cis2, settings, council_runs):
    posing = replace(settings.IDENTITY_PROVIDERS["council"], issuer=council_runs + "/")
    settings.IDENTITY_PROVIDERS = settings.IDENTITY_PROVIDERS | {"council": posing}

    assert Client().get("/sign-in/with/council").status_code == 400


# ---- signing out there ---------------------------------------------------------------------------------------------


def says_signed_out(provider, token):
    return Client(enforce_csrf_checks=True).post(f"/sign-in/with/{provider}/signed-out", {"logout_token": token})


def test_who_signs_out_there_is_out_here_at_once_and_nobody_else(cis2, story):
    by_card, by_password, dev = Client(), story.as_("carol"), story.as_("dev")
    go(by_card, "cis2", "555")

    answer = says_signed_out("cis2", cis2.logout_token())

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert by_card.get("/").status_code == 302
    assert by_password.get("/").status_code == dev.get("/").status_code == 200


def test_only_the_session_that_is_named_ends(cis2):
    at_work, at_home = Client(), Client()
    go(at_work, "cis2", "555")
    cis2.claims = {"aal": "3", "sid": "at-home"}
    go(at_home, "cis2", "555")

    assert says_signed_out("cis2", cis2.logout_token(sid="at-work", sub=None)).status_code == 200

    assert at_work.get("/").status_code == 302
    assert at_home.get("/").status_code == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another-client"},
        {"aud": None},
        {"exp": 1},
        {"exp": None},
        {"iat": 1},
        {"iat": 4_000_000_000},
        {"iat": None},
        {"events": None},
        {"events": {"http://schemas.openid.net/event/other": {}}},
        {"nonce": "one"},
        {"sub": None},
        {"sub": 555},
        {"jti": None},
    ],
    ids=str,
)
def test_a_word_of_signing_out_that_does_not_fit_is_not_believed(cis2, changed):
    client = Client()
    go(client, "cis2", "555")

    answer = says_signed_out("cis2", cis2.logout_token(**changed))

    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})
    assert client.get("/").status_code == 200


def test_a_word_of_signing_out_works_once_and_only_signed_by_them(cis2):
    token = cis2.logout_token()
    says_signed_out("cis2", token)
    client = Client()
    go(client, "cis2", "555")

    assert says_signed_out("cis2", token).status_code == 400
    assert says_signed_out("council", cis2.logout_token()).status_code == 400
    by_another = RSAKey.generate_key(2048, private=True)
    cis2.signs_with = by_another
    assert says_signed_out("cis2", cis2.logout_token()).status_code == 400
    for nonsense in ("", "a.b.c", "\0", "e30.e30."):
        assert says_signed_out("cis2", nonsense).status_code == 400
    assert client.get("/").status_code == 200


def test_signing_out_there_is_said_by_sending_and_not_by_opening(cis2):
    assert Client().get("/sign-in/with/cis2/signed-out").status_code == 405
