"""The statutory age of retirement, which rises month by month since January 2025, by the month of birth.

    raised by = 0                                       who reaches the age of before 2025 in an earlier month
    raised by = min(most, passed // every + 1)          `passed`: months from January 2025 to the one in which
                                                        the age of before is reached

Men: from 60 to 63 years, a month for every four. Women who retired at 55: to 58, a month for every four. Women who
retired at 50: to 55, a month for every two. Whoever may leave some years earlier or later by agreement (up to three) is
not known from a month of birth: the statutory month is what counts here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

SOURCE = (
    "全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定（2024年9月13日通过，2025年1月1日起施行）"
    "及《国务院关于渐进式延迟法定退休年龄的办法》"
)
"""Where the ages come from."""

YEAR = 12
"""Months."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a calendar year, from 1 to 12."""

    year: int
    month: int

    def __post_init__(self) -> None:
        """See that there is such a month.

        Raises:
            ValueError: there is none.
        """
        if not 1 <= self.month <= YEAR:
            raise ValueError(self.month)

    def __str__(self) -> str:
        """Year and month, such as 2025-02."""
        return f"{self.year}-{self.month:02}"

    def after(self, months: int) -> Month:
        """The month so many months later."""
        year, month = divmod(self.year * YEAR + self.month - 1 + months, YEAR)
        return Month(year, month + 1)

    def since(self, other: Month) -> int:
        """How many months later than the other it is."""
        return (self.year - other.year) * YEAR + self.month - other.month


START = Month(2025, 1)
"""Whoever reaches the age of before in this month is the first whose age is raised."""


class Staff(StrEnum):
    """Whose age it is: men; women who retired at 55 (cadres, managers, professionals); women who retired at 50."""

    MEN = "men"
    CADRES = "cadres"
    WORKERS = "workers"


@dataclass(frozen=True, slots=True)
class Rise:
    """How an age rises: from `years` by at most `most` months, one for `every` so many months from `start` on."""

    years: int
    most: int
    every: int
    start: Month = START

    def raised(self, born: Month) -> int:
        """By how many months the age of people born in a month is raised."""
        passed = born.after(self.years * YEAR).since(self.start)
        return 0 if passed < 0 else min(self.most, passed // self.every + 1)

    def retires(self, born: Month) -> Month:
        """The month in which people born in a month reach their age."""
        return born.after(self.years * YEAR + self.raised(born))


RISES: Mapping[Staff, Rise] = {
    Staff.MEN: Rise(60, 36, 4),
    Staff.CADRES: Rise(55, 36, 4),
    Staff.WORKERS: Rise(50, 60, 2),
}
"""The rule in force."""
