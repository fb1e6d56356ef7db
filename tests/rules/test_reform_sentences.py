"""What the rules of the reform say in words, word for word and figure for figure; a slip in a sentence shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from rebalance.county.agencies import Platform, Post, Role
from rebalance.county.norms import Band, BandUse
from rebalance.county.reform import Borrowed, Dispatched, Matter, MatterKind, Station
from rebalance.model.finding import Place
from rebalance.model.plan import plan_of, status_quo
from rebalance.problem.problem import Problem
from rebalance.rules import Rule
from rebalance.rules.agency_nature import AgencyNature
from rebalance.rules.budget import Budget
from rebalance.rules.dispatched_staff import DispatchedStaff
from rebalance.rules.enforcement_brigade import EnforcementBrigade
from rebalance.rules.leadership import Leadership
from rebalance.rules.platforms import Platforms
from rebalance.rules.posts_filled import PostsFilled
from rebalance.rules.return_borrowed import ReturnBorrowed
from rebalance.rules.routes import Routes
from rebalance.rules.rule import Range
from rebalance.rules.stations_go_down import StationsGoDown
from rebalance.rules.unified_use import Opening, UnifiedUse
from rebalance.rules.work_follows_matters import WorkFollowsMatters
from tests.counties import ADMIN, FIRST, Dealer, Size, Sketch, office, random_county
from tests.rules.mutants import REFORM_SENTENCES, Fault, with_fault

COUNTY = Sketch(
    units={"U": 12},
    townships={"T": 4},
    agencies=(replace(office("A"), role=Role.BRIGADE),),
    about={"U": {"leaders_authorised": 2, "leaders_in_post": 3}},
    routes=[("department", "town")],
    tables={
        "stations": (
            Station("F1", "U", "T", "A", ADMIN, 1, 1, "finance"),
            Station("V1", "U", "T", "", ADMIN, 1, 1, "vet"),
        ),
        "dispatched": (Dispatched("U", "T", "A", ADMIN, 1, least=0, most=3), Dispatched("U", "T", "", ADMIN, 2)),
        "borrowed": (Borrowed("T", "U", ADMIN, 1),),
        "matters": (Matter("M", "Permits", MatterKind.APPROVAL, "U", "A"),),
        "posts": (Post("", "A", "P1", "Patrol", ADMIN, 3), Post("", "A", "P2", "Desk", ADMIN, 2)),
        "bands": tuple(Band(BandUse.LEADERSHIP, size, 0, most) for size, most in ((5, 1), (15, 2))),
    },
)

RULE: dict[str, Rule] = {
    "agency_nature": AgencyNature(),
    "platforms": Platforms(least=2),
    "stations_go_down": StationsGoDown(kinds=("finance",), stay=("vet",)),
    "dispatched_staff": DispatchedStaff(most=4),
    "return_borrowed": ReturnBorrowed(by=FIRST),
    "enforcement_brigade": EnforcementBrigade(least=3, forces=("police", "transport"), each=2),
    "unified_use": UnifiedUse((Opening(share=Fraction(1, 8)),)),
    "posts_filled": PostsFilled(Fraction(1, 8), Fraction(3, 4)),
    "work_follows_matters": WorkFollowsMatters(options=Range(1, 3), share=Fraction(1, 2)),
    "leadership": Leadership(),
    "budget": Budget(at_most=Fraction(1234567)),
    "routes": Routes(),
}

SPOKEN: dict[str, dict[Place, str]] = {
    "agency_nature": {
        Place("T", "A", ADMIN, FIRST, "category"): "T, A: no further positions of the category admin.",
        Place("T", "A", "", FIRST, "either"): (
            "T, A, 2026: holds what an internal office may hold, or what a public institution may, as it is the one or"
            " the other."
        ),
        Place("T", "A", aspect="for good"): "T, A: either an internal office or a public institution, for good.",
    },
    "platforms": {
        Place("T", year=FIRST, item=Platform.ENFORCEMENT): (
            "T, 2026: the platform for integrated enforcement has at least 2 positions."
        ),
    },
    "stations_go_down": {
        Place("U", "", ADMIN, FIRST, "down", "F1"): "F1 of U is with T by the end of 2026.",
        Place("U", "", ADMIN, FIRST, "down", "V1"): "V1 stays with U; it is not handed to T.",
        Place("T", "A", ADMIN, FIRST, "joins"): "T, A, 2026: the positions of stations handed down are placed there.",
    },
    "dispatched_staff": {
        Place("U", "A", ADMIN, FIRST, "sent", "T"): "U dispatches 0 to 3 people (admin) to T, A in 2026.",
        Place("U", "", ADMIN, FIRST, "sent", "T"): "U dispatches 2 to 2 people (admin) to T in 2026.",
        Place("U", "", ADMIN, FIRST, "in post"): "U, admin, 2026: whoever is dispatched is in post there.",
        Place("U", year=FIRST, aspect="unit"): "U dispatches at most 4 people.",
    },
    "return_borrowed": {
        Place("T", "", ADMIN, FIRST, item="U"): "T, admin: nobody is borrowed by U at the end of 2026.",
    },
    "enforcement_brigade": {
        Place("T", year=FIRST, aspect="one"): "T has one enforcement brigade.",
        Place("T", year=FIRST, aspect="least"): "T, 2026: the enforcement brigade has at least 3 positions.",
        Place("", "", ADMIN, FIRST, "drawn"): (
            "2026: brigades gain no more positions of the category admin than the forces (police, transport) give or"
            " dispatch to them."
        ),
        Place(year=FIRST, aspect="each", item="police"): (
            "2026: the force police gives, or dispatches to brigades, at least 2 positions."
        ),
    },
    "unified_use": {
        Place("T", "A", ADMIN, FIRST, "own"): "T, A, 2026: admin positions serve only posts of their own category.",
        Place("T", "A", "", FIRST, "opened"): (
            "T, A, 2026: up to 12.5 % of the posts, rounded down, may be served by other categories."
        ),
    },
    "posts_filled": {
        Place("T", "A", "", FIRST, "spare"): (
            "T, A, 2026: positions placed there fill its 5 posts; up to 12.5 % of them may be beyond these."
        ),
        Place("T", "A", "", FIRST, "filled"): "T, A, 2026: at least 75 % of its 5 posts are filled.",
    },
    "work_follows_matters": {
        Place("T", year=FIRST, aspect="base", item="M"): (
            "T has taken on “Permits”, which is part of the base set, by the end of 2026."
        ),
        Place("T", year=FIRST, aspect="options"): "T takes on 1 to 3 matters of its own choice.",
        Place("U", "", ADMIN, FIRST, "positions"): (
            "U gives at least 50 % of the positions whose work it has delegated by 2026."
        ),
    },
    "leadership": {
        Place("U", year=FIRST): "U keeps at least 6 positions, as its 2 leaders need.",
        Place("U", year=FIRST, aspect="posts"): "U, 2026: leadership posts follow the size that is left.",
        Place("U", year=FIRST, aspect="surplus"): "U, 2026: of 3 leaders, those beyond the posts that its size allows.",
    },
    "budget": {Place(year=FIRST): "2026: the county's own positions cost at most 1,234,567 yuan."},
    "routes": {
        Place("U", "", ADMIN, FIRST, "station", "F1"): (
            "F1 of U is handed down only if a route is open to positions (admin)."
        ),
        Place("", "", ADMIN, FIRST): "admin, 2026: positions move only along department → town.",
    },
}
"""Of every rule, every kind of place and what is required there."""


@pytest.mark.parametrize("name", SPOKEN)
def test_every_rule_says_what_it_requires(name: str) -> None:
    problem = COUNTY.problem
    assert {place: RULE[name].explain(problem, place) for place in SPOKEN[name]} == SPOKEN[name]


def aspects(name: str) -> Iterator[str]:
    """Every aspect that the check of a rule speaks of, in some county or other."""
    size = Size(3, 2, 2, 2, 3)
    for seed in range(40):
        county = random_county(seed, size, reform=75)
        problem, rule = Problem(county), Dealer(Random(seed), size).rule(name, county)
        wild = plan_of(problem, {("cut", "nobody", "nothing", 1): 1})
        for plan in (status_quo(problem), wild):
            yield from (finding.place.aspect for finding in rule.check(plan))


@pytest.mark.parametrize("name", SPOKEN)
def test_no_aspect_is_left_without_its_sentence_here(name: str) -> None:
    assert {place.aspect for place in SPOKEN[name]} == set(aspects(name))


@pytest.mark.parametrize("fault", REFORM_SENTENCES, ids=str)
def test_a_slip_in_a_sentence_is_caught(fault: Fault) -> None:
    wrong = with_fault(fault)(**vars(RULE[fault.rule]))
    assert any(said(wrong, place) != sentence for place, sentence in SPOKEN[fault.rule].items())


def said(rule: Rule, place: Place) -> str:
    """The sentence, or that there is none any more."""
    try:
        return rule.explain(COUNTY.problem, place)
    except (LookupError, StopIteration):
        return ""
