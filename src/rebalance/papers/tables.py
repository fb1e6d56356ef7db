"""All tables of the papers, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence

from rebalance.papers import about, affairs, people, places, positions, proof, workplaces
from rebalance.papers.table import Table
from rebalance.record.outcome import Recorded

ALWAYS = frozenset({"overview", "positions", "findings", "goals", "digests"})
"""Tables that are there even when they have no rows."""


def tables(recorded: Recorded, others: Sequence[Recorded] = ()) -> tuple[Table, ...]:
    """Every table that has something to say; beside `others`, a comparison of the scenarios."""
    plan, checks = recorded.audit.plan, recorded.audit
    made = (
        about.overview(recorded),
        positions.positions(plan),
        positions.categories(plan),
        positions.givers(plan),
        places.townships(plan),
        places.origins(plan),
        workplaces.agencies(plan),
        workplaces.platforms(plan),
        workplaces.posts(plan),
        workplaces.mergers(plan),
        positions.schedule(plan),
        positions.yearly(plan),
        people.stations(plan),
        people.dispatched(plan),
        people.borrowed(plan),
        affairs.matters(plan),
        affairs.lists(plan),
        people.leadership(checks),
        places.coverage(plan),
        people.cost(plan),
        people.history(plan),
        about.comparison((recorded, *others)),
        proof.approvals(plan),
        proof.goals(recorded.outcome),
        proof.rules(checks),
        proof.findings(checks),
        about.changes(recorded),
        about.sources(plan),
        about.digests(recorded),
    )
    return tuple(table for table in made if table.rows or table.name in ALWAYS)
