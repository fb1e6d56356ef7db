"""How much of each township's work is covered, year by year, and who is worse off in between than today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from rebalance.model.plan import Plan, status_quo
from rebalance.model.totals import busy, coverage_today, covered, is_known, work, worst
from rebalance.table import Cell, Kind, Look, Row, Table, code, figure, table_of, text_column
from rebalance.text import _, listed, percent

MOST = 3
"""So many townships that fall are named; the others are counted."""

COVERED = 'IF({demand}=0,"–",ROUNDDOWN({served}/{demand},3))'
"""A share as our own figures are shown: rounded down to a tenth of a percent."""


def share_of(done: int | Fraction, needed: int) -> Fraction | None:
    """Work done over work to do; None where there is none."""
    return Fraction(done) / needed if needed else None


@dataclass(frozen=True, slots=True)
class Fall:
    """A township whose coverage lies below today's in some year, and the year in which it is lowest."""

    township: str
    today: Fraction
    lowest: Fraction
    year: int

    @property
    def depth(self) -> Fraction:
        """By how much."""
        return self.today - self.lowest


def falls(plan: Plan) -> list[Fall]:
    """Every township that is worse off in any year than today, the deepest fall first."""
    problem, still = plan.problem, status_quo(plan.problem)
    found = []
    for township in problem.townships:
        today = coverage_today(still, township)
        lowest, year = min((plan.coverage(township, year), year) for year in problem.years)
        if today is not None and lowest < today:
            found.append(Fall(township, today, lowest, year))
    return sorted(found, key=lambda fall: (-fall.depth, fall.township))


def said_of_falls(plan: Plan) -> Iterator[str]:
    """What nobody may miss: who falls, from what to what, and when."""
    found = falls(plan)
    for fall in found[:MOST]:
        text = _("{township} falls from {today} of its work covered to {lowest} in {year}.")
        name = plan.problem.name(fall.township)
        yield text.format(township=name, today=percent(fall.today), lowest=percent(fall.lowest), year=fall.year)
    if len(found) > MOST:
        yield _("Other townships that fall below today's coverage in some year: {count}.").format(
            count=len(found) - MOST
        )


def lowest_by_year(plan: Plan) -> str:
    """The lowest coverage today and at the end of every year, each with its township, in a line."""
    said = lowest(plan, (plan.problem.today, *plan.problem.years))
    return _("Lowest coverage: {years}.").format(years=said) if said else ""


def lowest(plan: Plan, years: Iterable[int]) -> str:
    """The lowest coverage at the end of each of these years, with its township; nothing of a year not known of."""
    problem, still = plan.problem, status_quo(plan.problem)
    said = []
    for year in years:
        today = year == problem.today
        found = worst({one: coverage_today(still, one) if today else plan.coverage(one, year) for one in busy(plan)})
        if found:
            text, when = _("{when} {share} ({township})"), _("today") if today else str(year)
            said.append(text.format(when=when, share=percent(found.share), township=problem.name(found.township)))
    return listed(said)


def coverage_by_year(plan: Plan) -> Table:
    """A row for each township: its coverage today and at the end of every year."""
    problem, still = plan.problem, status_quo(plan.problem)
    years, those = problem.years, problem.townships
    rows: list[tuple[Cell, ...]] = []
    for township in those:
        shares = [plan.coverage(township, year) if plan.work(township, year) else None for year in years]
        rows.append((township, problem.name(township), coverage_today(still, township), *shares))
    known = all(is_known(plan, township) for township in those)
    before = share_of(covered(still, those, years[0]), work(still, those, years[0])) if known else None
    after = (share_of(covered(plan, those, year), work(plan, those, year)) for year in years)
    said = _("Work done over work to do at the end of that year; empty: there is none.")
    return table_of(
        "coverage_by_year",
        _("Coverage, township by township and year by year"),
        (
            code("township", _("Code")).means(_("The township.")),
            text_column("name", _("Township")).means(_("Its name.")).short(_("township")),
            figure("today", _("Coverage today"), Kind.SHARE)
            .means(_("Work done over work to do, today; empty: nobody knows, or there is none."))
            .short(_("today")),
            *(figure(f"y{year}", str(year), Kind.SHARE).means(said) for year in years),
        ),
        rows,
        *said_of_falls(plan),
        look=Look(
            title=_("Coverage by year"),
            together=("", _("together"), before, *after),
            style=lambda row: "yellow" if _falls(row) else "",
        ),
    )


def _falls(row: Row) -> bool:
    """Whether any year of a row lies below today."""
    today, *years = (cell for cell in row.values() if isinstance(cell, Fraction) or cell is None)
    return isinstance(today, Fraction) and any(isinstance(share, Fraction) and share < today for share in years)


def coverage(plan: Plan) -> Table:
    """Coverage and staffed coverage of each township, year by year."""
    problem = plan.problem
    rows: list[tuple[Cell, ...]] = []
    for township in problem.townships:
        for year in problem.years:
            needed = plan.work(township, year)
            both = (plan.coverage(township, year), plan.staffed(township, year)) if needed else (None, None)
            rows.append((township, problem.name(township), year, needed, plan.covered(township, year), *both))
    return table_of(
        "coverage",
        _("Coverage, year by year"),
        (
            code("township", _("Code")).means(_("The township.")),
            text_column("name", _("Township")).means(_("Its name.")),
            figure("year", _("Year"), Kind.YEAR).means(_("The calendar year; what is said of it is said of its end.")),
            figure("demand", _("Needed"), Kind.WORK).means(_("Work there is to do.")),
            figure("served", _("Covered"), Kind.WORK).means(_("Work that is done.")),
            figure("coverage", _("Coverage"), Kind.SHARE, COVERED).means(
                _("Work done over work to do; empty: there is none.")
            ),
            figure("staffed", _("By staff in post"), Kind.SHARE).means(_("The same with people in post.")),
        ),
        rows,
    )
