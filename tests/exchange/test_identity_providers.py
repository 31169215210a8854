"""The file of identity providers: what is read of it, and what is refused, with what to do."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from manyhands.exchange.sign_in.providers import Provider, read

COUNCIL = {"name": '"Wendmoor Council"', "issuer": '"https://login.example"', "client_id": '"us"'}


@pytest.fixture
def written(tmp_path: Path):
    (tmp_path / "secret").write_text("s3cret\n")
    (tmp_path / "key.pem").write_text("a key")

    def written(**says: str) -> Path:
        lines = COUNCIL | {"secret_file": '"secret"'} | says
        file = tmp_path / "providers.toml"
        file.write_text("[council]\n" + "\n".join(f"{name} = {value}" for name, value in lines.items() if value))
        return file

    return written


def test_without_a_file_there_are_none() -> None:
    assert read("") == {}


def test_a_provider_is_read_with_its_secret_from_a_file_beside_it(written) -> None:
    assert read(written()) == {
        "council": Provider("council", "Wendmoor Council", "https://login.example", "us", secret="s3cret")
    }


def test_what_is_secret_is_not_shown_where_a_provider_is_printed(written) -> None:
    assert "s3cret" not in repr(read(written())["council"])


@pytest.mark.parametrize(
    ("claims", "shown"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"amr": "mfa"}, True),
        ({"amr": ["pwd"]}, False),
        ({"amr": None}, False),
        ({}, False),
    ],
)
def test_a_second_factor_counts_as_shown_there_only_where_the_provider_says_so(written, claims, shown) -> None:
    provider = read(written(second_factor='{ claim = "amr", any_of = ["mfa"] }'))["council"]

    assert provider.second_factor_shown(claims) is shown
    assert not read(written())["council"].second_factor_shown(claims)


@pytest.mark.parametrize(
    ("says", "said"),
    [
        ({"issuer": '"http://login.example"'}, "issuer has to begin with https://"),
        ({"issuer": ""}, "issuer is missing"),
        ({"client_id": ""}, "client_id is missing"),
        ({"secret_file": ""}, "needs either secret_file or key_file"),
        ({"key_file": '"key.pem"'}, "needs either secret_file or key_file"),
        ({"secret_file": '"gone"'}, "gone cannot be read"),
        ({"signed_with": '"HS256"'}, "signed_with can be RS256"),
        ({"signed_with": '"none"'}, "signed_with can be RS256"),
        ({"scopes": '["profile"]'}, "scopes need openid"),
        ({"ask": '{ state = "x" }'}, "ask cannot say state"),
        ({"second_factor": '"mfa"'}, "second_factor is written"),
        ({"isuer": '"x"'}, "isuer is not known"),
        ({"name": "no quotes"}, "cannot be read"),
    ],
    ids=str,
)
def test_what_is_missing_unknown_or_unsafe_is_said(written, says: dict[str, str], said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=said):
        read(written(**says))


def test_one_issuer_is_not_in_the_file_twice(written, tmp_path: Path) -> None:
    once = written().read_text()
    (tmp_path / "providers.toml").write_text(once + "\n" + once.replace("[council]", "[again]"))

    with pytest.raises(ImproperlyConfigured, match="in the file twice"):
        read(tmp_path / "providers.toml")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        read(tmp_path / "none.toml")
