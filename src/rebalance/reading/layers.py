"""A scenario file and the files it extends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from typing import Any

from rebalance.fault import Fault, FaultsError
from rebalance.hints import quoted
from rebalance.reading.text_file import shown
from rebalance.reading.toml import read_toml
from rebalance.record.values import structure
from rebalance.words import _


@dataclass(frozen=True)
class ScenarioFile:
    """What one scenario file says. The fields are its keys."""

    extends: str = ""
    county: str = ""
    name: str = ""
    why: str = ""
    without: tuple[str, ...] = ()
    goals: tuple[Any, ...] | None = None
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layer:
    """One file of a chain: where it lies, and what it says."""

    path: Path
    said: ScenarioFile

    @property
    def file(self) -> str:
        """The file's name, as faults give it."""
        return shown(self.path)

    def beside(self, key: str) -> Path:
        """The file or folder that a key names, relative to this file.

        Raises:
            FaultsError: the path is absolute, or nothing is there.
        """
        given: str = getattr(self.said, key)
        if Path(given).is_absolute() or PureWindowsPath(given).drive or given.startswith("\\"):
            raise self.fault(key, _("an absolute path (got {value}). Give it relative to this file."), given)
        found = self.path.parent / given
        if "\0" in given or not found.exists():
            raise self.fault(key, _("nothing is there (got {value}). Give a path relative to this file."), given)
        return found

    def fault(self, key: str, message: str, value: str) -> FaultsError:
        """Something is wrong with one of the keys of this file."""
        return FaultsError([Fault(self.file, 0, key, message.format(value=quoted(value)), value)])


def read_layers(path: Path) -> tuple[Layer, ...]:
    """The file and all it extends, the base first.

    Raises:
        FaultsError: one of them cannot be read or has keys that do not belong there, or they go in a circle.
    """
    layers = [_layer(path)]
    while layers[-1].said.extends:
        path = layers[-1].beside("extends")
        if any(path.samefile(layer.path) for layer in layers):
            message = _("the file extends itself, perhaps through others (got {value}). Take one step out.")
            raise layers[-1].fault("extends", message, layers[-1].said.extends)
        layers.append(_layer(path))
    return tuple(reversed(layers))


def _layer(path: Path) -> Layer:
    layer = Layer(path, structure(read_toml(path), ScenarioFile, "", shown(path)))
    if layer.said.extends and layer.said.county:
        message = _("the base scenario names the county (got {value}). Leave out either extends or county.")
        raise layer.fault("county", message, layer.said.county)
    if not layer.said.extends and not layer.said.county:
        message = _("the file names no county. Give county, the path of its package, or extends.")
        raise layer.fault("county", message, "")
    return layer
