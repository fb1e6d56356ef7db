"""What every rule says in words, word for word and figure for figure; a slip in a sentence shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from rebalance.county.holders import Hiring
from rebalance.county.reform import Matter, MatterKind, Volume
from rebalance.model.finding import Place
from rebalance.model.plan import plan_of, status_quo
from rebalance.problem.problem import Problem
from rebalance.rules import RULES, Rule
from rebalance.rules.agency_quota import AgencyQuota
from rebalance.rules.cut_above_add_below import CutAboveAddBelow
from rebalance.rules.hold_total import HoldTotal
from rebalance.rules.holder_limits import HolderLimits
from rebalance.rules.no_worse_on_the_way import NoWorseOnTheWay
from rebalance.rules.phasing import Phasing
from rebalance.rules.pinned import Pin, PinAgency, PinHired, Pinned, PinTotal
from rebalance.rules.rule import Range
from rebalance.rules.sure_retirements import SureRetirements
from tests.counties import ADMIN, FIRST, Dealer, Has, Size, Sketch, office, optional, random_county
from tests.reform import HOURS
from tests.rules.mutants import SENTENCES, Fault, with_fault

COUNTY = Sketch(
    units={"U": Has(10, 8, floor=7, ceiling=12, willing=2), "V": {"works": 3}},
    townships={"T": 4, "M": 5},
    classes={"T": "large", "M": "medium"},
    agencies=(office("A", least=2, most=6), optional("B", least=1, most=3)),
    ceilings={ADMIN: 20, "works": 1},
    demand={"M": "10", "T": "8"},
    frozen=["works"],
    hiring={("U", FIRST): 3, ("", FIRST): 5},
    routes=[("department", "town"), ("institution", "reserve")],
    tables={
        "hiring": (
            Hiring(ADMIN, FIRST, 3, "U"),
            Hiring(ADMIN, FIRST, 5),
            Hiring("works", FIRST, 4, "V", least=2),
        ),
        "matters": (Matter("M", "Permits", MatterKind.APPROVAL, "U", "A", hours=Decimal(1), base=True),),
        "volumes": (Volume("M", "T", 50),),
        "working_time": HOURS,
    },
)

RULE: Mapping[str, Rule] = {name: kind() for name, kind in RULES.items()} | {
    "hold_total": HoldTotal(FIRST, headroom=True),
    "cut_above_add_below": CutAboveAddBelow(Fraction(1, 8), Range(2, 6)),
    "holder_limits": HolderLimits(smallest=4),
    "agency_quota": AgencyQuota(9, 8, steady=True, offices=Range(4, 5), institutions=Range(at_most=3)),
    "phasing": Phasing(Fraction(2, 5)),
    "sure_retirements": SureRetirements(Fraction(4, 5), 1),
    "pinned": Pinned(
        (Pin("U", ADMIN, at_least=8, at_most=9), Pin("T", exactly=6)),
        (PinTotal(at_most=7), PinTotal("works", FIRST, at_least=1)),
        (PinAgency("T", "A", at_least=3),),
        (PinHired("T", ADMIN, FIRST, at_least=1, at_most=2), PinHired(exactly=5)),
    ),
    "no_worse_on_the_way": NoWorseOnTheWay(Fraction(1, 10)),
}

SPOKEN: dict[str, dict[Place, str]] = {
    "ledgers": {
        Place("U", "", ADMIN, FIRST, "owned"): (
            "U, admin, 2026: positions owned follow from last year's and from what is cut or added."
        ),
        Place("T", "", ADMIN, FIRST, "in post"): (
            "T, admin, 2026: staff in post follow from last year's, those who retire, move and are hired."
        ),
        Place("U", "", ADMIN, FIRST, "moved"): "U, admin, 2026: whoever moves, moves with a position that moves.",
        Place("", "", ADMIN, FIRST, "people"): "admin, 2026: as many people arrive in townships as leave units.",
        Place("T", "", ADMIN, FIRST, "placed"): (
            "T, admin, 2026: no more positions are placed in agencies than are owned."
        ),
        Place("T", "A", ADMIN, FIRST, "cell"): (
            "T A admin 2026: a decided number is zero or more, and stands in the books."
        ),
        Place("U", "", ADMIN, FIRST, "handed", "F1"): "F1, 2026: a station that has been handed down stays down.",
        Place("T", "", "", FIRST, "delegated", "M1"): "T, 2026: the matter “M1”, once delegated, stays delegated.",
        Place("T", "", ADMIN, FIRST, "borrowed", "U"): "T, admin, 2026: nobody new is borrowed by U.",
        Place("U", "", ADMIN, FIRST, "headquarters"): (
            "U, admin, 2026: headquarters and stations are counted apart; nowhere are fewer people than none."
        ),
        Place(aspect="cells"): "No decided number is below zero or unknown to the books.",
    },
    "hold_total": {
        Place("", "", ADMIN, FIRST, "total"): (
            "admin, 2026: all holders together own exactly as many positions as today."
        ),
        Place("", "", ADMIN, FIRST, "ceiling"): (
            "admin: at most 20 positions count against the ceiling;"
            " what is handed down from above raises it by as much."
        ),
        Place("", "", ADMIN, FIRST, "granted"): ("admin, 2026: up to 1 positions may be granted, within the ceiling."),
        Place("", "", ADMIN, FIRST, "arrives"): "admin, 2026: positions that are granted go to townships.",
        Place("", "", "works", FIRST, "given back"): (
            "works, 2026: up to 2 positions are given back, those above the ceiling."
        ),
        Place("", "", ADMIN, FIRST, "one way"): "admin, 2026: what is granted stays, what is given back is gone.",
        Place("T", "", "works", FIRST, "frozen"): "works, 2026: T gains none, for the category is frozen.",
        Place("reserve", "", "works", FIRST, "frozen"): (
            "works, 2026: the reserve gains none, for the category is frozen."
        ),
    },
    "cut_above_add_below": {
        Place("U", aspect="gives"): "U only gives positions.",
        Place("T", aspect="receives"): "T only receives positions.",
        Place("U", aspect="share"): "U gives at most 12.5 % of its 10 positions, rounded down.",
        Place("V", "", "works", FIRST, "vertical"): (
            "V is under vertical management: it gives positions (works) with its stations only,"
            " for no row of routes opens another way."
        ),
        Place(aspect="total"): "All units together give 2 to 6 positions.",
    },
    "vacancies_first": {
        Place("U", "", ADMIN, FIRST, "staff"): (
            "U, admin, 2026: nobody loses their position; only vacant ones are given."
        ),
        Place("U", "", ADMIN, FIRST, "headquarters"): (
            "U, admin, 2026: only what is vacant at headquarters is given; a station's vacancies and retirements stay"
            " with it."
        ),
        Place("U", "", ADMIN, 0, "willing"): "U, admin: at most 2 people are willing to go with their position.",
    },
    "sure_retirements": {
        Place("U", "", ADMIN, FIRST, "staff"): (
            "U, admin, 2026: what is given is vacant for sure: at most 80.0 % of the expected retirements are counted"
            " on, and 1 of them may not happen."
        ),
        Place("U", "", ADMIN, FIRST, "headquarters"): (
            "U, admin, 2026: what is given is vacant at headquarters for sure: at most 80.0 % of the expected"
            " retirements are counted on, and 1 of them may not happen."
        ),
    },
    "routes": {
        Place("", "", ADMIN, FIRST): (
            "admin, 2026: positions move only along department → town; institution → reserve."
        ),
        Place("U", "", ADMIN, FIRST, "station", "F1"): (
            "F1 of U is handed down only if a route is open to positions (admin)."
        ),
        Place("", "", "works", FIRST): "works: no route is open, positions stay where they are.",
    },
    "holder_limits": {
        Place("U", "", ADMIN, FIRST, "floor"): "U keeps at least 7 positions (admin).",
        Place("U", "", ADMIN, FIRST, "ceiling"): "U has at most 12 positions (admin).",
        Place("U", "", "", FIRST, "smallest"): "U is left with at least 4 positions.",
    },
    "compulsory_agencies": {
        Place("T", "A", "", FIRST, "open"): "T has a A.",
        Place("T", "A", "", FIRST, "least"): "T, A: at least 2 positions once it is open.",
        Place("T", "A", "", FIRST, "most"): "T, A: at most 6 positions.",
    },
    "agency_quota": {
        Place("T", "", "", FIRST, "quota"): "T has at most 9 agencies.",
        Place("M", "", "", FIRST, "quota"): "M has at most 8 agencies.",
        Place("T", "", "", FIRST, "office"): "T, 2026: internal offices: 4 to 5.",
        Place("T", "", "", FIRST, "institution"): ("T, 2026: agencies that are public institutions: at most 3."),
        Place("T", "B", "", FIRST, "closed"): "T: nobody is placed in B unless it is open.",
        Place("T", "B", "", FIRST, "steady"): "T, B: opens or closes at most once.",
        Place("T", "B", "", FIRST, "least"): "T, B: at least 1 positions once it is open.",
        Place("T", "B", "", FIRST, "most"): "T, B: at most 3 positions.",
    },
    "hiring": {
        Place("U", "", ADMIN, FIRST, "full"): "U, admin, 2026: people are taken in only into vacant positions.",
        Place("U", "", ADMIN, FIRST, "plan"): "admin, 2026: U hires at most 3 people.",
        Place("", "", ADMIN, FIRST, "plan"): "admin, 2026: the whole county hires at most 5 people.",
        Place("V", "", "works", FIRST, "plan"): "works, 2026: V hires 2 to 4 people.",
        Place("", "", "works", FIRST, "unplanned"): ("works, 2026: where the hiring plan has no row, nobody is hired."),
    },
    "phasing": {
        Place(year=FIRST): "2026: units give at most 40 % of all they give, rounded up.",
    },
    "no_worse_on_the_way": {
        Place("M", year=FIRST): "M, 2026: at least 40.0 % of its work is covered (50.0 % today).",
        Place("T", year=FIRST): (
            "T, 2026: at least 40.0 % of its work, leaving aside what base matters add, is covered (50.0 % today)."
        ),
    },
    "pinned": {
        Place("U", "", ADMIN, FIRST, "cell 1"): "Fixed by hand: U admin 2026: 8 to 9.",
        Place("T", "", "", FIRST, "cell 2"): "Fixed by hand: T 2026: 6.",
        Place(aspect="total 1"): "Fixed by hand: all units give: at most 7.",
        Place("", "", "works", FIRST, "total 2"): "Fixed by hand: all units give works 2026: at least 1.",
        Place("T", "A", "", FIRST, "agency 1"): "Fixed by hand: T A 2026: at least 3.",
        Place("T", "", ADMIN, FIRST, "hired 1"): "Fixed by hand: people hired T admin 2026: 1 to 2.",
        Place(aspect="hired 2"): "Fixed by hand: people hired: 5.",
    },
}
"""Of every rule, every kind of place and what is required there."""


@pytest.mark.parametrize("name", SPOKEN)
def test_every_rule_says_what_it_requires(name: str) -> None:
    problem = COUNTY.problem
    assert {place: RULE[name].explain(problem, place) for place in SPOKEN[name]} == SPOKEN[name]


def aspects(name: str) -> Iterator[str]:
    """Every aspect that the check of a rule speaks of, in some county or other (numbers left out)."""
    size = Size(3, 2, 2, 2, 3)
    for seed in range(40):
        county = random_county(seed, size)
        problem, rule = Problem(county), Dealer(Random(seed), size).rule(name, county)
        wild = plan_of(problem, {("cut", "nobody", "nothing", 1): 1})
        for plan in (status_quo(problem), wild):
            yield from (finding.place.aspect.rstrip("123456789 ") for finding in rule.check(plan))


@pytest.mark.parametrize("name", SPOKEN)
def test_no_aspect_is_left_without_its_sentence_here(name: str) -> None:
    assert {place.aspect.rstrip("123456789 ") for place in SPOKEN[name]} == set(aspects(name))


@pytest.mark.parametrize("fault", SENTENCES, ids=str)
def test_a_slip_in_a_sentence_is_caught(fault: Fault) -> None:
    wrong = with_fault(fault)(**vars(RULE[fault.rule]))
    assert any(said(wrong, place) != sentence for place, sentence in SPOKEN[fault.rule].items())


def said(rule: Rule, place: Place) -> str:
    """The sentence, or that there is none any more."""
    try:
        return rule.explain(COUNTY.problem, place)
    except (LookupError, StopIteration):
        return ""
