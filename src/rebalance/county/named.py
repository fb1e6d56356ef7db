"""What the reform names and a county lacks: classes of townships, roles of agencies, platforms; and who has nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rebalance.county.agencies import PLATFORMS, Platform, Role
from rebalance.county.county import County
from rebalance.county.holders import RESERVE
from rebalance.county.remark import Remark
from rebalance.text import _, listed, name_of

NAMED = {Role.OFFICE: 4, Role.BRIGADE: 1, Role.CENTRE: 1}
"""Four offices, one brigade, one centre (四办一队一中心), which every township has."""


def classes(county: County) -> Iterator[Remark]:
    """Townships without a class, in a county that has agencies and no `[classes]` to tell it from."""
    without = [str(row) for row in county.townships if not row.class_]
    if county.agencies and county.classes is None and without:
        text = _("No class is given, so no quota of agencies holds for: {names}. Give a class, or [classes].")
        yield Remark("townships", (), text.format(names=listed(without)), ("agency_quota",))


def roles(county: County) -> Iterator[Remark]:
    """Fewer compulsory agencies of a role than the reform names."""
    found = Counter(row.role for row in county.agencies if row.compulsory)
    if county.agencies and any(found[role] < number for role, number in NAMED.items()):
        text = _(
            "The reform names four offices, one brigade and one centre for every township. Compulsory here: offices:"
            " {offices}; brigades: {brigades}; centres: {centres}."
        )
        sentence = text.format(offices=found[Role.OFFICE], brigades=found[Role.BRIGADE], centres=found[Role.CENTRE])
        yield Remark("agencies", (), sentence, ("compulsory_agencies", "enforcement_brigade"))


def platforms(county: County) -> Iterator[Remark]:
    """Platforms no agency is on."""
    used, chinese = {row.platform for row in county.agencies}, {english: word for word, english in PLATFORMS.chinese}
    lacking = [name_of(one.value, chinese[one.value]) for one in Platform if one not in used]
    if used and lacking:
        text = _("Of the five platforms, no agency is on: {names}. Nothing is asked of these.")
        yield Remark("agencies", (), text.format(names=listed(lacking)), ("platforms",))


def idle(county: County) -> Iterator[Remark]:
    """Units that own no position at all."""
    owned = {row.holder for row in county.positions if row.authorised}
    for row in county.units:
        if row.unit not in owned:
            yield Remark("units", (row.unit,), _("It has no position of any category: it can give nothing."))


def over(county: County) -> Iterator[Remark]:
    """More people in post than positions; they are taken as they are."""
    for row in county.positions:
        if row.in_post > row.authorised and row.holder != RESERVE:
            text = _("More staff are in post ({in_post}) than are authorised ({authorised}).")
            yield Remark(
                "positions", (row.holder, row.category), text.format(in_post=row.in_post, authorised=row.authorised)
            )
