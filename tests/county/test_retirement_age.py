"""The statutory age of retirement: examples of the official table, its edges, and the law's own words."""

from __future__ import annotations

import pytest

from rebalance.county.retirement_age import RISES, START, Month, Staff

MEN, CADRES, WORKERS = Staff.MEN, Staff.CADRES, Staff.WORKERS


def born(text: str) -> Month:
    year, month = map(int, text.split("-"))
    return Month(year, month)


@pytest.mark.parametrize(
    ("staff", "birth", "months", "retires"),
    [
        (MEN, "1964-12", 0, "2024-12"),  # sixty before the law came into force
        (MEN, "1965-01", 1, "2025-02"),  # the table's first line: 60 years and 1 month
        (MEN, "1965-04", 1, "2025-05"),
        (MEN, "1965-05", 2, "2025-07"),
        (MEN, "1966-12", 6, "2027-06"),
        (MEN, "1970-01", 16, "2031-05"),
        (MEN, "1976-08", 35, "2039-07"),
        (MEN, "1976-09", 36, "2039-09"),  # the first of whom 63 years are asked
        (MEN, "1990-06", 36, "2053-06"),
        (CADRES, "1969-12", 0, "2024-12"),
        (CADRES, "1970-01", 1, "2025-02"),
        (CADRES, "1971-04", 4, "2026-08"),
        (CADRES, "1972-06", 8, "2028-02"),
        (CADRES, "1981-08", 35, "2039-07"),
        (CADRES, "1981-09", 36, "2039-09"),
        (CADRES, "1990-06", 36, "2048-06"),
        (WORKERS, "1974-12", 0, "2024-12"),
        (WORKERS, "1975-01", 1, "2025-02"),
        (WORKERS, "1975-02", 1, "2025-03"),
        (WORKERS, "1975-03", 2, "2025-05"),
        (WORKERS, "1976-03", 8, "2026-11"),
        (WORKERS, "1984-10", 59, "2039-09"),
        (WORKERS, "1984-11", 60, "2039-11"),  # the first of whom 55 years are asked
        (WORKERS, "1990-06", 60, "2045-06"),
    ],
)
def test_it_is_that_of_the_official_table(staff: Staff, birth: str, months: int, retires: str) -> None:
    rise = RISES[staff]
    assert rise.raised(born(birth)) == months
    assert str(rise.retires(born(birth))) == retires


@pytest.mark.parametrize(("staff", "last"), [(MEN, 63), (CADRES, 58), (WORKERS, 55)])
def test_written_out_month_by_month_it_rises_by_one_and_ends_where_the_law_says(staff: Staff, last: int) -> None:
    """The table counted off by hand: one month more for every so many, and no more in the end; over fifteen years."""
    rise = RISES[staff]
    every = 2 if staff is WORKERS else 4
    expected = [months for months in range(1, (last - rise.years) * 12 + 1) for _again in range(every)]
    first = START.after(-rise.years * 12)
    assert [rise.raised(first.after(passed)) for passed in range(len(expected))] == expected
    assert rise.raised(first.after(len(expected) + 500)) == (last - rise.years) * 12
    assert len(expected) <= 12 * 12  # whoever is born then reaches the new age some three years later
    assert rise.retires(first.after(len(expected) - 1)) < Month(2040, 1)


def test_no_one_who_is_younger_retires_earlier() -> None:
    for rise in RISES.values():
        months = [rise.retires(Month(1950, 1).after(passed)) for passed in range(12 * 60)]
        assert months == sorted(months)


def test_there_is_no_thirteenth_month() -> None:
    with pytest.raises(ValueError, match="13"):
        Month(1965, 13)
