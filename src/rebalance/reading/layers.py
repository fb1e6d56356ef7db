"""A scenario file and the files it extends; one file may hold a family: a base, and variants of it by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from typing import Any

from rebalance.fault import Fault, FaultsError
from rebalance.hints import near_miss, quoted
from rebalance.reading.text_file import shown
from rebalance.reading.toml import read_toml
from rebalance.record.values import structure
from rebalance.words import _

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
        given: str = getattr(self.said, key)
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
    """Where the scenarios are that a path stands for: those of a folder's files, of a family, or just the one."""
    path = Path(path)
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
    layer = Layer(path, structure(read_toml(path), ScenarioFile, "", shown(path)))
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
