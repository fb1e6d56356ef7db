"""An outcome at the desk: shown, and every figure of its plan as a table."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from rich.console import RenderableType

from rebalance.analysis.cases import Case
from rebalance.api.progress import watching
from rebalance.api.run import keeping
from rebalance.api.scenario import Scenario
from rebalance.api.show import recast
from rebalance.files import seen_from, write, write_bytes
from rebalance.frame import DataFrame, frame, named, shows
from rebalance.model.plan import Plan
from rebalance.papers.folder import KINDS, papers
from rebalance.plans import audit as auditing
from rebalance.plans import outcome as core_outcome
from rebalance.plans.audit import Audit as CoreAudit
from rebalance.plans.audit import audit as core_audit
from rebalance.plans.file import Recorded, outcome_to_json, package_of, recorded_in
from rebalance.plans.outcome import Ending, GoalResult
from rebalance.plans.outcome import Outcome as CoreOutcome
from rebalance.plans.rows import (
    AgencyRow,
    BorrowedRow,
    CoverageRow,
    DispatchedRow,
    FindingRow,
    MatterRow,
    PeopleRow,
    PlacedRow,
    PositionRow,
    StationRow,
    Tables,
    finding_rows,
    tables_of,
)
from rebalance.scenario import scenario as core_scenario
from rebalance.scenario.parts import allowing
from rebalance.scenario.scenario import Scenario as CoreScenario
from rebalance.screen import Answer, Shown
from rebalance.solver import lexicographic
from rebalance.solver.engine import Progress
from rebalance.tables.frames import LevelRow, MeasuredRow, ReachedRow
from rebalance.tables.holders import townships
from rebalance.tables.outcome import audit_report, confirmed, outcome_report
from rebalance.tables.proof import goals
from rebalance.tables.summary import summary
from rebalance.tables.words import value
from rebalance.text import _, quoted


class Outcome(Shown, core_outcome.Outcome):
    """A scenario with the best plan found for it, and what is proven about that plan.

    Its tables hold what plan.json holds, a row a fact, under the same names; `columns()` says what each means.
    """

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance solve` says of it."""
        return outcome_report(self, self.checks if self.plan is not None else None)

    def brief(self) -> Iterator[RenderableType]:
        """The answer, the goals and the townships; `show()` has the rest, `reached()` how long each goal took."""
        if self.plan is None:
            yield from self.parts()
            return
        yield from summary(self)
        yield from confirmed(self.checks)
        yield from goals(self, timed=False)
        yield from townships(self.plan)

    @cached_property
    def checks(self) -> CoreAudit:
        """The audit of the plan, which knows nothing of the solver."""
        return core_audit(self.scenario, found(self), self.goals)

    def named(self, table: DataFrame) -> DataFrame:
        """A table with the name beside every id, in the language spoken: `holder`, then `holder_name`."""
        return named(self.scenario.problem, table)

    @shows(PositionRow)
    def positions(self) -> DataFrame:
        """What every holder owns of every category, year by year."""
        return frame(PositionRow, self._tables.positions)

    @shows(PeopleRow)
    def people(self) -> DataFrame:
        """Who retires, moves and is hired, where anybody does."""
        return frame(PeopleRow, self._tables.people)

    @shows(AgencyRow)
    def agencies(self) -> DataFrame:
        """Every agency of every township, year by year."""
        return frame(AgencyRow, self._tables.agencies)

    @shows(PlacedRow)
    def placed(self) -> DataFrame:
        """Where positions are placed, year by year."""
        return frame(PlacedRow, self._tables.placed)

    @shows(StationRow)
    def stations(self) -> DataFrame:
        """Stations that have been handed down, year by year."""
        return frame(StationRow, self._tables.stations)

    @shows(DispatchedRow)
    def dispatched(self) -> DataFrame:
        """Staff dispatched to townships, year by year."""
        return frame(DispatchedRow, self._tables.dispatched)

    @shows(BorrowedRow)
    def borrowed(self) -> DataFrame:
        """Staff borrowed from townships, year by year."""
        return frame(BorrowedRow, self._tables.borrowed)

    @shows(MatterRow)
    def matters(self) -> DataFrame:
        """Matters that townships have taken on, year by year."""
        return frame(MatterRow, self._tables.matters)

    @shows(CoverageRow)
    def coverage(self) -> DataFrame:
        """How much of every township's work is covered, year by year."""
        return frame(CoverageRow, self._tables.coverage)

    @shows(FindingRow)
    def findings(self, *, everything: bool = False) -> DataFrame:
        """What is broken, inherited or without room; or `everything` that the rules have looked at."""
        return frame(FindingRow, finding_rows(self.checks, everything=everything))

    @shows(ReachedRow)
    def reached(self) -> DataFrame:
        """What every goal came to, and how sure that is."""
        both = enumerate(zip(self.scenario.goals, self.goals, strict=False), 1)
        rows = (
            ReachedRow(
                rank,
                one.name,
                one.value,
                one.bound,
                one.proven,
                one.conditional,
                one.freedom,
                one.slack,
                one.seconds,
                value(goal, one.value),
            )
            for rank, (goal, one) in both
        )
        return frame(ReachedRow, rows)

    @shows(LevelRow)
    def levels(self) -> DataFrame:
        """The levels of every goal that looks at the worst first, from the worst up."""
        profiles = [(rank, one, one.value) for rank, one in enumerate(self.goals, 1) if isinstance(one.value, tuple)]
        rows = (LevelRow(rank, one.name, *level) for rank, one, profile in profiles for level in profile)
        return frame(LevelRow, rows)

    @cached_property
    def _tables(self) -> Tables:
        return tables_of(found(self))


def found(outcome: core_outcome.Outcome) -> Plan:
    """The plan of an outcome.

    Raises:
        ValueError: there is none.
    """
    if outcome.plan is None:
        raise ValueError(_("{outcome}. There is no plan to look at.").format(outcome=outcome))
    return outcome.plan


def read_plan(path: Path | str, *, county: Path | str | None = None, allow_plugins: bool = False) -> Outcome:
    """Read a plan.json, ours or changed by hand, and work out everything again.

    Warns where the plan breaks a rule, or a figure in the file does not follow from it; `audit` says more.

    Args:
        path: the file.
        county: where the county's package is, if not where the plan says.
        allow_plugins: whether rules and goals of its own, which are programs, may be loaded.

    Raises:
        FaultsError: with everything that keeps it from being a plan of the county.
    """
    file, package = Path(path), None if county is None else Path(county)
    with allowing(allowed=allow_plugins):
        recorded = recorded_in(file, package)
    if not recorded.sound:
        message = _("{file} does not pass the audit. `rebalance audit {file}` says why.")
        warnings.warn(message.format(file=file), stacklevel=2)
    place = package or package_of(file)
    scenario = replace(recorded.outcome.scenario, county_path=place.resolve().as_posix())
    return recast(recorded.outcome, Outcome, scenario=recast(scenario, Scenario))


def save(outcome: core_outcome.Outcome, path: Path | str) -> Path:
    """Write an outcome as plan.json, which the program and `read_plan` read.

    Args:
        outcome: the outcome, with a plan or without.
        path: where; its folder is made if need be.
    """
    file = _in_a_folder(path)
    there = outcome.scenario.county_path
    scenario = replace(outcome.scenario, county_path=seen_from(file.parent, Path(there)) if there else "")
    write(file, outcome_to_json(replace(outcome, scenario=scenario)))
    return file


def export(outcome: core_outcome.Outcome, path: Path | str, *, others: Sequence[core_outcome.Outcome] = ()) -> Path:
    """Write the papers on which a commission decides: a .xlsx, .docx or .html file, or a folder of tables.

    Args:
        outcome: the plan.
        path: where, and by its ending what.
        others: plans to compare it with.

    Raises:
        ValueError: no paper has this ending, or there is no plan.
    """
    to = Path(path)
    if to.suffix and to.suffix.casefold() not in KINDS and not to.is_dir():
        message = _("no paper has this ending (got {value}). Accepted: {accepted}, or a folder.")
        raise ValueError(message.format(value=quoted(to.name), accepted=", ".join(KINDS)))
    for file, content in papers(_recorded(outcome), [_recorded(one) for one in others], to):
        write_bytes(_in_a_folder(file), content)
    return to


def _recorded(outcome: core_outcome.Outcome) -> Recorded:
    return Recorded(outcome, core_audit(outcome.scenario, found(outcome), outcome.goals), ())


def _in_a_folder(path: Path | str) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


@dataclass(frozen=True, repr=False)
class Audit(Answer, auditing.Audit):
    """What the rules found on a plan, and what its goals come to: `lawful`, `broken`, `inherited`, `mismatches`."""

    claimed: CoreOutcome = field(kw_only=True)

    def parts(self) -> Iterator[RenderableType]:
        """What `rebalance audit` says of it."""
        return audit_report(Recorded(self.claimed, self, ()))

    @shows(FindingRow)
    def verdicts(self, *, everything: bool = False) -> DataFrame:
        """What is broken, inherited or without room; or `everything` that the rules have looked at."""
        return frame(FindingRow, finding_rows(self, everything=everything))

    @shows(MeasuredRow)
    def reached(self) -> DataFrame:
        """What every goal comes to, measured again."""
        wrong = {one.number for one in self.mismatches}
        rows = (MeasuredRow(rank, *named, rank in wrong) for rank, named in enumerate(self.values, 1))
        return frame(MeasuredRow, rows)


def audit(asked: CoreOutcome | CoreScenario, plan: Plan | None = None, claims: Sequence[GoalResult] = ()) -> Audit:
    """Check a plan against every rule and goal, without the solver.

    Args:
        asked: an outcome, whose plan is checked against its own scenario; or the scenario to check a plan against.
        plan: the plan, where it is not that of the outcome.
        claims: what is claimed of the goals (none, beside a scenario: nothing is compared).

    Raises:
        ValueError: there is no plan.
    """
    claimed = asked if isinstance(asked, CoreOutcome) else CoreOutcome(asked, Ending.DONE, plan, tuple(claims))
    return recast(auditing.audit(claimed.scenario, plan or found(claimed), claimed.goals), Audit, claimed=claimed)


def solve(
    scenario: core_scenario.Scenario,
    *,
    limit: float | None = None,
    workers: int = 1,
    seed: int = 0,
    progress: Progress | None = None,
    store: Path | str | None = None,
    quiet: bool = False,
) -> Outcome:
    """The best lawful plan of a scenario, with a proof for every goal, within `limit` seconds in all.

    Without a limit it takes as long as it takes. Out of time, or stopped with Ctrl-C or a notebook's stop button, the
    best plan found so far is kept: `ending` says so, and `reached()` which goals are proven.

    Args:
        scenario: what is asked.
        limit: seconds in all.
        workers: threads of the solver; one is mostly the fastest.
        seed: another way to search; the plan is the same.
        progress: who is told of goals as they are solved (none: whoever looks at the notebook or terminal).
        store: a file in which runs are kept, and found again: what is known already is not solved.
        quiet: tell nobody.
    """
    case, kept = Case(scenario.name, scenario, limit), keeping(store)
    if (known := kept.known(case)) and known.outcome:
        return recast(known.outcome, Outcome)
    with watching(scenario.goals, quiet=quiet or progress is not None) as watch:
        told = progress or watch
        found = lexicographic.solve(scenario, limit=limit, workers=workers, seed=seed, progress=told)
    kept.keep(case, found, None)
    return recast(found, Outcome)
