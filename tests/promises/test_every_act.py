"""What is promised of every act and every refusal: a rule, a name in the log, a story, a page of reference."""

import ast
import inspect
from typing import get_args

from docs import generate
from manyhands import acts, rules
from manyhands.rules.speaking import WITHOUT_A_ROLE
from tests import cast, histories

REFUSALS_ANYWHERE = {"no-such-team", "not-a-member", "role-needed", "not-your-role", "role-is-for-another-organisation"}
AT_THE_DOOR = {"dated-before-the-last"}  # needs the clock's order, which only the log knows: tests/log/test_record.py


def test_every_act_has_a_name_in_the_log_and_a_rule():
    every = set(get_args(acts.AnyAct))

    assert set(acts.NAMES.values()) == every
    assert set(rules.RULES) == every
    assert len(acts.NAMES) == len(every)


def test_names_in_the_log_are_lower_case_words_with_hyphens():
    assert all(name == name.lower() and name.replace("-", "").isalpha() for name in acts.NAMES)


def test_every_act_and_every_rule_says_what_it_is_in_words():
    for act, rule in rules.RULES.items():
        assert act.__doc__, f"{act.__name__} says nothing of itself"
        assert not act.__doc__.startswith(f"{act.__name__}("), f"{act.__name__} says nothing of itself"
        assert rule.__doc__, f"{rule.__name__} has no policy in its docstring"


def test_every_act_has_a_story():
    untold = [act for act, told in generate.stories_of_acts().items() if not told]

    assert untold == []


def test_every_act_is_drawn_by_the_laws_over_any_history():
    """A new act gets a verb in tests/cast.py and a line in VERBS of tests/histories.py."""
    drawn = set(vars(histories)) & set(vars(cast))
    made_by = {
        node.name: {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
        for node in ast.parse(inspect.getsource(cast)).body
        if isinstance(node, ast.FunctionDef)
    }
    made = set().union(*(made_by.get(name, set()) for name in drawn))

    assert {act.__name__ for act in acts.NAMES.values()} - made == {"Convene"}, "which every history begins with"


def test_every_act_can_be_done_from_a_page():
    pages = "\n".join(path.read_text() for path in (generate.ROOT / "manyhands" / "workspace").rglob("*.py"))

    assert [act.__name__ for act in acts.NAMES.values() if f"acts.{act.__name__}" not in pages] == []


def test_every_refusal_is_given_by_a_rule_and_asserted_in_a_story():
    codes = {made.code for made in generate.refusal_functions().values()}
    given = {code for against in generate.refusals_of_rules().values() for code in against} | REFUSALS_ANYWHERE
    told = "\n".join(path.read_text() for path in generate.STORIES.glob("test_*.py"))

    assert codes - given == AT_THE_DOOR
    assert {code for code in codes if f'"{code}"' not in told} == AT_THE_DOOR


def test_a_refusal_s_code_belongs_to_one_sentence():
    codes = [made.code for made in generate.refusal_functions().values()]

    assert len(codes) == len(set(codes))


def test_acts_that_need_no_role_are_acts():
    assert set(WITHOUT_A_ROLE) <= set(acts.NAMES.values())


def test_the_reference_of_acts_and_refusals_says_what_the_code_says():
    assert generate.out_of_date() == [], "run `make docs`"
