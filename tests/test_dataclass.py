"""Our `dataclass` does what the one of the standard library does."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field
from typing import Any

import pytest

from jcm_xl import dataclass as ours
from jcm_xl.model.methodology import Bounds, Change, Source

FORMS: dict[str, dict[str, bool]] = {
    "plain": {},
    "frozen": {"frozen": True},
    "slots": {"slots": True},
    "both": {"frozen": True, "slots": True},
    "itself": {"frozen": True, "eq": False},
}


def made(decorate: Any, **form: bool) -> Any:
    @decorate(**form)
    class Point:
        """A class with all that a field can have."""

        x: int
        y: float = 1.5
        marks: list[str] = field(default_factory=list)
        colour: str = field(default="red", compare=False)
        secret: str = field(default="?", repr=False)

        @property
        def double(self) -> int:
            return 2 * self.x

    return Point


@pytest.fixture(params=FORMS)
def pair(request: pytest.FixtureRequest) -> tuple[Any, Any]:
    form = FORMS[request.param]
    return made(ours.dataclass, **form), made(dataclasses.dataclass, **form)


def test_objects_are_made_shown_and_described_alike(pair: tuple[Any, Any]) -> None:
    def facts(point: Any) -> tuple[object, ...]:
        one, other = point(1), point(2, marks=["a"], secret="s")
        return (
            repr(one), repr(other), other.double, other.secret, one.marks,
            dataclasses.asdict(other), repr(dataclasses.replace(other, x=5)),
            [f.name for f in dataclasses.fields(point)], point.__match_args__,
            point.__name__, point.__doc__, point.__module__, hasattr(one, "__dict__"),
            dataclasses.is_dataclass(point), repr(copy.deepcopy(other)),
        )  # fmt: skip

    mine, theirs = map(facts, pair)
    assert mine == theirs


def test_objects_are_compared_and_hashed_alike(pair: tuple[Any, Any]) -> None:
    def facts(point: Any) -> tuple[object, ...]:
        one, same, other = point(1), point(1, colour="blue"), point(1, 2)
        return one == same, one == other, one == 1, point.__hash__ is None

    mine, theirs = map(facts, pair)
    assert mine == theirs


def test_wrong_arguments_and_changes_are_refused_alike(pair: tuple[Any, Any]) -> None:
    def failures(point: Any) -> list[str]:
        one, found = point(1), []
        for attempt in (
            lambda: point(),
            lambda: point(1, 2, 3, 4, 5, 6),
            lambda: point(1, z=1),
            lambda: setattr(one, "x", 3),
            lambda: delattr(one, "x"),
        ):
            try:
                attempt()
                found.append("")
            except (AttributeError, TypeError) as error:
                found.append(f"{type(error).__name__}: {error}")
        return found

    mine, theirs = map(failures, pair)
    assert mine == theirs


def test_fields_may_be_given_by_name_alone() -> None:
    for decorate in (ours.dataclass, dataclasses.dataclass):
        point = made(decorate, frozen=True, slots=True, kw_only=True)
        assert (point(x=1).y, point.__match_args__) == (1.5, ())
        with pytest.raises(TypeError, match="takes 1 positional argument"):
            point(1)


def test_a_default_is_the_class_s_own_where_it_has_no_slots() -> None:
    for decorate in (ours.dataclass, dataclasses.dataclass):
        point = made(decorate)
        assert (point.y, point.colour, hasattr(point, "marks")) == (1.5, "red", False)


def test_what_a_class_defines_itself_is_kept() -> None:
    @ours.dataclass(frozen=True, slots=True)
    class Named:
        name: str

        def __repr__(self) -> str:
            return self.name

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 1

    one = Named("n")
    assert (repr(one), one == 5, hash(one)) == ("n", True, 1)


def test_fields_are_inherited_and_work_goes_on_after_them() -> None:
    @ours.dataclass
    class First:
        x: int
        seen: list[int] = field(default_factory=list)

        def __post_init__(self) -> None:
            self.seen.append(self.x)

    @ours.dataclass
    class Second(First):
        y: int = 2

    second = Second(1, y=3)
    assert second == Second(1, [1][:0], 3)
    assert repr(second).endswith("Second(x=1, seen=[1], y=3)")
    assert dataclasses.replace(second, y=4).y == 4
    assert [f.name for f in dataclasses.fields(Second)] == ["x", "seen", "y"]


def test_frozen_values_of_the_model_travel_and_match() -> None:
    change = Change("1.0", "first", None)
    assert pickle.loads(pickle.dumps(change)) == change
    assert {change: 1}[copy.copy(change)] == 1
    match Source("t"):
        case Source(title):
            assert title == "t"
    with pytest.raises(FrozenInstanceError):
        Bounds().above = 1  # type: ignore[misc, assignment]
