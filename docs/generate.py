"""Write the reference pages from the code: tables, command line, errors. `tests/docs` fails when they are stale.

Run: python docs/generate.py
"""

import inspect
from pathlib import Path

import click
import pyarrow as pa

from marsad import errors
from marsad.check import CHECKS
from marsad.check.waivers import WAIVER_RULES
from marsad.cli import main
from marsad.domain.tables import TABLES

HERE = Path(__file__).parent


def tables() -> str:
    """Return the page of the tables: grain, key, columns."""
    lines = [
        "# Tables",
        "",
        "One Parquet file per table and week lies in the desk's `data/`; `desk.duckdb` holds views over them.",
        "Every row carries `known_at`, the instant we learnt it. *Ledgers* only grow; *vintages* belong to one `run`",
        "(the week of the run) and are replaced together when that week is run again.",
        "",
    ]
    for spec in TABLES.values():
        lines += [
            f"## {spec.name}",
            "",
            f"One row is {spec.grain}. {spec.kind.capitalize()}; key `{', '.join(spec.key)}`.",
            "",
        ]
        lines += ["| column | type |", "|---|---|"]
        lines += [f"| `{column.name}` | {_type(column.type)} |" for column in spec.schema]
        lines.append("")
    return "\n".join(lines)


def _type(kind: pa.DataType) -> str:
    return f"list of {_type(kind.value_type)}" if pa.types.is_list(kind) else str(kind)


def command_line() -> str:
    """Return the page of the command line: every verb's help as it is printed."""
    context = click.Context(
        main, info_name="marsad", max_content_width=100, terminal_width=100, help_option_names=["-h", "--help"]
    )
    lines = ["# Command line", "", "Exit codes: 0 fine, 1 findings or a partial result, 2 bad input.", ""]
    lines += ["```text", main.get_help(context).rstrip(), "```", ""]
    for name, verb in sorted(main.commands.items()):
        child = click.Context(verb, info_name=name, parent=context, max_content_width=100, terminal_width=100)
        lines += [f"## marsad {name}", "", "```text", verb.get_help(child).rstrip(), "```", ""]
    return "\n".join(lines)


def error_tree() -> str:
    """Return the page of the errors: what each means for the run."""
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.MarsadError)]
    lines = [
        "# Errors",
        "",
        "Each is one line: what, where, what was kept, what to do next.",
        "",
        "| error | is a | meaning |",
    ]
    lines += ["|---|---|---|"]
    lines += [
        f"| `{kind.__name__}` | `{kind.__bases__[0].__name__}` | {(kind.__doc__ or '').splitlines()[0]} |"
        for kind in sorted(kinds, key=lambda kind: inspect.getsourcelines(kind)[1])
    ]
    return "\n".join([*lines, ""])


def checks() -> str:
    """Return the page of the checks: every rule, its usual level and its reason."""
    lines = [
        "# Checks",
        "",
        "`marsad check --explain RULE` shows a rule with a bad and a good example. An *error* holds an issue back,",
        "a *warn* asks, an *info* remarks. A finding is waived in place, with a reason:",
        "`<!-- marsad: allow rule-id: reason -->`.",
        "",
        "| rule | level | why |",
        "|---|---|---|",
    ]
    rows = [(check.rule, check.level, " ".join(check.explanation.split())) for check in CHECKS]
    rows += [(name, level, reason) for name, (level, reason) in WAIVER_RULES.items()]
    lines += [f"| `{name}` | {level} | {reason.replace('|', '/')} |" for name, level, reason in rows]
    return "\n".join([*lines, ""])


PAGES = {"checks.md": checks, "tables.md": tables, "command-line.md": command_line, "errors.md": error_tree}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (HERE / "reference" / name).write_text(page(), "utf-8")
