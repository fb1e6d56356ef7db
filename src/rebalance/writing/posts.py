"""The posts of every agency, who fills them, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from rebalance.plan import Plan
from rebalance.posts import Filled, Filling, fillings
from rebalance.words import _
from rebalance.writing.numbers import NOTHING
from rebalance.writing.terminal import add, line, number, table, words


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
