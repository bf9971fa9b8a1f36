"""What is clean is one number: LibreOffice reads it so, loaded and calculated anew."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.fuzz.agree import Meant, differences, disagreement, divided_book
from tests.office.harness import Looked, Office

SOME = 250


@pytest.mark.office
@pytest.mark.slow
def test_a_clean_book_is_read_by_libreoffice_as_by_us(
    office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    codes: Counter[int] = Counter()
    told = []
    for number in range(SOME):
        book = divided_book(1, number)
        path.write_bytes(book.data)
        compared = disagreement(path, office)
        codes[compared.exit_code] += 1
        if compared.differences:
            told.append(f"{book}: {compared.differences[0]}")
    assert told == []
    assert codes[0] >= SOME // 20, "too few are clean: nothing is compared"
    assert codes[1] >= SOME // 5, "too few are read: the changes are too strong"


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (Looked("343", 343.0, 343.0), []),
        (Looked("500", 343.0, 343.0), ["Table 3 in S!A1: 343.0 here, shown as '500'"]),
        (Looked("343", 500.0, 343.0), ["Table 3 in S!A1: 343.0 here, 500.0 there as "
                                       "loaded"]),
        (Looked("343", 343.0, "#N/A"), ["Table 3 in S!A1: 343.0 here, '#N/A' there as "
                                        "calculated"]),
        (None, ["Table 3 in S!A1: there is no such sheet"]),
    ],
)  # fmt: skip
def test_another_number_is_told(seen: Looked | None, told: list[str]) -> None:
    assert list(differences(Meant("Table 3", "S", "A1", 343.0, True), seen)) == told
