"""A sweep as a picture: what coverage, work left over and positions given come to. Needs the extra `figures`."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import get_font_names

from rebalance.exploring.measures import measures
from rebalance.exploring.sweep import Line, name_of
from rebalance.words import _

FONTS = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "SimHei", "PingFang SC", "DejaVu Sans")
"""Those that are there are used, the earlier before the later; the last is always there."""

WIDTH, HEIGHT = 7.0, 2.4
UNDATED: Mapping[str, dict[str, Any]] = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}


def draw(lines: Sequence[Line], file: Path) -> None:
    """Draw the cases that have a plan into a file whose ending says how (.svg, .png, .pdf); same cases, same bytes."""
    planned = [line for line in lines if line.figures]
    path = _across(planned)
    wanted = [number for number, measure in enumerate(measures()) if measure.brief]
    panels = (wanted[-1], wanted[-2], wanted[0])
    with rc_context(_look()), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a font that is missing, or lacks a character
        figure = Figure(figsize=(WIDTH, HEIGHT * len(panels)), layout="constrained")
        drawn = list(zip(figure.subplots(len(panels), 1), panels, strict=True))
        for axes, number in drawn:
            _panel(axes, planned, path, number)
        if len(drawn[0][0].lines) > 1:
            drawn[0][0].legend(fontsize="small")
        figure.savefig(file, metadata=UNDATED.get(file.suffix))


def _look() -> Any:  # noqa: ANN401  # Matplotlib's own settings
    """Names are shown as they are, and the same picture is the same file."""
    there = set(get_font_names())
    fonts = [font for font in FONTS if font in there]
    return {"font.family": fonts, "text.parse_math": False, "svg.hashsalt": "rebalance", "svg.fonttype": "none"}


def _panel(axes: Axes, lines: Sequence[Line], path: str, number: int) -> None:
    share = any(isinstance(line.figures[number], Fraction) for line in lines)
    axes.set_ylabel(measures()[number].name + " (%)" * share)
    series: dict[str, list[Line]] = {}
    for line in lines if path else ():
        rest = name_of({key: value for key, value in line.settings.items() if key != path})
        series.setdefault(": ".join(filter(None, (line.base, rest))), []).append(line)
    if not path:
        series[""] = list(lines)
    for name, members in series.items():
        if path:
            members = sorted(members, key=lambda line: line.settings[path])  # noqa: PLW2901  # in order of the axis
        across = [float(line.settings[path]) if path else lines.index(line) + 1 for line in members]
        axes.plot(across, [_height(line.figures[number]) for line in members], marker="o", label=name or None)
    axes.set_xlabel(path or _("case"))
    axes.grid(visible=True, alpha=0.3)


def _across(lines: Sequence[Line]) -> str:
    """The first path whose values are numbers, and not all the same; empty where there is none."""
    for path in dict.fromkeys(path for line in lines for path in line.settings):
        values = [line.settings.get(path) for line in lines]
        if all(isinstance(value, int | Decimal) for value in values) and len(set(values)) > 1:
            return path
    return ""


def _height(value: Any) -> float:  # noqa: ANN401  # a figure
    return float(value * 100) if isinstance(value, Fraction) else float(value)
