"""
Addresses of shared pages: not to be guessed, and worth nothing once the page is taken back.

An address names the team and the entry that shared the page, signed with the site's secret. Sharing again is another
entry, and so another address. Where the secret is changed, every address shared before leads nowhere.
"""

from django.core.signing import BadSignature, Signer

from manyhands import who

SALT = "manyhands.shared-credit"


def address_of(team: who.Team, number: int) -> str:
    """What stands in the address for the page that an entry shared."""
    return Signer(salt=SALT, sep="~").sign(f"{number}.{team}")


def shared_by(address: str) -> tuple[who.Team, int] | None:
    """The team and the entry that an address stands for, if this site made it."""
    try:
        number, _, team = Signer(salt=SALT, sep="~").unsign(address).partition(".")
    except BadSignature:
        return None
    return (who.Team(team), int(number)) if number.isdecimal() and team else None
