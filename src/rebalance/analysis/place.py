"""The place a person asks about: a holder, an agency of a township, a category, or any other id that is decided on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rebalance.county.holders import RESERVE
from rebalance.model.finding import Place
from rebalance.model.linear import Linear, total
from rebalance.model.model import Model
from rebalance.model.plan import Decision, Plan, decisions
from rebalance.problem.problem import Problem
from rebalance.text import _, near_miss, quoted

APART = "/"
"""What stands between the ids of one place, as in `341821105/service_centre`."""


class UnknownPlaceError(ValueError):
    """Nothing, or more than one thing, has this name."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the county at the end of the last year; what does not apply is empty.

    `others` are ids that stand in decided cells and are neither of a holder nor of an agency or a category.
    """

    holder: str = ""
    agency: str = ""
    category: str = ""
    others: tuple[str, ...] = ()

    def name(self, problem: Problem) -> str:
        """As a person knows it."""
        names = [problem.name(part) for part in (self.holder, self.agency, self.category) if part]
        return ", ".join([*names, *(_station(problem, part) or problem.name(part) for part in self.others)])

    def amount(self, model: Model) -> Linear:
        """What there is at the place, of a plan still unknown."""
        year = model.problem.last
        if self.others:
            return total(Linear({model.cells[cell]: 1}) for cell in self._cells(model.problem))
        if self.agency and not self.category:
            return model.strength(self.holder, self.agency, year)
        if self.agency:
            return model.placed(self.holder, self.agency, self.category, year)
        return total(model.owned(*account, year) for account in self._accounts(model.problem))

    def found(self, plan: Plan, year: int | None = None) -> int:
        """What there is at the place in a plan, at the end of a year (none: the last)."""
        year = plan.problem.last if year is None else year
        if self.others:
            return sum(plan.decided.get(cell, 0) for cell in self._cells(plan.problem))
        if self.agency and not self.category:
            return plan.strength(self.holder, self.agency, year)
        if self.agency:
            return plan.placed(self.holder, self.agency, self.category, year)
        return sum(plan.owned(*account, year) for account in self._accounts(plan.problem))

    def parts(self, problem: Problem) -> tuple[Where, ...]:
        """The place category by category: together they are the whole of it."""
        if self.others or self.category:
            return (self,)
        if self.agency:
            return tuple(Where(self.holder, self.agency, category) for category in problem.categories)
        return tuple(Where(holder, "", category) for holder, category in self._accounts(problem))

    def concerns(self, place: Place) -> bool:
        """Whether what is said of a place is said of this one or of part of it."""
        ids = {place.holder, place.agency, place.category, place.aspect, place.item}
        return all(part in ids for part in (self.holder, self.agency, *self.others) if part) and (
            not self.category or place.category in {self.category, ""}
        )

    def most(self, problem: Problem) -> int | None:
        """How many there are in all of what is either so or not, such as stations and matters; None for positions."""
        return sum(1 for _cell in self._cells(problem)) if self.others else None

    def categories(self, plan: Plan) -> frozenset[str]:
        """The categories of which there is anything at the place, today or at the end."""
        parts = self.parts(plan.problem)
        years = (plan.problem.today, plan.problem.last)
        return frozenset(one.category for one in parts if any(one.found(plan, year) for year in years))

    def _accounts(self, problem: Problem) -> list[tuple[str, str]]:
        return [(h, c) for h, c in problem.accounts if self.holder in {"", h} and self.category in {"", c}]

    def _cells(self, problem: Problem) -> Iterator[Decision]:
        ids = {part for part in (self.holder, self.agency, self.category, *self.others) if part}
        return (cell for cell, _most in decisions(problem) if cell[-1] == problem.last and ids <= set(cell[1:]))


def accounts(problem: Problem) -> list[Where]:
    """What every holder owns, category by category."""
    return [Where(holder, "", category) for holder, category in problem.accounts]


def agencies(problem: Problem) -> list[Where]:
    """The strength of every agency."""
    return [Where(township, agency) for township in problem.townships for agency in problem.agencies]


def _station(problem: Problem, identifier: str) -> str:
    """What a station is known by: it has no name of its own; nothing where it is none."""
    found = (row for row in problem.county.stations if row.station == identifier)
    text = _("station {station} of {unit} in {township}")
    said = (
        text.format(station=row.station, unit=problem.name(row.unit), township=problem.name(row.township))
        for row in found
    )
    return next(said, "")


def place(problem: Problem, text: str) -> Where:
    """The place that a text names: ids or names, with `/` between those of one place.

    Raises:
        UnknownPlaceError: nothing has this name, or several things have.
    """
    kinds = {
        "holder": [*problem.units, *problem.townships, *([RESERVE] if problem.reserves else [])],
        "agency": problem.agencies,
        "category": problem.categories,
    }
    others = {str(part) for cell, _most in decisions(problem) for part in list(cell)[1:-1]}
    found: dict[str, str] = {}
    rest: list[str] = []
    for part in text.split(APART):
        one = _known(problem, part.strip(), [*(one for ids in kinds.values() for one in ids), *sorted(others)])
        kind = next((kind for kind, ids in kinds.items() if one in ids), "")
        if kind:
            found[kind] = one
        else:
            rest.append(one)
    if "agency" in found and found.get("holder") not in problem.township:
        message = _("an agency is one of a township (got {value}). Write it as township{apart}agency.")
        raise UnknownPlaceError(message.format(value=quoted(text), apart=APART))
    return Where(found.get("holder", ""), found.get("agency", ""), found.get("category", ""), tuple(rest))


def _known(problem: Problem, text: str, ids: Iterable[str]) -> str:
    """The id that a text is, or the only one with this name."""
    every = list(dict.fromkeys(ids))
    if text in every:
        return text
    named = [one for one in every if text.casefold() in {name.casefold() for name in _names(problem, one)}]
    if len(named) > 1:
        message = _("several have this name (got {value}). Write one of the ids: {ids}.")
        raise UnknownPlaceError(message.format(value=quoted(text), ids=", ".join(named)))
    if not named:
        message = _("nothing has this id or name (got {value}). Accepted: what the county's tables name.")
        near = near_miss(text, [*every, *(name for one in every for name in _names(problem, one))])
        raise UnknownPlaceError(message.format(value=quoted(text)) + near)
    return named[0]


def _names(problem: Problem, identifier: str) -> list[str]:
    """What it is called, in every language, where it has names."""
    categories = {row.category: row for row in problem.county.categories}
    tables = (problem.unit, problem.township, problem.agency, categories, problem.delegation.matter)
    row = next((rows[identifier] for rows in tables if identifier in rows), None)
    return [name for name in (getattr(row, "name", ""), getattr(row, "name_zh", "")) if name]
