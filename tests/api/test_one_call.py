"""What the command line can do, Python can: words for scenarios and runs, a cluster, whoever is told, stored runs."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import rebalance as rb
from rebalance.api.progress import Lines, Nobody
from rebalance.api.run import NoDaskError
from rebalance.api.runs import Wanted, delete_runs, export_runs, run_text, runs, runs_in_full
from rebalance.fault import MisuseError
from tests.cli.small import Desk


@dataclass(frozen=True)
class Hearing(Nobody):
    """Writes down what has been found."""

    heard: list[str] = field(default_factory=list)

    def found(self, sentence: str) -> None:
        """Write it down."""
        self.heard.append(sentence)


def test_scenarios_and_runs_have_names(place: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = tmp_path / "runs.db"
    found = rb.compare([place.scenario], store=store, watch=Lines())
    assert capsys.readouterr().err == "1/1 Tiny: done, " + f"{found.outcomes[0].seconds:.1f} s\n"
    again = rb.compare([str(place.scenario), "#1"], store=store, watch=Lines())
    assert again.names == ("Tiny", "Tiny (2)")
    assert capsys.readouterr().err == "1/1 Tiny: known\n"
    assert again.to_json()[-1] == {"title": "Dominated", "columns": ["scenario", "dominated by"], "rows": []}
    assert [table.title for table in again.tables()][:2] == ["What is asked", "What comes of it"]
    with pytest.raises(rb.FaultsError, match=r"no such run \(got 7\)"):
        rb.compare(["7"], store=store)
    with pytest.raises(MisuseError, match="neither a scenario, a plan nor the number of a run"):
        rb.compare(["7"])


def test_runs_are_listed_shown_written_and_deleted(place: Desk, tmp_path: Path) -> None:
    store = tmp_path / "runs.db"
    with pytest.raises(rb.FaultsError, match="no runs are kept there"):
        runs(store=store)
    rb.sweep([place.scenario], {"rules.cut_above_add_below.share": ["0.1", "0.3"]}, store=store)
    found = runs(store=store)
    assert [run.id for run in found] == [1, 2]
    assert [run["run"] for run in found.to_json()] == [1, 2]
    assert repr(found).startswith("Runs ")
    assert len(runs(Wanted(last=1), store=store)) == 1
    (kept,) = runs_in_full(Wanted((2,)), store=store)
    assert kept.outcome.checks.lawful
    (file,) = export_runs(tmp_path / "plans", Wanted((2,)), store=store)
    assert file.read_text(encoding="utf-8") == run_text(2, store=store)
    with pytest.raises(MisuseError, match="which runs"):
        delete_runs(store=store)
    assert delete_runs(Wanted((1,)), store=store) == (1, ())
    assert delete_runs(store=store, everything=True) == (1, ())


def test_whoever_watches_hears_of_every_point(scenario: rb.Scenario) -> None:
    watch = Hearing()
    found = rb.frontier(scenario, [{"goal": "worst_off_first"}, "few_units_touched"], watch=watch)
    assert len(watch.heard) == len(found.points) == 2
    assert all(one.startswith("point found: worst_off_first ") for one in watch.heard)


def test_a_cluster_needs_dask(scenario: rb.Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "rebalance.analysis.cluster", raising=False)
    with pytest.raises(NoDaskError, match="a cluster needs Dask"):
        rb.compare([scenario], on="tcp://nowhere:1")


def test_too_many_cases_are_refused(scenario: rb.Scenario) -> None:
    with pytest.raises(MisuseError, match=r"too many cases \(got 1000000\)\. At most 100000\."):
        rb.sweep(scenario, {"rules.phasing.share": list(range(1000)), "rules.phasing.most": list(range(1000))})


def test_trouble_with_a_store_is_told_and_costs_nobody_the_plan(scenario: rb.Scenario, tmp_path: Path) -> None:
    store = tmp_path / "runs.db"
    store.write_text("not a store", encoding="utf-8")
    with pytest.warns(UserWarning, match="Runs are not kept there; nothing else is affected"):
        found = rb.solve(scenario, store=store)
    assert found.plan is not None
    assert store.read_text(encoding="utf-8") == "not a store"
