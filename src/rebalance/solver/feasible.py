"""Whether there is any plan at all, and if not, what stands against it."""

from __future__ import annotations

from dataclasses import dataclass, field

from rebalance.model.linear import Linear
from rebalance.plans.conflict import Conflict
from rebalance.scenario.scenario import Scenario
from rebalance.solver.conflict import conflict, conflicts
from rebalance.solver.cpsat import CpSat
from rebalance.solver.engine import Clock, Status
from rebalance.solver.lexicographic import model_of
from rebalance.solver.portfolio import Agreed, second_setting
from rebalance.solver.relaxable import Instance


@dataclass(frozen=True)
class Feasible:
    """Whether scenarios are possible at all, and what clashes in those that are not."""

    clock: Clock = field(default_factory=Clock)

    @property
    def over(self) -> bool:
        """Whether there is no time left."""
        return self.clock.over

    def possible(self, scenario: Scenario) -> bool:
        """Whether a plan has been found."""
        return CpSat(self.clock).solve(model_of(scenario), Linear()).values is not None

    def clash(self, scenario: Scenario) -> tuple[Instance, ...] | None:
        """The rules that cannot hold together; None where there was no time to find out."""
        found = conflict(CpSat(self.clock), model_of(scenario), scenario)
        return None if found is None else found.members

    def clashes(self, scenario: Scenario, most: int) -> tuple[Conflict, ...] | None:
        """Several clashes; none where the scenario is possible; None where there was no time to find out."""
        model, engine = model_of(scenario), CpSat(self.clock)
        second = second_setting(engine)
        status = Agreed(engine, second).solve(model, Linear()).status
        if status is not Status.INFEASIBLE:
            return None if status is Status.UNKNOWN else ()
        return conflicts(engine, model, scenario, most, second) or None
