"""The story of a place, in sentences that can be read aloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from rebalance.explaining.effect import Effect
from rebalance.explaining.why import Found, Story
from rebalance.plan import Plan, standing_still
from rebalance.rules.limits import Range
from rebalance.scenario import Scenario
from rebalance.words import _
from rebalance.writing.effect import effect
from rebalance.writing.numbers import limits, percent
from rebalance.writing.summary import made_up
from rebalance.writing.terminal import add, line, number, table, words

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
        still = standing_still(problem)
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
