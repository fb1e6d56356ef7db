"""Approvals in the store, which is the authority on those of the runs it keeps; steps are added and never altered."""

from __future__ import annotations

import json
from collections.abc import Iterator

from rebalance.fault import FaultsError
from rebalance.record.plan_file import PlanFile, fingerprint, signed
from rebalance.record.trail import Step, Trail
from rebalance.record.values import structure, unstructure
from rebalance.store.run import damaged, data_in
from rebalance.store.store import Store
from rebalance.store.trouble import refuse, told
from rebalance.words import _


def run_of(store: Store, said: PlanFile, text: str) -> int | None:
    """The run that holds this very plan: the latest with an approval, or else the latest."""
    query = (
        "SELECT id FROM runs WHERE county_digest = ? AND scenario_digest = ?"
        " ORDER BY id IN (SELECT run FROM steps) DESC, id DESC"
    )
    with told(store.file):
        rows = store.base.execute(query, (said.county_digest, said.scenario_digest)).fetchall()
    wanted = fingerprint(text)
    return next((run for (run,) in rows if _fingerprint(store, run) == wanted), None)


def trail_of(store: Store, run: int) -> Trail:
    """The steps the run's plan has taken; none where it is a draft."""
    return tuple(_steps(store, run))


def signed_text(store: Store, run: int) -> str:
    """The run's `plan.json` with its trail in it."""
    return signed(store.text(run), trail_of(store, run))


def keep_trail(store: Store, run: int, trail: Trail) -> None:
    """Add the steps the store does not know yet.

    Raises:
        FaultsError: it knows others, or more.
    """
    with store.writing():
        known = trail_of(store, run)
        if known != trail[: len(known)] or len(known) == len(trail):
            message = _("somebody else has just taken a step with run {run}. Look where it stands, and try again.")
            raise refuse(store.file, message.format(run=run))
        for place, step in enumerate(trail[len(known) :], len(known) + 1):
            text = json.dumps(unstructure(step), ensure_ascii=False)
            store.base.execute("INSERT INTO steps VALUES (?, ?, ?, ?)", (run, place, step.state.value, text))


def _steps(store: Store, run: int) -> Iterator[Step]:
    with told(store.file):
        rows = store.base.execute("SELECT step FROM steps WHERE run = ? ORDER BY place", (run,)).fetchall()
    for (text,) in rows:
        try:
            yield structure(data_in(text, store.file, run), Step, "", store.file)
        except FaultsError:
            raise damaged(store.file, run) from None


def _fingerprint(store: Store, run: int) -> str:
    try:
        return fingerprint(store.text(run))
    except (FaultsError, KeyError):  # damaged, or without a plan
        return ""
