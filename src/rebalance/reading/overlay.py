"""The files of a scenario laid one over the other, remembering which file said what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rebalance.county.changes import CHANGEABLE
from rebalance.fault import Fault
from rebalance.hints import near_miss, quoted
from rebalance.reading.layers import Layer
from rebalance.record.parts import is_law
from rebalance.words import _

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

    def lay(self, layer: Layer) -> None:
        """Put one more file on top: tables field by field, lists whole, added and dropped rows at the end."""
        for number, name in enumerate(layer.said.without, 1):
            self._leave_out(name, layer, f"without[{number}]")
        self._merge(self.rules, layer.said.rules, "rules", layer.file)
        self._merge(self.data, layer.said.data, "data", layer.file)
        self.plugins = tuple(dict.fromkeys((*self.plugins, *layer.said.plugins)))
        self._translate(layer)
        if layer.said.goals is not None:
            self.goals = layer.said.goals
            self.origins["goals"] = layer.file

    def from_file(self, fault: Fault) -> Fault:
        """The fault, naming the file that set the value, if it is about one."""
        path = fault.column
        while path and fault.file == self.file:
            if path in self.origins:
                return replace(fault, file=self.origins[path])
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
        text = message.format(value=quoted(name), accepted=", ".join(self.rules))
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
