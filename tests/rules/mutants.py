"""Deliberate faults, each of one character or word, in one face of one rule: a test catches every one of them.

Those in `post` and `check` are for the agreement test, those in `explain` for the sentences written down by hand.

A rule's source is changed in one spot and read in as a module of its own; the rule itself stays as it is.
"""

from __future__ import annotations

import inspect
import sys
from dataclasses import dataclass
from types import ModuleType

from rebalance.rules import RULES, Rule


@dataclass(frozen=True, slots=True)
class Fault:
    """A text in the source of a rule, which stands there once, and what a slip of the pen makes of it."""

    rule: str
    face: str
    right: str
    wrong: str

    def __str__(self) -> str:
        """The rule, the face and the slip."""
        return f"{self.rule}.{self.face}: {self.right} -> {self.wrong}"


REFORM = (
    Fault("ledgers", "post", ">= model.handed(row.station, before)", "<= model.handed(row.station, before)"),
    Fault("ledgers", "post", ">= model.delegated(matter, township, before)", ">= 0"),
    Fault("ledgers", "post", "model.add(left >= least", "model.add(left >= least - 1"),
    Fault("ledgers", "check", "at_least=min(left, 0)", "at_least=max(left, 0)"),
    Fault("hiring", "post", "here = over + sitting - model", "here = over + sitting + model"),
    Fault("hiring", "check", "min(room, room - elsewhere)", "min(room, elsewhere - room)"),
    Fault(
        "ledgers", "check", "at_least=plan.handed(row.station, year - 1)", "at_most=plan.handed(row.station, year - 1)"
    ),
    Fault("ledgers", "check", "lent.staff if year == problem.years[0]", "lent.staff if year != problem.years[0]"),
    Fault("agency_nature", "post", "category, year) <= today, place)", "category, year) >= today, place)"),
    Fault("agency_nature", "post", "(office, 1 - office)", "(office, office)"),
    Fault("agency_nature", "post", "- office <= 1 - lasting", "- office <= 1"),
    Fault("agency_nature", "post", "if all(today) else 0", "if any(today) else 0"),
    Fault("agency_nature", "check", "min(seen.values())", "max(seen.values())"),
    Fault("agency_nature", "check", "only_institution if office else", "only_office if office else"),
    Fault("agency_nature", "check", "for category in wrong) if mixed", "for category in wrong) if not mixed"),
    Fault("agency_nature", "check", "found, at_most=today", "found, at_least=today"),
    Fault("platforms", "post", "strength >= least", "strength <= least"),
    Fault("platforms", "post", "min(least, sum(", "max(least, sum("),
    Fault("platforms", "check", "at_least=today if weak else", "at_least=today if not weak else"),
    Fault("platforms", "check", "year < self.by", "year <= self.by"),
    Fault("stations_go_down", "post", "year) >= 1, place)", "year) <= 1, place)"),
    Fault("stations_go_down", "post", "* row.authorised for row", "* row.in_post for row"),
    Fault("stations_go_down", "check", "int(not kept)", "int(kept)"),
    Fault("stations_go_down", "check", "at_least=come", "at_most=come"),
    Fault("dispatched_staff", "post", "sent >= least", "sent <= least"),
    Fault("dispatched_staff", "post", "out = -model.sent", "out = model.sent"),
    Fault("dispatched_staff", "post", "max(self.most or 0, today)", "min(self.most or 0, today)"),
    Fault("dispatched_staff", "check", "at_most=there + short", "at_most=there - short"),
    Fault("dispatched_staff", "check", "at_most=today if over else self.most", "at_most=self.most if over else today"),
    Fault("return_borrowed", "post", "year) <= 0, place)", "year) <= 1, place)"),
    Fault("return_borrowed", "post", "year >= (self.by or year)", "year > (self.by or year)"),
    Fault("return_borrowed", "check", "found, at_most=0", "found, at_most=1"),
    Fault("return_borrowed", "check", "year < self.by", "year <= self.by"),
    Fault("enforcement_brigade", "post", "opened >= 1", "opened >= 0"),
    Fault("enforcement_brigade", "post", "- before <= total(given)", "+ before <= total(given)"),
    Fault(
        "enforcement_brigade", "post", "self.forces\n        )\n        model.add(", "()\n        )\n        model.add("
    ),
    Fault("enforcement_brigade", "post", "total((*given, *sent)) >= self.each", "total((*given, *sent)) >= 1"),
    Fault("enforcement_brigade", "post", "if self.each and year >= (", "if self.each and year > ("),
    Fault("enforcement_brigade", "check", "max(1, several), inherited", "several, inherited"),
    Fault("enforcement_brigade", "check", "came += problem.authorised", "came -= problem.authorised"),
    Fault("enforcement_brigade", "check", "came -= row.staff if", "came += row.staff if"),
    Fault("enforcement_brigade", "check", "at_least=self.each if due", "at_most=self.each if due"),
    Fault("enforcement_brigade", "check", "grown, at_most=came", "grown, at_least=came"),
    Fault("agency_nature", "check", "== {Nature.OFFICE}]", "!= {Nature.OFFICE}]"),
    Fault("agency_nature", "check", "if not named or category in named", "if category in named"),
    Fault("dispatched_staff", "check", "left -= station.in_post", "left += station.in_post"),
    Fault("dispatched_staff", "check", "left -= problem.retired", "left += problem.retired"),
    Fault("dispatched_staff", "check", "return row.least if settled", "return row.least if not settled"),
    Fault("dispatched_staff", "check", "return row.most if settled", "return row.most if not settled"),
    Fault("unified_use", "post", "return max((ALL", "return min((ALL"),
    Fault("unified_use", "check", "share = max((one", "share = min((one"),
    Fault("unified_use", "check", "not (another or", "not (not another or"),
    Fault("unified_use", "post", "amount <= over[category]", "amount <= 0"),
    Fault("unified_use", "post", "others * of <=", "others * of >="),
    Fault("unified_use", "post", "numbers_then(model, township, agency, year)", "before"),
    Fault("unified_use", "post", "of * sum(over.values()) - part", "of * sum(over.values()) + part"),
    Fault("unified_use", "check", "number, at_most=today", "number, at_least=today"),
    Fault("unified_use", "check", "more = max(Fraction", "more = min(Fraction"),
    Fault("unified_use", "check", "_judged(plan, township, agency, year)", "_judged(still, township, agency, year)"),
    Fault("posts_filled", "post", "(1 - self.spare).as", "(1 + self.spare).as"),
    Fault("posts_filled", "post", "posts * of + over", "posts * of"),
    Fault("posts_filled", "post", "numbers_then(model, township, agency, year).values()", "(before,)"),
    Fault("posts_filled", "post", "posts * least - lack", "total((posts * least,))"),
    Fault("posts_filled", "post", ">= need - free", "<= need - free"),
    Fault("posts_filled", "post", "need - free", "need"),
    Fault("posts_filled", "check", "max(0, placed - posts)", "max(0, posts - placed)"),
    Fault("posts_filled", "check", "placed + over)", "placed)"),
    Fault("posts_filled", "check", "posts - lack))", "posts))"),
    Fault("posts_filled", "check", "self.by is None or year >= self.by", "self.by is None or year > self.by"),
    Fault("posts_filled", "check", "_posts(plan, township", "_posts(still, township"),
    Fault("work_follows_matters", "post", "taken >= 1", "taken >= 0"),
    Fault("work_follows_matters", "post", "(100 * q - 1)", "(100 * q)"),
    Fault("work_follows_matters", "post", "number >= self.options.at_least", "number <= self.options.at_least"),
    Fault("work_follows_matters", "post", "delegation.leaving.items()", "delegation.moved.items()"),
    Fault("work_follows_matters", "check", "county.matters if row.leaves", "county.matters if row.unit"),
    Fault("work_follows_matters", "check", "if year == problem.last else None", "if year != problem.last else None"),
    Fault("work_follows_matters", "check", "given, at_least=least", "given, at_most=least"),
    Fault("leadership", "post", "size >= least, Place", "size <= least, Place"),
    Fault(
        "leadership", "post", "min(self.smallest(problem, unit), problem.size(unit))", "self.smallest(problem, unit)"
    ),
    Fault("leadership", "check", "== leaders), default", "!= leaders), default"),
    Fault("leadership", "check", "today if small else least", "least if small else today"),
    Fault("leadership", "check", "small = today < least", "small = today <= least + 1"),
    Fault("no_worse_on_the_way", "post", ">= asked", ">= asked + 1"),
    Fault("no_worse_on_the_way", "post", "today * share.denominator - share", "today * share.denominator + share"),
    Fault("no_worse_on_the_way", "post", "if not matter.base", "if matter.base"),
    Fault("no_worse_on_the_way", "post", "left.covered(township, year))", "still.covered(township, year))"),
    Fault("no_worse_on_the_way", "check", "(work - base)", "(work + base)"),
    Fault("no_worse_on_the_way", "check", "brought if row.base", "brought if not row.base"),
    Fault("no_worse_on_the_way", "check", "min(today, left.coverage(township", "max(today, left.coverage(township"),
    Fault("budget", "post", "cost <= int(most)", "cost >= int(most)"),
    Fault("budget", "post", "max(self.at_most * step // 1, today)", "min(self.at_most * step // 1, today)"),
    Fault("budget", "check", "over = today > self.at_most", "over = today < self.at_most"),
    Fault("budget", "check", "None, int(most * step)", "int(most * step)"),
)
"""Slips in what the reform added."""

REFORM_SENTENCES = (
    Fault("agency_nature", "explain", "category=problem.name(place.category)", "category=problem.name(place.agency)"),
    Fault("agency_nature", "explain", 'if place.aspect == "either"', 'if place.aspect != "either"'),
    Fault("platforms", "explain", "platform_name(place.item)", "place.item"),
    Fault("platforms", "explain", "least=self.least", "least=place.year"),
    Fault("stations_go_down", "explain", 'return _("{station} stays', '_("{station} stays'),
    Fault("stations_go_down", "explain", '"station": row.station', '"station": row.kind'),
    Fault("dispatched_staff", "explain", "least=least, most=most, where", "least=most, most=least, where"),
    Fault("dispatched_staff", "explain", "most=self.most", "most=place.year"),
    Fault("return_borrowed", "explain", "unit=problem.name(place.item)", "unit=problem.name(place.holder)"),
    Fault("enforcement_brigade", "explain", "listed(self.forces)", "listed(self.source)"),
    Fault("enforcement_brigade", "explain", "each=self.each", "each=self.least"),
    Fault("enforcement_brigade", "explain", 'if place.aspect == "one"', 'if place.aspect != "one"'),
    Fault("unified_use", "explain", "share * 100", "share * 10"),
    Fault("unified_use", "explain", 'if place.aspect == "own"', 'if place.aspect != "own"'),
    Fault("posts_filled", "explain", "self.least * 100", "self.least * 10"),
    Fault("posts_filled", "explain", "self.spare * 100", "self.spare * 10"),
    Fault("posts_filled", "explain", 'place.aspect == "filled"', 'place.aspect != "filled"'),
    Fault(
        "work_follows_matters",
        "explain",
        "between(self.options.at_least, self.options.at_most)",
        "between(self.options.at_most, self.options.at_least)",
    ),
    Fault("work_follows_matters", "explain", "self.share * 100", "self.share * 10"),
    Fault("leadership", "explain", "size=self.smallest(problem, place.holder)", "size=problem.size(place.holder)"),
    Fault("leadership", "explain", "].leaders_authorised,", "].leaders_in_post,"),
    Fault("leadership", "explain", "leaders=self.leaders(problem", "leaders=self.smallest(problem"),
    Fault("budget", "explain", "self.at_most or 0", "place.year or 0"),
    Fault("routes", "explain", 'if place.aspect == "station"', 'if place.aspect != "station"'),
)
"""Numbers or sentences swapped in what the reform added."""

FAULTS = (
    *REFORM,
    Fault("ledgers", "post", "moved_in(holder, category, year) <=", "moved_in(holder, category, year) >="),
    Fault("ledgers", "post", "+ excess, Place", "- excess, Place"),
    Fault(
        "ledgers",
        "check",
        "at_most=plan.added(holder, category, year)",
        "at_least=plan.added(holder, category, year)",
    ),
    Fault("ledgers", "check", "max(0, over)", "min(0, over)"),
    Fault("ledgers", "check", "come, gone, gone)", "come, gone, come)"),
    Fault("hold_total", "post", "held.equals(today)", "held.equals(today + 1)"),
    Fault("hold_total", "post", "year) <= most + above", "year) >= most + above"),
    Fault("hold_total", "post", "held <= today + come", "held <= today + come + 1"),
    Fault("hold_total", "post", "held >= today - gone", "held >= today"),
    Fault("hold_total", "post", "granted <= received", "granted >= received"),
    Fault("hold_total", "post", "model.add(granted >= 0", "model.add(granted >= -1"),
    Fault("hold_total", "post", "year >= self.back_to_ceiling else", "year > self.back_to_ceiling else"),
    Fault("hold_total", "post", "year) <= 0, place)", "year) <= 1, place)"),
    Fault("hold_total", "post", "risen <= 0", "risen >= 0"),
    Fault("hold_total", "check", "sums[year], today, today", "sums[year], today"),
    Fault("hold_total", "check", "at_most=-room", "at_least=-room"),
    Fault("hold_total", "check", "max(0, rise - received)", "max(0, rise)"),
    Fault("hold_total", "check", "and not frozen", "and frozen"),
    Fault("hold_total", "check", "and not due", "and due"),
    Fault("hold_total", "check", "gained -= plan.sunk", "gained += plan.sunk"),
    Fault("cut_above_add_below", "post", "if p and self.at_least_one", "if self.at_least_one and not p"),
    Fault("cut_above_add_below", "post", "max(p * problem.size(unit), q", "max(p * problem.size(unit) + q, q"),
    Fault("cut_above_add_below", "post", "category not in opened", "category in opened"),
    Fault("cut_above_add_below", "check", "max(most or 0, 1)", "max(most or 0, 2)"),
    Fault("cut_above_add_below", "check", "closed if row.above", "closed if not row.above"),
    Fault("cut_above_add_below", "post", "given >= self.total.at_least", "given <= self.total.at_least"),
    Fault("cut_above_add_below", "check", "int(self.share * problem", "1 + int(self.share * problem"),
    Fault("cut_above_add_below", "check", "lost += problem.size(unit) -", "lost += problem.size(unit) +"),
    Fault("cut_above_add_below", "post", "* row.authorised for row", "* row.in_post for row"),
    Fault("vacancies_first", "post", "moved <= willing", "moved >= willing"),
    Fault("vacancies_first", "post", "amount <= worst - worst * gives", "amount <= worst + worst * gives"),
    Fault("vacancies_first", "post", "here = excess - sitting", "here = excess + sitting"),
    Fault("vacancies_first", "post", "model.add(here <= above,", "model.add(here <= -above,"),
    Fault("vacancies_first", "check", "people - positions", "positions - people"),
    Fault("vacancies_first", "check", "at_most=0 if gives else over", "at_most=over if gives else 0"),
    Fault("sure_retirements", "post", "count - int(count * self.count_on)", "int(count * self.count_on)"),
    Fault("sure_retirements", "post", 'min(self.but, expected[""]))', "0)"),
    Fault("sure_retirements", "post", "min(self.but, sum(expected.values()))", "sum(expected.values())"),
    Fault("sure_retirements", "post", "some - some * fewer", "some * fewer"),
    Fault("sure_retirements", "post", "late >= everybody -", "late <= everybody -"),
    Fault("sure_retirements", "check", "if not plan.handed", "if plan.handed"),
    Fault("sure_retirements", "check", "min(self.but, sum(expected))", "self.but * len(expected)"),
    Fault("sure_retirements", "check", "row, year, staying)", "row, year, -staying)"),
    Fault("sure_retirements", "check", "excess, at_most=most", "excess, at_least=most"),
    Fault("vacancies_first", "post", "excess <= over + gone", "excess <= over"),
    Fault("vacancies_first", "check", "year) <= 0", "year) >= 0"),
    Fault(
        "vacancies_first", "check", "max(0, row.in_post - row.authorised) +", "max(0, row.in_post + row.authorised) +"
    ),
    Fault("vacancies_first", "check", "if plan.handed(row.station, year))", "if not plan.handed(row.station, year))"),
    Fault("vacancies_first", "check", "at_most=row.willing", "at_least=row.willing"),
    Fault("routes", "post", "if origin == kind", "if origin != kind"),
    Fault("routes", "post", "model.reserve(category, year - 1)", "model.reserve(category, year)"),
    Fault(
        "routes",
        "check",
        "given[plan.problem.kind(holder)] -= change",
        "given[plan.problem.kind(holder)] += change",
    ),
    Fault("routes", "check", "if any((kind, to)", "if all((kind, to)"),
    Fault("routes", "check", "1 if lawful_way else 0", "0 if lawful_way else 1"),
    Fault("routes", "post", "if not _has_route", "if _has_route"),
    Fault("routes", "post", "received[kind] >= into if", "received[kind] <= into if"),
    Fault("routes", "post", "kind != HolderKind.VERTICAL", "kind == HolderKind.VERTICAL"),
    Fault("routes", "check", "(POOL,) if room > 0", "(POOL,) if room < 0"),
    Fault("routes", "check", "max(there, back)", "min(there, back)"),
    Fault("unified_use", "post", "* part + more", "* part + more + of"),
    Fault("holder_limits", "post", "min(row.floor, row.authorised)", "max(row.floor, row.authorised)"),
    Fault("holder_limits", "post", "max(row.ceiling, row.authorised)", "min(row.ceiling, row.authorised)"),
    Fault(
        "holder_limits",
        "post",
        "min(self.smallest, problem.size(unit))",
        "max(self.smallest, problem.size(unit))",
    ),
    Fault("holder_limits", "check", "low = row.authorised < row.floor", "low = row.authorised > row.floor"),
    Fault("holder_limits", "check", "if today < self.smallest else", "if today > self.smallest else"),
    Fault("compulsory_agencies", "post", "min(row.least, today)", "max(row.least, today)"),
    Fault("compulsory_agencies", "post", "max(row.most, today)", "min(row.most, today)"),
    Fault("compulsory_agencies", "post", "year) >= 1", "year) >= 2"),
    Fault("compulsory_agencies", "check", "weak = 0 < today", "weak = 1 < today"),
    Fault("compulsory_agencies", "check", "crowded = today > row.most", "crowded = today < row.most"),
    Fault("agency_quota", "post", "opened <= max(quota, today)", "opened <= min(quota, today)"),
    Fault("agency_quota", "post", "strength <= room * opened", "strength >= room * opened"),
    Fault("agency_quota", "post", "else now >= before", "else now <= before"),
    Fault("agency_quota", "post", "else everything - offices", "else everything"),
    Fault("agency_quota", "post", "min(limits.at_least, possible)", "max(limits.at_least, possible)"),
    Fault("agency_quota", "check", "year) - office\n", "year)\n"),
    Fault("agency_quota", "check", "today if many else most)", "most if many else today)"),
    Fault("agency_quota", "check", "states[0] != states[-2]", "states[0] == states[-2]"),
    Fault("agency_quota", "check", "crowded = today > quota", "crowded = today < quota"),
    Fault("agency_quota", "check", "year), at_most=0)", "year), at_most=1)"),
    Fault("hiring", "post", "hired <= row.most", "hired >= row.most"),
    Fault("hiring", "post", "hired >= row.least", "hired <= row.least"),
    Fault("hiring", "check", 'if "" not in planned', 'if "" in planned'),
    Fault("hiring", "post", "over <= most - most * takes", "over <= most + most * takes"),
    Fault("hiring", "check", "hired, row.least or None, row.most", "hired, row.most, row.least or None"),
    Fault(
        "hiring",
        "check",
        "plan.vacant(holder, category, year) + taken",
        "plan.vacant(holder, category, year) - taken",
    ),
    Fault("phasing", "post", "(denominator - 1)", "(denominator + 1)"),
    Fault("phasing", "check", "math.ceil", "math.floor"),
    Fault("phasing", "check", "+ plan.sunk(u, c, year)", "- plan.sunk(u, c, year)"),
    Fault("pinned", "post", "amount >= int(least or 0)", "amount <= int(least or 0)"),
    Fault("pinned", "post", "amount <= int(most or 0)", "amount >= int(most or 0)"),
    Fault("pinned", "check", "(pin.year - 1, pin.year)", "(pin.year + 1, pin.year)"),
    Fault("pinned", "post", "model.hired(h, c, y) for", "-model.hired(h, c, y) for"),
    Fault("pinned", "check", "year in {None, year}", "year in {year}"),
    Fault("pinned", "post", "- model.sunk(u, c, y)", "+ model.sunk(u, c, y)"),
    Fault("pinned", "check", "_found(pin, plan), least, most", "_found(pin, plan), most, least"),
)

SENTENCES = (
    Fault("ledgers", "explain", "holder=problem.name(place.holder)", "holder=problem.name(place.category)"),
    Fault("ledgers", "explain", '"moved": _(', '"moved " : _('),
    Fault("hold_total", "explain", "problem.ceiling[place.category]", "len(problem.ceiling)"),
    Fault("hold_total", "explain", '"granted": _(', '"arrives ": _('),
    Fault("hold_total", "explain", "gone=self._may_go(", "gone=self._may_come("),
    Fault("hold_total", "explain", "come=self._may_come(", "come=self._may_go("),
    Fault("hold_total", "explain", "if place.holder == RESERVE", "if place.holder != RESERVE"),
    Fault("cut_above_add_below", "explain", 'if place.aspect == "vertical"', 'if place.aspect != "vertical"'),
    Fault(
        "cut_above_add_below",
        "explain",
        "between(self.total.at_least, self.total.at_most)",
        "between(self.total.at_most, self.total.at_least)",
    ),
    Fault("cut_above_add_below", "explain", "self.share * 100", "self.share * 10"),
    Fault("cut_above_add_below", "explain", "size=problem.size(place.holder)", "size=len(problem.units)"),
    Fault("vacancies_first", "explain", 'if place.aspect == "headquarters"', 'if place.aspect != "headquarters"'),
    Fault("sure_retirements", "explain", "but=self.but", "but=place.year"),
    Fault("sure_retirements", "explain", 'if place.aspect == "headquarters"', 'if place.aspect != "headquarters"'),
    Fault("vacancies_first", "explain", "place.category].willing", "place.category].in_post"),
    Fault("vacancies_first", "explain", 'if place.aspect == "willing"', 'if place.aspect != "willing"'),
    Fault("routes", "explain", '"{origin} → {to}"', '"{to} → {origin}"'),
    Fault("routes", "explain", "if not routes", "if routes"),
    Fault("holder_limits", "explain", "floor=row.floor", "floor=row.ceiling"),
    Fault("holder_limits", "explain", "smallest=self.smallest", "smallest=problem.size(place.holder)"),
    Fault(
        "compulsory_agencies", "explain", '"least": row.least, "most": row.most', '"least": row.most, "most": row.least'
    ),
    Fault("compulsory_agencies", "explain", 'case "open":', 'case "least" | "open":'),
    Fault("agency_quota", "explain", 'if place.aspect == "steady"', 'if place.aspect == "most"'),
    Fault("agency_quota", "explain", "quota = self.quota(problem, place.holder)", "quota = self.medium"),
    Fault("agency_quota", "explain", "self.offices if office else", "self.institutions if office else"),
    Fault("agency_quota", "explain", 'if place.aspect == "closed"', 'if place.aspect != "closed"'),
    Fault("hiring", "explain", "row.category, row.year) == where", "row.category, row.year) != where"),
    Fault("hiring", "explain", "least=row.least, most=row.most", "least=row.most, most=row.least"),
    Fault("no_worse_on_the_way", "explain", "if any(row.base", "if not any(row.base"),
    Fault("no_worse_on_the_way", "explain", "self._less(min(today, left))", "min(today, left)"),
    Fault("hiring", "explain", "if place.holder else", "if not place.holder else"),
    Fault("phasing", "explain", "self.share * 100", "self.share * 10"),
    Fault("pinned", "explain", "between(least, most)", "between(least, least)"),
    Fault("pinned", "explain", "if found == place", "if found != place"),
)
"""Numbers or sentences swapped."""


def with_fault(fault: Fault) -> type[Rule]:
    """The rule as it would be with the fault."""
    name = RULES[fault.rule].__module__
    source = inspect.getsource(sys.modules[name])
    if source.count(fault.right) != 1:
        raise ValueError(f"stands there {source.count(fault.right)} times, not once: {fault}")
    module = ModuleType(name)
    changed = compile(source.replace(fault.right, fault.wrong), name, "exec")
    exec(changed, vars(module))  # noqa: S102  # our own text
    _share_parameters(module, RULES[fault.rule].__name__)
    kind: type[Rule] = getattr(module, RULES[fault.rule].__name__)
    return kind


def _share_parameters(module: ModuleType, rule: str) -> None:
    """Let the changed module know parameters (pins, say) by the classes that scenarios use."""
    for name, thing in vars(sys.modules[module.__name__]).items():
        if inspect.isclass(thing) and thing.__module__ == module.__name__ and name != rule:
            setattr(module, name, thing)
