"""`dataclass` of the standard library, at less cost when a program starts.

That one compiles six functions for each class while a module is imported, a millisecond
or so; a cold `jcm-xl check` meets a hundred classes. Here `__init__` is compiled with
the first object, and everything else is shared code. Type checkers see the original,
and `dataclasses.replace`, `fields` and `asdict`, `match`, `copy` and `pickle` take the
objects.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

_NOT_GIVEN: Any = object()
_OWN_SPACE = ("__dict__", "__weakref__")


def _dataclass(
    undecorated: type | None = None,
    /,
    *,
    frozen: bool = False,
    slots: bool = False,
    eq: bool = True,
    kw_only: bool = False,
) -> Any:
    def decorate(written: type) -> type:
        space, fields = vars(written), _Fields(written)
        names, given = fields.names, fields.given
        made = _slotted(written) if slots else _plain(written, given)
        methods = {
            "__init__": _late_init(made, fields, frozen, kw_only),
            "__match_args__": () if kw_only else names,
            "__dataclass_fields__": fields,
            **_shown(names, given),
            **(_compared(names, given, frozen) if eq else {}),
            **(_FROZEN if frozen else {}),
            **(_kept(names) if frozen and slots else {}),
        }
        for name, value in methods.items():
            if space.get(name) is None:
                setattr(made, name, value)
        return made

    return decorate if undecorated is None else decorate(undecorated)


def _slotted(written: type) -> type:
    """Return the class again: slots can only be given when a class is made."""
    names = tuple(written.__annotations__)
    left_out = (*names, *_OWN_SPACE)
    space = {name: v for name, v in vars(written).items() if name not in left_out}
    space |= {"__slots__": names, "__qualname__": written.__qualname__}
    return type(written)(written.__name__, written.__bases__, space)


def _plain(written: type, given: Mapping[str, Any]) -> type:
    for name, value in given.items():
        if isinstance(value, dataclasses.Field) and name in vars(written):
            delattr(written, name)
            if value.default is not dataclasses.MISSING:
                setattr(written, name, value.default)
    return written


def _late_init(
    made: type, fields: _Fields, frozen: bool, kw_only: bool
) -> Callable[..., None]:
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        init = _compiled_init(made, fields, frozen, kw_only)
        init.__qualname__ = f"{made.__qualname__}.__init__"
        setattr(made, "__init__", init)  # noqa: B010
        init(self, *args, **kwargs)

    return __init__


def _compiled_init(made: type, fields: _Fields, frozen: bool, kw_only: bool) -> Any:
    space: dict[str, Any] = {"_set": object.__setattr__, "_not_given": _NOT_GIVEN}
    heads, lines = ["self", "*"] if kw_only else ["self"], []
    for name in fields.names:
        head = value = name
        if name in fields.given:
            default, make = _default(fields.given[name])
            space |= {f"_default_{name}": default, f"_make_{name}": make}
            head = f"{name}=_default_{name}"
            if make:
                value = f"_make_{name}() if {name} is _not_given else {name}"
        heads.append(head)
        lines.append(
            f"_set(self, '{name}', {value})" if frozen else f"self.{name} = {value}"
        )
    if hasattr(made, "__post_init__"):
        lines.append("self.__post_init__()")
    text = f"def __init__({', '.join(heads)}):\n " + "\n ".join(lines)
    exec(text, space)
    return space["__init__"]


def _default(given: Any) -> tuple[Any, Callable[[], Any] | None]:
    """Return the default of a parameter, or the function that makes it."""
    if not isinstance(given, dataclasses.Field):
        return given, None
    if given.default_factory is dataclasses.MISSING:
        return given.default, None
    return _NOT_GIVEN, given.default_factory


def _shown(names: tuple[str, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    shown = [n for n in names if _says(given.get(n), "repr")]

    def __repr__(self: Any) -> str:
        inner = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{type(self).__qualname__}({inner})"

    return {"__repr__": __repr__}


def _compared(
    names: tuple[str, ...], given: Mapping[str, Any], frozen: bool
) -> dict[str, Any]:
    values = _getter([n for n in names if _says(given.get(n), "compare")])

    def __eq__(self: Any, other: Any) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    def __hash__(self: Any) -> int:
        return hash(values(self))

    return {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}


def _says(given: Any, question: str) -> bool:
    """Tell whether a field is shown (`repr`) or compared."""
    return not isinstance(given, dataclasses.Field) or getattr(given, question)


def _getter(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda of: tuple(getattr(of, name) for name in names)


def _refuse_setting(self: Any, name: str, value: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


_FROZEN = {"__setattr__": _refuse_setting, "__delattr__": _refuse_deleting}


def _kept(names: tuple[str, ...]) -> dict[str, Any]:
    """Return how a frozen object without `__dict__` is pickled and copied."""

    def __getstate__(self: Any) -> list[Any]:
        return [getattr(self, name) for name in names]

    def __setstate__(self: Any, state: list[Any]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return {"__getstate__": __getstate__, "__setstate__": __setstate__}


class _Fields:
    """The fields of a class, those of its bases first.

    As `__dataclass_fields__` they are what the standard library makes of them, once it
    asks.
    """

    def __init__(self, written: type) -> None:
        self._annotations: dict[str, Any] = {}
        self.given: dict[str, Any] = {}
        for base in reversed(written.__mro__[1:]):
            fields = vars(base).get("__dataclass_fields__")
            if isinstance(fields, _Fields):
                self._annotations |= fields._annotations
                self.given |= fields.given
        self._annotations |= written.__annotations__
        own = vars(written)
        self.given |= {name: own[name] for name in self.names if name in own}

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names in the order of the parameters."""
        return tuple(self._annotations)

    @cached_property
    def _described(self) -> Mapping[str, Any]:
        space = {"__annotations__": self._annotations, **self.given}
        space["__doc__"] = "Without one, the library would spell out a signature."
        twin: Any = type("Fields", (), space)
        dataclasses.dataclass(init=False, repr=False, eq=False)(twin)
        return twin.__dataclass_fields__  # type: ignore[no-any-return]

    def __get__(self, _: object, owner: type) -> Mapping[str, Any]:
        return self._described


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = _dataclass
