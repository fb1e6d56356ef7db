"""The pages of rules and goals: what each says, read off its own file, and what it says in Langxi."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module

from docs.pages.docstring import markdown, said
from docs.pages.examples import BASELINE, in_both, lines_of, scenarios, sentences, tables_of
from docs.pages.markdown import code, contents, page, table
from docs.pages.parameters import rows
from rebalance.county.tables import CATEGORIES, SETTINGS, TABLES
from rebalance.goals import GOALS
from rebalance.goals.canonical import Canonical
from rebalance.goals.goal import Goal
from rebalance.rules import RULES, Rule
from rebalance.scenario.names import KEYS, titles
from rebalance.scenario.parts import is_law

COLUMNS = {table.name: [heading.header for heading in table.headings] for table in (*TABLES, CATEGORIES, *SETTINGS)}

EVERY_RULE = """
A rule is in force exactly when its table `[rules.<name>]` stands in the scenario, with whatever it extends; parameters
that are not given set no limit. What is broken today may stay, may not get worse, and is reported as *inherited*:
therefore the `max` and `min` with today's figure in the formulas. Every rule also takes

- `source`, a text: where the requirement comes from (text, place, year). It is printed in the papers;
- `law`, true or false: whether it is beyond the commission's power. Then no scenario can leave it out, and no repair
  touches it. By default {law} are law.
"""

EVERY_GOAL = """
Goals stand in the scenario's list `goals` in order of rank. Each is brought to its best, proven to be there, and held
while the next is pursued. A goal may be named twice with other options, written as a table:
`{ goal = "worst_off_first", per = "agency" }`.
"""


def rule_pages() -> Mapping[str, str]:
    """A page for every rule, and one that lists them."""
    law = " and ".join(code(filter(is_law, RULES)))
    listed = _index("Rules", EVERY_RULE.format(law=law), RULES)
    return {"rules/index.md": listed} | {f"rules/{name}.md": _rule(name, rule) for name, rule in RULES.items()}


def goal_pages() -> Mapping[str, str]:
    """A page for every goal, and one that lists them."""
    listed = _index("Goals", EVERY_GOAL, GOALS)
    return {"goals/index.md": listed} | {f"goals/{name}.md": _goal(name, goal) for name, goal in GOALS.items()}


def linked(text: str, to: str = "../files/tables.md") -> str:
    """The text with every `table.column` leading to its table."""

    def link(match: re.Match[str]) -> str:
        known = match["column"] in COLUMNS.get(match["table"], ())
        return f"[{match.group()}]({to}#{match['table'].replace('_', '-')})" if known else match.group()

    return re.sub(r"`(?P<table>\w+)\.(?P<column>[\w.]+)`", link, text)


def _index(title: str, about: str, parts: Mapping[str, type]) -> str:
    listed = ((f"[{_title(part)}]({name}.md) `{name}`", _first(said(part).text)) for name, part in parts.items())
    return page(f"# {title}", about.strip(), table(("name", "says"), listed), _hidden(parts))


def _first(text: str) -> str:
    """The first paragraph, in one line."""
    return " ".join(text.split("\n\n", maxsplit=1)[0].split())


def _hidden(parts: Iterable[str]) -> str:
    return contents(parts).replace(":maxdepth: 1", ":maxdepth: 1\n:hidden:")


def _rule(name: str, rule: type[Rule]) -> str:
    return page(
        *_head(name, rule),
        *_reads(rule),
        "## In a scenario",
        *_examples(name, "rules", {file: tables_of(name, text) for file, text in scenarios().items()}),
        "## What it says in Langxi",
        *(f"> {english}\n>\n> {chinese}" for english, chinese in sentences(name)),
    )


def _goal(name: str, goal: type[Goal]) -> str:
    named = {file: lines_of(name, text) for file, text in scenarios().items()}
    return page(
        *_head(name, goal),
        *(("## In a scenario", *_examples(name, "goals", named)) if goal is not Canonical else ()),
        "## What it says",
        "> {}\n>\n> {}".format(*in_both(lambda: goal().explain())),
    )


def _head(name: str, part: type) -> Iterator[str]:
    about = said(part)
    yield f"# {_title(part)}"
    yield f"`{name}`, `{titles()[name]}`"
    yield linked(markdown(about.text))
    yield "## Parameters"
    found = [(f"`{key}`", f"`{_chinese(key)}`", *others) for key, *others in rows(part)]
    yield table(("key", "in Chinese", "type", "default", "meaning"), found) if found else "None of its own."
    yield "## Where it comes from"
    yield about.source


def _chinese(key: str) -> str:
    """A key, with those before it, by its Chinese name."""
    return re.sub(r"\w+", lambda step: KEYS[step.group()], key)


def _title(part: type) -> str:
    """How the file begins: the name in words, up to the Chinese in brackets or else the first pause."""
    first = inspect.getdoc(import_module(part.__module__)) or ""
    named = re.match(r"[^(:.]+\([^)]+\)", first) or re.match(r"[^,:.]+", first)
    return named.group() if named else part.__name__


def _reads(rule: type[Rule]) -> Iterator[str]:
    yield "## Tables"
    named = dict.fromkeys((*rule.tables, *_named_tables(said(rule).text)))
    links = ", ".join(f"[`{name}`](../files/tables.md#{name.replace('_', '-')})" for name in named)
    needs = f" Without {' and '.join(code(rule.tables))} it has nothing to say." if rule.tables else ""
    yield (f"{links}." if links else "Those that every county has: `units`, `townships`, `positions`.") + needs


def _named_tables(text: str) -> Iterator[str]:
    return (found for found in re.findall(r"`(\w+)\.", text) if found in COLUMNS)


def _examples(name: str, kind: str, said_in: Mapping[str, str]) -> Iterator[str]:
    """Its lines in the baseline, or else in the first scenario that has some; and which others do."""
    using = [file for file, lines in said_in.items() if lines]
    other = next((file for file in using if said_in[file] not in said_in[using[0]]), None)
    for file in filter(None, (*using[:1], other)):
        yield f"In `scenarios/{file}`:"
        yield f"```{{code-block}} toml\n{said_in[file]}\n```"
    others = [file for file in using if file != BASELINE]
    if others:
        yield "Other scenarios with it: " + ", ".join(code(others)) + "."
    elif not using:
        yield f'No scenario that comes with the program names it: `{kind} = ["{name}"]`.'
