"""
Who gets what: a row for every address of the site, a column for every kind of person.

Each row says the method, and what each kind of person gets. Outsiders of a team get 404 from everything in it, as for
a team that does not exist; somebody who has not signed in is asked to. `tests/access/test_who_gets_what.py` reads
this table and fails for an address without a row.
"""

from dataclasses import dataclass

KINDS = ("with-a-role", "without-a-role", "of-another-team", "left", "invited", "nobody-signed-in", "esi")
SIGN_IN = 302
"""Asked to sign in."""


@dataclass(frozen=True)
class Row:
    """What each kind of person gets from one address: statuses in the order of KINDS."""

    name: str
    method: str
    gets: tuple[int, ...]


def inside(name: str, with_a_role: int = 200, without_a_role: int = 200, method: str = "GET") -> Row:
    """A page or button of a team: members only."""
    return Row(name, method, (with_a_role, without_a_role, 404, 404, 404, SIGN_IN, 404))


def pressed(name: str, with_a_role: int, without_a_role: int) -> Row:
    """A button of a team, pressed with nothing filled in."""
    return inside(name, with_a_role, without_a_role, method="POST")


def everybody(name: str, signed_in: int = 200, nobody: int = 200, method: str = "GET") -> Row:
    """An address that is not of any team."""
    return Row(name, method, (signed_in,) * 5 + (nobody, signed_in))


TABLE = (
    # ---- not of any team ----
    everybody("about"),
    everybody("alive"),  # two words for whatever watches over the site, and nothing of anybody
    everybody("ready"),
    everybody("convene", nobody=SIGN_IN),
    everybody("convene", 422, SIGN_IN, method="POST"),
    everybody("my-work", nobody=SIGN_IN),
    everybody("notices", nobody=SIGN_IN),
    everybody("notices", 302, SIGN_IN, method="POST"),
    Row("letter", "GET", (200, 404, 404, 404, 404, SIGN_IN, 404)),  # only for whomever it was sent to
    everybody("stop-notices"),  # by a link that was signed for somebody, and does nothing else
    everybody("stop-notices", method="POST"),
    everybody("broken-glass", nobody=SIGN_IN),  # what they may know of; no patient is named
    everybody("review-glass", 404, SIGN_IN),  # only for privacy officers: tests/workspace/test_breaking_glass.py
    everybody("review-glass", 404, SIGN_IN, method="POST"),
    everybody("reads", nobody=SIGN_IN),  # one's own; anybody's only for privacy officers: tests/workspace/test_reads.py
    everybody("sessions", nobody=SIGN_IN),
    everybody("sessions", 302, SIGN_IN, method="POST"),
    everybody("papers", nobody=SIGN_IN),  # those that they can read; none is no secret
    everybody("papers", nobody=SIGN_IN, method="POST"),
    everybody("sign-in", signed_in=302, nobody=200),
    everybody("sign-out", 302, 302, method="POST"),
    everybody("forgotten"),
    everybody("forgotten", 422, 422, method="POST"),
    everybody("new-password", 404, 404),  # never sent; those that were: tests/workspace/test_forgotten.py
    everybody("bring-in", nobody=SIGN_IN),
    everybody("bring-in", 422, SIGN_IN, method="POST"),
    everybody("come-in", 404, 404),  # never sent; those that were: tests/workspace/test_coming_in.py
    everybody("come-in", 404, 404, method="POST"),
    everybody("partner", 404, 404),  # never sent; those that were: tests/workspace/test_asking_partner.py
    everybody("partner", 404, 404, method="POST"),
    everybody("still-here", nobody=SIGN_IN),
    everybody("still-here", nobody=SIGN_IN, method="POST"),
    everybody("account_login", signed_in=302, nobody=200),  # another name of sign-in
    everybody("mfa_authenticate", 302, 302),  # after the password, before one is in
    everybody("account_reauthenticate", nobody=SIGN_IN),
    everybody("account_reauthenticate", 422, SIGN_IN, method="POST"),
    everybody("mfa_reauthenticate", 302, SIGN_IN),  # these here have no codes
    everybody("our-keys"),
    # Here is no provider of that name; those that are, tests/workspace/test_with_provider.py tries.
    everybody("with-provider", 404, 404),
    everybody("again-with-provider", 404, SIGN_IN),
    everybody("back-from-provider", 404, 404),
    everybody("provider-signed-out", 404, 404, method="POST"),
    everybody("tie-to-provider", 404, SIGN_IN),
    everybody("untie-from-provider", 404, SIGN_IN, method="POST"),
    everybody("mfa_index", nobody=SIGN_IN),
    everybody("change-password", nobody=SIGN_IN),
    everybody("change-password", 422, SIGN_IN, method="POST"),
    everybody("mfa_activate_totp", nobody=SIGN_IN),
    everybody("mfa_activate_totp", 422, SIGN_IN, method="POST"),
    everybody("mfa_add_webauthn", nobody=SIGN_IN),
    everybody("mfa_add_webauthn", 422, SIGN_IN, method="POST"),
    everybody("mfa_remove_webauthn", 404, SIGN_IN),
    everybody("mfa_reauthenticate_webauthn", 302, SIGN_IN),
    everybody("mfa_login_webauthn", 302, 302),  # to signing in; a script is told what to ask the device for
    everybody("mfa_deactivate_totp", 404, SIGN_IN),
    everybody("mfa_view_recovery_codes", 404, SIGN_IN),
    everybody("mfa_generate_recovery_codes", nobody=SIGN_IN),
    everybody("shared-credit", 404, 404),  # nothing is shared there; what is, tests/workspace/test_credit.py tries
    everybody("step-into", 404, 404),  # there only in the demo
    # ---- pages of a team ----
    inside("amend"),
    inside("ask-partner", without_a_role=404),
    inside("ask"),
    inside("belonging"),
    inside("board"),
    inside("break-glass"),
    inside("call-meeting"),
    inside("credit"),
    inside("find-people"),
    inside("group"),
    inside("groups"),
    inside("hand-over"),
    inside("history"),
    inside("leading"),
    inside("matter"),
    inside("meeting"),
    inside("meeting-calendar"),
    inside("meeting-now"),
    inside("meeting-screen"),
    inside("meetings"),
    inside("minutes"),
    inside("minutes-pdf"),
    inside("paper"),  # guests whom it is open to read it too: tests/workspace/test_papers.py
    inside("paper-events"),
    inside("person", without_a_role=404),
    inside("open-poll"),
    inside("poll"),
    inside("answer-poll"),
    inside("close-poll"),
    inside("call-poll-off"),
    inside("polls"),
    inside("proposal"),
    inside("propose"),
    inside("publish"),
    inside("raise"),
    inside("records"),
    inside("remove-words"),
    inside("responsibility"),
    inside("review"),
    inside("revise"),
    inside("change-decision"),
    inside("step-down", 302, 302),  # without a role to step down from
    inside("what-if"),
    inside("who-may-see", 302, 302),  # to the page about the person
    inside("remove-patient", 404, 404),  # only for whoever leads: tests/workspace/test_removing.py
    inside("who-has-seen", 404, 404),  # only for whoever leads: tests/workspace/test_reads.py
    inside("who-has-seen-sheet", 404, 404),
    inside("who-has-seen-fhir", 404, 404),
    # Only somebody invited gets to an invitation; whoever has joined since is led to the team.
    Row("invitation", "GET", (302, 302, 404, 404, 200, SIGN_IN, 404)),
    Row("invitation", "POST", (302, 302, 404, 404, 200, SIGN_IN, 404)),
    # ---- buttons of a team, pressed with nothing filled in: 422 is the form again, with what is in the way ----
    pressed("agree", 422, 422),
    pressed("amend", 422, 422),
    pressed("answer", 422, 422),
    pressed("ask-partner", 422, 404),
    pressed("answer-offer", 422, 404),  # only for whoever offers and whoever receives
    pressed("ask", 422, 422),
    pressed("be-away", 422, 422),
    pressed("break-glass", 422, 422),
    pressed("emergency-note", 404, 404),  # only for whoever has broken it
    pressed("be-moved", 422, 422),
    pressed("call-meeting", 422, 422),
    pressed("come-back", 422, 422),
    pressed("comment", 422, 422),
    pressed("confirm", 422, 422),
    pressed("create-role", 422, 422),
    pressed("credit", 422, 422),
    pressed("fulfil", 404, 404),
    pressed("gather", 422, 422),
    pressed("give-role", 422, 422),
    pressed("include", 422, 422),
    pressed("invite", 422, 422),
    pressed("leave", 422, 302),  # somebody who holds nothing has left
    pressed("matter", 422, 422),
    pressed("meeting", 302, 302),  # no button was named
    pressed("offer", 422, 422),
    pressed("offer-more", 422, 404),
    pressed("offer-role", 422, 422),
    pressed("proceed-without", 422, 422),
    pressed("paper", 422, 422),
    pressed("open-poll", 422, 422),
    pressed("answer-poll", 422, 422),
    pressed("close-poll", 422, 422),
    pressed("call-poll-off", 422, 422),
    pressed("propose", 422, 422),
    pressed("publish", 422, 422),
    pressed("raise", 422, 422),
    pressed("put-right", 422, 422),
    pressed("record-position", 422, 422),
    pressed("release", 422, 422),
    pressed("review", 302, 302),
    pressed("revise", 422, 422),
    pressed("change-decision", 422, 422),
    pressed("remove", 422, 422),
    pressed("remove-words", 422, 422),
    pressed("resolve", 404, 404),
    pressed("responsibility", 302, 302),
    pressed("step-down", 422, 422),
    pressed("take-back", 302, 404),
    pressed("lower-concern", 404, 404),
    pressed("test-concern", 404, 404),
    pressed("what-if-deputise", 422, 422),
    pressed("who-may-see", 404, 404),  # only for whoever leads: tests/workspace/test_who_may_see.py
    pressed("remove-patient", 404, 404),
    pressed("withdraw", 422, 422),
    pressed("withdraw-concern", 404, 404),
)
