"""
Writes what is generated of docs/: acts and refusals from the docstrings, the rules and the stories; the tables of a
store from their declaration; what Python can ask from the commands; the methods of counting; the safety case from the
hazard log. And the bill of materials, from what is locked.

    python -m docs.generate            write them
    python -m docs.generate --check    say which are out of date, and leave with 1

tests/promises/test_every_act.py runs the check, and holds every act and refusal to its story.
"""

import ast
import dataclasses
import inspect
import re
import sys
from pathlib import Path
from typing import get_type_hints

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from docs import bill_of_materials, methods, safety_case  # noqa: E402
from docs.python_page import python_page  # noqa: E402
from joinedup.records import tables  # noqa: E402
from manyhands import acts, rules  # noqa: E402
from manyhands.rules import refusals  # noqa: E402

STORIES = ROOT / "tests" / "stories"
CAST = ROOT / "tests" / "cast.py"
SECTIONS = re.compile(r"^# ---- (.+?) -+$", re.MULTILINE)


def calls_in(node: ast.AST) -> set[str]:
    """Every name that is used inside a piece of code, plain or after a dot."""
    plain = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return plain | {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}


def acts_of_verbs() -> dict[str, set[str]]:
    """Which acts each verb of the cast stands for."""
    classes = {act.__name__ for act in acts.NAMES.values()}
    functions = [n for n in ast.parse(CAST.read_text()).body if isinstance(n, ast.FunctionDef)]
    return {f.name: calls_in(f) & classes for f in functions}


def stories() -> list[tuple[str, str, ast.FunctionDef]]:
    """Every story: the file it is in, its sentence, and its code."""
    return [
        (path.stem.removeprefix("test_"), node.name.removeprefix("test_").replace("_s_", "’s ").replace("_", " "), node)
        for path in sorted(STORIES.glob("test_*.py"))
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


def stories_of_acts() -> dict[str, list[str]]:
    """The sentences of the stories in which each act is done or refused."""
    verbs = acts_of_verbs()
    told: dict[str, list[str]] = {act.__name__: [] for act in acts.NAMES.values()}
    for _, sentence, code in stories():
        for act in sorted({act for name in calls_in(code) for act in verbs.get(name, ())}):
            told[act].append(sentence)
    return told


def refusal_functions() -> dict[str, refusals.Refusal]:
    """Each function that makes a refusal, with one that it made for the code and sentence."""
    made = {}
    for name, function in inspect.getmembers(refusals, inspect.isfunction):
        if inspect.signature(function).return_annotation is refusals.Refusal:
            made[name] = function(*(_stand_in(p) for p in inspect.signature(function).parameters.values()))
    return made


def _stand_in(parameter: inspect.Parameter) -> object:
    match str(parameter.annotation):
        case text if "date" in text:
            import datetime

            return datetime.date(2026, 3, 14)
        case text if "Iterable" in text:
            return ()
        case text if "int" in text and "str" not in text:
            return 2
        case _:
            return "{" + parameter.name + "}"


def refusals_of_rules() -> dict[str, list[str]]:
    """Which refusals each act's rule can give, followed through the functions that the rule calls."""
    bodies: dict[tuple[str, str], ast.FunctionDef] = {}
    for path in sorted((ROOT / "manyhands" / "rules").glob("*.py")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef):
                bodies[path.stem, node.name] = node
    made = refusal_functions()
    public = {name: module for module, name in bodies if not name.startswith("_")}

    def reached(module: str, name: str, seen: set[tuple[str, str]]) -> set[str]:
        """A name is looked up in its own module first, as Python does."""
        where = module if (module, name) in bodies else public.get(name, "")
        if (where, name) in seen or (where, name) not in bodies or where == "refusals":
            return set()
        seen.add((where, name))
        used = calls_in(bodies[where, name])
        return {n for n in used if n in made} | {code for n in used for code in reached(where, n, seen)}

    return {
        act.__name__: sorted({made[n].code for n in reached(rule.__module__.split(".")[-1], rule.__name__, set())})
        for act, rule in rules.RULES.items()
    }


def sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def paragraph(docstring: str | None) -> str:
    return " ".join(inspect.cleandoc(docstring or "").split())


def acts_page() -> str:
    lines = [
        "# Acts",
        "",
        "Everything that anyone can do. Written from the code and its tests by `make docs`; do not edit.",
        "",
        "Every act also says in which team, by whom, for which organisation, in which role and when.",
        "",
    ]
    told, against = stories_of_acts(), refusals_of_rules()
    source = inspect.getsource(acts)
    headings = [(match.start(), match[1]) for match in SECTIONS.finditer(source)]
    written = ""
    base = {field.name for field in dataclasses.fields(acts.Act)}
    for name, act in acts.NAMES.items():
        at = source.index(f"class {act.__name__}(")
        section = [title for start, title in headings if start < at][-1]
        if section != written:
            lines += [f"## {sentence_case(section)}", ""]
            written = section
        lines += [f"### {act.__name__}", "", f"`{name}` in the log. {paragraph(act.__doc__)}", ""]
        lines += [f"**Allowed when.** {paragraph(rules.RULES[act].__doc__)}", ""]
        hints = get_type_hints(act)
        own = [field.name for field in dataclasses.fields(act) if field.name not in base]
        if own:
            lines += ["| field | holds |", "| --- | --- |"]
            lines += [f"| `{field}` | {_type(hints[field])} |" for field in own]
            lines += [""]
        if against[act.__name__]:
            codes = ", ".join(f"[{code}](refusals.md#{code})" for code in against[act.__name__])
            lines += [f"**Refused for.** {codes}", ""]
        lines += ["**Stories.**", "", *(f"- {sentence_case(story)}" for story in told[act.__name__]), ""]
    return "\n".join(lines).rstrip() + "\n"


def _type(hint: object) -> str:
    text = re.sub(
        r"\b[a-z_]+\.(?=[A-Za-z])", "", str(hint).replace("manyhands.", "").replace("datetime.datetime", "datetime")
    )
    text = re.sub(r"<class '(\w+)'>", r"\1", text).replace(" | None", ", or nothing").replace(", ...", " …")
    return f"`{text}`"


def refusals_page() -> str:
    against = refusals_of_rules()
    lines = [
        "# Refusals",
        "",
        "Every reason for saying no, in the words that people read. Written from the code by `make docs`; do not edit.",
        "",
        "A gap in braces is filled with a name, or with what somebody wrote.",
        "",
    ]
    by_code: dict[str, list[refusals.Refusal]] = {}
    for made in refusal_functions().values():
        by_code.setdefault(made.code, []).append(made)
    for code in sorted(by_code):
        lines += [f"## {code}", ""]
        lines += [f"> {_filled(made)}" for made in by_code[code]]
        given = [f"[{act}](acts.md#{act.lower()})" for act, codes in against.items() if code in codes]
        lines += ["", f"Given against: {', '.join(given)}." if given else "Given against any act.", ""]
    return "\n".join(lines).rstrip() + "\n"


def _filled(made: refusals.Refusal) -> str:
    return made.sentence.replace("{{", "{").replace("}}", "}")


PAGES = {
    "docs/reference/acts.md": acts_page,
    "docs/reference/refusals.md": refusals_page,
    "docs/reference/records.md": tables.reference,
    "docs/reference/python.md": python_page,
    "docs/reference/methods.md": methods.page,
    "docs/safety/safety-case.md": safety_case.page,
    "deploy/sbom.cdx.json": bill_of_materials.page,
}


def out_of_date() -> list[str]:
    return [n for n, page in PAGES.items() if not (ROOT / n).exists() or (ROOT / n).read_text() != page()]


def main() -> int:
    if "--check" in sys.argv:
        stale = out_of_date()
        if stale:
            print(f"Out of date: {', '.join(stale)}. Run `make docs`.")
        return 1 if stale else 0
    for name, page in PAGES.items():
        (ROOT / name).write_text(page())
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
