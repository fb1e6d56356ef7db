"""Outcomes side by side, and scenarios, as tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rich.console import RenderableType

from rebalance.analysis.alternatives import Alternative, Alternatives
from rebalance.analysis.compare import Comparison, Row
from rebalance.analysis.frontier import Frontier, Point
from rebalance.analysis.measures import Input, Value, measures
from rebalance.analysis.stress import PERCENTS, Strain, Stressed
from rebalance.analysis.sweep import Line
from rebalance.goals.goal import Goal
from rebalance.goals.goal import Value as GoalValue
from rebalance.plans.approval import State, state_name
from rebalance.plans.file import written_value
from rebalance.plans.outcome import Ending, Outcome
from rebalance.plans.runs import Run
from rebalance.scenario.codec import unstructure
from rebalance.scenario.scenario import Scenario, goal_name
from rebalance.screen import line
from rebalance.solver.feasible_set import Mark
from rebalance.table import LARGEST, Cell, Figure, Table, sheet
from rebalance.tables import words as numbers
from rebalance.tables.demand import made_up
from rebalance.tables.summary import state
from rebalance.tables.words import label, value
from rebalance.text import _, hundredths, percent


def runs(found: Sequence[Run]) -> Table:
    """One row a run, oldest first."""
    columns = ("#", _("made (UTC)"), _("county"), _("scenario"), _("result"), _("approval"), _("seconds"))
    rows = [
        (
            run.id,
            _when(run.made),
            run.county,
            str(run),
            result(run.ending, proven=run.proven),
            _approval(run.state),
            _seconds(run.seconds),
        )
        for run in found
    ]
    return sheet(_("Runs"), columns, rows, figures=6)


def result(ending: str, *, proven: bool) -> Figure:
    """What came of a scenario, in a word or two."""
    words = {
        Ending.DONE.value: _("not proven"),
        Ending.IMPOSSIBLE.value: _("impossible"),
        Ending.OUT_OF_TIME.value: _("out of time"),
        Ending.INTERRUPTED.value: _("stopped"),
    }
    return Figure("proven", _("proven")) if proven else Figure(ending, words.get(ending, ending))


def runs_plain(run: Run) -> dict[str, Any]:
    """A run for programs."""
    return {
        "run": run.id,
        "made": run.made,
        "name": run.name,
        "county": run.county,
        "county_digest": run.county_digest,
        "scenario_digest": run.scenario_digest,
        "versions": run.versions,
        "ending": run.ending,
        "proven": run.proven,
        "unique": run.unique,
        "seconds": run.seconds,
        "allowed": run.allowed,
        "state": run.state or "draft",
        "goals": list(run.goals),
    }


def _approval(state: str) -> Figure:
    return Figure(state or "draft", state_name(State(state) if state else None))


def _when(made: str) -> Figure:
    return Figure(made, made[:16].replace("T", " "))


def _seconds(seconds: float) -> Figure:
    return Figure(f"{seconds:.3f}", f"{seconds:.1f}")


def compare_sheets(found: Comparison, *, everything: bool) -> Iterator[Table]:
    """What was asked, what came of it, township by township and unit by unit; only what differs, or `everything`."""
    yield asked(found.names, found.inputs, everything=everything)
    yield _outcomes(found, everything=everything)
    parts = ((_("Townships"), _("township"), found.townships), (_("Units"), _("unit"), found.units))
    for title, holder, rows in parts:
        kept = _kept(rows, everything=everything)
        lines = [(_holder(found.outcomes, row.holder), row.name, *_figures(row)) for row in kept]
        if lines:
            yield sheet(title, (holder, _("figure"), *found.names), lines, figures=2)


def dominated(found: Comparison) -> Table:
    """Which scenarios are dominated, for programs; a person reads the sentences."""
    return sheet(_("Dominated"), (_("scenario"), _("dominated by")), list(found.dominated), figures=2)


def sentences(found: Comparison) -> Iterator[str]:
    """What the tables come to."""
    if found.alike:
        yield _("No difference.")
    elif found.unproven:
        text = _("Not every goal is proven in: {names}. A difference may be for want of time.")
        yield text.format(names=", ".join(found.unproven))
    for worse, better in found.dominated:
        text = _("{worse} is dominated by {better}: in no goal better, in one at least worse.")
        yield text.format(worse=worse, better=better)


def asked(names: Sequence[str], inputs: Iterable[Input], *, everything: bool) -> Table:
    """What the scenarios ask; only what differs, or `everything`."""
    rows = [(one.path, *(_said(value) for value in one.values)) for one in inputs if everything or one.differs]
    return sheet(_("What is asked"), (_("what"), *names), rows, figures=1)


def figure(found: Value | None, goal: Goal | None = None) -> Cell:
    """A figure as people read it, and exactly."""
    if found is None:
        return None
    if goal is not None and not isinstance(found, str | Fraction | Decimal):
        return Figure(_exact(found), numbers.value(goal, found))
    match found:
        case Fraction():
            return Figure(found, percent(found))
        case Decimal():
            return Figure(str(found), hundredths(int(found * 100)))
        case tuple():
            return Figure(_exact(found), str(found))
        case _plain:
            return found


def _exact(found: object) -> int | str:
    plain = unstructure(found)
    return plain if isinstance(plain, int) and abs(plain) <= LARGEST else json.dumps(plain)


def _outcomes(found: Comparison, *, everything: bool) -> Table:
    results = [result(one.ending.value, proven=one.proven) for one in found.outcomes]
    rows: list[tuple[Cell, ...]] = []
    if everything or found.unproven or any(one != results[0] for one in results):
        rows.append((_("result"), *results))
    for row in _kept((*found.goals, *found.measures), everything=everything):
        name = " ".join(label(row.goal).split()) if row.goal else row.name
        rows.append((name, *_figures(row)))
    return sheet(_("What comes of it"), (_("figure"), *found.names), rows, figures=1)


def _kept(rows: Iterable[Row], *, everything: bool) -> list[Row]:
    return [row for row in rows if everything or row.differs]


def _figures(row: Row) -> tuple[Cell, ...]:
    return tuple(figure(value, row.goal) for value in row.values)


def _holder(outcomes: Sequence[Outcome], holder: str) -> Figure:
    names = (outcome.scenario.problem.name(holder) for outcome in outcomes)
    name = next((name for name in names if name != holder), "")
    return Figure(holder, f"{name} ({holder})" if name else holder)


def _said(value: Any) -> Cell:  # noqa: ANN401  # plain data
    if value is None or isinstance(value, str):
        return value
    if value is True:
        return Figure(exact="yes", shown=_("yes"))
    exact = str(value).lower() if isinstance(value, bool) else json.dumps(value, ensure_ascii=False)
    texts = value if isinstance(value, list) and all(isinstance(one, str) for one in value) else [exact]
    return Figure(exact, ", ".join(texts))


BAR = 10
"""How many characters stand for all of it."""


def brief(lines: Sequence[Line]) -> Table:
    """For the screen: what was set, how it ended, the figures that matter most; the last one drawn as well."""
    wanted = [number for number, measure in enumerate(measures()) if measure.brief]
    names = [measures()[number].name for number in wanted]
    paths = _paths(lines)
    several = not paths or any(line.base for line in lines)
    head = (*([_("case")] if several else []), *(_short(path, paths) for path in paths))
    rows = [
        (
            *([line.base or line.name] if several else []),
            *_set(line, paths),
            _result(line),
            *_some(line.figures, wanted),
            line.run,
            _drawn(line),
        )
        for line in lines
    ]
    columns = (*head, _("result"), *names, _("run"), "")
    return sheet(_("Cases"), columns, rows, figures=len(head) + 1)


def full(lines: Sequence[Line]) -> Table:
    """For programs: everything known of every case."""
    paths, goals = _paths(lines), _goals(lines)
    head = (_("case"), *paths, _("county"), _("result"), _("trouble"))
    names = (*(" ".join(label(goal).split()) for goal in goals), *(measure.name for measure in measures()))
    rows = [
        (
            line.name,
            *_set(line, paths),
            line.county,
            _result(line),
            line.trouble,
            *_reached(line, goals),
            *(map(figure, line.figures) if line.figures else [None] * len(measures())),
            line.run,
            Figure(f"{line.seconds:.3f}", f"{line.seconds:.1f}"),
        )
        for line in lines
    ]
    return sheet(_("Cases"), (*head, *names, _("run"), _("seconds")), rows, figures=len(head))


def together(lines: Sequence[Line]) -> Table:
    """What all cases with a plan come to together: sums, and the lowest share of any."""
    planned = [line for line in lines if line.figures]
    rows: list[tuple[Cell, ...]] = [(_("cases"), len(lines)), (_("cases with a plan"), len(planned))]
    for number, measure in enumerate(measures()):
        if measure.over and planned:
            rows.append((measure.name, figure(measure.over([line.figures[number] for line in planned]))))
    return sheet(_("Together"), (_("figure"), _("all")), rows)


def troubles(lines: Sequence[Line]) -> Iterator[str]:
    """The cases that could not be solved, and why."""
    yield from (f"{line.name}: {line.trouble}" for line in lines if line.trouble)


def _paths(lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path for line in lines for path in line.settings))


def _short(path: str, paths: Sequence[str]) -> str:
    """The end of a path, as long as it takes to tell it from the others."""
    steps = path.split(".")
    ends = (".".join(steps[-count:]) for count in range(1, len(steps)))
    return next((end for end in ends if sum(one.endswith(end) for one in paths) == 1), path)


def _set(line: Line, paths: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(_plain(line.settings.get(path)) for path in paths)


def _plain(value: object) -> Cell:
    return value if value is None or (isinstance(value, int) and not isinstance(value, bool)) else str(value)


def _result(line: Line) -> Figure:
    return Figure("failed", _("failed")) if line.trouble else result(line.ending, proven=line.proven)


def _some(figures: Sequence[Value], wanted: Sequence[int]) -> Iterator[Cell]:
    return (figure(figures[number]) if figures else None for number in wanted)


def _drawn(line: Line) -> str:
    """The last figure, the lowest coverage, as a bar."""
    share = line.figures[-1] if line.figures else None
    full_ = int(min(share, Fraction(1)) * BAR) if isinstance(share, Fraction) else 0
    return "█" * full_ + "·" * (BAR - full_) if share is not None else ""


def _goals(lines: Sequence[Line]) -> list[Goal]:
    found: list[Goal] = []
    for one in lines:
        found += [goal for goal, _value in one.goals if goal not in found]
    return found


def _reached(line: Line, goals: Sequence[Goal]) -> Iterator[Cell]:
    reached = list(line.goals)
    for goal in goals:
        found = next((value for one, value in reached if one == goal), None)
        yield None if found is None else figure(found, goal)


def frontier_said(found: Frontier) -> Iterator[RenderableType]:
    """What was asked, and whether these are all points."""
    county = found.scenario.problem.county
    yield line(f"{county} · {found.scenario}", "bold")
    yield from made_up(county)
    yield line(frontier_state(found), "green" if found.complete else "yellow")
    if found.above.goals:
        held = "; ".join(
            f"{result.name}: {value(goal, result.value)}"
            for goal, result in zip(found.above.scenario.goals, found.above.goals, strict=False)
        )
        yield line(_("Held at their best, as ranked before: {goals}.").format(goals=held))


def frontier_state(found: Frontier) -> str:
    """How sure the answer is."""
    if found.complete:
        return _("Complete: every point is proven, and there are no others. Points: {count}.").format(
            count=len(found.points)
        )
    if found.ending is Ending.IMPOSSIBLE:
        return _("There is no such plan: rules of the scenario cannot hold together.")
    if not found.above.proven:
        return _("NOT COMPLETE: goals ranked before are not proven to be at their best.")
    proven = sum(point.proven for point in found.points)
    return _("NOT COMPLETE: {proven} points are proven, others may be missing.").format(proven=proven)


def frontier_sheets(found: Frontier, *, timed: bool = True) -> list[Table]:
    """The points, from the best in the first goal on; `timed`, with how long each took."""
    columns = ("#", *map(label, found.goals), _("positions cut"), _("proof"), *([_("seconds")] if timed else []))
    rows: list[tuple[Cell, ...]] = [
        (number, *_marks(found.goals, point), _cut(point), _proof(point), *_time(point, timed=timed))
        for number, point in enumerate(found.points, 1)
    ]
    return [sheet(_("Trade-off"), columns, rows, figures=0)] if rows else []


def frontier_plain(found: Frontier) -> dict[str, Any]:
    """The answer for programs."""
    return {
        "scenario": found.scenario.name,
        "complete": found.complete,
        "ending": found.ending.value,
        "goals": [{"goal": goal_name(goal)} | unstructure(goal) for goal in found.goals],
        "held": [
            {"goal": one.name, "value": written_value(one.value), "proven": one.proven} for one in found.above.goals
        ],
        "points": [_plain_point(point) for point in found.points],
        "seconds": round(found.seconds, 3),
    }


def _plain_point(point: Point) -> dict[str, Any]:
    plan, problem = point.plan, point.plan.problem
    ends = ((h, c, problem.authorised(h, c), plan.owned(h, c, problem.last)) for h, c in problem.accounts)
    keys = ("holder", "category", "today", "after")
    changes = [dict(zip(keys, end, strict=True)) for end in ends if end[2] != end[3]]
    marks = [unstructure(mark) for mark in point.marks]
    return {"marks": marks, "cut": _cut(point), "proven": point.proven, "changes": changes}


def point_heard(goals: Sequence[Goal], point: Point) -> str:
    """A point in a line, as it is found."""
    marks = ", ".join(f"{goal_name(goal)} {marked(goal, mark)}" for goal, mark in zip(goals, point.marks, strict=True))
    return _("point found: {marks}; {proof}, {seconds} s").format(
        marks=marks, proof=_proof(point).shown, seconds=_s(point)
    )


def _marks(goals: Sequence[Goal], point: Point) -> list[Figure]:
    return [Figure(mark, marked(goal, mark)) for goal, mark in zip(goals, point.marks, strict=True)]


def marked(goal: Goal, mark: Mark) -> str:
    """What a point comes to in a goal, with its unit."""
    return value(goal, mark) if isinstance(mark, int) else percent(mark)


def _proof(point: Point) -> Figure:
    return Figure(point.proven, _("proven") if point.proven else _("NOT PROVEN"))


def _cut(point: Point) -> int:
    problem = point.plan.problem
    return sum(point.plan.cut(u, c, y) for y in problem.years for u in problem.units for c in problem.held.get(u, ()))


def _time(point: Point, *, timed: bool) -> list[Figure]:
    return [Figure(_s(point), _s(point))] if timed else []


def _s(point: Point) -> str:
    return f"{point.seconds:.1f}"


def alternatives_said(found: Alternatives) -> Iterator[RenderableType]:
    """What was asked, and whether there are more."""
    scenario = found.best.scenario
    yield line(f"{scenario.problem.county} · {scenario}", "bold")
    yield from made_up(scenario.problem.county)
    yield line(alternatives_state(found), "green" if found.best.proven else "yellow")
    if found.plans and not found.best.proven:
        yield line(_("NOT PROVEN: plan 0 may not be the best, and the slack is counted from it."), "yellow")


def alternatives_state(found: Alternatives) -> str:
    """How many there are, and whether that is all."""
    if not found.plans:
        return {
            Ending.IMPOSSIBLE: _("There is no such plan: rules of the scenario cannot hold together."),
            Ending.INTERRUPTED: _("Stopped before any plan was found."),
        }.get(found.ending, _("Out of time before any plan was found. Allow more with --time-limit."))
    if found.complete and not found.others:
        return _("No other plan within the slack gives or leaves anybody other numbers: that is proven.")
    if found.complete:
        return _("Other plans: {count}. Any further plan within the slack owns the same as one of these.").format(
            count=len(found.others)
        )
    return _("Other plans: {count}. There may be more.").format(count=len(found.others))


def alternatives_sheets(found: Alternatives) -> list[Table]:
    """How the plans do, and by which holders they differ."""
    return [*_goal_sheet(found), *_holders(found)]


def _goal_sheet(found: Alternatives) -> Iterator[Table]:
    """A plan a column."""
    if not found.plans:
        return
    best = tuple(result.value for result in found.best.goals)
    values = [best, *(other.values for other in found.others)]
    rows: list[tuple[Cell, ...]] = [
        (label(goal), *(_value(goal, each[number]) for each in values))
        for number, goal in enumerate(found.best.scenario.goals)
    ]
    rows.append((_("distance to the nearest before"), None, *(other.distance for other in found.others)))
    rows.append((_("as far as can be"), None, *(_plan_proof(other) for other in found.others)))
    yield sheet(_("Plans"), (_("goal"), *_numbers(found)), rows)


def _holders(found: Alternatives) -> Iterator[Table]:
    """A holder a row."""
    problem, differing = found.best.scenario.problem, found.differing()
    if not differing:
        return
    rows: list[tuple[Cell, ...]] = [
        (problem.name(holder), problem.name(category), problem.authorised(holder, category), *sizes)
        for (holder, category), sizes in differing.items()
    ]
    columns = (_("holder"), _("category"), _("today"), *_numbers(found))
    yield sheet(
        _("What distinguishes them: positions owned in {year}").format(year=problem.last), columns, rows, figures=2
    )


def alternatives_plain(found: Alternatives) -> dict[str, Any]:
    """The answer for programs."""
    best = [written_value(result.value) for result in found.best.goals]
    others = [
        {"distance": one.distance, "proven": one.proven, "values": [written_value(each) for each in one.values]}
        for one in found.others
    ]
    return {
        "scenario": found.best.scenario.name,
        "complete": found.complete,
        "ending": found.ending.value,
        "goals": [goal_name(goal) for goal in found.best.scenario.goals],
        "best": {"proven": found.best.proven, "values": best},
        "others": others,
        "differing": [
            {"holder": holder, "category": category, "owned": list(sizes)}
            for (holder, category), sizes in found.differing().items()
        ],
        "seconds": round(found.seconds, 3),
    }


def alternative_heard(other: Alternative) -> str:
    """A plan in a line, as it is found."""
    return _("plan found: distance {distance} ({proof})").format(
        distance=other.distance, proof=_plan_proof(other).shown
    )


def _numbers(found: Alternatives) -> tuple[str, ...]:
    return tuple(_("plan {number}").format(number=number) for number in range(len(found.plans)))


def _value(goal: Goal, found: GoalValue | None) -> Figure:
    plain = written_value(found)
    return Figure(plain if isinstance(plain, int | str) else str(plain), value(goal, found))


def _plan_proof(other: Alternative) -> Figure:
    return Figure(other.proven, _("proven") if other.proven else _("NOT PROVEN"))


@dataclass(frozen=True, slots=True)
class About:
    """What was asked: the cases, where the plan comes from, what counts as being at risk."""

    scenario: Scenario
    strain: Strain
    seed: int
    outcome: Outcome
    floor: Fraction | None = None
    robust: int | None = None
    again: bool = False


def no_plan(outcome: Outcome) -> RenderableType:
    """There is nothing to judge."""
    return line(" ".join(state(outcome)), "yellow")


def stress_said(about: About, found: Stressed) -> Iterator[RenderableType]:
    """What was asked, and the answer in a few sentences."""
    county = about.scenario.problem.county
    yield line(f"{county} · {about.scenario}", "bold")
    yield from made_up(county)
    yield line(_plan(about))
    yield line(_cases_drawn(about, found))
    for sentence in (*_worst(found), *_risk(about, found), *_trouble(about, found)):
        yield line(sentence)


def stress_sheets(about: About, found: Stressed) -> list[Table]:
    """Coverage by township, and the rules that break."""
    breaking = found.breaking()
    rules = sheet(_("Cases in which a rule is broken"), (_("rule"), _("cases")), list(breaking.items()))
    return [_townships(about, found), *([rules] if breaking else [])]


def stress_plain(about: About, found: Stressed) -> dict[str, Any]:
    """The answer for programs."""
    whole: dict[str, Any] = {
        "scenario": about.scenario.name,
        "strain": about.strain,
        "seed": about.seed,
        "floor": _floor(about, found),
        "robust": about.robust,
        "again": about.again,
        "proven": about.outcome.proven,
        "meant": found.meant,
        "at_risk": dict(found.at_risk(about.floor)),
        "broken": dict(found.breaking()),
        "cases": found.cases,
    }
    return {key: unstructure(each) for key, each in whole.items()}


def _plan(about: About) -> str:
    return _kind(about) + ("" if about.outcome.proven else " " + _("It is NOT PROVEN to be the best."))


def _kind(about: About) -> str:
    if about.again:
        return _("The best plan of each case, beside the plan as it was meant.")
    if about.robust is None:
        return _("One and the same plan in every case.")
    text = _("One plan for the county's own figures and {count} cases, the worst case first.")
    return text.format(count=about.robust)


def _cases_drawn(about: About, found: Stressed) -> str:
    spans = {
        _("demand"): about.strain.demand,
        _("retirements"): about.strain.retirements,
        _("population"): about.strain.population,
    }
    ranges = ", ".join(
        _("{figure} {least} to {most}").format(figure=figure, least=percent(one.least), most=percent(one.most))
        for figure, one in spans.items()
        if one.least != 1 or one.most != 1
    )
    text = _("Cases: {count}, seed {seed}; {ranges} of what the tables say.")
    return text.format(count=len(found.cases), seed=about.seed, ranges=ranges or _("everything as it is, 100 %"))


def _worst(found: Stressed) -> Iterator[str]:
    if found.worst is not None:
        text = _("Worst-off township: {meant} as meant, {worst} in the worst case ({case}).")
        worst = found.worst
        yield text.format(meant=percent(found.meant.worst), worst=percent(worst.worst), case=worst.name)


def _risk(about: About, found: Stressed) -> Iterator[str]:
    problem, risks = about.scenario.problem, found.at_risk(about.floor)
    floor = percent(_floor(about, found))
    if not risks:
        yield _("No township is covered below {floor} in any case.").format(floor=floor)
        return
    names = ", ".join(f"{problem.name(township)} ({count})" for township, count in list(risks.items())[:3])
    yield _("At risk, covered below {floor} in so many cases: {names}.").format(floor=floor, names=names)


def _trouble(about: About, found: Stressed) -> Iterator[str]:
    if found.stopped:
        yield _("Stopped; only these cases were solved.")
    broken = sum(bool(case.broken) for case in found.cases)
    if broken:
        yield _("Cases in which the plan breaks a rule: {count}.").format(count=broken)
    if missing := len(found.cases) - len(found.found):
        yield _("Cases without a plan: {count}.").format(count=missing)
    if unproven := sum(about.again and not case.proven for case in found.cases):
        yield _("Cases NOT PROVEN: {count}.").format(count=unproven)


def _floor(about: About, found: Stressed) -> Fraction:
    return found.meant.worst if about.floor is None else about.floor


def _townships(about: About, found: Stressed) -> Table:
    """A row for each township: as meant, the spread over all cases, how often it is at risk."""
    names = (_("worst"), *(_("{percent} %").format(percent=each) for each in PERCENTS[1:-1]), _("best"))
    columns = (_("township"), _("meant"), *names, _("at risk"))
    risks = found.at_risk(about.floor)
    rows: list[tuple[Cell, ...]] = []
    for township in about.scenario.problem.townships:
        if spread := found.spread(township):
            meant = found.meant.coverage.get(township)
            figures = (None if meant is None else _share(meant), *map(_share, spread))
            rows.append((about.scenario.problem.name(township), *figures, risks.get(township, 0)))
    return sheet(_("Coverage at the end, over all cases"), columns, rows)


def _share(share: Fraction) -> Figure:
    return Figure(share, percent(share))
