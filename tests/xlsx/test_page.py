"""How small a sheet is printed."""

from jcm_xl.xlsx.page import USUAL_PAGE, PageReader, PrintedPage

A4 = {"paperSize": "9", "orientation": "landscape"}
MARGINS = dict.fromkeys(("left", "right", "top", "bottom"), "0.5")


def read(fits: bool, **said: str) -> PrintedPage:
    reader = PageReader()
    reader.setup({**A4, **said})
    reader.margins(MARGINS)
    reader.properties({"fitToPage": "1"} if fits else {})
    return reader.page()


def test_nothing_said_is_the_usual_page() -> None:
    assert PageReader().page() is USUAL_PAGE
    assert USUAL_PAGE.printed_at(5_000, 5_000) == 100


def test_a_fitted_page_has_the_room_between_the_margins() -> None:
    page = read(True, fitToHeight="0")
    assert (page.width, page.height, page.fit) == (770, 523, (1, 0))
    assert page.printed_at(1_540, 90_000) == 50
    assert page.printed_at(300, 300) == 100
    assert read(True, fitToWidth="2", fitToHeight="1").printed_at(1_540, 5_230) == 10


def test_a_scale_counts_where_nothing_is_fitted() -> None:
    assert read(False, scale="25").printed_at(9_000, 9_000) == 25
    assert read(False, scale="what").printed_at(9_000, 9_000) == 100
