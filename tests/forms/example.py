"""A project of which every form is complete: facts, one book, what was typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.forms.folder import FOLDERS, ProjectFolder, open_project
from jcm_xl.forms.load import form_definitions
from jcm_xl.forms.model import FieldValue
from jcm_xl.forms.typed import typed_file, typed_text
from jcm_xl.inputs.example import example_inputs

KNOWN = tuple(code for code, form in form_definitions().items() if form.fields)
"""The forms of which fields are known."""

ONE_NOW = [
    pytest.param(code, marks=() if code == "PDD" else pytest.mark.slow)
    for code in KNOWN
]
"""Every form as a parameter; all but one are left to the long round."""

FACTS = """\
reference          = "TH000"
title              = "Solar power on the roof of a factory"
country            = "TH"
methodologies      = ["TH_AM001@1.0"]
location           = "Rayong"
latitude           = 12.7
longitude          = 101.3
start_of_operation = 2024-04-01
lifetime_years     = 17

[[participant]]
side = "JP"
name = "Example Energy Co."

[[participant]]
side = "TH"
name = "Example Factory Ltd."

[[share]]
holder   = "Japan side"
side     = "JP"
percent  = "50"
residual = true

[[share]]
holder  = "Thai side"
side    = "TH"
percent = "50"
"""
_DAY = date(2026, 1, 15)
_PERSON = {"name": "A. Example", "role": "Team leader"}
_ITEMS = tuple(
    {"item": item, "closed": "yes"}
    for item in form_definitions()["Val_Rep"].field("items").items  # type: ignore[union-attr]
)
_CHECKED = tuple(
    {"item": item, "closed": "yes"}
    for item in form_definitions()["Vrf_Rep"].field("items").items  # type: ignore[union-attr]
)


def _attached(*items: str) -> tuple[dict[str, str], ...]:
    return tuple({"item": item, "attached": "yes"} for item in items)


_REQUEST = {
    "focal_point": "Example Energy Co.",
    "third_party_entity": "Example Certification",
    "submitted": _DAY,
    "no_other_mechanism": "yes",
}
_REPORT = {
    "third_party_entity": "Example Certification",
    "client": "Example Energy Co.",
    "completed": _DAY,
    "team": (_PERSON,),
    "signatory": "B. Example",
}

TYPED: dict[str, dict[str, FieldValue]] = {
    "MoC": {
        "submitted": _DAY,
        "focal_point": "Example Energy Co.",
        "focal_point_is_participant": "yes",
        "focal_mail": "jcm@example.org",
        "signatories": ({"kind": "primary", "title": "Ms", "name": "C. Example"},),
        "contacts": (
            {"participant": "Example Factory Ltd.", "signatory": "D. Example",
             "telephone": "+66 000"},
        ),
        "signed": "yes",
    },
    "PDD": {
        "description": "Modules on the roof of a factory.\nThe power is used there.",
        "contribution": "Modules and inverters.",
        "eligibility": (
            {"methodology": "TH_AM001", "criterion": "EC1", "answer": "A roof."},
            {"methodology": "TH_AM001", "criterion": "EC2", "answer": "Certificates."},
            {"methodology": "TH_AM001", "criterion": "EC3", "answer": "One meter."},
        ),
        "environment": "no",
        "consultation": "A meeting on 1 June 2023.",
        "comments": (
            {"stakeholder": "Neighbour", "comment": "Glare?", "action": "None seen."},
        ),
        "history": ({"version": "1.0", "date": _DAY},),
    },
    "Val_Rep": {
        **_REPORT,
        "opinion": "positive",
        "items": _ITEMS,
        "findings": ({"item": "Project description", "conclusion": "It is right."},),
        "requests": (
            {"number": "CAR-01", "kind": "CAR", "text": "Name the inverters.",
             "status": "closed"},
            {"number": "FAR-01", "kind": "FAR", "text": "Look at the meter.",
             "status": "open"},
        ),
    },
    "Vrf_Rep": {
        **_REPORT,
        "report_date": _DAY,
        "assurance": "reasonable",
        "opinion": "unqualified",
        "items": _CHECKED,
        "monitored": (
            {"parameter": "EG_i,p", "unit_row": "1", "verified": Decimal(1200),
             "how": "Invoices"},
        ),
        "by_year": ({"year": Decimal(2023), "verified": Decimal(381)},),
    },
    "Crd_Allc": {"agreed": _DAY},
    "Reg_Req": {
        **_REQUEST,
        "attachments": _attached(
            "Validated project design document", "Monitoring plan and structure sheets",
            "Modalities of communication statement", "Validation report",
        ),
    },
    "Iss_Req": {
        **_REQUEST,
        "accounts": (
            {"holder": "Japan side", "registry": "JCM registry", "account": "JP-1"},
        ),
        "attachments": _attached("Monitoring report sheets", "Verification report"),
    },
}  # fmt: skip


def example_project(folder: Path, facts: str = FACTS) -> ProjectFolder:
    """Make the folder, with one book and what was typed into every form."""
    for name in FOLDERS:
        (folder / name).mkdir(parents=True)
    (folder / "project.toml").write_text(facts, encoding="utf-8")
    m = api.load("TH_AM001@1.0")
    book = api.fill(m, example_inputs(m))
    (folder / "books" / "report.xlsx").write_bytes(book)
    for code, values in TYPED.items():
        form = form_definitions()[code]
        typed_file(folder, form).write_text(typed_text(form, values), encoding="utf-8")
    return open_project(folder)
