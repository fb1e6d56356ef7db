"""What a rule finds at one place of a plan: the figure, its limits, and whether today already broke them."""

from __future__ import annotations

from dataclasses import dataclass

from rebalance.text import NOTHING, _


def between(least: int | str | None, most: int | str | None) -> str:
    """Within what a figure has to lie, in words; None is no limit on that side."""
    if isinstance(least, int) and isinstance(most, int) and least > most:  # asked for, and impossible
        return _("at least {least}, at most {most}").format(least=least, most=most)
    if least is not None and most is not None:
        return str(least) if least == most else _("{least} to {most}").format(least=least, most=most)
    if least is not None:
        return _("at least {least}").format(least=least)
    return _("at most {most}").format(most=most) if most is not None else NOTHING


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in the county a rule speaks: ids that a person can look up; what does not apply is empty (year 0)."""

    holder: str = ""
    agency: str = ""
    category: str = ""
    year: int = 0
    aspect: str = ""
    """Which of several constraints a rule states about the same place (a short English word, stable)."""
    item: str = ""
    """What else tells the place from others: a station, a matter, a platform, the other holder."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A rule's verdict on one place: `found` should lie between `at_least` and `at_most`.

    None is no limit on that side.

    `inherited` marks a limit of the rule that today's ledgers already break: it has been widened to today's figure,
    so that what is broken may stay but may not get worse. What the rule itself asks is then `asked`.
    """

    place: Place
    found: int
    at_least: int | None = None
    at_most: int | None = None
    inherited: bool = False
    asked: int | None = None

    @property
    def broken(self) -> bool:
        """Whether the figure lies outside its limits."""
        below = self.at_least is not None and self.found < self.at_least
        return below or (self.at_most is not None and self.found > self.at_most)

    @property
    def tight(self) -> bool:
        """Whether the figure sits exactly on a limit, without room to move that way."""
        return self.found in {self.at_least, self.at_most}

    @property
    def notable(self) -> bool:
        """Whether a person would want to see it: broken, inherited, or at a limit that could have left room."""
        bites = self.tight and bool(self.found) and self.at_least != self.at_most
        return self.broken or self.inherited or bites
