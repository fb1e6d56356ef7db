"""A scenario file and the files it extends; one file may hold a family: a base, and variants of it by name."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PureWindowsPath
from typing import Any

from rebalance.county.changes import CHANGEABLE, change
from rebalance.county.county import County
from rebalance.county.kind import Kind, wanted
from rebalance.county.read import WORKBOOK, read_county
from rebalance.fault import Fault, FaultsError, gathered
from rebalance.files import read_text, shown
from rebalance.goals.goal import Goal
from rebalance.problem.problem import Problem
from rebalance.rules import Rule
from rebalance.scenario.codec import structure, unstructure
from rebalance.scenario.names import English, in_words, said_all
from rebalance.scenario.parts import Kinds, is_law, kinds_with, parts_from, unknown_rules
from rebalance.scenario.scenario import Scenario
from rebalance.scenario.sheet import read_sheet
from rebalance.text import _, near_miss, quoted
from rebalance.toml import read_toml

BASE = "base"
"""What the file itself is called among its variants."""


@dataclass(frozen=True)
class Variant:
    """What is different in one scenario of a family, laid over the file it stands in."""

    name: str = ""
    name_zh: str = ""
    why: str = ""
    why_zh: str = ""
    without: tuple[str, ...] = ()
    goals: tuple[Any, ...] | None = None
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    plugins: tuple[str, ...] = ()
    sources_zh: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ScenarioFile(Variant):
    """What one scenario file says. The fields are its keys."""

    extends: str = ""
    county: str = ""
    variants: Mapping[str, Variant] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layer:
    """One file of a chain, or a variant in one: where it lies, and what it says."""

    path: Path
    said: ScenarioFile
    variant: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)
    """Where places stand, in a sheet."""

    @property
    def file(self) -> str:
        """The file's name, as faults give it; with the variant, as one addresses it."""
        return shown(self.path) + (f"#{self.variant}" if self.variant else "")

    def under(self, name: str) -> Layer:
        """The layer of a variant.

        Raises:
            FaultsError: the file has none of that name.
        """
        if name in self.said.variants:
            return Layer(self.path, ScenarioFile(**vars(self.said.variants[name])), name)
        known = (BASE, *self.said.variants)
        message = _("no such variant (got {value}). Accepted: {accepted}.")
        text = message.format(value=quoted(name), accepted=", ".join(known)) + near_miss(name, known)
        raise FaultsError([Fault(self.file, 0, "", text, name)])

    def beside(self, key: str) -> Path:
        """The file or folder that a key names, relative to this file.

        Raises:
            FaultsError: the path is absolute, or nothing is there.
        """
        return self.found(key, getattr(self.said, key))

    def found(self, key: str, given: str) -> Path:
        """The same of any path that stands in this file.

        Raises:
            FaultsError: the path is absolute, or nothing is there.
        """
        if Path(given).is_absolute() or PureWindowsPath(given).drive or given.startswith("\\"):
            raise self.fault(key, _("an absolute path (got {value}). Give it relative to this file."), given)
        found = self.path.parent / given
        if "\0" in given or not parted(found)[0].exists():
            raise self.fault(key, _("nothing is there (got {value}). Give a path relative to this file."), given)
        return found

    def fault(self, key: str, message: str, value: str) -> FaultsError:
        """Something is wrong with one of the keys of this file."""
        return FaultsError([Fault(self.file, 0, key, message.format(value=quoted(value)), value)])


def read_layers(path: Path) -> tuple[Layer, ...]:
    """The scenario and all it extends, the base first.

    Raises:
        FaultsError: a file cannot be read or has keys that do not belong there, or they go in a circle.
    """
    layers = _layers(path)
    while layers[-1].said.extends:
        path = layers[-1].beside("extends")
        if any(parted(path)[0].samefile(layer.path) for layer in layers):
            message = _("the file extends itself, perhaps through others (got {value}). Take one step out.")
            raise layers[-1].fault("extends", message, layers[-1].said.extends)
        layers += _layers(path)
    return tuple(reversed(layers))


def parted(path: Path) -> tuple[Path, str]:
    """The file of an address such as `family.toml#fifteen`, and the variant; without one, `base`."""
    file, mark, variant = str(path).rpartition(".toml#")
    return (Path(f"{file}.toml"), variant) if mark and not path.exists() else (path, BASE)


def scenarios_in(path: Path | str) -> tuple[Path, ...]:
    """Where the scenarios are that a path stands for: those of a folder's files, of a family, or just the one.

    Raises:
        FaultsError: another thing is there, such as a county.
    """
    path = Path(path)
    wanted(path, Kind.SCENARIO)
    files = sorted(path.glob("*.toml")) if path.is_dir() else (path,)
    return tuple(one for file in files for one in _family(file))


def _family(path: Path) -> tuple[Path, ...]:
    """The addresses of the base and its variants; a file without any, or an address, is just itself."""
    try:
        variants = _layer(path).said.variants if path == parted(path)[0] else {}
    except FaultsError:  # told when the scenario is read
        variants = {}
    return tuple(path.with_name(f"{path.name}#{name}") for name in (BASE, *variants)) if variants else (path,)


def _layers(path: Path) -> list[Layer]:
    """A file, with the variant that the path names on top."""
    file, variant = parted(path)
    layer = _layer(file)
    return [layer] if variant == BASE else [layer.under(variant), layer]


def _layer(path: Path) -> Layer:
    wanted(path, Kind.SCENARIO)
    if path.suffix.casefold() == WORKBOOK:
        found = read_sheet(path)
        content, rows = found.content, found.rows
    else:
        faults: list[Fault] = []
        content, rows = English(shown(path), faults).whole(read_toml(path), ScenarioFile), {}
        if faults:
            raise FaultsError(faults)
    try:
        said = structure(content, ScenarioFile, "", shown(path))
    except FaultsError as error:
        raise FaultsError(in_row(fault, rows) for fault in error.faults) from None
    layer = Layer(path, said, rows=rows)
    if layer.said.extends and layer.said.county:
        message = _("the base scenario names the county (got {value}). Leave out either extends or county.")
        raise layer.fault("county", message, layer.said.county)
    if not layer.said.extends and not layer.said.county:
        message = _("the file names no county. Give county, the path of its package, or extends.")
        raise layer.fault("county", message, "")
    if BASE in layer.said.variants:
        message = _("the file itself goes by that name (got {value}). Give the variant another one.")
        raise layer.fault(f"variants.{BASE}", message, BASE)
    return layer


GROWING = frozenset(f"data.{table}.{verb}" for table in CHANGEABLE for verb in ("add", "drop"))
"""The lists to which a file adds; every other list it replaces."""


@dataclass(slots=True)
class Overlay:
    """What all the layers say together. `origins` tells for a key path which file set it last."""

    file: str
    rules: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    sources_zh: dict[str, Any] = field(default_factory=dict)
    goals: tuple[Any, ...] = ()
    plugins: tuple[str, ...] = ()
    origins: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    rows: dict[str, Mapping[str, int]] = field(default_factory=dict)

    def lay(self, layer: Layer) -> None:
        """Put one more file on top: tables field by field, lists whole, added and dropped rows at the end."""
        self.rows[layer.file] = layer.rows
        for number, name in enumerate(layer.said.without, 1):
            self._leave_out(name, layer, f"without[{number}]")
        self._merge(self.rules, layer.said.rules, "rules", layer.file)
        self._merge(self.data, layer.said.data, "data", layer.file)
        self.plugins = tuple(dict.fromkeys((*self.plugins, *layer.said.plugins)))
        self._translate(layer)
        if layer.said.goals is not None:
            self.goals = tuple(_with_rows(layer, number, goal) for number, goal in enumerate(layer.said.goals, 1))
            self.origins["goals"] = layer.file

    def from_file(self, fault: Fault) -> Fault:
        """The fault, naming the file that set the value, and its row in a sheet, if it is about one."""
        path = fault.column
        while path and fault.file == self.file:
            if path in self.origins:
                file = self.origins[path]
                return in_row(replace(fault, file=file), self.rows.get(file, {}))
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return fault

    def _leave_out(self, name: str, layer: Layer, where: str) -> None:
        if is_law(name) or self.rules.get(name, {}).get("law") is True:
            message = _("the rule is law and cannot be left out (got {value}).")
        elif name in layer.said.rules:
            message = _("the rule is left out and given in the same file (got {value}). Do one of the two.")
        elif name not in self.rules:
            message = _("the rule is not on (got {value}). Accepted: {accepted}.")
        else:
            del self.rules[name]
            return
        text = message.format(value=quoted(name), accepted=", ".join(said_all(tuple(self.rules))))
        near = "" if name in self.rules or is_law(name) else near_miss(name, self.rules)
        self.faults.append(Fault(layer.file, 0, where, text + near, name))

    def _translate(self, layer: Layer) -> None:
        """Take in what is said in Chinese of sources; of a source that this file sets anew nothing older holds."""
        for name in [*layer.said.without, *(name for name, rule in layer.said.rules.items() if "source" in rule)]:
            self.sources_zh.pop(name, None)
        self._merge(self.sources_zh, layer.said.sources_zh, "sources_zh", layer.file)

    def _merge(self, below: dict[str, Any], above: Mapping[str, Any], where: str, file: str) -> None:
        for key, value in above.items():
            path = f"{where}.{key}"
            if isinstance(value, Mapping) and isinstance(below.get(key), dict):
                self._merge(below[key], value, path, file)
            elif path in GROWING and isinstance(value, list) and isinstance(below.get(key), list):
                self._append(below[key], value, path, file)
            else:
                below[key] = _copy(value)
                self.origins[path] = file

    def _append(self, below: list[Any], above: Sequence[Any], where: str, file: str) -> None:
        self.origins |= {f"{where}[{number}]": file for number, _item in enumerate(above, len(below) + 1)}
        below.extend(above)


def in_row(fault: Fault, rows: Mapping[str, int]) -> Fault:
    """The fault in the row of a sheet where its place, or what it lies in, stands."""
    path = fault.column
    while path and not fault.row:
        if path in rows:
            return replace(fault, row=rows[path])
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return fault


FIGURE, DIGITS = "owned", 9
"""The column of numbers in such a file, and of how many digits they are at most."""

ROWS = "to"
"""The option of a goal that may name a CSV file, with a row for each entry, in place of a list of them."""


def _with_rows(layer: Layer, number: int, goal: object) -> object:
    """A goal with the rows of the file that it names, so that a plan to stay close to is one line and a file."""
    if not isinstance(goal, Mapping) or not isinstance(goal.get(ROWS), str):
        return goal
    rows = csv.DictReader(read_text(layer.found(f"goals[{number}].{ROWS}", goal[ROWS])).splitlines())
    return {**goal, ROWS: [{str(key).strip(): _figure(key, cell) for key, cell in row.items()} for row in rows]}


def _figure(key: object, cell: object) -> object:
    """A cell, as a number where one belongs; ids may look like numbers and are none."""
    text = cell.strip() if isinstance(cell, str) else ""
    is_number = key == FIGURE and text.isascii() and text.isdecimal() and len(text) <= DIGITS
    return int(text) if is_number else text


def overlay(layers: Sequence[Layer]) -> Overlay:
    """All layers together, the last one on top."""
    result = Overlay(layers[-1].file)
    for layer in layers:
        result.lay(layer)
    return result


def _copy(value: Any) -> Any:  # noqa: ANN401 - a TOML value
    """A copy of tables and lists, so that a later file can be merged in."""
    if isinstance(value, Mapping):
        return {key: _copy(inner) for key, inner in value.items()}
    return list(value) if isinstance(value, list) else value


def read_scenario(path: Path | str) -> Scenario:
    """Read a scenario: one TOML file, those it extends, and the county package the base names.

    Of a file with variants it is the base; `family.toml#fifteen` is one of them. The name (by default that of the file,
    or the variant's own) and the reason are those of the scenario itself, never inherited.

    Raises:
        FaultsError: with every fault found in the scenario files and in the county.
    """
    with in_words():
        return _read(read_layers(Path(path)))


def _read(layers: Sequence[Layer]) -> Scenario:
    said, top = overlay(layers), layers[-1]
    faults = [*said.faults]
    rules: Mapping[str, Rule] = {}
    goals: tuple[Goal, ...] = ()
    county: County | None = None
    changes = unstructure(said.data)
    kinds: Kinds | None = None
    with gathered(faults):
        kinds = kinds_with(said.plugins, said.file)
    with gathered(faults):
        county = change(read_county(layers[0].beside("county")), changes, said.file)
    with gathered(faults):
        if kinds:  # else many names would seem unknown
            faults.extend(unknown_rules(said.sources_zh, "sources_zh", said.file, kinds))
            rules, goals = parts_from(said.rules, said.goals, county, said.file, kinds)
    if faults or county is None:
        raise FaultsError([said.from_file(fault) for fault in faults])
    name = top.said.name or top.variant or top.path.stem
    return Scenario(
        name,
        Problem(county),
        rules,
        goals,
        why=top.said.why,
        county_path=layers[0].said.county,
        changes=changes,
        name_zh=top.said.name_zh,
        why_zh=top.said.why_zh,
        sources_zh=said.sources_zh,
    )
