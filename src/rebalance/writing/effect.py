"""What asking for something else leads to, in sentences: the goals that change, and who gives and who receives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rich.console import RenderableType

from rebalance.explaining.effect import Change, Effect, Shift
from rebalance.goals.goal import Profile
from rebalance.outcome import Clash
from rebalance.problem import Problem
from rebalance.scenario import Scenario, goal_name
from rebalance.words import _
from rebalance.writing.clash import law
from rebalance.writing.numbers import instead, percent
from rebalance.writing.terminal import add, line, number, table, words

MOST = 12
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


def parting(before: Profile, after: Profile) -> tuple[int, Fraction | None, Fraction | None]:
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


def against(scenario: Scenario, clash: Clash) -> Iterator[RenderableType]:
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
    for rule, place in members[:MOST]:
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
    for one in sorted(rows, key=_largest)[:MOST]:
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
    if count > MOST:
        yield line(_("… and {count} more.").format(count=count - MOST))
