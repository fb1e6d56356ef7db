"""The story of a place, in sentences that can be read aloud."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from rich.console import RenderableType

from rebalance.analysis.effect import Change, Effect, Shift
from rebalance.analysis.price import Price
from rebalance.analysis.range import Span
from rebalance.analysis.repair import Move, Repair, Repairs
from rebalance.analysis.why import Found, Story
from rebalance.goals.goal import LeximinVector
from rebalance.model.plan import Plan, status_quo
from rebalance.plans.outcome import Conflict
from rebalance.problem.problem import Problem
from rebalance.rules.rule import Range
from rebalance.scenario.codec import unstructure
from rebalance.scenario.scenario import Scenario, goal_name
from rebalance.screen import add, line, number, table, words
from rebalance.solver.relaxable import DataCell, Instance, RelaxableLimit, RuleNumber, Without
from rebalance.tables.demand import made_up
from rebalance.tables.proof import law
from rebalance.tables.words import instead, limits
from rebalance.text import _, percent

MOST_CHANGES = 12
"""So many rows are shown; the others are counted."""


def changes(found: Sequence[Change]) -> Iterator[str]:
    """A sentence for each goal that comes to something else."""
    for change in found:
        verdict = _("gains") if change.better else _("loses")
        text = _("Goal {rank}, {goal}, {verdict}: {what}.")
        yield text.format(rank=change.rank, goal=goal_name(change.goal), verdict=verdict, what=difference(change))


def difference(change: Change) -> str:
    """What a goal was and would be; of a profile, the first place from the worst up where the two part."""
    if isinstance(change.before, tuple) and isinstance(change.after, tuple):
        rank, was, now = parting(change.before, change.after)
        text = _("number {rank} from the worst up stands at {now} instead of {was}")
        return text.format(rank=rank, was=exact(was, now), now=exact(now, was))
    if isinstance(change.before, int) and isinstance(change.after, int):
        return instead(change.goal, change.after, change.before)
    raise TypeError(change)


def parting(before: LeximinVector, after: LeximinVector) -> tuple[int, Fraction | None, Fraction | None]:
    """The first place, from 1, at which two profiles differ, with both shares (None: nobody stands there)."""
    spread = [[level for level, count in profile for _one in range(count)] for profile in (before, after)]
    for rank in range(max(map(len, spread)) + 1):
        was, now = (levels[rank] if rank < len(levels) else None for levels in spread)
        if was != now:
            return rank + 1, was, now
    raise ValueError((before, after))


def exact(share: Fraction | None, other: Fraction | None) -> str:
    """A share as people read it; where both would read alike, with the fraction it is."""
    if share is None:
        return _("enough")
    alike = other is not None and percent(share) == percent(other)
    return f"{percent(share)} ({share})" if alike else percent(share)


def effect(scenario: Scenario, found: Effect) -> Iterator[RenderableType]:
    """The goals first, then who pays; or what stands against it."""
    if found.possible is None:
        yield line(_("There was no time to find out."), "yellow")
        return
    if found.clash is not None:
        yield from against(scenario, found.clash)
        if not found.clash.confirmed:
            yield line(_("A second setting of the solver has not confirmed it in the time there was."), "yellow")
        return
    if not found.changes:
        yield line(_("No goal changes."))
    for sentence in changes(found.changes):
        yield line(sentence)
    yield from shifts(scenario.problem, found)
    if not found.settled:
        yield line(_("NOT PROVEN to be the best: there was no time for it."), "yellow")


def against(scenario: Scenario, clash: Conflict) -> Iterator[RenderableType]:
    """The rules that stand against something: without any one of them the others would not."""
    members = clash.members
    if not members:
        text = _(
            "It cannot be, whatever is given way: what is law forbids it, or that units only give, townships receive."
        )
        yield line(text, "red")
        yield from law(scenario, clash)
        return
    made = table(_("It cannot be: these rules together forbid it"), words(_("rule")), words(_("what it asks")))
    for rule, place in members[:MOST_CHANGES]:
        add(made, rule, scenario.rules[rule].explain(scenario.problem, place))
    yield made
    yield from _more(len(members))
    yield from law(scenario, clash)


def shifts(problem: Problem, found: Effect) -> Iterator[RenderableType]:
    """Who has more and who has fewer positions; where nobody has, which agencies have."""
    rows = found.owned or found.strengths
    title = _("Positions at the end of {year}") if found.owned else _("Strength of agencies at the end of {year}")
    if not rows:
        yield line(_("Nobody has more or fewer positions."))
        return
    made = table(title.format(year=problem.last), words(_("where")), number(_("was")), number(_("by")), number(_("is")))
    for one in sorted(rows, key=_largest)[:MOST_CHANGES]:
        add(made, one.where.name(problem), one.before, f"{one.by:+}", one.after)
    yield made
    yield from _more(len(rows))
    if found.owned:
        gain, loss = (sum(abs(one.by) for one in rows if (one.by > 0) is up) for up in (True, False))
        yield line(_("Together {gain} more and {loss} fewer.").format(gain=gain, loss=loss))


def _largest(one: Shift) -> tuple[int, int, str]:
    """Losses before gains of the same size, the largest first."""
    return (-abs(one.by), one.by, str(one.where))


def _more(count: int) -> Iterator[RenderableType]:
    if count > MOST_CHANGES:
        yield line(_("… and {count} more.").format(count=count - MOST_CHANGES))


FEW = 6
"""So many reasons are given."""


def told(scenario: Scenario, plan: Plan, story: Story) -> Iterator[RenderableType]:
    """What the place gets, of what, and what leaves it no room."""
    problem = plan.problem
    yield line(f"{story.where.name(problem)} · {scenario}", "bold")
    yield from made_up(problem.county)
    yield line(_got(plan, story))
    for sentence in _covered(plan, story):
        yield line(sentence)
    parts = [one for one in story.parts if one.before or one.after]
    if len(parts) > 1:
        made = table(
            _("Of these"), words(_("category")), number(_("today")), number(_("by")), number(str(problem.last))
        )
        for one in parts[: 2 * FEW]:
            add(made, problem.name(one.where.category), one.before, f"{one.by:+}" if one.by else "–", one.after)
        yield made
    yield from _reasons(scenario, _("Here there is no room"), story.here)
    yield from _reasons(scenario, _("In the whole county there is no room"), story.everywhere)
    if not (story.here or story.everywhere):
        yield line(_("No limit stands here by itself; with another number it is said what stands against that."))
    yield from _further(story, story.where.most(problem))


def _further(story: Story, most: int | None) -> Iterator[RenderableType]:
    """What can be asked next: one more where there could be, one fewer where there are any."""
    both = _("What one more would cost, and whom: the same with --at-least {more}; one fewer: --at-most {fewer}.")
    more = _("What one more would cost, and whom: the same with --at-least {more}.")
    fewer = _("What one fewer would bring, and whom: the same with --at-most {fewer}.")
    full = most is not None and story.now >= most
    text = more if not story.now else fewer if full else both
    yield line(text.format(more=story.now + 1, fewer=story.now - 1))


def answered(scenario: Scenario, story: Story, wanted: Range, found: Effect) -> Iterator[RenderableType]:
    """What asking for another number would lead to."""
    name, year = story.where.name(scenario.problem), scenario.problem.last
    yield line(f"{name} · {scenario}", "bold")
    yield from made_up(scenario.problem.county)
    if wanted.at_least is not None:
        text = _("{place}: {now} at the end of {year}. If it were at least {number}:")
        yield line(text.format(place=name, now=story.now, year=year, number=wanted.at_least))
    else:
        text = _("{place}: {now} at the end of {year}. If it were at most {number}:")
        yield line(text.format(place=name, now=story.now, year=year, number=wanted.at_most))
    yield from effect(scenario, found)


def _got(plan: Plan, story: Story) -> str:
    words_ = {"place": story.where.name(plan.problem), "today": story.today, "now": story.now}
    words_ |= {"year": plan.problem.last, "by": abs(story.now - story.today)}
    most = story.where.most(plan.problem)
    if most == 1:
        done = _("{place} goes down by the end of {year}.")
        return (done if story.now else _("{place} does not go down by the end of {year}.")).format(**words_)
    if most is not None:
        return _("{place}: goes down to {now} of {most} places by the end of {year}.").format(most=most, **words_)
    if story.now > story.today:
        return _("{place} has {today} today and {now} at the end of {year}: {by} more.").format(**words_)
    if story.now < story.today:
        return _("{place} has {today} today and {now} at the end of {year}: {by} fewer.").format(**words_)
    return _("{place} has {now} today, and as many at the end of {year}.").format(**words_)


def _covered(plan: Plan, story: Story) -> Iterator[str]:
    """How much of the work is covered, where there is work."""
    problem, where = plan.problem, story.where
    if where.holder in problem.township and not where.agency and not where.others and problem.work.of(where.holder):
        still = status_quo(problem)
        today = percent(still.coverage(where.holder, problem.years[0]))
        now = percent(plan.coverage(where.holder, problem.last))
        text = _("That covers {now} of its work; what is placed today covers {today}.")
        short = _("That covers {now} of its work.")
        yield (text if problem.county.placed else short).format(now=now, today=today)


def _reasons(scenario: Scenario, title: str, found: Sequence[Found]) -> Iterator[RenderableType]:
    if found:
        made = table(title, words(_("rule")), words(_("what it asks")), number(_("found")), words(_("limits")))
        for rule, finding in found[:FEW]:
            sentence = scenario.rules[rule].explain(scenario.problem, finding.place)
            add(made, rule, sentence, finding.found, limits(finding))
        yield made
    if len(found) > FEW:
        yield line(_("… and {count} more: `rebalance audit --json` lists all.").format(count=len(found) - FEW))


MOST_REPAIRS = 20
"""So many statements of a clash are shown; the others are counted."""

Levers = Mapping[Instance, Sequence[RelaxableLimit]]


def explained(
    scenario: Scenario, found: Sequence[Conflict], where: Levers, repairs: Repairs, file: str
) -> Iterator[RenderableType]:
    """The clashes, then the ways out, the cheapest first."""
    yield line(f"{scenario.problem.county} · {scenario}", "bold")
    yield line(_("There is no such plan: rules of the scenario cannot hold together."), "yellow")
    if not all(clash.confirmed for clash in found):
        yield line(_("A second setting of the solver has not confirmed it in the time there was."), "yellow")
    for place, clash in enumerate(found, 1):
        yield from _clash(scenario, clash, where, place, len(found))
    yield from _repairs(scenario.problem, repairs, file)


def _clash(scenario: Scenario, clash: Conflict, where: Levers, number: int, count: int) -> Iterator[RenderableType]:
    if not clash.members:
        yield line(_("What is law cannot hold together in this county, whatever else is asked."), "red")
        yield from law(scenario, clash)
        return
    title = _("These cannot hold together") + (f" ({number}/{count})" if count > 1 else "")
    made = table(title, words(_("rule")), words(_("what it asks")), words(_("where it stands")))
    for member in clash.members[:MOST_REPAIRS]:
        rule, place = member
        stands = "\n".join(dict.fromkeys(named(scenario.problem, relaxable) for relaxable in where.get(member, ())))
        add(made, rule, scenario.rules[rule].explain(scenario.problem, place), stands)
    yield made
    if len(clash.members) > MOST_REPAIRS:
        yield line(_("… and {count} more.").format(count=len(clash.members) - MOST_REPAIRS))
    yield from law(scenario, clash)
    if len(clash.members) > 1:
        yield line(_("Without any one of these, the others of this table can hold together."))


def _repairs(problem: Problem, repairs: Repairs, file: str) -> Iterator[RenderableType]:
    if not repairs.found:
        yield line(_nothing(repairs), "red")
        return
    for rank, repair in enumerate(repairs.found, 1):
        yield line("")
        title = _("Repair {number}, numbers to change: {count}").format(number=rank, count=len(repair.moves))
        yield line(title + (_(" (the cheapest)") if rank == 1 else ""), "bold")
        for move in repair.moves:
            yield line("· " + changed(problem, move))
        if not repair.verified:
            yield line(_("NOT VERIFIED: solving the repaired scenario found no plan."), "red")
        for said in overlay(repair, file):
            yield from map(line, said.split("\n"))
    if not repairs.complete:
        yield line(_("There may be others as cheap: ask for more with --repairs, or allow more time."), "yellow")


def _nothing(repairs: Repairs) -> str:
    if repairs.complete:
        return _("No repair was found: what is law, or must stay, does not allow any.")
    return _("No repair was found in the time there was: allow more time.")


def named(problem: Problem, relaxable: RelaxableLimit) -> str:
    """Where a number stands, and what it is."""
    match relaxable:
        case DataCell(table=rows, key=key, field=field, value=value):
            row = ", ".join(problem.name(str(part)) for part in key if part)
            return f"{rows.name}: {row}: {field} = {value}"
        case RuleNumber(rule=rule, path=path, value=value):
            return f"[rules.{rule}] {_path(path)} = {written(value)}"
        case _rule:
            return f"[rules.{relaxable.name}]"


def changed(problem: Problem, move: Move) -> str:
    """A change in words."""
    if isinstance(move.relaxable, Without):
        return _("leave out the rule {rule}").format(rule=move.relaxable.name)
    number = move.relaxable.number(move.steps)
    return _("{number} → {now}").format(
        number=named(problem, move.relaxable), now="" if number is None else written(number)
    )


def overlay(repair: Repair, file: str) -> Iterator[str]:
    """The lines of a scenario file that extends the impossible one and is possible."""
    yield f"extends = {text(file)}"
    without = [move.relaxable.name for move in repair.moves if isinstance(move.relaxable, Without)]
    if without:
        yield f"without = [{', '.join(map(text, without))}]"
    tables: dict[str, list[str]] = defaultdict(list)
    for move in repair.moves:
        match move.relaxable:
            case RuleNumber(rule=rule, path=path):
                one = _parameter(repair.scenario, rule, path)
                tables[f"rules.{bare(rule)}"] += [one] if one not in tables[f"rules.{bare(rule)}"] else []
            case DataCell(table=rows, key=key, field=field) as cell:
                where = ".".join(("data", rows.name, *(bare(str(part)) for part in key)))
                tables[where].append(f"{field} = {cell.number(move.steps)}")
    for name, lines in tables.items():
        yield ""
        yield f"[{name}]"
        yield from lines


def _parameter(scenario: Scenario, rule: str, path: tuple[str | int, ...]) -> str:
    """A parameter with its value; a list is written whole, for a file replaces lists and does not add to them."""
    value: Any = scenario.rules[rule]
    keys: list[str] = []
    for part in path:
        if isinstance(part, int):
            break
        value = getattr(value, part)
        keys.append(part.rstrip("_"))
    return f"{'.'.join(keys)} = {written(value)}"


def written(value: Any) -> str:  # noqa: ANN401  # any parameter
    """A value as TOML has it."""
    if isinstance(value, Fraction):
        cents = value * 100
        return f"{float(value):g}" if cents.denominator == 1 else text(str(value))
    plain = unstructure(value)
    if isinstance(plain, list):
        return "[" + "".join(f"\n    {_inline(item)}," for item in plain) + "\n]"
    return _inline(plain)


def _inline(value: Any) -> str:  # noqa: ANN401  # plain data
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{bare(key)} = {_inline(one)}" for key, one in value.items() if one is not None) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else text(str(value))


def _path(path: Sequence[str | int]) -> str:
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def bare(key: str) -> str:
    """A key, in quotes where it needs them."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else text(key)


def text(value: str) -> str:
    """A text in quotes; what JSON escapes, TOML does too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def price_report(scenario: Scenario, found: Sequence[Price]) -> Iterator[RenderableType]:
    """A row for each that is worth anything; the others are counted."""
    problem = scenario.problem
    yield line(f"{problem.county} · {scenario}", "bold")
    yield from made_up(problem.county)
    worth = [one for one in found if one.worth]
    if worth:
        made = table(_("What it is worth, the most first"), words(_("one step of")), words(_("what the goals gain")))
        for one in worth:
            add(made, what(scenario, one), "\n".join(changes(one.effect.changes)))
        yield made
    nothing = sum(one.effect.settled and not one.worth for one in found)
    yield line(_("Worth nothing, as no goal gains: {count}.").format(count=nothing))
    open_ = [one for one in found if not one.effect.settled]
    if open_:
        text = _("NOT SETTLED in the time there was: {what}.")
        yield line(text.format(what="; ".join(what(scenario, one) for one in open_)), "yellow")


def what(scenario: Scenario, price: Price) -> str:
    """One position more, or the limit moved by one."""
    if isinstance(price.of, str):
        return _("one position more: {category}").format(category=scenario.problem.name(price.of))
    number = price.of.number(1)
    return f"{named(scenario.problem, price.of)} → {'' if number is None else written(number)}"


def range_report(scenario: Scenario, found: Sequence[Span]) -> Iterator[RenderableType]:
    """How many are forced, then a row for each that can move or may be able to."""
    problem = scenario.problem
    yield line(f"{problem.county} · {scenario}", "bold")
    yield from made_up(problem.county)
    forced = sum(one.forced for one in found)
    text = _("Of {count} numbers at the end of {year}, {forced} are forced: another would make some goal worse.")
    yield line(text.format(count=len(found), year=problem.last, forced=forced))
    open_ = [one for one in found if not one.forced]
    if open_:
        yield _movable(scenario, open_)
    if not all(one.proven for one in found):
        yield line(_("? as far as was found in the time there was; it may go further."), "yellow")


def _movable(scenario: Scenario, found: Sequence[Span]) -> RenderableType:
    made = table(
        _("These can move, one at a time, and no goal gets worse"),
        words(_("where")),
        number(_("least")),
        number(_("now")),
        number(_("most")),
    )
    for one in found:
        least = f"{one.ends.least}{'' if one.ends.least_proven else ' ?'}"
        most = f"{one.ends.most}{'' if one.ends.most_proven else ' ?'}"
        add(made, one.where.name(scenario.problem), least, one.now, most)
    return made
