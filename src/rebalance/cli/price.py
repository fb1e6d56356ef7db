"""Stub."""

import click

from rebalance.cli.verb import Verb


def command() -> click.Command:
    return Verb("price", lambda: 0, about="", short="")
