"""Why a formula is not handed to the second engine, in every language."""

from __future__ import annotations

from typing import Any

from jcm_xl.text.phrase import Phrase

REASONS = {
    "not-installed": "IronCalc is not installed",
    "days-from-1904": "the book counts its days from 1904",
    "failed": "the second engine failed",
    "refused": "the second engine says: {words}",
    "unreadable": "the second engine cannot read it",
    "unknown-name": "the second engine does not know a name in it",
    "reads-itself": "it reads itself",
    "not-there": "the second engine lacks a function of it",
    "spills": "it fills more than one cell",
    "not-calculated": "the second engine cannot calculate it",
    "unknown-error": "it holds an unknown error",
    "array": "it is an array formula",
    "chain": "the chain of formulas behind it is too long",
    "text-too-long": "its text could be longer than a cell holds",
    "too-many-cells": "more than {count:,} cells would be evaluated",
    "too-much-work": "the formulas read too many cells",
    "too-many-texts": "the formulas join too many texts",
    "long": "it is longer than Excel allows",
    "nested": "it is nested deeper than Excel allows",
    "signs": "it holds more than {count} signs",
    "not-closed": "a bracket is not closed",
    "not-opened": "a bracket is closed that was not opened",
    "word": "it uses '{word}', which is not followed here",
    "beside": "two values stand beside each other",
    "range": "it uses a range where one value belongs",
    "area": "it reads {count:,} cells at once",
    "other-book": "it reads another workbook",
    "outside": "'{word}' lies outside of a sheet",
    "not-proved": "the function {function} was not proved in the second engine",
    "at": "{reason} ({place})",
}


def because(key: str, **facts: Any) -> Phrase:
    """Return a reason as it can be said in any language."""
    return Phrase(f"second.{key}", REASONS[key], **facts)
