"""Asking a role to take something on; or asking another role, where the first declined."""

from dataclasses import dataclass, field

from django.http import Http404, HttpResponse
from django.urls import path, reverse

from manyhands import acts, who
from manyhands.access import Action, Seen
from manyhands.log.read import brought_forward
from manyhands.pictures import who_holds_what
from manyhands.rules.days import day_of
from manyhands.rules.refusals import Refusal
from manyhands.workspace.actions import press
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking, in_a_team, new_identifier
from manyhands.workspace.drafts import no_such_days, too_long
from manyhands.workspace.reasons import by_field
from manyhands.workspace.showing import show
from manyhands.workspace.speaking import button, role_choices
from manyhands.workspace.typed import boxes_typed, day_typed, identifier_typed, words_typed

Errors = dict[str, list[str]]


GET_TO_KNOW = "Get to know this person, whom only one of us knows"
KNOWN = "A contact with them in the record of care"
"""What the form begins with where What if … left? finds somebody whom nobody else here knows."""


@dataclass(frozen=True)
class AskDraft:
    """The form as it stands. `again` is the responsibility that was declined, where one is asked anew."""

    what: str = ""
    role: str = ""
    deputy_role: str = ""
    check: dict[str, str] = field(default_factory=dict)
    known_by: str = ""
    group: str = ""
    patient: str = ""
    again: str = ""


@in_a_team
def ask(asking: Asking) -> HttpResponse:
    """Ask a role to take something on."""
    typed = asking.request.POST
    if asking.request.method != "POST":
        return _form(asking, _begun(asking))
    draft = AskDraft(
        what=typed.get("what", ""),
        role=identifier_typed(typed, "role"),
        deputy_role=identifier_typed(typed, "deputy"),
        check=boxes_typed(typed, "check"),
        known_by=typed.get("known", ""),
        group=identifier_typed(typed, "group"),
        patient=identifier_typed(typed, "patient"),
        again=identifier_typed(typed, "again"),
    )
    _known(asking, draft)
    first_check_on = day_typed(typed, "check")
    errors = no_such_days(typed, {"check": "The first check"}) | too_long(typed)
    if first_check_on is None and not errors:
        errors = {"check": ["Choose a day for the first check."]}
    errors |= {name: ["Choose a role."] for name in ("role", "deputy") if not typed.get(name)}
    if errors or first_check_on is None:
        again = _form(asking, draft, errors)
        again.status_code = 422
        return again
    act = acts.Ask(
        **asking.speaking(),
        responsibility=who.Responsibility(draft.again or new_identifier()),
        what=acts.Words(words_typed(typed, "what")),
        role=who.Role(draft.role),
        deputy_role=who.Role(draft.deputy_role),
        first_check_on=first_check_on,
        known_by=acts.Words(words_typed(typed, "known")),
        group=who.Group(draft.group) if draft.group else None,
        patient=who.Patient(draft.patient) if draft.patient else None,
    )
    return press(
        asking,
        act,
        said="Asked. It is on the role’s My work, to accept or decline.",
        then=reverse("responsibility", kwargs={"team": asking.team, "responsibility": act.responsibility}),
        otherwise=lambda reasons: _form(asking, draft, by_field(asking, act, reasons, _field_of)),
    )


def _field_of(refusal: Refusal) -> str:
    """The box that a reason against asking is about."""
    written = {"what is asked": "what", "how it will be known to be done": "known"}
    boxes = {"same-role-twice": "deputy", "check-in-the-past": "check"}
    return written.get(dict(refusal.words).get("what", ""), "") or boxes.get(refusal.code, "")


def _begun(asking: Asking) -> AskDraft:
    """The form to begin with: empty, or as it was asked before, or about a group or a patient."""
    typed = asking.request.GET
    draft = AskDraft(
        what=GET_TO_KNOW if typed.get("to") == "know" else "",
        role=identifier_typed(typed, "role"),
        deputy_role=identifier_typed(typed, "deputy"),
        known_by=KNOWN if typed.get("to") == "know" else "",
        group=typed.get("group", ""),
        patient=typed.get("patient", ""),
        again=typed.get("again", ""),
    )
    _known(asking, draft)
    if not draft.again:
        return draft
    stands = asking.standing.responsibilities[who.Responsibility(draft.again)]
    story = brought_forward(asking.team, who_holds_what.fold).responsibilities[stands.responsibility]
    return AskDraft(
        what=story.what,
        deputy_role=stands.deputy_role,
        known_by=story.known_by,
        group=stands.group or "",
        patient=stands.patient or "",
        again=draft.again,
    )


def _known(asking: Asking, draft: AskDraft) -> None:
    """Nothing is asked about a group, a patient or a responsibility that this team does not know."""
    standing = asking.standing
    if draft.group and draft.group not in standing.groups:
        raise Http404
    if draft.patient and not any(draft.patient in group.patients for group in standing.groups.values()):
        raise Http404
    if draft.again and draft.again not in standing.responsibilities:
        raise Http404


def _seen(asking: Asking, patient: str) -> Seen | None:
    """The person whom it is about, to whoever may see them."""
    if not patient:
        return None
    return asking.sees(patient, "ask", Action.CONTRIBUTE)


def _form(asking: Asking, draft: AskDraft, errors: Errors | None = None) -> HttpResponse:
    groups = [(str(group.group), group.called or "A group") for group in asking.standing.groups.values()]
    roles = list(asking.standing.roles)
    named = who.Responsibility(draft.again or "(something to be asked)")
    speaking = button(
        asking,
        lambda fields: acts.Ask(
            **fields,
            responsibility=named,
            what=TO_BE_WRITTEN,
            role=roles[0],
            deputy_role=roles[-1] if len(roles) > 1 else who.Role(""),
            first_check_on=day_of(asking.now),
            known_by=TO_BE_WRITTEN,
        ),
    )
    return show(
        asking,
        "new_responsibility.html",
        current="board",
        errors=errors or {},
        draft=draft,
        about=_seen(asking, draft.patient),
        role_choices=role_choices(asking),
        group_choices=[("", "No group"), *groups],
        two_roles=len(roles) > 1,
        speaking=speaking,
    )


urlpatterns = [path("teams/<str:team>/responsibilities/new", ask, name="ask")]
