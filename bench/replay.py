"""What XlsxWriter alone costs: the calls of one `write`, recorded and replayed.

The recording becomes a straight-line function with every value written out, so that
the replay does nothing but call XlsxWriter. It must give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from unittest.mock import patch

import xlsxwriter

_PLAIN = (str, int, float, bool, bytes, type(None))


class Tape:
    """The recorded calls as lines of Python."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.constants: dict[str, object] = {"BytesIO": io.BytesIO}
        self._count = 0

    def new_name(self) -> str:
        self._count += 1
        return f"o{self._count}"

    def source(self, value: object) -> str:
        """Return an expression for an argument as it is at this moment."""
        if isinstance(value, Recorder):
            return value.name_
        if type(value) in _PLAIN and value == value and abs_is_finite(value):
            return repr(value)
        if type(value) is list:
            return f"[{', '.join(map(self.source, value))}]"
        if type(value) is tuple:
            return f"({''.join(f'{self.source(item)}, ' for item in value)})"
        if isinstance(value, Mapping):
            pairs = (f"{self.source(k)}: {self.source(v)}" for k, v in value.items())
            return f"{{{', '.join(pairs)}}}"
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name

    def function(self) -> Callable[[], bytes]:
        """Compile the tape: a function that writes the same book again."""
        body = "\n    ".join(["buffer = BytesIO()", *self.lines])
        names = dict(self.constants)
        exec(f"def replay():\n    {body}\n    return buffer.getvalue()", names)
        replay: Callable[[], bytes] = names["replay"]  # type: ignore[assignment]
        return replay


def abs_is_finite(value: object) -> bool:
    """Tell whether `repr` of the value is an expression for it."""
    return not isinstance(value, float) or abs(value) != float("inf")


class Recorder:
    """Stands for an object of XlsxWriter; passes each call on and notes it."""

    tape_: Tape
    real_: object
    name_: str

    def __init__(self, tape: Tape, real: object, name: str) -> None:
        own = {"tape_": tape, "real_": real, "name_": name}
        self.__dict__.update(own)

    def __setattr__(self, attribute: str, value: object) -> None:
        self.tape_.lines.append(
            f"{self.name_}.{attribute} = {self.tape_.source(value)}"
        )
        setattr(self.real_, attribute, _real(value))

    def __getattr__(self, attribute: str) -> object:
        real = getattr(self.real_, attribute)
        if not callable(real):
            raise AttributeError(f"{attribute} is read, which a replay cannot repeat")

        def call(*arguments: object, **named: object) -> object:
            given = [self.tape_.source(item) for item in arguments]
            given += [f"{key}={self.tape_.source(v)}" for key, v in named.items()]
            line = f"{self.name_}.{attribute}({', '.join(given)})"
            plain = [_real(item) for item in arguments]
            result = real(*plain, **{key: _real(v) for key, v in named.items()})
            if _is_of_xlsxwriter(result):
                name = self.tape_.new_name()
                self.tape_.lines.append(f"{name} = {line}")
                return Recorder(self.tape_, result, name)
            self.tape_.lines.append(line)
            return result

        return call


def _is_of_xlsxwriter(value: object) -> bool:
    """Tell whether it is an object of XlsxWriter, or of a class made from one."""
    return any(c.__module__.startswith("xlsxwriter") for c in type(value).__mro__)


def _real(value: object) -> object:
    if isinstance(value, Recorder):
        return value.real_
    if type(value) is list:
        return [_real(item) for item in value]
    if type(value) is tuple:
        return tuple(_real(item) for item in value)
    if isinstance(value, Mapping):
        return {key: _real(item) for key, item in value.items()}
    return value


@contextmanager
def _recording(tape: Tape) -> Iterator[None]:
    real = xlsxwriter.Workbook

    def workbook(target: io.BytesIO, options: object) -> Recorder:
        name = tape.new_name()
        tape.constants["Workbook"] = real
        tape.lines.append(f"{name} = Workbook(buffer, {tape.source(options)})")
        return Recorder(tape, real(target, options), name)

    with patch.object(xlsxwriter, "Workbook", workbook):
        yield


def replay_of(write: Callable[[], bytes]) -> Callable[[], bytes]:
    """Record one call of `write`; return what repeats its XlsxWriter calls alone.

    Raises `RuntimeError` when the replay does not give the same bytes.
    """
    tape = Tape()
    with _recording(tape):
        expected = write()
    replay = tape.function()
    if not tape.lines or any(replay() != expected for _ in range(2)):
        raise RuntimeError("the recorded XlsxWriter calls do not give the same book")
    return replay
