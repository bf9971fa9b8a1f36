"""What texts are taken to mean as days, in the orders and words of many countries."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcm_xl.places import templates
from jcm_xl.text.day_readings import (
    Calendar,
    common_day,
    dates_meant,
    days_meant,
    folded,
    may_mean,
)
from jcm_xl.text.toml import read_template

DAY = date(2017, 12, 31)
SINGLE = (
    "31/Dec/201 7", "31 December 2017", "Dec 31, 2017", "December 31st, 2017",
    "31-Dec-17", "2017/12/31", "31.12.2017", "12/31/2017", "20171231",
    "2017年12月31日", "２０１７－１２－３１", "2017년 12월 31일", "2017/12/31 0:00",
    "2017-12-31T00:00:00", "31/12/2017 12:00 AM", "43100", "43100.0",
    "31-dic-2017", "31 de diciembre de 2017", "31 Desember 2017", "31 décembre 2017",
    "31 tháng 12 năm 2017", "ngày 31 tháng 12, 2017", "31 tháng mười hai 2017",
    "2017 оны 12 сарын 31", "2017 оны 12-р сарын 31-ний өдөр",
    "2017 оны арванхоёрдугаар сарын 31", "31 декабря 2017 г.", "31 грудня 2017",
    "31 ديسمبر 2017", "31\u200b/12/2017", "31‐12‐2017",
)  # fmt: skip


@pytest.mark.parametrize("text", SINGLE)
def test_one_day_is_read(text: str) -> None:
    assert [reading.days for reading in days_meant(text)] == [(DAY,)]


@pytest.mark.parametrize(
    "text",
    ["31/12/2560", "2560-12-31", "31 ธ.ค. 2560", "31 ธันวาคม พ.ศ. 2560", "31 ธ.ค. 60",
     "25601231"],
)  # fmt: skip
def test_a_year_of_the_buddhist_calendar_is_543_ahead(text: str) -> None:
    (reading,) = days_meant(text)
    assert (reading.days, reading.calendar) == ((DAY,), Calendar.BUDDHIST)
    assert not reading.is_plain


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和5年12月31日", date(2023, 12, 31)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("R5.12.31", date(2023, 12, 31)),
        ("㋿5年12月31日", date(2023, 12, 31)),
        ("平成29年12月31日", DAY),
        ("H29/12/31", DAY),
    ],
)
def test_a_year_of_a_japanese_era(text: str, day: date) -> None:
    (reading,) = days_meant(text)
    assert (reading.days, reading.calendar) == ((day,), Calendar.JAPANESE)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("02/03/2017", ["2017-03-02", "2017-02-03"]),
        ("31.12.23", ["2023-12-31", "2031-12-23"]),
        ("23/12/31", ["2031-12-23", "2023-12-31"]),
        ("5/5/2017", ["2017-05-05"]),
    ],
)
def test_every_order_that_gives_a_day_is_named(text: str, days: list[str]) -> None:
    (reading,) = days_meant(text)
    assert [day.isoformat() for day in reading.days] == days


@pytest.mark.parametrize(
    "text",
    ["1/Jan/2017-31/Dec/2017", "01 Jan 2017 to 31 Dec 2017", "2017-01-01 - 2017-12-31",
     "1/1/2017-31/12/2017", "1/1/2560-31/12/2560", "2017年1月1日～2017年12月31日"],
)  # fmt: skip
def test_both_days_of_a_period(text: str) -> None:
    assert dates_meant(text) == (date(2017, 1, 1), DAY)
    assert may_mean(text, (date(2017, 1, 1), DAY))


@pytest.mark.parametrize(
    "text",
    ["31/Feb/2017", "31/Xyz/2017", "ongoing", "2017", "", "Q4", "end of 2017", "12345",
     "1.2.3.4", "99999", "32/13/2017"],
)  # fmt: skip
def test_what_names_no_day(text: str) -> None:
    assert days_meant(text) == ()


def test_a_period_may_be_meant_in_either_order() -> None:
    days = (date(2017, 2, 1), date(2017, 4, 3))
    assert may_mean("01/02/2017-03/04/2017", days)
    assert may_mean("02/01/2017-04/03/2017", days)
    assert not may_mean("02/01/2018-04/03/2018", days)
    assert not may_mean("1/2/2017", days)


def test_no_name_stands_for_two_months() -> None:
    months: dict[str, set[int]] = {}
    for language, names in read_template(templates() / "months.toml").items():
        assert len(names) == 12, language
        for number, several in enumerate(names, 1):
            for name in several.split("/"):
                months.setdefault("".join(folded(name).split()), set()).add(number)
    assert {name: found for name, found in months.items() if len(found) > 1} == {}


def test_every_name_of_a_month_is_read() -> None:
    for names in read_template(templates() / "months.toml").values():
        for number, several in enumerate(names, 1):
            for name in several.split("/"):
                assert dates_meant(f"28 {name} 2023") == (date(2023, number, 28),), name


def test_a_day_of_a_buddhist_year() -> None:
    assert common_day(date(2566, 12, 31)) == date(2023, 12, 31)
    assert common_day(date(2023, 12, 31)) is None


@given(st.text())
def test_reading_never_fails(text: str) -> None:
    for reading in days_meant(text):
        assert 1 <= len(reading.days) <= 3


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_of_these_years_is_read_back(day: date) -> None:
    for text in (
        day.isoformat(),
        f"{day:%d %B %Y}",
        f"{day.year}年{day.month}月{day.day}日",
    ):
        assert dates_meant(text) == (day,)
    assert day in days_meant(f"{day:%d/%m/%Y}")[0].days
    assert dates_meant(f"{day.day}/{day.month:02}/{day.year + 543}")[0].year == day.year
