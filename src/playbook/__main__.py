"""The command line: each command by its name, ``--help`` tells what it does."""

import argparse
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from playbook import decisions, facts, model
from playbook.facts import written
from playbook.model import System
from playbook.publish import cli as publish


def explanation(name: str, system: System) -> Iterator[str]:
    """A fact in a terminal, line by line: value, meaning, formula, inputs, and what moves it."""
    fact = facts.evaluate(name, system)
    yield f"{fact.name} = {fact.text}"
    yield f"  {fact.summary}"
    yield f"  = {fact.formula}"
    yield f"  on {system.as_of}, unit {fact.unit or 'none'}, {'live' if fact.live else 'computed at build'}"
    if fact.records:
        yield f"  from the record: {', '.join(fact.records)}"
    for path in fact.reads:
        a = system.assumptions[path]
        doubt = f", {a.range[0]:g} to {a.range[1]:g}" if a.range else ""
        mark = "" if a.confirmed else ", NOT CONFIRMED"
        yield f"    {path} = {_value(system, path):g} ({a.kind}{doubt}{mark}; {a.source}; {a.as_of})"
    swings = facts.sensitivity(name, system)
    if swings:
        yield "  moved most by"
        yield from (f"    {s.path}: {s.at_low:.6g} to {s.at_high:.6g}" for s in swings[:8])


def _value(system: System, path: str) -> float:
    *groups, name = path.split(".")
    group: object = system
    for part in groups:
        group = group[part] if isinstance(group, Mapping) else getattr(group, part)
    return float(getattr(group, name))


def _explain(arguments: argparse.Namespace) -> int:
    changes = dict(arguments.set or ())
    system = model.what_if(model.load(as_of=arguments.as_of), changes)
    print("\n".join(explanation(arguments.name, system)))
    return 0


def verdicts(system: System) -> Iterator[str]:
    """The decision board in a terminal, a line for each trigger."""
    for row in decisions.board(system):
        yield f"{row.id} {row.status:<10} {row.title}"
        for state in row.triggers:
            flip = (
                f"flips at {written(state.flip_point, '{:~3}')}/day"
                if state.flip_point
                else "volume does not move it"
            )
            watch = f"{state.fact} is {state.text}, {state.direction} {state.threshold:g}"
            yield f"     {watch}, margin {state.margin:+.0%}, {flip}"
        if row.status == "due":
            yield f"     answered {row.answered}" if row.answered else "     NOT ANSWERED"


def _decisions(arguments: argparse.Namespace) -> int:
    system = model.what_if(model.load(as_of=arguments.as_of), dict(arguments.set or ()))
    print("\n".join(verdicts(system)))
    return 1 if decisions.due(system) else 0


def _generate(arguments: argparse.Namespace) -> int:
    from playbook import generate  # arrays take a moment to import

    system, folder = model.load(), model.data_folder()
    if arguments.check:
        names = generate.stale(system, folder)
        for name in names:
            print(f"data/{name} is not what its generator writes", file=sys.stderr)
        return 1 if names else 0
    for name in generate.write(system, folder):
        print(f"data/{name}")
    return 0


def _export(arguments: argparse.Namespace) -> int:
    from playbook.generate import billing, frames  # arrays take a moment to import

    system, folder = model.load(), arguments.out
    for name, view in (("export", billing.export), ("usage", billing.usage)):
        file = folder / f"{name}.parquet"
        frames.write(file, view(system, start=billing.MONTHS_FROM, end=billing.UNTIL))
        print(file.as_posix())
    return 0


def _replay(arguments: argparse.Namespace) -> int:
    from playbook.replay import record, server  # frames take a moment to import

    system, folder = model.load(), model.data_folder()
    rules, file = folder.parent / record.RULES, folder / record.FILE
    try:
        text = record.record(system, record.frames(system, folder), rules=rules)
    except server.ReplayError as error:
        print(f"playbook: {error}", file=sys.stderr)
        return 2
    if file.is_file() and file.read_text("utf-8") == text:
        return 0
    if arguments.check:
        print(f"data/{record.FILE} is not what Prometheus says now", file=sys.stderr)
        return 1
    file.write_text(text, "utf-8", newline="")
    print(f"data/{record.FILE}")
    return 0


def _artifacts(arguments: argparse.Namespace) -> int:
    from playbook import artifacts

    system, folder = model.load(), model.data_folder().parent / artifacts.FOLDER
    if arguments.check:
        names = artifacts.stale(system, folder)
        for name in names:
            print(f"{artifacts.FOLDER / name} is not what its objectives yield", file=sys.stderr)
        return 1 if names else 0
    for name in artifacts.write(system, folder):
        print(artifacts.FOLDER / name)
    return 0


def _change(text: str) -> tuple[str, float]:
    path, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} must be PATH=VALUE, such as traffic.events_per_day=5e7")
    try:
        return path, float(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} in {text!r} must be a number") from None


def main(argv: list[str] | None = None) -> int:
    """Run one command; 2 with one line on stderr for bad input."""
    parser = argparse.ArgumentParser(prog="playbook", description="The Cloud Systems Playbook in a terminal.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    explain = commands.add_parser("explain", help="a fact: value, formula, inputs, source, what moves it")
    explain.add_argument("name", metavar="NAME", help="such as reliability.error_budget_minutes")
    explain.set_defaults(run=_explain)
    boarded = commands.add_parser(
        "decisions", help="which decisions hold; exit 1 when one is due and unanswered"
    )
    boarded.set_defaults(run=_decisions)
    for command in (explain, boarded):
        command.add_argument(
            "--set", action="append", type=_change, metavar="PATH=VALUE", help="another value"
        )
        command.add_argument(
            "--as-of", type=date.fromisoformat, metavar="DATE", help="the system on that day"
        )
    generated = commands.add_parser("generate", help="write the simulated record again, by its seeds")
    generated.add_argument("--check", action="store_true", help="write nothing; exit 1 and name what differs")
    generated.set_defaults(run=_generate)
    exported = commands.add_parser("export", help="write all 36 months of billing and usage, day by day")
    exported.add_argument("--out", type=Path, default=Path("_build/export"), help="folder to write to")
    exported.set_defaults(run=_export)
    replayed = commands.add_parser("replay", help="play the recorded incidents through a real Prometheus")
    replayed.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if they speak otherwise"
    )
    replayed.set_defaults(run=_replay)
    made = commands.add_parser("artifacts", help="write rules, their tests and routes from the objectives")
    made.add_argument("--check", action="store_true", help="write nothing; exit 1 and name what differs")
    made.set_defaults(run=_artifacts)
    publish.add_commands(commands)
    arguments = parser.parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except ValueError as error:
        print(f"playbook: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
