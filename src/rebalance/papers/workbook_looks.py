"""The formats of a workbook, each made once."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from rebalance.papers.table import Kind

NUMBERS = {
    Kind.TEXT: "@",
    Kind.YEAR: "0",
    Kind.COUNT: '#,##0;-#,##0;"–"',
    Kind.CHANGE: '+#,##0;-#,##0;"–"',
    Kind.WORK: "#,##0.00",
    Kind.SHARE: "0.0%",
    Kind.MONEY: '#,##0;-#,##0;"–"',
}
"""How a spreadsheet shows each kind of figure; where nothing is, a dash is easier on the eye than a nought."""

LINE = {"border": 1, "border_color": "#BFC5CE"}
BODY = {"font_name": "SimSun", "font_size": 10, "valign": "vcenter", **LINE}
PLAIN = {"border": 0}
LINES = {"text_wrap": True, "valign": "top"}


class Looks:
    """Formats by what they are for."""

    def __init__(self, book: Workbook) -> None:
        """None yet."""
        self._book = book
        self._made: dict[tuple[Any, ...], Format] = {}

    def title(self) -> Format:
        """The first line of a sheet."""
        return self._format({"font_name": "SimHei", "font_size": 15, "bold": True, **PLAIN, "valign": "vcenter"})

    def note(self, *, wrap: bool = True) -> Format:
        """A line of explanation; without `wrap` it may run on over the cells beside it."""
        return self._format({**BODY, **PLAIN, **(LINES if wrap else {}), "font_color": "#5A6473"})

    def warning(self, *, wrap: bool = True) -> Format:
        """A line nobody may miss."""
        return self._format({**BODY, **PLAIN, **(LINES if wrap else {}), "bold": True, "font_color": "#B42318"})

    def link(self) -> Format:
        """A way to another sheet."""
        return self._format({**BODY, **PLAIN, "font_color": "#1F5FA8", "underline": 1})

    def head(self) -> Format:
        """The heading of a column."""
        look = {"bold": True, "bg_color": "#E6EBF2", "text_wrap": True, "align": "center"}
        return self._format({**BODY, **look})

    def title_note(self) -> Format:
        """A line below the title, which may run across the sheet."""
        return self._format({**BODY, **PLAIN})

    def wanted(self) -> Format:
        """The heading of a column that has to be filled in."""
        return self._format({**BODY, "bold": True, "bg_color": "#C9D6E8", "text_wrap": True, "align": "center"})

    def typed(self, *, number: bool) -> Format:
        """A cell for people to type into: a number, or a text that stays as it is typed (00123)."""
        look = {"num_format": "General"} if number else {"num_format": "@", "text_wrap": True}
        return self._format({"font_name": "SimSun", "font_size": 10, "valign": "top", **look})

    def cell(self, kind: Kind, *, editable: bool = False) -> Format:
        """A figure or text; what may be changed is coloured, and the sheet's protection leaves it open."""
        look = {"num_format": NUMBERS[kind], "align": "left" if kind is Kind.TEXT else "right"}
        wrap = {"text_wrap": True, "indent": 1} if kind is Kind.TEXT else {}
        own = {"bg_color": "#FFF7CC", "locked": False} if editable else {}
        return self._format({**BODY, **look, **wrap, **own})

    def total(self, kind: Kind) -> Format:
        """A sum."""
        look = {"num_format": NUMBERS[kind], "bold": True, "bg_color": "#F3F5F8", "top": 2}
        return self._format({**BODY, **look})

    def red(self) -> Format:
        """Laid over figures that are bad news."""
        return self._format({"font_color": "#B42318", "bg_color": "#FDE7E4", "bold": True})

    def amber(self) -> Format:
        """Laid over figures that are worth a look."""
        return self._format({"font_color": "#8A5A00", "bg_color": "#FFF3D6"})

    def _format(self, look: dict[str, Any]) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(look)
        return self._made[key]
