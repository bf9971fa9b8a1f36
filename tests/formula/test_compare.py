"""Formulas are compared by meaning."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.formula.tokenizer import Token, Tokenizer

from jcm_xl.formula.compare import canonical, is_one_round_down, same_formula
from jcm_xl.formula.parse import NotParsed, printed
from tests.support import example_book

SAME = [
    ("SUM(--(A1:A3=B1))", "SUM(-(-(A1:A3=B1)))"),
    ("SUM(A1:A3)", "sum( $A$1:$A$3 )"),
    ("'MPS(input)'!E8*2", "'MPS(input)'!$E$8 * 2.0"),
    ("Sheet1!A1", "'Sheet1'!A1"),
    ("'MPS(input)'!E8", "'mps(input)'!e8"),
    ("IF(A1,TRUE,FALSE)", "IF(A1,TRUE(),FALSE())"),
    ("_xlfn.CONCAT(A1,B1)", "CONCAT(A1,B1)"),
    ("_xlfn._xlws.SORT(A1:A3)", "SORT(A1:A3)"),
    ("A1/1000", "A1/1E3"),
    ("A1*.5", "A1*0.50"),
    ('IF(A1=0,"",B1)', 'IF( A1 = 0 , "" , B1 )'),
    ("(A1*B1)+C1", "A1*B1+C1"),
    ("((A1))", "A1"),
    ("A1-B1-C1", "((A1-B1)-C1)"),
    ("2^3^2", "(2^3)^2"),
    ("-2^2", "(-2)^2"),
    ("A1&B1=C1", "(A1&B1)=C1"),
    ("A1=B1=C1", "(A1=B1)=C1"),
    ("5%^2", "(5%)^2"),
    ("SUM((A1:A3))", "SUM(A1:A3)"),
    ("+A1", "A1"),
    ("A:A", "$A:$A"),
    ("SUM(1:3)", "SUM($1:$3)"),
    ("A1:B2  B2:C3", "(A1:B2 B2:C3)"),
    ("_xlfn.SINGLE(A1:A3)", "@A1:A3"),
    ("_xlfn.ANCHORARRAY(A1)", "A1#"),
    ("{1,2;-3,TRUE}", "{ 1 , 2 ; -3 , true }"),
    ("Table1[[#All],[a]]", "Table1[[#All], [a]]"),
    ("A1\n+B1", "A1+B1"),
    ("A1:B2 (B2:C3)", "A1:B2 B2:C3"),
    ("A1 #REF!", "(A1 #REF!)"),
    ("(" * 40 + "A1" + ")" * 40, "A1"),
    ("+".join(["(A1)", "SUM((A1))"] * 50), "+".join(["A1", "SUM(A1)"] * 50)),
]
OTHER = [
    ("A1+B1", "A1-B1"),
    ("A1+B1", "B1+A1"),
    ("SUM(A1:A3)", "SUM(A1:A2)"),
    ("A1*(B1+C1)", "A1*B1+C1"),
    ("A1-(B1-C1)", "A1-B1-C1"),
    ("A1+(B1+C1)", "A1+B1+C1"),
    ("2^(3^2)", "2^3^2"),
    ("-(2^2)", "-2^2"),
    ("ROUNDDOWN(A1,0)", "ROUND(A1,0)"),
    ('IF(A1="Option B",1,2)', 'IF(A1="option b",1,2)'),
    ('"a b"', '"ab"'),
    ("'MPS(input)'!E8", "'MRS(input)'!E8"),
    ("A1/1000", "A1/100"),
    ("A1:B2 B2:C3", "A1:B2B2:C3"),
    ("A1:B2 B2:C3", "A1:B2:B2:C3"),
    ("A1%", "A1"),
    ("A1%%", "A1%"),
    ("-A1", "A1"),
    ("--A1", "A1"),
    ("SUM(+A1)", "SUM(A1)"),
    ("SUM((A1,B1))", "SUM(A1,B1)"),
    ("SUM(A1,,B1)", "SUM(A1,B1)"),
    ("SUM(A1,)", "SUM(A1)"),
    ("@A1:A3", "A1:A3"),
    ("A1#", "A1"),
    ("TRUE", '"TRUE"'),
    ("{1,2}", "{1;2}"),
    ("#REF!", "#N/A"),
    ("[1]S!A1", "S!A1"),
    ("S1:S2!A1", "S1!A1"),
    ("Table1[a]", "Table1[b]"),
    ("A1+", "A1"),
    ("(A1", "A1"),
    ("'open!A1", "open!A1"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_what_programs_rewrite_is_forgiven(first: str, second: str) -> None:
    assert same_formula(first, second)


@pytest.mark.parametrize(("first", "second"), OTHER)
def test_what_changes_the_meaning_is_not(first: str, second: str) -> None:
    assert not same_formula(first, second)


@pytest.mark.parametrize(
    ("formula", "tree"),
    [
        ("-A1^2*3+4&B1=5%", "((((((-A1)^2.0)*3.0)+4.0)&B1)=5.0%)"),
        ("IF(A1>=0,(A1,B1 C1:D2),)", "IF((A1>=0.0),UNION(A1,(B1 C1:D2)),)"),
        ("'It''s'!a$1-S!#REF!", "('IT''S'!A1-'S'!#REF!)"),
        ("2*-3%^-A1", "(2.0*((-3.0)%^(-A1)))"),
        ("1-2+3*4/5", "((1.0-2.0)+((3.0*4.0)/5.0))"),
    ],
)
def test_a_tree_is_printed_with_all_parentheses(formula: str, tree: str) -> None:
    assert printed(formula) == tree
    assert printed(tree.replace("UNION", "")) == tree


@pytest.mark.parametrize(
    "formula",
    ["", "(", "A1)", "SUM(", "1+", "*1", '"a', "{1,2", "{A1:B2}", "Table1[a]", "A1 1",
     "'S'! A1", "(" * 41 + "1" + ")" * 41,
     "(A1)+SUM(A1)+" + "(" * 41 + "1" + ")" * 41, "A1 (", "a;b", "'S'!SUM(1)", "A1!",
     "1E999", "$17", "2*1$", "3D"],
)  # fmt: skip
def test_what_is_no_formula_is_compared_word_by_word(formula: str) -> None:
    with pytest.raises(NotParsed):
        printed(formula)
    assert same_formula(f"{formula}+ A1", f" {formula}  + A1")
    assert not same_formula(formula + "+A1", formula + "+A2")


def test_a_long_formula_is_parsed_quickly_and_a_deep_one_does_no_harm() -> None:
    long = "+".join(["A1"] * 20_000)
    assert not same_formula(long, long + "+A1")
    for deep in (
        "(" * 9_000,
        "-" * 9_000 + "1",
        "1" + "%" * 9_000,
        "IF(1=1&1+1*1^(" * 99,
    ):
        assert not same_formula(deep, "1")


@pytest.mark.parametrize(
    ("formula", "is_one"),
    [("ROUNDDOWN(E15,0)", True), ("rounddown('MRS(calc_process)'!$G$11, 0)", True),
     ("ROUNDDOWN(E15,1)", False), ("ROUNDDOWN(E15-E16,0)", False),
     ("ROUNDDOWN(E15:E16,0)", False), ("ROUNDDOWN(SUM(E15),0)", False),
     ("ROUNDDOWN(E15,0)+1", False)],
)  # fmt: skip
def test_one_round_down(formula: str, is_one: bool) -> None:
    assert is_one_round_down(formula) is is_one


# -- laws --------------------------------------------------------------------------

OPERATORS = ("=", "<>", "<", ">=", "&", "+", "-", "*", "/", "^")


@dataclass(frozen=True)
class Tree:
    """A formula as a tree, which knows how to print itself in many spellings."""

    sign: str
    parts: tuple[Tree, ...] = ()

    def spelled(self, chance: random.Random) -> str:
        """Print with blanks, parentheses, `$`, capitals as chance will have it."""
        text = self._spelled(chance)
        return f"({text})" if chance.random() < 0.2 else text

    def _spelled(self, chance: random.Random) -> str:
        gap = " " * chance.choice((0, 0, 1))
        if not self.parts:
            return _spelled_leaf(self.sign, chance)
        inner = [part.spelled(chance) for part in self.parts]
        if self.sign in ("-", "%") and len(inner) == 1:
            return f"-({inner[0]})" if self.sign == "-" else f"({inner[0]}){gap}%"
        if self.sign in OPERATORS:
            return f"({inner[0]}){gap}{self.sign}{gap}({inner[1]})"
        name = self.sign.lower() if chance.random() < 0.3 else self.sign
        return f"{name}({gap}{f',{gap}'.join(inner)})"

    def tight(self) -> str:
        """Print with no more parentheses than Excel's precedence asks for."""
        return _tight(self, 0)


def _spelled_leaf(leaf: str, chance: random.Random) -> str:
    if leaf.startswith('"'):
        return leaf
    if re.fullmatch(r"[\d.]+", leaf):
        return chance.choice((leaf, f"{float(leaf):.6f}", f"{float(leaf):.9E}"))
    leaf = leaf.lower() if chance.random() < 0.3 else leaf
    return (
        re.sub(r"\b([A-Za-z])(\d)", r"$\1$\2", leaf) if chance.random() < 0.3 else leaf
    )


LEVELS = {sign: n for n, group in enumerate(("= <> < >=", "&", "+ -", "* /", "^"))
          for sign in group.split()}  # fmt: skip


def _tight(tree: Tree, level: int) -> str:
    if not tree.parts:
        return tree.sign
    if len(tree.parts) == 1 and tree.sign in "-%":
        inner = tree.parts[0]
        is_leaf = not inner.parts or inner.sign.isalpha()
        text = _tight(inner, 0) if is_leaf else f"({_tight(inner, 0)})"
        return f"-{text}" if tree.sign == "-" else f"{text}%"
    if tree.sign in LEVELS:
        own = LEVELS[tree.sign]
        first, second = _tight(tree.parts[0], own), _tight(tree.parts[1], own + 1)
        text = f"{first}{tree.sign}{second}"
        return f"({text})" if own < level else text
    return f"{tree.sign}({','.join(_tight(part, 0) for part in tree.parts)})"


LEAVES = st.sampled_from(
    ["A1", "B7", "AA10", "C1:C9", "1", "0.5", "1000", '"a ""b"""', "'MPS(input)'!E8",
     "TRUE", "rate", "#N/A", "S!B2:B3"]
)  # fmt: skip
TREES = st.recursive(
    LEAVES.map(Tree),
    lambda inner: st.one_of(
        st.builds(lambda s, a, b: Tree(s, (a, b)), st.sampled_from(OPERATORS), inner,
                  inner),
        st.builds(lambda s, a: Tree(s, (a,)), st.sampled_from(("-", "%")), inner),
        st.builds(lambda s, a: Tree(s, tuple(a)),
                  st.sampled_from(("SUM", "IF", "ROUNDDOWN")),
                  st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(TREES, st.randoms(use_true_random=False))
def test_the_spelling_of_a_tree_does_not_matter(
    tree: Tree, chance: random.Random
) -> None:
    assert not canonical(tree.tight()).startswith("\0")
    assert same_formula(tree.tight(), tree.spelled(chance))


@settings(max_examples=150, deadline=None)
@given(TREES, TREES, st.randoms(use_true_random=False))
def test_two_trees_are_never_taken_for_one(
    first: Tree, second: Tree, chance: random.Random
) -> None:
    is_same = same_formula(first.spelled(chance), second.tight())
    assert is_same == (first == second)


def _mutated(tree: Tree, chance: random.Random) -> Tree:
    """Change one operator, name or leaf."""
    at = chance.randrange(len(tree.parts) + 1)
    if at < len(tree.parts):
        parts = list(tree.parts)
        parts[at] = _mutated(parts[at], chance)
        return Tree(tree.sign, tuple(parts))
    if not tree.parts:
        return Tree("Z99" if tree.sign != "Z99" else "Z98")
    if tree.sign in OPERATORS and len(tree.parts) == 2:
        return Tree(chance.choice([o for o in OPERATORS if o != tree.sign]), tree.parts)
    return Tree("SUM" if tree.sign != "SUM" else "MAX", tree.parts)


@settings(max_examples=150, deadline=None)
@given(TREES, st.randoms(use_true_random=False))
def test_one_change_anywhere_is_seen(tree: Tree, chance: random.Random) -> None:
    assert not same_formula(tree.tight(), _mutated(tree, chance).spelled(chance))


@pytest.mark.parametrize("key", ["ID_AM002@2.0", "EX_AM902", "PH_AM004@1.0"])
def test_every_formula_of_ours_is_a_tree_and_openpyxl_reads_the_same(key: str) -> None:
    plan, _ = example_book(key, monthly=True)
    formulas = {slot.formula for slot in plan.slots.values() if slot.formula}
    assert formulas
    for formula in formulas:
        tree = printed(formula)
        tokens = Tokenizer(f"={formula}").items
        assert same_formula(formula, "".join(_loose(token) for token in tokens))
        theirs = sorted(_operand(t.value) for t in tokens if t.type == Token.OPERAND)
        ours = sorted(
            _operand(t.value)
            for t in Tokenizer(f"={tree}").items
            if t.type == Token.OPERAND
        )
        assert ours == theirs
        numbers = [t.value for t in tokens if t.subtype == Token.NUMBER]
        # Excel and LibreOffice save no more digits; then the formula would be another.
        assert [n for n in numbers if float(f"{float(n):.15g}") != float(n)] == []


def _loose(token: Token) -> str:
    """Spell a token of openpyxl with blanks around it where Excel allows them."""
    is_free = token.type in (Token.OP_IN, Token.SEP) or token.value == ")"
    return f" {token.value} " if is_free else token.value.swapcase() if (
        token.subtype == Token.RANGE
    ) else token.value  # fmt: skip


def _operand(text: str) -> str:
    if text.startswith('"'):
        return text
    try:
        return repr(float(text))
    except ValueError:
        return canonical(text)
