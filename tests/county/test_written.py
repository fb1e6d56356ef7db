"""Figures as people write them: whatever is read is the number that stands there, and no other."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebalance.county import written
from rebalance.county.columns import Exact, Flag, Number, Year
from rebalance.county.dates import date_shown, is_date, is_percentage

FULL = str.maketrans("0123456789.,+-", "０１２３４５６７８９．，＋－")
COUNTS = st.integers(0, 10**9)


@given(COUNTS, st.sampled_from(["{}", "{:,}", "{}人", " {} ", "+{}", "{}.0", "{:,}名"]), st.booleans())
def test_a_count_is_itself_however_it_is_written(count: int, form: str, wide: bool) -> None:  # noqa: FBT001
    text = form.format(count)
    assert Number().read(text.translate(FULL) if wide else text) == count


@given(st.decimals(0, 10**9, places=4), st.integers(-6, 6))
def test_scientific_form_is_written_out_exactly(number: Decimal, power: int) -> None:
    assert Exact().read(f"{number:f}E{power:+03}") == number.scaleb(power)


@given(st.decimals(0, 10**6, places=3))
def test_a_percentage_is_a_hundredth_or_counts_hundredths(number: Decimal) -> None:
    assert Exact().read(f"{number:f}%") == number / 100
    assert Exact(hundredths=True).read(f"{number:f}%") == number


@given(st.integers(0, 10**7))
def test_the_noise_of_a_binary_number_goes_but_no_digit_typed(hundredths: int) -> None:
    value = hundredths / 100
    noisy = f"{Decimal(value):.17g}"
    assert Number(places=2).read(noisy if "e" not in noisy else f"{value}") == hundredths


@pytest.mark.parametrize("text", ["10.1234567890123456789", "10.1255", "10.125"])
def test_digits_that_somebody_typed_are_not_rounded_away(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        Number(places=2).read(text)


@given(
    st.integers(1949, 2200),
    st.sampled_from(["{}", "{}年", "{}年度", "{} 年", "{}-01-01", "{}/3/2", "{}年12月", "{}.3.2"]),
)
def test_a_year_is_read_out_of_what_is_written(year: int, form: str) -> None:
    assert Year().read(form.format(year)) == year


@given(
    st.integers(1949, 2190), st.integers(1, 9), st.sampled_from(["{}-{}", "{}—{}", "{}年至{}年", "{}~{}", "{}年－{}年"])
)
def test_a_run_of_years_is_every_year_in_it(first: int, more: int, form: str) -> None:
    assert written.years(form.format(first, first + more)) == tuple(map(str, range(first, first + more + 1)))


@pytest.mark.parametrize("text", ["2026-28", "26年", "2026.5", "2028-2026", "2026-2026"])
def test_what_may_be_no_run_of_years_stays_as_it_is(text: str) -> None:
    assert len(written.years(text)) == 1
    with pytest.raises(ValueError, match=r"[0-9]"):
        Year().read(*written.years(text))


@pytest.mark.parametrize(
    ("text", "said"), [("√", True), ("✓", True), ("有", True), ("是", True), ("×", False), ("否", False)]
)
def test_ticks_are_yes_and_crosses_no(text: str, said: bool) -> None:  # noqa: FBT001
    assert Flag().read(text) is said


@given(st.text(max_size=12))
def test_a_text_is_a_number_or_stays_what_it_is(text: str) -> None:
    said = written.number(text)
    assert said == text or written.PLAIN.fullmatch(said)


@pytest.mark.parametrize(
    ("days", "form", "shown"),
    [
        ("46083", "yyyy-mm-dd", "2026-03-02"),
        ("46083", 'yyyy"年"m"月"d"日"', "2026年3月2日"),
        ("46083", "yyyy/m/d;@", "2026/3/2"),
        ("46083", "[$-804]yyyy\\-mm", "2026-03"),
        ("46083", "d-mmm-yy", "2-Mar-26"),
        ("46083.5", "yyyy-mm-dd hh:mm", "2026-03-02 12:00"),
        ("46083", "yyyy-mm-dd h:mm:ss", "2026-03-02"),
        ("0.5", "h:mm", "12:00"),
        ("-5", "yyyy", "-5"),
        ("99999999999", "yyyy", "99999999999"),
    ],
)
def test_a_date_is_shown_as_its_cell_says(days: str, form: str, shown: str) -> None:
    assert date_shown(Decimal(days), form) == shown


def test_a_workbook_may_count_its_days_from_1904() -> None:
    assert date_shown(Decimal(44621), "yyyy-mm-dd", since_1904=True) == "2026-03-02"


@pytest.mark.parametrize(
    ("form", "date", "percentage"), [("0.00%", False, True), ("yyyy", True, False), ('0"d%"', False, False)]
)
def test_a_form_shows_a_date_a_percentage_or_neither(form: str, date: bool, percentage: bool) -> None:  # noqa: FBT001
    assert (is_date(form), is_percentage(form)) == (date, percentage)
