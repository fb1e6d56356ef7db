"""What a county package comes to before anything is asked: what it holds, what is odd, what today already breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import RenderableType

from rebalance.county.county import County, digest
from rebalance.county.remark import Remark
from rebalance.county.remarks import permitted, remarks
from rebalance.county.tables import TABLES
from rebalance.plans.audit import Audit, once, today
from rebalance.plans.rows import finding_rows
from rebalance.scenario.codec import unstructure
from rebalance.scenario.scenario import Scenario, silent
from rebalance.screen import Answer, add, line, on_screen, table, words
from rebalance.text import _


@dataclass(frozen=True, repr=False)
class Check(Answer):
    """A county without faults: what is odd about it, and the audit of a plan that changes nothing."""

    county: County
    remarks: tuple[Remark, ...]
    audit: Audit
    notes: tuple[str, ...] = ()
    """What was read kindly in the county's files, a sentence a kind."""

    def parts(self) -> Iterator[RenderableType]:
        """The report on the package."""
        head, *made_up, ledger = self.county.brief()
        yield from (head, *made_up, line(_("No faults."), "green"))
        yield from (line(_("Read with a note: {note}").format(note=note), "yellow") for note in self.notes)
        yield from (self.county.sizes(), ledger)
        if self.remarks:
            made = table(_("Worth a look"), words(_("table")), words(_("row")), words(_("remark")))
            for remark in self.remarks:
                add(made, remark.table, " ".join(remark.key), remark.sentence)
            yield made
        for title, found in (
            (_("Broken today: may stay, but not get worse"), once(self.audit.inherited)),
            (_("Broken today: a plan has to mend it"), once(self.audit.broken)),
        ):
            if found:
                yield on_screen(self.audit.table(title, [("", one) for one in found]))
        yield from (line(sentence, "yellow") for sentence in permitted(self.county))

    def to_json(self) -> dict[str, Any]:
        """The same as plain data."""
        county = self.county
        rows = unstructure(finding_rows(self.audit.findings))
        return {
            "faults": [],
            "notes": list(self.notes),
            "county": {"name": county.name, "name_zh": county.name_zh, "code": county.code},
            "years": list(county.years),
            "synthetic": county.synthetic,
            "digest": digest(county),
            "tables": {one.name: len(getattr(county, one.name)) for one in TABLES},
            "remarks": [asdict(remark) for remark in self.remarks],
            "today": [row for row in rows if row["broken"] or row["inherited"]],
            "silent": list(silent(self.audit.scenario.rules, self.county)),
            "permitted": list(permitted(self.county)),
        }


def remarks_in_short(scenario: Scenario) -> Iterator[RenderableType]:
    """What is odd about the county of a scenario: in full what bears on its rules, the rest only counted."""
    found = remarks(scenario.county)
    told = [one for one in found if scenario.rules.keys() & set(one.rules)]
    for one in told:
        yield line(_("Worth a look: {remark}").format(remark=one.sentence), "yellow")
    if rest := len(found) - len(told):
        yield line(_("Remarks on the county's tables: {count}; `rebalance check` has them.").format(count=rest))


def check(county: County, notes: Iterable[object] = ()) -> Check:
    """Look at a county: what is odd about it, and what its state of today breaks of the rules with their defaults."""
    return Check(county, tuple(remarks(county)), today(county), tuple(map(str, notes)))
