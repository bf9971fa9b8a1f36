"""A vote of a Joint Committee as a workbook that counts itself by native formulas.

`jcm_xl.engine.decision` is the rule; what the sheet shows is proved against it in
LibreOffice (tests/writing/test_vote_book.py).
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from jcm_xl.engine.decision import Ballot, DecisionState
from jcm_xl.forms.proposal import Proposal

SHEET = "Vote"
FIRST = 12
"""The row of the first voter."""
NAME, SIDE, ROLE, ANSWER, ON, BEFORE = range(6)
"""The columns of a voter, from 0; BEFORE: the day of an objection taken back."""
TODAY_ROW, DISTRIBUTED_ROW, UNTIL_ROW = 4, 2, 3
RESULT_ROW, ADOPTED_ROW = 5, 6
_BY_CHAIRS_ROW, _BY_ALL_ROW, _NEGATIVE_ROW = 7, 8, 9
_VALUE = 1
_HEAD = ("Name", "Side", "Role", "Answer", "Received on",
         "Objected before, on")  # fmt: skip
_WIDTHS = (34, 8, 28, 14, 14, 20)
_CREATED = datetime(2013, 1, 1)
_NOTE = (
    "The rule is that of a draft of 2013: (i) nobody objects within the window and "
    "both co-chairs affirm, or (ii) all members affirm. The sheet counts; people "
    "decide. Change nothing once it is adopted."
)


class Vote(NamedTuple):
    """What stands in the row of a voter."""

    answer: Ballot | None = None
    on: date | None = None
    before: date | None = None


def write_vote_book(proposal: Proposal) -> bytes:
    """Return the bytes of the book for a proposal; nobody has answered yet."""
    return write_votes({SHEET: (proposal, {}, proposal.distributed)})


def write_votes(
    sheets: Mapping[str, tuple[Proposal, Mapping[str, Vote], date]],
) -> bytes:
    """Return a book with a sheet of each proposal, its votes and the day of the count.

    No result is stored: spreadsheet programs calculate them when they open the book.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False,
               "strings_to_numbers": False, "strings_to_urls": False}  # fmt: skip
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": "Vote of a Joint Committee", "created": _CREATED})
    formats = {
        name: book.add_format(facts)
        for name, facts in {
            "bold": {"bold": True}, "plain": {},
            "head": {"bold": True, "bg_color": "#D9E1F2", "border": 1},
            "ours": {"bg_color": "#EDEDED", "border": 1},
            "day": {"bg_color": "#EDEDED", "border": 1, "num_format": "yyyy-mm-dd",
                    "align": "left"},
            "typed": {"bg_color": "#FFF2CC", "border": 1, "locked": False},
            "typed day": {"bg_color": "#FFF2CC", "border": 1, "locked": False,
                          "num_format": "yyyy-mm-dd", "align": "left"},
        }.items()
    }  # fmt: skip
    for name, (proposal, votes, today) in sheets.items():
        _Sheet(book.add_worksheet(name), formats, proposal).write(votes, today)
    book.close()
    return buffer.getvalue()


class _Sheet:
    """Writes one vote."""

    def __init__(
        self, sheet: Any, formats: Mapping[str, Any], proposal: Proposal
    ) -> None:
        self._sheet, self._formats, self._proposal = sheet, formats, proposal

    def write(self, votes: Mapping[str, Vote], today: date) -> None:
        self._head(today)
        self._formulas()
        for column, heading in enumerate(_HEAD):
            self._put(FIRST - 2, column, heading, "head")
            self._sheet.set_column(column, column, _WIDTHS[column])
        for row, voter in enumerate(self._proposal.voters, FIRST - 1):
            role = "co-chair" if voter.is_chair else "member"
            if voter.alternate_of:
                role = f"alternate of {voter.alternate_of}"
            for column, text in ((NAME, voter.name), (SIDE, voter.side), (ROLE, role)):
                self._put(row, column, text, "ours")
            self._answer(row, votes.get(voter.name, Vote()))
        self._sheet.protect("", {"format_columns": True})
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)

    def _put(self, row: int, column: int, text: str, form: str) -> None:
        self._sheet.write_string(row, column, text, self._formats[form])

    def _day(self, row: int, column: int, day: date | None, form: str) -> None:
        if day is None:
            self._sheet.write_blank(row, column, None, self._formats[form])
        else:
            moment = datetime(day.year, day.month, day.day)
            self._sheet.write_datetime(row, column, moment, self._formats[form])

    def _head(self, today: date) -> None:
        proposal = self._proposal
        self._put(0, 0, f"{proposal.id} {proposal.title}", "bold")
        labels = {
            DISTRIBUTED_ROW: "Distributed to all members on",
            UNTIL_ROW: "Last day for an objection", TODAY_ROW: "Counted on",
            RESULT_ROW: "Result", ADOPTED_ROW: "Adopted on",
            _BY_CHAIRS_ROW: "(i) both co-chairs affirm, after the window",
            _BY_ALL_ROW: "(ii) all members affirm",
            _NEGATIVE_ROW: "Objections that count",
        }  # fmt: skip
        for row, label in labels.items():
            self._put(row - 1, 0, label, "bold")
        self._day(DISTRIBUTED_ROW - 1, _VALUE, proposal.distributed, "day")
        self._day(TODAY_ROW - 1, _VALUE, today, "typed day")
        last = FIRST + len(proposal.voters)
        self._put(last, 0, _NOTE, "plain")

    def _answer(self, row: int, vote: Vote) -> None:
        text = str(vote.answer) if vote.answer else ""
        if text:
            self._put(row, ANSWER, text, "typed")
        else:
            self._sheet.write_blank(row, ANSWER, None, self._formats["typed"])
        self._day(row, ON, vote.on, "typed day")
        self._day(row, BEFORE, vote.before, "typed day")
        self._sheet.data_validation(
            row, ANSWER, row, ANSWER,
            {"validate": "list", "source": [str(each) for each in Ballot]},
        )  # fmt: skip
        for column in (ON, BEFORE):
            self._sheet.data_validation(
                row, column, row, column,
                {"validate": "date", "criteria": ">=", "value": date(2013, 1, 1)},
            )  # fmt: skip

    def _formulas(self) -> None:
        for row, formula in vote_formulas(self._proposal).items():
            form = "ours" if row in (RESULT_ROW, _NEGATIVE_ROW) else "day"
            self._sheet.write_formula(
                row - 1, _VALUE, f"={formula}", self._formats[form], ""
            )


def vote_formulas(proposal: Proposal) -> dict[int, str]:
    """Return the formulas of the values at the head by row, without the equals sign."""
    voters = proposal.voters
    last, members = FIRST + len(voters) - 1, FIRST + len(proposal.members) - 1
    distributed, today, until = map(_head, (DISTRIBUTED_ROW, TODAY_ROW, UNTIL_ROW))
    by_chairs, by_all = _head(_BY_CHAIRS_ROW), _head(_BY_ALL_ROW)
    negative = _head(_NEGATIVE_ROW)
    chairs = [_chair(proposal, voter.name) for voter in voters if voter.is_chair]
    stop = f'IF({by_chairs}="",{today},{by_chairs})'
    on, before = _column(ON, last), _column(BEFORE, last)
    is_negative = f'({_column(ANSWER, last)}="{Ballot.NEGATIVE}")'
    affirm = f'({_column(ANSWER, members)}="{Ballot.AFFIRM}")'
    among = _column(ON, members)
    is_by_chairs = (
        f'IF({by_chairs}="",FALSE,AND({by_chairs}<={today},{negative}=0,'
        f'IF({by_all}="",TRUE,{by_chairs}<{by_all})))'
    )
    state = DecisionState
    return {
        UNTIL_ROW: f"{distributed}+{proposal.days}",
        RESULT_ROW: (
            f'IF({is_by_chairs},"{state.ADOPTED_BY_CHAIRS}",IF({by_all}<>"",'
            f'"{state.ADOPTED_BY_ALL}",IF({negative}>0,"{state.OBJECTED}",'
            f'IF({today}<={until},"{state.OPEN}","{state.LAPSED}"))))'
        ),
        ADOPTED_ROW: f"IF({is_by_chairs},{by_chairs},{by_all})",
        _BY_CHAIRS_ROW: (
            f'IF(OR({chairs[0]}="",{chairs[1]}=""),"",'
            f"MAX({until}+1,{chairs[0]},{chairs[1]}))"
        ),
        _BY_ALL_ROW: (
            f"IF(SUMPRODUCT({affirm}*{_within(among)})={len(proposal.members)},"
            f'MAX({among}),"")'
        ),
        _NEGATIVE_ROW: (
            f"SUMPRODUCT({is_negative}*{_within(on)}*({on}<={stop}))+"
            f"SUMPRODUCT({_within(before)}*({before}<={stop}))"
        ),
    }


def _head(row: int) -> str:
    return str(xl_rowcol_to_cell(row - 1, _VALUE, row_abs=True, col_abs=True))


def _column(column: int, last: int) -> str:
    return str(xl_range(FIRST - 1, column, last - 1, column))


def _within(days: str) -> str:
    """Return which of some days lie between distribution and count, as a product."""
    return f"({days}>={_head(DISTRIBUTED_ROW)})*({days}<={_head(TODAY_ROW)})"


def _chair(proposal: Proposal, name: str) -> str:
    """Return the day on which a co-chair, or the alternate, affirmed, or nothing."""
    rows = [
        row
        for row, voter in enumerate(proposal.voters, FIRST)
        if name in (voter.name, voter.alternate_of)
    ]
    days = [xl_rowcol_to_cell(row - 1, ON) for row in rows]
    said = [
        f'AND({xl_rowcol_to_cell(row - 1, ANSWER)}="{Ballot.AFFIRM}",'
        f"{day}>={_head(DISTRIBUTED_ROW)},{day}<={_head(TODAY_ROW)})"
        for row, day in zip(rows, days, strict=True)
    ]
    if len(rows) == 1:
        return f'IF({said[0]},{days[0]},"")'
    both = f"MIN({days[0]},{days[1]})"
    return f'IF({said[0]},IF({said[1]},{both},{days[0]}),IF({said[1]},{days[1]},""))'
