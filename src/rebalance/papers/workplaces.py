"""Agencies, platforms and posts of each township (定岗定责表)."""

from __future__ import annotations

from rebalance.county.agencies import Platform
from rebalance.papers.named import nature_name, platform_name, role_name, sentence, yes_no
from rebalance.papers.positions import how_to_change
from rebalance.papers.table import Cell, Column, Kind, Table, code, count, table, words
from rebalance.plan import Plan
from rebalance.posts import fillings
from rebalance.words import _


def agencies(plan: Plan) -> Table:
    """Every agency that is open or was: what it can work with, what its work needs."""
    problem = plan.problem
    rows = [
        _agency(plan, township, agency)
        for township in problem.townships
        for agency in problem.agencies
        if plan.open(township, agency, problem.last) or problem.open_today(township, agency)
    ]
    return table(
        "agencies",
        _("Agencies of the townships"),
        (
            code("township", _("Code")),
            words("name", _("Township")),
            words("platform", _("Platform")),
            code("agency", _("Agency code"), hidden=True),
            words("agency_name", _("Agency")),
            words("role", _("Type")),
            words("nature", _("Nature")),
            words("compulsory", _("Compulsory")),
            words("was", _("Open today")),
            words("open", _("Open after")),
            count("today", _("Strength today")),
            *(count(f"placed_{number}", problem.name(c)) for number, c in enumerate(problem.categories)),
            count("sent", _("Dispatched here")),
            count("strength", _("Strength after"), formula=_strength(plan)),
            count("demand", _("Needed"), Kind.WORK),
            count("served", _("Covered"), Kind.WORK),
            Column("agreed", _("Agreed"), Kind.COUNT, total=True, editable=True),
            Column("keep", _("Keep"), editable=True, choices=(_("yes"),)),
        ),
        rows,
        _("Strength: positions placed in the agency and staff dispatched to it, at the end of {year}.").format(
            year=problem.last
        ),
        how_to_change(),
    )


def _strength(plan: Plan) -> str:
    return "+".join([*(f"{{placed_{number}}}" for number, _c in enumerate(plan.problem.categories)), "{sent}"])


def _agency(plan: Plan, township: str, agency: str) -> tuple[Cell, ...]:
    problem, last = plan.problem, plan.problem.last
    row = problem.agency[agency]
    placed = [plan.placed(township, agency, category, last) for category in problem.categories]
    strength = plan.strength(township, agency, last)
    return (
        township,
        problem.name(township),
        platform_name(row.platform),
        agency,
        str(row),
        role_name(row.role),
        nature_name(row.nature),
        yes_no(row.compulsory),
        yes_no(problem.open_today(township, agency)) if problem.county.placed else None,
        yes_no(plan.open(township, agency, last)),
        problem.strength(township, agency) if problem.county.placed else None,
        *placed,
        strength - sum(placed),
        strength,
        plan.demand(township, agency, last),
        plan.served(township, agency, last),
        strength,
        None,
    )


def platforms(plan: Plan) -> Table:
    """The strength of each platform in each township."""
    problem, last = plan.problem, plan.problem.last

    def strength(township: str, platform: Platform) -> int:
        those = (row.agency for row in problem.county.agencies if row.platform is platform)
        return sum(plan.strength(township, agency, last) for agency in those)

    rows: list[tuple[Cell, ...]] = []
    for township in problem.townships if problem.county.agencies else ():
        each = [strength(township, platform) for platform in Platform]
        rows.append((township, problem.name(township), *each, sum(each)))
    every = "+".join(f"{{{platform.value}}}" for platform in Platform)
    return table(
        "platforms",
        _("Platforms of the townships: strength after"),
        (
            code("township", _("Code")),
            words("name", _("Township")),
            *(count(platform.value, sentence(platform_name(platform))) for platform in Platform),
            count("together", _("Together"), formula=every),
        ),
        rows,
    )


def posts(plan: Plan) -> Table:
    """Every post with its duties, who fills it, and what is missing."""
    problem = plan.problem
    rows: list[tuple[Cell, ...]] = []
    for township, agency, filling in fillings(plan, problem.last):
        names = (problem.name(township), platform_name(problem.agency[agency].platform), problem.name(agency))
        for one in filling.posts:
            others = ", ".join(f"{problem.name(category)} {number}" for category, number in one.others)
            said = (one.post.post, one.post.name, one.post.duties, problem.name(one.post.category))
            rows.append(
                (*names, *said, one.post.number, one.own, sum(n for _c, n in one.others), others, one.shortfall)
            )
        for category, number in filling.spare:
            rows.append((*names, "", _("(no post)"), "", problem.name(category), 0, number, 0, "", 0))
    return table(
        "posts",
        _("Posts and duties"),
        (
            words("name", _("Township")),
            words("platform", _("Platform")),
            words("agency", _("Agency")),
            code("post", _("Post code")),
            words("post_name", _("Post")),
            words("duties", _("Duties")),
            words("category", _("Category")),
            count("number", _("Meant for")),
            count("own", _("Filled by its category")),
            count("others", _("Filled by others")),
            words("by", _("By which")),
            count("short", _("Short"), alarm=True),
        ),
        rows,
        _("Categories are used together, but each position stays in its own category."),
    )


def mergers(plan: Plan) -> Table:
    """Old agencies and those of today into which they were merged."""
    problem = plan.problem
    rows = [
        (problem.name(row.township), row.old, problem.name(row.agency), row.authorised, row.in_post)
        for row in problem.county.mergers
    ]
    return table(
        "mergers",
        _("Old agencies merged"),
        (
            words("name", _("Township")),
            words("old", _("Old agency")),
            words("agency", _("Agency")),
            count("authorised", _("Authorised then")),
            count("in_post", _("In post then")),
        ),
        rows,
    )
