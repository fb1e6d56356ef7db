"""What a plan on disk holds: the outcome, its audit, and the figures in the file that do not follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path, PurePosixPath
from typing import Any

from rich.console import RenderableType

from rebalance.county.county import County, digest
from rebalance.county.kind import Kind, wanted
from rebalance.county.read import read_county
from rebalance.fault import Fault, FaultsError
from rebalance.files import read_text, shown
from rebalance.model.finding import Place
from rebalance.plans.approval import changed, flaws
from rebalance.plans.audit import Audit, Mismatch, audit
from rebalance.plans.compare_stated import (
    compare_claims,
    compare_counts,
    compare_order,
    compare_proofs,
    compare_rows,
    compare_verdicts,
    row_faults,
)
from rebalance.plans.conflict import Conflict
from rebalance.plans.file import PlanFile, asked, now, opened, versions, written, written_value
from rebalance.plans.outcome import Outcome
from rebalance.plans.reached import GoalResult
from rebalance.plans.rows import Tables, finding_rows, plan_from, tables_of
from rebalance.plans.stated import Stated, compare
from rebalance.scenario.codec import unstructure
from rebalance.scenario.scenario import Scenario, scenario_from
from rebalance.screen import Shown, line
from rebalance.text import _, listed, parted, quoted


def plain_clash(scenario: Scenario, clash: Conflict) -> dict[str, Any]:
    """A clash: what cannot hold together, and what of it is law."""
    return {
        "confirmed": clash.confirmed,
        "members": plain_members(scenario, clash.members),
        "law": plain_members(scenario, clash.law),
    }


def plain_members(scenario: Scenario, members: Sequence[tuple[str, Place]]) -> list[dict[str, Any]]:
    """Rules at places, in their own words."""
    rules, problem = scenario.rules, scenario.problem
    return [{"rule": rule} | asdict(place) | {"says": rules[rule].explain(problem, place)} for rule, place in members]


@dataclass(frozen=True)
class Recorded(Shown):
    """What a file holds: the outcome, the audit of its plan, and the figures that do not follow from it.

    `unlike` says what is not as it was when it was signed, and what cannot be in its trail, as far as the file tells.
    """

    outcome: Outcome
    audit: Audit
    stated: tuple[Stated, ...]
    unlike: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether no rule is broken and every figure is what the file says."""
        return self.audit.sound and not self.stated

    def parts(self) -> Iterator[RenderableType]:
        """What the audit found, with what of the file does not follow, and what it takes on trust."""
        yield from self.found()
        yield from (line(sentence, "yellow") for sentence in self.trusted())

    def found(self) -> Iterator[RenderableType]:
        """What the audit found, with what of the file does not follow."""
        return self.audit.parts(self.stated)

    def trusted(self) -> Iterator[str]:
        """What the file says and an audit cannot work out, and on whose word."""
        if claims := list(on_trust(self.outcome)):
            text = _("Taken on the word of the solver, as the file has it: {claims}.")
            yield text.format(claims=parted(claims))
            yield _("`rebalance audit PLAN --again` works that out afresh.")
        yield _("Taken as the file has it: the scenario's name, reason and sources, the versions, how long it took.")

    def to_json(self) -> dict[str, Any]:
        """What `audit` has to say about a plan, as plain data."""
        audit = self.audit
        return {
            "sound": self.sound,
            "lawful": audit.lawful,
            "proven": self.outcome.proven,
            "checked": {name: len(found) for name, found in audit.findings.items()},
            "goals": [{"name": name, "measured": written_value(value)} for name, value in audit.values],
            "mismatches": [_mismatch(one) for one in audit.mismatches],
            "trusted": list(on_trust(self.outcome)),
            "stated": [{"where": one.where, "said": one.said, "is": one.is_} for one in self.stated],
            "findings": unstructure(finding_rows(audit.findings)),
        }


def _mismatch(one: Mismatch) -> dict[str, Any]:
    values = {"claimed": written_value(one.claimed), "measured": written_value(one.measured)}
    return {"number": one.number, "goal": one.goal} | values


def on_trust(outcome: Outcome) -> Iterator[str]:
    """What is said of a plan that only solving shows."""
    goals = dict(enumerate(outcome.goals, 1))
    proven = [str(rank) for rank, one in goals.items() if one.proven]
    if proven:
        yield _("that nothing is better than what these goals came to: {ranks}").format(ranks=listed(proven))
    if bounds := [str(rank) for rank, one in goals.items() if one.slack or (not one.proven and one.bound is not None)]:
        yield _("the bounds of these goals: {ranks}").format(ranks=listed(bounds))
    if settled := [str(rank) for rank, one in goals.items() if not one.freedom]:
        yield _("that the goals before had settled these: {ranks}").format(ranks=listed(settled))
    if proven:
        yield _("whether another plan is as good") if outcome.unique is not True else _("that no other plan is as good")
    if outcome.certificate is not None:
        yield _("the opinion of the second solver")


def outcome_to_json(outcome: Outcome) -> str:
    """The text of `plan.json`: the same bytes for the same outcome, but for `seconds` and `versions`.

    Without a plan it holds what there is instead: the rules that cannot hold together, where some cannot.
    """
    whole = _heading(outcome)
    if outcome.plan is None:
        return written(whole | {"clash": outcome.clash and plain_clash(outcome.scenario, outcome.clash)})
    checks = audit(outcome.scenario, outcome.plan)
    whole |= unstructure(tables_of(outcome.plan))
    whole["checked"] = _counts(checks)
    return written(whole | {"findings": unstructure(finding_rows(checks.findings))})


def read_outcome(text: str, county: County, file: str = "plan.json") -> Recorded:
    """Read what `outcome_to_json` wrote, on the county as its package says, and work out every figure again.

    Raises:
        FaultsError: with everything that keeps it from being a plan of this county.
    """
    return recorded(opened(text, file), county, file)


def recorded(said: PlanFile, county: County, file: str = "plan.json") -> Recorded:
    """The same, of a file already opened."""
    scenario = scenario_from(said.scenario, county, file)
    if faults := list(row_faults(said, scenario.problem, file)):
        raise FaultsError(faults)
    plan = plan_from(said, scenario.problem)
    goals = tuple(row.result() for row in said.goals)
    certificate = said.second_opinion
    seconds, trail = float(said.seconds), said.approval
    outcome = Outcome(
        scenario,
        said.ending,
        plan,
        goals,
        said.unique,
        seconds=seconds,
        certificate=certificate,
        trail=trail,
        before=tuple(row.effort() for row in said.before),
    )
    checks = audit(scenario, plan, goals, certificate)
    return Recorded(outcome, checks, tuple(_differences(said, outcome, checks)))


def _heading(outcome: Outcome) -> dict[str, Any]:
    scenario = outcome.scenario.resolved()
    return {
        "scenario": scenario,
        "scenario_digest": asked(scenario),
        "county_digest": digest(outcome.scenario.problem.county),
        "versions": versions(),
        "ending": outcome.ending.value,
        "proven": outcome.proven,
        "unique": outcome.unique,
        "seconds": round(outcome.seconds, 3),
        "before": [unstructure(one) | {"seconds": round(one.seconds, 3)} for one in outcome.before],
        "goals": [_goal(result) for result in outcome.goals],
    } | ({"certificate": unstructure(outcome.certificate.verdicts)} if outcome.certificate else {})


def _goal(result: GoalResult) -> dict[str, Any]:
    values = {"value": written_value(result.value), "bound": written_value(result.bound)}
    plain: dict[str, Any] = unstructure(result)
    return plain | values | {"seconds": round(result.seconds, 3)}


def _counts(checks: Audit) -> dict[str, int]:
    return {name: len(found) for name, found in checks.findings.items()}


def _differences(said: PlanFile, outcome: Outcome, checks: Audit) -> Iterator[Stated]:
    """Everything the file says that is not so, the county's own data first."""
    yield from compare("county_digest", said.county_digest, digest(outcome.scenario.problem.county))
    yield from compare("scenario_digest", said.scenario_digest, asked(outcome.scenario.resolved()))
    yield from compare("proven", said.proven, outcome.proven)
    yield from compare_claims(outcome)
    yield from compare_proofs(outcome.goals, outcome.scenario.goals)
    yield from compare_verdicts(outcome)
    truth = tables_of(checks.plan)
    for table in fields(Tables):
        rows, found = getattr(said, table.name), getattr(truth, table.name)
        yield from compare_rows(table.name, rows, found)
        yield from compare_order(table.name, rows, found)
    yield from compare_counts("checked", said.checked, _counts(checks))
    yield from compare_rows("findings", said.findings, finding_rows(checks.findings))


def recorded_in(file: Path, county: Path | None) -> Recorded:
    """What the file holds, worked out again on its county, which is at `county` or where the file says.

    Raises:
        FaultsError: with everything wrong with the file or the county.
    """
    wanted(file, Kind.PLAN)
    text = read_text(file)
    said = opened(text, shown(file))
    found = recorded(said, read_county(county or _package(said, file)), shown(file))
    as_it_is = now(text, digest(found.audit.plan.problem.county))
    return replace(found, unlike=(*flaws(said.approval), *changed(said.approval, file, as_it_is)))


def package_of(file: Path) -> Path:
    """Where the package of a plan's county is, as far as the file says.

    Raises:
        FaultsError: the file is no plan, or there is no county there.
    """
    wanted(file, Kind.PLAN)
    return _package(opened(read_text(file), shown(file)), file)


def _package(said: PlanFile, file: Path) -> Path:
    """The county's package: as seen from the plan's folder, or else from the current one."""
    places = (folder / PurePosixPath(said.county_path) for folder in (file.parent, Path()))
    found = next((place for place in places if said.county_path and _is_there(place)), None)
    if found is None:
        message = _("no county there (got {value}). Say with --county where its package is.")
        text = message.format(value=quoted(said.county_path))
        raise FaultsError([Fault(shown(file), 0, "scenario.county", text, said.county_path)])
    return found


def _is_there(place: Path) -> bool:
    try:
        return place.exists()
    except (OSError, ValueError):  # too long, or with characters that no path has
        return False
