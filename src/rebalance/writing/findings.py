"""What the rules found: what is broken first, then what is inherited, then where there is no room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table

from rebalance.audit import Audit
from rebalance.finding import Finding
from rebalance.words import _
from rebalance.writing.numbers import limits
from rebalance.writing.terminal import add, line, number, table, words

MOST = 4
"""So many findings of each sort and rule are shown, the others counted (but all that is broken is shown)."""

Found = tuple[str, Finding]


def findings(checks: Audit) -> Iterator[RenderableType]:
    """A table for each sort of finding of which there is any."""
    yield from broken(checks)
    yield from _shown(checks, _("Inherited: broken today, and not made worse"), once(checks.inherited))
    yield from _shown(checks, _("No room: figures that sit on a limit"), _biting(checks))


def broken(checks: Audit) -> Iterator[RenderableType]:
    """What is broken, in full."""
    if checks.broken:
        yield listed(checks, _("BROKEN"), checks.broken, "red")


def broken_today(checks: Audit) -> Iterator[RenderableType]:
    """What is wrong with a plan that changes nothing: what may stay, and what any plan has to mend."""
    for title, found in (
        (_("Broken today: may stay, but not get worse"), once(checks.inherited)),
        (_("Broken today: a plan has to mend it"), once(checks.broken)),
    ):
        if found:
            yield listed(checks, title, found)


def once(found: Iterable[Found]) -> list[Found]:
    """The first year of what is said about the same place in several."""
    seen: dict[tuple[str, ...], Found] = {}
    for rule, finding in found:
        place = finding.place
        seen.setdefault((rule, place.holder, place.agency, place.category, place.aspect, place.item), (rule, finding))
    return list(seen.values())


def listed(checks: Audit, title: str, found: Sequence[Found], style: str = "") -> Table:
    """A table of findings, each in the words of its rule."""
    made = table(title, words(_("rule")), words(_("what it asks")), number(_("found")), words(_("limits")))
    for rule, finding in found:
        sentence = checks.scenario.rules[rule].explain(checks.plan.problem, finding.place)
        add(made, rule, sentence, finding.found, limits(finding), style=style)
    return made


def _biting(checks: Audit) -> list[Found]:
    """Limits that may keep the plan from being better: those of the books are only book-keeping."""
    return once((rule, finding) for rule, finding in checks.tight if rule != "ledgers")


def _shown(checks: Audit, title: str, found: Sequence[Found]) -> Iterator[RenderableType]:
    ranks: Counter[str] = Counter()
    shown = []
    for rule, finding in found:
        ranks[rule] += 1
        if ranks[rule] <= MOST:
            shown.append((rule, finding))
    if shown:
        yield listed(checks, title, shown)
    if more := len(found) - len(shown):
        yield line(_("… and {count} more: `rebalance audit --json` lists all.").format(count=more))
