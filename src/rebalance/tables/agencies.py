"""Agencies, platforms and posts of each township (定岗定责表)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from rebalance.county.agencies import Platform
from rebalance.model.plan import Plan
from rebalance.model.posts import Filled, Filling, fillings
from rebalance.screen import add, line, number, table, words
from rebalance.table import Cell, Column, Kind, Table, code, count, table_of, text_column
from rebalance.tables.holders import how_to_change
from rebalance.tables.words import nature_name, platform_name, role_name, sentence, yes_no
from rebalance.text import NOTHING, _


def agency_table(plan: Plan) -> Table:
    """Every agency that is open or was: what it can work with, what its work needs."""
    problem = plan.problem
    rows = [
        _agency(plan, township, agency)
        for township in problem.townships
        for agency in problem.agencies
        if plan.open(township, agency, problem.last) or problem.open_today(township, agency)
    ]
    return table_of(
        "agencies",
        _("Agencies of the townships"),
        (
            code("township", _("Code")),
            text_column("name", _("Township")),
            text_column("platform", _("Platform")),
            code("agency", _("Agency code"), hidden=True),
            text_column("agency_name", _("Agency")),
            text_column("role", _("Type")),
            text_column("nature", _("Nature")),
            text_column("compulsory", _("Compulsory")),
            text_column("was", _("Open today")),
            text_column("open", _("Open after")),
            count("today", _("Strength today")),
            *(count(f"placed_{number}", problem.name(c)) for number, c in enumerate(problem.categories)),
            count("sent", _("Dispatched here")),
            count("strength", _("Strength after"), formula=_platform_strength(plan)),
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


def _platform_strength(plan: Plan) -> str:
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


def platform_table(plan: Plan) -> Table:
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
    return table_of(
        "platforms",
        _("Platforms of the townships: strength after"),
        (
            code("township", _("Code")),
            text_column("name", _("Township")),
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
        for category, spare in filling.spare:
            rows.append((*names, "", _("(no post)"), "", problem.name(category), 0, spare, 0, "", 0))
    return table_of(
        "posts",
        _("Posts and duties"),
        (
            text_column("name", _("Township")),
            text_column("platform", _("Platform")),
            text_column("agency", _("Agency")),
            code("post", _("Post code")),
            text_column("post_name", _("Post")),
            text_column("duties", _("Duties")),
            text_column("category", _("Category")),
            count("number", _("Meant for")),
            count("own", _("Filled by its category")),
            count("others", _("Filled by others")),
            text_column("by", _("By which")),
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
    return table_of(
        "mergers",
        _("Old agencies merged"),
        (
            text_column("name", _("Township")),
            text_column("old", _("Old agency")),
            text_column("agency", _("Agency")),
            count("authorised", _("Authorised then")),
            count("in_post", _("In post then")),
        ),
        rows,
    )


def agencies(plan: Plan) -> Iterator[RenderableType]:
    """A row for each township that opens or closes any; without knowing today's, all that are open."""
    known = plan.problem.county.placed
    title = _("Agencies opened and closed") if known else _("Agencies open (today's are not known)")
    made = table(title, words(_("township")), words(_("opened")), words(_("closed")))
    found: dict[str, dict[bool, list[str]]] = {}
    for township, agency, year, opened in changes(plan):
        sides = found.setdefault(township, {True: [], False: []})
        sides[opened].append(f"{year} {plan.problem.name(agency)}")
    for township, sides in found.items():
        add(made, plan.problem.name(township), *("\n".join(sorted(sides[side])) for side in (True, False)))
    if made.row_count:
        yield made


def changes(plan: Plan) -> Iterator[tuple[str, str, int, bool]]:
    """Township, agency, year, and whether it opens (or else closes)."""
    problem = plan.problem
    for township in problem.townships:
        for agency in problem.agencies:
            was = problem.open_today(township, agency)
            for year in problem.years:
                now = bool(plan.open(township, agency, year))
                if now != was:
                    yield township, agency, year, now
                was = now


def platforms(plan: Plan) -> Iterator[RenderableType]:
    """A row for each township: its agencies before they were merged, today and at the end; its platforms at the end."""
    problem = plan.problem
    if not problem.agencies:
        return
    names = {platform: name for platform, name in _names().items() if _agencies(plan, platform)}
    made = table(
        _("Agencies, and the strength of platforms in {year}").format(year=problem.last),
        words(_("township")),
        *(number(text) for text in (_("agencies\nonce"), _("today"), str(problem.last))),
        *(number(name) for name in names.values()),
    )
    for township in problem.townships:
        strengths = (_strength(plan, township, platform) for platform in names)
        add(made, problem.name(township), *_counts(plan, township), *strengths)
    yield made
    old = len(problem.county.mergers)
    now = sum(plan.open(t, a, problem.last) for t in problem.townships for a in problem.agencies)
    if old:
        text = _("Agencies: {old} before they were merged, {now} at the end of {year}.")
        yield line(text.format(old=old, now=now, year=problem.last))


def _names() -> dict[Platform, str]:
    return {
        Platform.PARTY_BUILDING: _("party\nbuilding"),
        Platform.ECONOMIC_DEVELOPMENT: _("economic\ndevelop-\nment"),
        Platform.COMPREHENSIVE_GOVERNANCE: _("gover-\nnance"),
        Platform.ENFORCEMENT: _("enforce-\nment"),
        Platform.PUBLIC_SERVICE: _("public\nservice"),
    }


def _counts(plan: Plan, township: str) -> tuple[str, ...]:
    """Agencies before they were merged, today, and at the end of the last year."""
    problem = plan.problem
    old = sum(row.township == township for row in problem.county.mergers)
    today = sum(problem.open_today(township, agency) for agency in problem.agencies)
    now = sum(plan.open(township, agency, problem.last) for agency in problem.agencies)
    return str(old or NOTHING), str(today) if problem.county.placed else NOTHING, str(now)


def _strength(plan: Plan, township: str, platform: Platform) -> int:
    return sum(plan.strength(township, agency, plan.problem.last) for agency in _agencies(plan, platform))


def _agencies(plan: Plan, platform: Platform) -> list[str]:
    return [row.agency for row in plan.problem.county.agencies if row.platform is platform]


def tables_of_posts(plan: Plan, year: int) -> Iterator[RenderableType]:
    """A row for each post, and their sum; then the positions that fill none."""
    problem = plan.problem
    found = list(fillings(plan, year))
    if not found:
        yield line(_("No agency that is open has posts (table posts)."))
        return
    made = table(
        _("Posts and the positions placed in their agencies"),
        *(words(text) for text in (_("township"), _("agency"), _("post"), _("category"))),
        *(number(text) for text in (_("meant\nfor"), _("filled"))),
        words(_("of these by another\ncategory")),
        number(_("short")),
    )
    for township, agency, filling in found:
        for one in filling.posts:
            where = (problem.name(township), problem.name(agency), f"{one.post.post} {one.post.name}")
            add(made, *where, problem.name(one.post.category), *_figures(plan, one))
    made.add_section()
    add(made, _("together"), "", "", "", *_sums([filling for _township, _agency, filling in found]), style="bold")
    yield made
    spare = sum(count for _township, _agency, filling in found for _category, count in filling.spare)
    yield line(_("Positions placed in these agencies beyond their posts: {count}.").format(count=spare))


def short(plan: Plan) -> Iterator[RenderableType]:
    """One line on all posts at the end of the last year, where there are any."""
    every = [one for _t, _a, filling in fillings(plan, plan.problem.last) for one in filling.posts]
    if every:
        figures = {
            "posts": sum(one.post.number for one in every),
            "year": plan.problem.last,
            "short": sum(one.shortfall for one in every),
            "others": sum(one.filled - one.own for one in every),
        }
        text = _("Posts in {year}: {posts}; not filled: {short}; filled by another category: {others}.")
        yield line(text.format(**figures))


def _figures(plan: Plan, one: Filled) -> tuple[str, ...]:
    others = ", ".join(f"{plan.problem.name(category)} {count}" for category, count in one.others)
    return str(one.post.number), str(one.filled), others or NOTHING, str(one.shortfall or NOTHING)


def _sums(found: Sequence[Filling]) -> tuple[str, ...]:
    every = [one for filling in found for one in filling.posts]
    meant, filled = sum(one.post.number for one in every), sum(one.filled for one in every)
    others = sum(one.filled - one.own for one in every)
    return str(meant), str(filled), str(others or NOTHING), str(meant - filled or NOTHING)
