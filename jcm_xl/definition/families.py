"""The families of problems the loader refuses a definition for, with their codes.

Each has its page in `jcm_xl/definition/lint/jd1*.py`.
"""

from __future__ import annotations

from enum import StrEnum


class Family(StrEnum):
    """What kind of fault a problem is."""

    FILE = "JD101"
    UNKNOWN_KEY = "JD102"
    MISSING_KEY = "JD103"
    VALUE = "JD104"
    IDENTITY = "JD105"
    NAME = "JD106"
    SOURCE = "JD107"
    SYNTAX = "JD108"
    REFERENCE = "JD109"
    UNIT = "JD110"
    INDEX = "JD111"
    CIRCLE = "JD112"
    UNUSED = "JD113"
    CLASSES = "JD114"
    CHOICE = "JD115"
    EXAMPLE = "JD116"
