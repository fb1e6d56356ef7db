"""What the figures of a sweep have in common: which parameters vary, which measure is shown, and its unit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rebalance.exploring.measures import Value, measures
from rebalance.exploring.sweep import Line
from rebalance.figures.measuring import named
from rebalance.figures.origin import synthetic
from rebalance.hints import near_miss, quoted
from rebalance.words import _
from rebalance.writing.numbers import hundredths, percent
from rebalance.writing.rule_names import rule_title
from rebalance.writing.strung import listed

FEW = 6
"""So many counties are named."""

WORST = -1
"""The measure shown unless another is named: the lowest coverage, which stands last."""


def planned(lines: Sequence[Line]) -> list[Line]:
    """The cases that have a plan.

    Raises:
        ValueError: none has.
    """
    found = [line for line in lines if line.figures]
    if not found:
        message = _("nothing to draw: no case has a plan (got {value} cases). Draw cases that have one.")
        raise ValueError(message.format(value=len(lines)))
    return found


def measured(name: str | None) -> int:
    """The number of a measure among `measures()`.

    Raises:
        ValueError: there is none of this name.
    """
    names = [measure.name for measure in measures()]
    if name is None:
        return len(names) + WORST
    if name not in names:
        message = _("no such measure (got {value}). Accepted: {accepted}.")
        text = message.format(value=quoted(name), accepted=", ".join(names))
        raise ValueError(text + near_miss(name, names))
    return names.index(name)


def varied(lines: Sequence[Line]) -> list[str]:
    """The places in the scenario whose values are not the same in all cases."""
    paths = dict.fromkeys(path for line in lines for path in line.settings)
    return [path for path in paths if any(line.settings.get(path) != lines[0].settings.get(path) for line in lines)]


def is_number(value: object) -> bool:
    """Whether a setting is a number, which has a place on an axis."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def short(path: str) -> str:
    """A place in a scenario: a rule by its name for people, anything else by its last two steps."""
    match path.split("."):
        case ["rules", rule, *parameter] if parameter:
            return named(_("{rule}: {parameter}").format(rule=rule_title(rule), parameter=".".join(parameter)))
        case steps:
            return named(".".join(steps[-2:]))


def shown(value: Value) -> str:
    """A figure as people read it."""
    match value:
        case Fraction():
            return percent(value)
        case Decimal():
            return hundredths(int(value * 100))
        case _other:
            return str(value)


def height(value: Any) -> float:  # noqa: ANN401  # a figure
    """Where a figure lies on an axis: a share in percent."""
    return float(value * 100) if isinstance(value, Fraction) else float(value)


def title_of(drawn: Sequence[Line], number: int) -> str:
    """From where to where a measure goes."""
    values = [line.figures[number] for line in drawn]
    ends = [shown(pick(values, key=height)) for pick in (min, max)]
    name = measures()[number].name
    text = _("{measure}: {least} to {most} in {count} cases")
    return text.format(measure=name[:1].upper() + name[1:], least=ends[0], most=ends[1], count=len(drawn))


def unit_of(number: int, lines: Sequence[Line]) -> str:
    """A measure's name with its unit."""
    name = measures()[number].name
    return f"{name}, %" if any(isinstance(line.figures[number], Fraction) for line in lines) else name


def said(line: Line, number: int) -> str:
    """A case in words."""
    return f"{named(line.name)}: {shown(line.figures[number]) if line.figures else _('no plan')}."


def note(lines: Sequence[Line]) -> list[str]:
    """What stands at the foot: the counties, cases without a plan, plans that are not proven, and what is made up."""
    counties = [*dict.fromkeys(named(line.county) for line in lines if line.county)]
    missing = sum(not line.figures for line in lines)
    unproven = sum(bool(line.figures) and not line.proven for line in lines)
    return [
        *([listed(counties[:FEW]) + ("…" if len(counties) > FEW else "")] if counties else []),
        *([_("Cases without a plan: {count}.").format(count=missing)] if missing else []),
        *([_("Cases NOT PROVEN: {count}.").format(count=unproven)] if unproven else []),
        *([synthetic()] if any(line.synthetic for line in lines) else []),
    ]
