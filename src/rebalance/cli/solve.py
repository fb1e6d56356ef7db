"""`rebalance solve SCENARIO --out DIR`: the best lawful plan, with its proof."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rebalance.cli.options import WORKERS, fresh_option, limit_option, quiet_option, store_option, whole, with_variable
from rebalance.cli.output import DONE, NO, NO_TIME, STOPPED, aloud, for_programs, force_option, put, show, told, writing
from rebalance.cli.verb import Verb, json_option, path_argument
from rebalance.fault import FaultsError
from rebalance.text import _

if TYPE_CHECKING:  # names for what is loaded only when something is solved
    from rebalance.api.solve import Run, Solved, Solving


def command() -> click.Command:
    """The verb."""
    about = _(
        "Find the best lawful plan of a scenario, prove it, and write DIR/plan.json. Of a folder of scenarios, or a"
        " file with variants, each is solved, into a folder of its own below DIR."
        " Ctrl-C stops and keeps the best plan so far. What has been solved before is taken from the store of runs."
    )
    short = _("Find the best lawful plan, and prove it.")
    out = click.Option(
        ["--out"],
        type=click.Path(path_type=Path),
        metavar="DIR",
        required=True,
        help=_("Folder for plan.json; made if need be."),
    )
    certify = click.Option(
        ["--certify"],
        is_flag=True,
        help=_(
            "Ask a second solver whether every proof but that of canonical is right; its answer goes to"
            " DIR/certificate.json."
        ),
    )
    timings = click.Option(
        ["--timings"],
        is_flag=True,
        help=_("Say also where the time went: seconds and questions to the solver, goal by goal. --json always does."),
    )
    kept = (store_option(), fresh_option())
    params = (
        path_argument("scenario", _("A scenario file, or a folder of them; FILE#NAME is one of its variants.")),
        out,
        *settings(),
        certify,
        force_option(),
        timings,
        *kept,
        json_option(),
    )
    return Verb("solve", solve, *params, about=about, short=short)


def settings() -> tuple[click.Option, ...]:
    """How to solve: named after the fields of `Settings`."""
    workers = with_variable(_("Threads of the solver (default: 1)."), WORKERS)
    seed = _("Another way to search (default: 0); the plan is the same.")
    return (
        limit_option(),
        click.Option(["--workers"], callback=whole(1, 512), metavar="N", envvar=WORKERS, default="1", help=workers),
        click.Option(["--seed"], callback=whole(0, 2**31 - 1), metavar="N", default="0", help=seed),
        quiet_option(),
    )


def solve(
    scenario: Path,
    out: Path,
    *,
    time_limit: float | None,
    workers: int,
    seed: int,
    quiet: bool,
    certify: bool,
    force: bool,
    timings: bool,
    store: Path,
    fresh: bool,
    as_json: bool,
) -> int:
    """Read, solve, write, report."""
    from rebalance.api.solve import Solving
    from rebalance.cli.compare import each

    how = Solving(
        limit=time_limit,
        workers=workers,
        seed=seed,
        certify=certify,
        fresh=fresh,
        force=force,
        store=store,
        quiet=quiet,
        known=lambda run, file: quiet or told(_known(run, file), DONE),
        trouble=_trouble,
    )
    files = [Path(one) for one in each(str(scenario))]
    if len(files) > 1 or scenario.is_dir():
        return _all(files, out, how, timings=timings, as_json=as_json)
    return _one(scenario, out, how, timings=timings, as_json=as_json)


def solve_one(scenario: Path, out: Path, *, force: bool) -> int:
    """Solve one scenario with nothing said about how."""
    from rebalance.api.solve import Solving

    return _one(scenario, out, Solving(force=force), timings=False, as_json=False)


def _one(scenario: Path, out: Path, how: Solving, *, timings: bool, as_json: bool) -> int:
    done = _solved(scenario, out, how)
    if as_json:
        for_programs(done.text)
    else:
        show(done.outcome.parts())
        if timings:
            put([done.outcome.timing_table()], "table")
    _say(done, out, how)
    return _code(done)


def _solved(scenario: Path, out: Path, how: Solving) -> Solved:
    """Solve, and say where nothing can be written."""
    with writing("--out"), aloud():
        return how.solve(scenario, out)


def _all(files: Sequence[Path], out: Path, how: Solving, *, timings: bool, as_json: bool) -> int:
    """Each scenario into a folder of its own; the gravest exit code."""
    from rebalance.api.solve import folders, overview

    done: dict[str, Solved] = {}
    for name, file in folders(files).items():
        if not how.quiet:
            told(f"{len(done) + 1}/{len(files)} {name}", DONE)
        done[name] = _solved(file, out / name, how)
        _say(done[name], out / name, how)
        if _code(done[name]) == STOPPED:
            break
    if as_json:
        texts = (f"{json.dumps(name, ensure_ascii=False)}: {one.text.strip()}" for name, one in done.items())
        for_programs("{\n" + ",\n".join(texts) + "\n}\n")
    else:
        put([overview(done.values())], "table")
        for name, one in done.items() if timings else ():
            put([one.outcome.timing_table(name)], "table")
    if len(done) < len(files):
        told(_("Stopped: {done} of {count} scenarios were begun.").format(done=len(done), count=len(files)), STOPPED)
    return max(map(_code, done.values()))


def _code(done: Solved) -> int:
    ending = done.outcome.ending
    if done.unwritten:
        return NO
    if done.stopped or ending == "interrupted":
        return STOPPED
    if done.outcome.plan is None:
        return NO_TIME if ending == "out of time" else NO
    return DONE if done.sound else NO


def _say(done: Solved, out: Path, how: Solving) -> None:
    """Say where the plan is; that it could not be written, also to those who want it quiet."""
    if done.unwritten:
        told(_unwritten(done.file, done), NO)
        return
    if done.file.name != "plan.json":
        message = _("{file} came to be there meanwhile and is not written over; the plan found is in {other}.")
        told(message.format(file=out / "plan.json", other=done.file), DONE)
    if not how.quiet:
        told(_kept(done, done.file), DONE)


def _unwritten(file: Path, done: Solved) -> str:
    """What to do about a plan that is on the screen only, or in the store only."""
    if done.run is None:
        message = _("{file}: the plan could not be written ({problem}). Make room, or name another folder.")
    else:
        message = _(
            "{file}: the plan could not be written ({problem}). It is kept as run {run}:"
            " rebalance runs {run} --export DIR writes it elsewhere."
        )
    return message.format(file=file, problem=done.unwritten, run=done.run)


def _kept(done: Solved, file: Path) -> str:
    """Where the plan is, and under what number; without one, whether an older one lies in its place."""
    if done.outcome.plan is not None and done.run is not None:
        return _("The plan is in {file}, and kept as run {run}.").format(file=file, run=done.run)
    if done.outcome.plan is not None:
        return _("The plan is in {file}.").format(file=file)
    if file.exists():
        return _("No plan was written; {file} is from an earlier run.").format(file=file)
    return _("No plan was written.")


def _known(run: Run, store: Path) -> str:
    """Says that nothing was solved."""
    message = _("Already solved, as run {run} in {file} ({made} UTC). With --fresh it is solved again.")
    return message.format(run=run.id, file=store, made=run.made[:16].replace("T", " "))


def _trouble(error: FaultsError) -> None:
    message = _("{problem} The run is not kept there; the plan itself is not affected.")
    told(message.format(problem=error), DONE)
