"""How names and sentences are strung together, which each language does in its own way."""

from __future__ import annotations

from collections.abc import Iterable

from rebalance.words import language


def listed(names: Iterable[str]) -> str:
    """Several names in a row."""
    return ("、" if language() == "zh" else ", ").join(names)


def parted(parts: Iterable[str]) -> str:
    """Several parts of a sentence that have commas of their own."""
    return ("；" if language() == "zh" else "; ").join(parts)


def run_on(sentences: Iterable[str]) -> str:
    """Sentences one after the other: Chinese leaves no room between them."""
    return ("" if language() == "zh" else " ").join(sentences)
