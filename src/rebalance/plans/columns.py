"""Columns that stand in several tables for programs: what is there, and its unit, said once."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated

from rebalance.county.columns import Ref
from rebalance.table import Fact, Unit

Rank = Annotated[int, Fact("Which goal it is, in the order of the scenario.", Unit.RANK)]

GoalName = Annotated[str, Fact("The goal.", Unit.ID)]

Value = Annotated[object, Fact("What it comes to: a number, or levels from the worst up, with counts.", Unit.OWN)]

Said = Annotated[str, Fact("The same as people read it.", Unit.TEXT)]

Figure = Annotated[object, Fact("What the figure comes to.", Unit.OWN)]

FigureId = Annotated[str, Fact("Which figure it is.", Unit.ID)]

CaseName = Annotated[str, Fact("The case.", Unit.TEXT)]

Rule = Annotated[str, Fact("The rule.", Unit.ID)]

Proven = Annotated[bool, Fact("That nothing better exists is proven.", Unit.TRUTH)]

Seconds = Annotated[float, Fact("How long it took.", Unit.SECONDS)]

Today = Annotated[int, Fact("What there is today.", Unit.POSITIONS)]

PlanNumber = Annotated[int, Fact("The plan; 0 is the best.", Unit.COUNT)]

Coverage = Annotated[Fraction, Fact("Work done over work to do, at the end.", Unit.SHARE)]

Found = Annotated[int, Fact("What is there.", Unit.OWN)]

AtMost = Annotated[int | None, Fact("The most there may be; empty: no limit.", Unit.OWN)]

Says = Annotated[str, Fact("What the rule asks there, in a sentence.", Unit.TEXT)]

Better = Annotated[bool, Fact("The goal gains.", Unit.TRUTH)]

Was = Annotated[object, Fact("What it came to before.", Unit.OWN)]

Is = Annotated[object, Fact("What it comes to then.", Unit.OWN)]

Holder = Annotated[str, Ref("holder"), Fact("A unit or a township, or `reserve`.", Unit.ID)]

UnitId = Annotated[str, Ref("unit"), Fact("The unit.", Unit.ID)]

Township = Annotated[str, Ref("township"), Fact("The township.", Unit.ID)]

AgencyId = Annotated[str, Ref("agency"), Fact("The agency; empty: the township as a whole.", Unit.ID)]

Category = Annotated[str, Ref("category"), Fact("The category.", Unit.ID)]

StationId = Annotated[str, Ref("station"), Fact("The station.", Unit.ID)]

MatterId = Annotated[str, Ref("matter"), Fact("The matter.", Unit.ID)]

Year = Annotated[int, Fact("The calendar year; what is said of it is said of its end.", Unit.YEAR)]

Placed = Annotated[int, Fact("Positions of the township placed in the agency.", Unit.POSITIONS)]

Needed = Annotated[int, Fact("Work there is to do.", Unit.WORK)]
