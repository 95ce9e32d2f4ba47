"""The command line: parse, call, show. One verb per room; heavy rooms are imported when their verb is called."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from marsad.errors import BadInput, MarsadError, StoreError

if TYPE_CHECKING:
    from marsad.domain.week import Week
    from marsad.weekly import Issue

OK, FINDINGS, BAD = 0, 1, 2
_DESK = click.option(
    "--desk", default=".", show_default=True, type=click.Path(path_type=Path), help="The desk's folder."
)


class _Verbs(click.Group):
    """Show each verb's example below its help, and turn errors into one line and an exit code."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if context.params.get("debug"):
                raise
            click.echo(f"marsad: {_one_line(error)}", err=True)
            context.exit(BAD if isinstance(error, (BadInput, StoreError)) else FINDINGS)


def _one_line(error: Exception) -> str:
    if isinstance(error, MarsadError):
        return " ".join(str(error).split())
    return (
        f"unexpected fault ({type(error).__name__}: {' '.join(str(error).split())}). "
        "What was saved stays. Next: run again with marsad --debug and report the trace"
    )


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="marsad")
@click.option("--debug", is_flag=True, help="Show the whole trace of a fault.")
def main(debug: bool) -> None:  # noqa: FBT001 read from the context by _Verbs.invoke
    """Marsad (مرصد): the weekly desk of a research centre.

    From news reports to a numbered, sourced bulletin, right-to-left first. Start with:

      marsad new my-desk && marsad week --desk my-desk
    """


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Make a commented desk that runs at once.

    Example: marsad new my-desk
    """
    from marsad.desk import new_desk

    for path in new_desk(folder):
        click.echo(path)
    click.echo(f"Next: put reports into {folder / 'reports'}, then marsad week --desk {folder}")


@main.command()
@_DESK
@click.option("--week", "week_text", metavar="2026-W22", help="ISO week; the last finished one if left out.")
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="Use only what was known on that day.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Where the issue goes; issues/<number> of the desk if left out."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def week(desk: Path, week_text: str | None, as_of: datetime | None, out: Path | None, form: str) -> None:
    """Build the week's issue: collect, code, measure, forecast, write, check, publish, review.

    A rerun replaces the issue, it never doubles it. A past week is rebuilt as it stood.

    Example: marsad week --desk examples/kabul --week 2026-W22
    """
    from marsad.desk import open_desk, real_edges
    from marsad.weekly import run_week

    opened = open_desk(desk)
    edges = real_edges(desk, _say)
    issue = run_week(_week(week_text, edges.clock()), opened.settings, opened.store, edges, as_of=_day(as_of), out=out)
    click.echo(_as_json(issue) if form == "json" else _summary(issue))
    sys.exit(FINDINGS if issue.is_partial else OK)


@main.command()
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option("--format", "form", type=click.Choice(["jsonl", "text"]), default="jsonl", show_default=True)
def code(file: Any, form: str) -> None:
    """Code texts into events: one JSON line in, one out.

    In: {"id", "text", "date"?, "language"?, "outlet"?, "pairs"?}. A line that cannot be read is named on stderr and
    answered by {"id", "error"}, so that line n of the output is line n of the input.

    Example: marsad code reports.jsonl --format jsonl
    """
    from marsad.coding import code_text
    from marsad.coding.coder import default_coder

    coder, n_bad = default_coder(), 0
    with _readable(file):
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            record, fault = _record(line)
            if fault is None:
                answer = code_text(record, coder)
            else:
                n_bad += 1
                click.echo(
                    f"marsad: {file.name} line {number}: {fault}. The line was left out, the others go on", err=True
                )
                answer = {"id": record.get("id"), "error": fault}
            click.echo(json.dumps(answer, ensure_ascii=False) if form == "jsonl" else _events_text(record, answer))
    sys.exit(FINDINGS if n_bad else OK)


@main.command()
@click.argument("source")
@click.argument("target")
@_DESK
@click.option("--events", type=click.Path(path_type=Path, exists=True), help="Parquet, CSV or temporal-graph folder.")
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="Use only what was known on that day.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def level(source: str, target: str, desk: Path, events: Path | None, as_of: datetime | None, form: str) -> None:
    """Show where a relation stands: level by week, what is in force, and dated breaks.

    Example: marsad level RUS AFG --desk examples/kabul --format json
    """
    from marsad.collect import read_events
    from marsad.desk import open_desk
    from marsad.relation import level_of, level_text

    instant = as_of.replace(tzinfo=UTC) + timedelta(days=1) if as_of else None
    table = read_events(events) if events else open_desk(desk).table("events", as_of=instant)
    answer = level_of(source, target, table, instant)
    click.echo(json.dumps(answer, ensure_ascii=False) if form == "json" else level_text(answer))


@main.command()
@click.argument("source")
@click.argument("target")
@_DESK
@click.option("--events", type=click.Path(path_type=Path, exists=True), help="Parquet, CSV or temporal-graph folder.")
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="Use only what was known on that day.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--figure", metavar="FILE.svg", type=click.Path(path_type=Path), help="Also draw both ladders.")
@click.option("--language", type=click.Choice(["ar", "en", "fa", "ps", "ru"]), default="en", help="Of the figure.")
def relation(
    source: str,
    target: str,
    desk: Path,
    events: Path | None,
    as_of: datetime | None,
    form: str,
    figure: Path | None,
    language: str,
) -> None:
    """Show everything measured of one relation: level, breaks, drivers, gains, spillover, alignment.

    Example: marsad relation RUS AFG --desk examples/kabul --figure rus-afg.svg
    """
    from marsad.collect import read_events
    from marsad.desk import open_desk
    from marsad.domain.words import Language
    from marsad.pair import Record, relation_figure, relation_of, relation_text

    instant = as_of.replace(tzinfo=UTC) + timedelta(days=1) if as_of else None
    if events:
        record = Record(read_events(events))
    else:
        opened = open_desk(desk)
        known = {name: opened.table(name, as_of=instant) for name in ("events", "coverage", "forecasts", "resolutions")}
        record = Record(**known, groups=opened.settings.groups)
    answer = relation_of(source, target, record, instant)
    if figure:
        ends = (answer["source"], answer["target"])
        figure.write_text(
            relation_figure(*ends, record, datetime.fromisoformat(answer["as_of"]), Language(language)), "utf-8"
        )
    click.echo(json.dumps(answer, ensure_ascii=False) if form == "json" else relation_text(answer))


@main.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.option("--explain", metavar="RULE", help="Explain a rule, with a bad and a good example.")
def check(file: Path | None, form: str, explain: str | None) -> None:
    """Check a bulletin as a careful editor would; nothing is changed.

    Exit code 1 when there are findings of level error or warn.

    Example: marsad check issues/22/issue.ar.md --format json
    """
    from marsad import check as checks

    if explain:
        click.echo(checks.explain(explain))
        return
    if file is None:
        raise BadInput("marsad check", "no file named", "marsad check issue.ar.md")
    findings = checks.run(checks.read_file(file), path=str(file))
    shown = {
        "text": lambda: checks.as_text(findings, str(file)),
        "json": lambda: checks.as_json(findings),
        "sarif": lambda: checks.as_sarif(findings, str(file), {rule.rule: rule.explanation for rule in checks.CHECKS}),
    }
    click.echo(shown[form]())
    sys.exit(FINDINGS if any(finding.level in {"error", "warn"} for finding in findings) else OK)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_DESK
@click.option("--out", type=click.Path(path_type=Path), help="Folder for PDF and HTML; beside the file if left out.")
def publish(file: Path, desk: Path, out: Path | None) -> None:
    """Make PDF and HTML from an issue's Markdown, after checking it.

    Example: marsad publish issues/22/issue.ar.md --desk examples/kabul
    """
    from marsad.desk import open_desk
    from marsad.store import Disk
    from marsad.weekly import publish_file

    opened = open_desk(desk)
    for path in publish_file(file, opened.settings, opened.store, out or file.parent, Disk()):
        click.echo(path)


@main.command()
@_DESK
@click.option("--feed", "feed_name", metavar="NAME", help="Only this feed; all of the desk's if left out.")
def collect(desk: Path, feed_name: str | None) -> None:
    """Read the feeds and keep what is new, without coding it or building an issue.

    Example: marsad collect --desk my-desk --feed our-reports
    """
    from marsad.desk import open_desk, real_edges
    from marsad.weekly import take_in

    opened = open_desk(desk)
    feeds = [feed for feed in opened.settings.feeds if feed_name in {None, feed.name}]
    if not feeds:
        names = ", ".join(feed.name for feed in opened.settings.feeds)
        raise BadInput(f"feed {feed_name!r}", "the desk declares no such feed", f"use one of {names}")
    taken = take_in(opened.settings, opened.store, real_edges(desk, _say), feeds)
    click.echo(f"{taken.n_new} new reports")
    for note in taken.notes:
        click.echo(f"  note  {note}")
    sys.exit(FINDINGS if taken.notes else OK)


@main.command()
@_DESK
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def review(desk: Path, form: str) -> None:
    """Show how what was said did: scores, base rate, persistence, calibration, people against the model.

    What can be resolved by now is resolved first.

    Example: marsad review --desk examples/kabul
    """
    from marsad import ledger
    from marsad.desk import open_desk
    from marsad.review import review_text

    tables = ledger.account(open_desk(desk).store, datetime.now(UTC))
    as_rows = {name: table.to_pylist() for name, table in tables.items()}
    click.echo(_plain_json(as_rows) if form == "json" else review_text(tables))


@main.command()
@_DESK
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="As they stood at the end of that day.")
@click.option("--weeks", default="4", type=click.Choice(["1", "4", "13"]), show_default=True, help="How far ahead.")
@click.option("--all", "everything", is_flag=True, help="Show every forecast, not only the likeliest twenty.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def forecast(
    desk: Path,
    as_of: datetime | None,
    weeks: str,
    everything: bool,  # noqa: FBT001 click's flag
    form: str,
) -> None:
    """Show the latest forecasts with base rates, and why: the events behind them and the past cases most like them.

    Example: marsad forecast --desk examples/kabul --format json
    """
    from marsad import ledger
    from marsad.desk import open_desk
    from marsad.forecast import forecasts_text

    instant = as_of.replace(tzinfo=UTC) + timedelta(days=1) if as_of else datetime.now(UTC)
    answer = ledger.open_forecasts(open_desk(desk).store, instant, int(weeks))
    click.echo(_plain_json(answer) if form == "json" else forecasts_text(answer, None if everything else 20))


@main.command()
@click.argument("sentence", required=False)
@_DESK
@click.option("--probability", type=float, metavar="P", help="How likely, between 0 and 1.")
@click.option("--by", "due", type=click.DateTime(["%Y-%m-%d"]), help="Last day that counts.")
@click.option("--resolve", "rule", metavar="QUERY", help="Which acts settle it, such as 'USA SANCTION AFG'.")
@click.option("--author", metavar="NAME", help="Who answers for it.")
@click.option("--confidence", type=click.Choice(["low", "moderate", "high"]), help="How sure of the evidence.")
@click.option("--issue", metavar="NUMBER", help="The bulletin it stands in.")
@click.option("--overrule", metavar="ID", help="Put your word over the machine's on what became of a question.")
@click.option("--outcome", type=click.Choice(["yes", "no", "void"]), help="Your word, with --overrule.")
@click.option("--reason", metavar="WHY", help="Why, with --overrule.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def judge(
    sentence: str | None,
    desk: Path,
    probability: float | None,
    due: datetime | None,
    rule: str | None,
    author: str | None,
    confidence: str | None,
    issue: str | None,
    overrule: str | None,
    outcome: str | None,
    reason: str | None,
    form: str,
) -> None:
    """Keep an analyst's judgement in the ledger, to be scored once it can be; rows are never edited.

    Example: marsad judge "The USA will impose sanctions" --probability .7 --by 2026-09-30 --resolve 'USA SANCTION AFG'
    """
    from marsad import ledger
    from marsad.desk import open_desk

    opened, now = open_desk(desk), datetime.now(UTC)
    if overrule:
        rows = ledger.overrule(opened.store, overrule, outcome or "", reason or "", now=now, author=author)
        click.echo(_plain_json(rows) if form == "json" else f"overruled: {overrule} is now {outcome}. {reason}")
        return
    if not (sentence and probability is not None and rule):
        raise BadInput("marsad judge", "needs a sentence, --probability and --resolve", "see marsad judge --help")
    row = ledger.judge(
        opened.settings,
        opened.store,
        sentence,
        probability,
        rule,
        now=now,
        due=_day(due),
        author=author,
        confidence=confidence,
        issue=issue,
    )
    if row["backfilled"]:
        _say(f"marsad: {row['due']} is over; taken as said on {row['origin']} and marked as entered late")
    for act in ledger.mutual_acts(row["resolution_rule"]):
        _say(f"marsad: {act} is done by two sides together; to count it either way, name both on both sides")
    click.echo(_plain_json(row) if form == "json" else ledger.judgement_text(row))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--protocol", default="tkg", show_default=True, help="tkg: rank targets; dyad: seven-day probabilities.")
@click.option("--seed", default=0, show_default=True, help="Of the learning.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def backtest(folder: Path, protocol: str, seed: int, form: str) -> None:
    """Forecast a graph's test days as they came, and say how well.

    FOLDER holds train.txt, valid.txt and test.txt (or .gz): source, relation, target, time. Protocol tkg needs the
    extra forecast.

    Example: marsad backtest icews14 --protocol tkg --format json
    """
    from marsad.collect.actor_names import codes_by_day
    from marsad.forecast import backtest as run
    from marsad.forecast import backtest_text

    answer = run(folder, protocol, seed=seed, codes_by_day=codes_by_day)
    click.echo(json.dumps(answer) if form == "json" else backtest_text(answer))


def _week(text: str | None, now: datetime) -> "Week":
    from marsad.domain.week import Week

    return Week.parse(text) if text else Week.of(now.date()).shift(-1)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _plain_json(answer: Any) -> str:
    return json.dumps(answer, ensure_ascii=False, default=str)


def _say(line: str) -> None:
    click.echo(line, err=True)


@contextmanager
def _readable(file: Any) -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError as error:
        raise BadInput(
            file.name, f"not UTF-8 text ({error.reason})", "save it as UTF-8, one JSON object a line"
        ) from error


def _record(line: str) -> tuple[dict[str, Any], str | None]:
    """Return the record of one line and what is wrong with it, if anything."""
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        return {}, f"not JSON ({error.msg} at column {error.colno})"
    if not isinstance(record, dict):
        return {}, "not a JSON object"
    if not isinstance(record.get("text"), str):
        return record, 'no "text"'
    return record, None


def _events_text(record: dict[str, Any], answer: dict[str, Any]) -> str:
    if "error" in answer:
        return f"{answer['id'] or '?'}: {answer['error']}"
    lines = [f"{answer['id']} [{answer['language']}]"]
    for sentence in answer["sentences"]:
        for event in sentence["events"]:
            start, end = event["quote"]
            lines.append(
                f"  {event['source'] or '?'} {event['event_type']}"
                f"{'/' + event['mode'] if event['mode'] else ''} {event['target'] or '?'}"
                f"  {event['confidence']:.2f}{'  (review)' if event.get('review') else ''}"
                f"  {record['text'][start:end]}"
            )
    return "\n".join(lines)


def _summary(issue: "Issue") -> str:
    movers = ", ".join(issue.movers) or "none"
    return "\n".join(
        [
            f"Issue {issue.number}, week {issue.week}, as known on {_last_day(issue.as_of)}",
            f"  events     {issue.n_events} this week, {issue.n_reports} reports read ({issue.n_new} new)",
            f"  movers     {movers}",
            f"  forecasts  {issue.n_opened} opened, {issue.n_resolved} resolved",
            *(f"  note       {note}" for note in issue.notes),
            *(
                f"  file       {path}"
                for path in issue.files
                if path.match("issue.*.pdf") or path.match("issue.*.html")
            ),
            f"  folder     {issue.files[0].parent} ({len(issue.files)} files)",
        ]
    )


def _last_day(as_of: datetime) -> date:
    return (as_of - timedelta(microseconds=1)).date()


def _as_json(issue: "Issue") -> str:
    return json.dumps(
        {
            "number": issue.number,
            "week": str(issue.week),
            "as_of": issue.as_of.isoformat(),
            "events": issue.n_events,
            "reports": issue.n_reports,
            "new_reports": issue.n_new,
            "movers": list(issue.movers),
            "forecasts_opened": issue.n_opened,
            "forecasts_resolved": issue.n_resolved,
            "notes": list(issue.notes),
            "files": [str(path) for path in issue.files],
        },
        ensure_ascii=False,
    )
