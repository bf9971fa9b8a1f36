"""What is remembered of small texts is what would be made of them anew."""

from __future__ import annotations

import pytest

from jcm_xl.text.known import PART, PARTS, forget, known_part


class _Counted:
    """A function that counts its calls, and refuses what begins with a cross."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, data: bytes, more: str = "") -> tuple[bytes, str]:
        self.calls += 1
        if data[:1] == b"x":
            raise LookupError
        return data, more


def test_the_same_bytes_are_looked_at_once_for_each_purpose() -> None:
    count = _Counted()
    made = known_part(count)
    assert made(b"a") is made(bytes(bytearray(b"a")))
    assert (made(b"a", "b"), made(b"b", "b")) == ((b"a", "b"), (b"b", "b"))
    assert count.calls == 3


def test_a_refusal_is_never_kept() -> None:
    count = _Counted()
    made = known_part(count)
    for _ in range(2):
        with pytest.raises(LookupError):
            made(b"x")
    assert count.calls == 2


def test_large_parts_and_those_long_gone_are_looked_at_anew() -> None:
    count = _Counted()
    made = known_part(count)
    for _ in range(2):
        made(b"a" * (PART + 1))
    assert count.calls == 2
    for _ in range(2):
        for number in range(PARTS + 1):
            made(b"%d" % number)
    assert count.calls == 2 + 2 * (PARTS + 1)


def test_everything_can_be_forgotten() -> None:
    count = _Counted()
    made = known_part(count)
    made(b"a")
    forget()
    made(b"a")
    assert count.calls == 2
