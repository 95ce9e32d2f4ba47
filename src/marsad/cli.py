"""The command line: parse, call, show. One verb per room; heavy rooms are imported when their verb is called."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from marsad.errors import BadInput, MarsadError, StoreError

if TYPE_CHECKING:
    from marsad.check import Finding
    from marsad.desk import OpenDesk
    from marsad.domain.week import Week
    from marsad.edges import Edges
    from marsad.editing import Question
    from marsad.weekly import Issue

OK, FINDINGS, BAD = 0, 1, 2
API_KEY = "MARSAD_API_KEY"
"""Variable that holds the key of a desk's model server, where that asks for one; it stands in no file."""

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
    from marsad.desk import open_desk
    from marsad.weekly import run_week

    opened = open_desk(desk)
    edges = _edges(opened)
    issue = run_week(_week(week_text, edges.clock()), opened.settings, opened.store, edges, as_of=_day(as_of), out=out)
    click.echo(_as_json(issue) if form == "json" else _summary(issue))
    sys.exit(FINDINGS if issue.is_partial else OK)


@main.command()
@click.argument("file", required=False, type=click.File("r", encoding="utf-8"))
@click.option(
    "--desk", type=click.Path(path_type=Path), help="Code as this desk does, with its encoder and language model."
)
@click.option("--about", is_flag=True, help="Show how well the coder does in each language, and stop.")
@click.option("--format", "form", type=click.Choice(["jsonl", "text"]), default="jsonl", show_default=True)
def code(file: Any, desk: Path | None, about: bool, form: str) -> None:  # noqa: FBT001 click's flag
    """Code texts into events: one JSON line in, one out.

    In: {"id", "text", "date"?, "language"?, "outlet"?, "pairs"?}. A line that cannot be read is named on stderr and
    answered by {"id", "error"}, so that line n of the output is line n of the input.

    Example: marsad code reports.jsonl --format jsonl
    """
    if about:
        from marsad.vocab.accuracy import accuracy_text

        click.echo(accuracy_text())
        return
    if file is None:
        raise BadInput("marsad code", "no file named", "marsad code reports.jsonl, or - for standard input")
    n_bad = 0
    with _readable(file):
        lines, again = tee((number, *_record(line)) for number, line in enumerate(file, start=1) if line.strip())
        n_processes = None if file.seekable() else 1  # who writes line by line into a pipe waits for each answer
        answers = _coded((record for _, record, fault in again if fault is None), desk, n_processes)
        for number, record, fault in lines:
            if fault is None:
                answer = next(answers)
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

    instant = _instant(as_of)
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
    """Show everything measured of one relation: level, breaks, weeks, drivers, gains, spillover, network, feeds.

    Example: marsad relation RUS AFG --desk examples/kabul --figure rus-afg.svg
    """
    from marsad.collect import read_events
    from marsad.desk import open_desk
    from marsad.domain.words import Language
    from marsad.pair import Record, relation_figure, relation_of, relation_text

    instant = _instant(as_of)
    if events:
        record = Record(read_events(events))
    else:
        opened = open_desk(desk)
        names = ("events", "mentions", "coverage", "forecasts", "resolutions")
        known = {name: opened.table(name, as_of=instant) for name in names}
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
@click.option("--desk", type=click.Path(path_type=Path), help="The desk's folder; the one FILE lies in if left out.")
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.option("--explain", metavar="RULE", help="Explain a rule, with a bad and a good example.")
def check(file: Path | None, desk: Path | None, form: str, explain: str | None) -> None:
    """Check a bulletin as a careful editor would; nothing is changed.

    FILE is Markdown, plain text, Word or PDF. In a desk its likelihood words, names and [check] levels hold, and an
    issue's values and citations are sought in the desk's tables. Exit code 1 when there are findings of level error
    or warn.

    Example: marsad check issues/22/issue.ar.md --format json
    """
    from marsad import check as checks

    if explain:
        click.echo(checks.explain(explain))
        return
    if file is None:
        raise BadInput("marsad check", "no file named", "marsad check issue.ar.md")
    findings = _checked(file, desk)
    shown = {
        "text": lambda: checks.as_text(findings, str(file)),
        "json": lambda: checks.as_json(findings),
        "sarif": lambda: checks.as_sarif(findings, str(file), {rule.rule: rule.explanation for rule in checks.CHECKS}),
    }
    click.echo(shown[form]())
    sys.exit(FINDINGS if any(finding.level in {"error", "warn"} for finding in findings) else OK)


def _checked(file: Path, desk: Path | None) -> "list[Finding]":
    """Check a file by its desk, if it has one: an issue against the desk's tables, any other text by its words."""
    from marsad import binding
    from marsad import check as checks

    text = checks.read_file(file)
    root = desk or next((folder for folder in file.resolve().parents if (folder / "desk.toml").exists()), None)
    if root is None:
        return checks.run(text, path=str(file))
    from marsad.desk import open_desk

    opened = open_desk(root)
    if binding.metadata(text).get("week"):
        from marsad.bulletin import check_file

        return check_file(file, opened.settings, opened.store)[1]
    return checks.run(text, path=str(file), desk=opened.settings)


@main.command()
@click.argument("source")
@click.argument("target")
@click.argument("more", nargs=-1, metavar="")
@_DESK
@click.option(
    "--lang",
    "languages",
    multiple=True,
    metavar="LANG...",
    help="ar, en, fa, ps: one or several; the desk's if left out.",
)
@click.option("--week", "week_text", metavar="2026-W22", help="ISO week; the last finished one if left out.")
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="Use only what was known on that day.")
def draft(
    source: str,
    target: str,
    more: tuple[str, ...],
    desk: Path,
    languages: tuple[str, ...],
    week_text: str | None,
    as_of: datetime | None,
) -> None:
    """Draft a week's issue about a pair: issues/<number>/issue.<lang>.md, to be edited, checked and published.

    A file a person has changed is never overwritten: the draft is laid beside it.

    Example: marsad draft PAK AFG --lang ar en --desk my-desk
    """
    from marsad.desk import open_desk, real_edges
    from marsad.drafting import draft_issue

    if more and not languages:
        raise BadInput(
            f"marsad draft {source} {target} {more[0]}", "names three parties", "name two, then --lang ar en"
        )
    opened, edges = open_desk(desk), real_edges(desk, _say)
    written = draft_issue(
        source,
        target,
        opened.settings,
        opened.store,
        edges,
        _week(week_text, edges.clock()),
        languages=(*languages, *more),
        as_of=_day(as_of),
    )
    for path in written:
        click.echo(path)
    click.echo(f"Next: marsad preview {written[0]} --desk {desk}")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_DESK
@click.option("--port", type=int, default=8517, show_default=True, help="On this machine alone; 0 takes a free one.")
def preview(file: Path, desk: Path, port: int) -> None:
    """Show an issue's page in the browser and set it anew whenever the file is saved.

    A fault of the file is shown above the last good page. Stop with Ctrl-C.

    Example: marsad preview my-desk/issues/22/issue.ar.md --desk my-desk
    """
    from marsad.desk import open_desk
    from marsad.preview import Preview, serve

    opened = open_desk(desk)
    with serve(Preview(file, opened.settings, opened.store), port) as server:
        _say(f"http://127.0.0.1:{server.server_port}/ shows {file}; Ctrl-C stops")
        with suppress(KeyboardInterrupt):
            server.serve_forever()


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_DESK
@click.option("--out", type=click.Path(path_type=Path), help="Folder for PDF and HTML; beside the file if left out.")
def publish(file: Path, desk: Path, out: Path | None) -> None:
    """Make PDF, page and e-book from an issue's Markdown, after checking it; its judgements go into the ledger.

    Example: marsad publish issues/22/issue.ar.md --desk examples/kabul
    """
    from marsad.bulletin import publish_file
    from marsad.desk import open_desk
    from marsad.store import Disk

    opened = open_desk(desk)
    now = datetime.now(UTC)
    for path in publish_file(file, opened.settings, opened.store, out or file.parent, Disk(), now):
        click.echo(path)


@main.command()
@_DESK
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the site; site/ of the desk if left out.")
@click.option("--search/--no-search", default=True, show_default=True, help="Full-text search (extra site).")
def site(desk: Path, out: Path | None, search: bool) -> None:  # noqa: FBT001 click's flag
    """Lay all published issues out as a website: lists, feeds, search, citations, permanent addresses.

    Example: marsad site --desk examples/kabul --out public
    """
    from marsad.bulletin import publish_site
    from marsad.desk import open_desk
    from marsad.store import Disk

    folder = out or desk / "site"
    n_issues = publish_site(desk, open_desk(desk).settings, folder, Disk(), search=search)
    click.echo(f"{n_issues} issue files laid out; start at {folder / 'index.html'}")


@main.command()
@_DESK
@click.option("--feed", "feed_name", metavar="NAME", help="Only this feed; all of the desk's if left out.")
def collect(desk: Path, feed_name: str | None) -> None:
    """Read the feeds and keep what is new, without coding it or building an issue.

    Example: marsad collect --desk my-desk --feed our-reports
    """
    from marsad.desk import open_desk
    from marsad.intake import take_in

    opened = open_desk(desk)
    feeds = [feed for feed in opened.settings.feeds if feed_name in {None, feed.name}]
    if not feeds:
        names = ", ".join(feed.name for feed in opened.settings.feeds)
        raise BadInput(f"feed {feed_name!r}", "the desk declares no such feed", f"use one of {names}")
    taken = take_in(opened.settings, opened.store, _edges(opened), feeds)
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
@click.option("--origin", type=click.DateTime(["%Y-%m-%d"]), help="Those opened on that day, and what became of them.")
@click.option("--weeks", default="4", type=click.Choice(["1", "4", "13"]), show_default=True, help="How far ahead.")
@click.option("--all", "everything", is_flag=True, help="Show every forecast, not only the likeliest twenty.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def forecast(
    desk: Path,
    as_of: datetime | None,
    origin: datetime | None,
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

    instant = _instant(as_of) or datetime.now(UTC)
    answer = ledger.open_forecasts(open_desk(desk).store, instant, int(weeks), origin and origin.date())
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
@click.option("--supersedes", metavar="ID", help="The earlier judgement this one takes the place of; both are scored.")
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
    supersedes: str | None,
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
        supersedes=supersedes,
    )
    if row["backfilled"]:
        _say(f"marsad: {row['due']} is over; taken as said on {row['origin']} and marked as entered late")
    for act in ledger.mutual_acts(row["resolution_rule"]):
        _say(f"marsad: {act} is done by two sides together; to count it either way, name both on both sides")
    click.echo(_plain_json(row) if form == "json" else ledger.judgement_text(row))


@main.command("review-events")
@_DESK
@click.option("--author", metavar="NAME", help="Who answers for it; nothing is kept without.")
@click.option("--limit", default=20, show_default=True, help="How many to ask about.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only events of that day and later.")
@click.option("--list", "only_list", is_flag=True, help="Show the questions and ask nothing.")
@click.option(
    "--export", metavar="FILE.jsonl", type=click.Path(path_type=Path), help="Write all answers as labelled sentences."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def review_events(
    desk: Path,
    author: str | None,
    limit: int,
    since: datetime | None,
    only_list: bool,  # noqa: FBT001 click's flag
    export: Path | None,
    form: str,
) -> None:
    """Accept, correct or reject coded events, the most doubtful and weighty first.

    Every answer is kept with its author and holds from then on, for a later coder too.

    Example: marsad review-events --desk examples/kabul --author "Nadia"
    """
    from itertools import islice

    from marsad import editing
    from marsad.desk import open_desk
    from marsad.intake import code_reports
    from marsad.store import Disk

    opened = open_desk(desk)
    edges = _edges(opened)
    if export:
        rows = editing.labelled(opened.store, edges.coder)
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        Disk().write(export, lines.encode())
        click.echo(f"{len(rows)} labelled sentences in {export}")
        return
    code_reports(opened.store, edges)
    asked = list(islice(editing.questions(opened.settings, opened.store, _day(since)), limit))
    if only_list or form == "json":
        shown = [question.as_row() for question in asked]
        click.echo(_plain_json(shown) if form == "json" else "\n\n".join(map(editing.question_text, asked)))
        return
    if not asked:
        click.echo("No coded event waits for an answer. marsad collect reads the feeds for more.")
        return
    if not author:
        raise BadInput("marsad review-events", "nobody answers for it", "name yourself: --author NAME")
    n_kept = 0
    for number, question in enumerate(asked, start=1):
        click.echo(f"\n{number} of {len(asked)}  {editing.question_text(question)}")
        if (said := _ask_verdict(question)) is None:
            break
        verdict, changes, reason = said
        if verdict:
            editing.answer(
                opened.store,
                question,
                verdict,
                now=datetime.now(UTC),
                author=author,
                changes=changes,
                reason=reason,
            )
            n_kept += 1
    click.echo(f"Answers kept: {n_kept}. They hold from now on; marsad week takes them up.")


def _ask_verdict(question: "Question") -> tuple[str, dict[str, str], str | None] | None:
    """Ask about one event: verdict ("" to skip), changed fields, reason; None to stop. A slip is asked again."""
    from marsad import editing

    key = click.prompt("[a]ccept, [c]orrect, [r]eject, [s]kip, [q]uit", type=click.Choice(list("acrsq")))
    if key in "qs":
        return None if key == "q" else ("", {}, None)
    if key == "a":
        return "accepted", {}, None
    if key == "r":
        return "rejected", {}, click.prompt("why", default="", show_default=False) or None
    while True:
        click.echo("  Return keeps a value, - takes it away.")
        changes = {}
        for name in editing.FIELDS:
            stands = str(question.event[name] or "")
            told = click.prompt(f"  {name}", default=stands)
            if told != stands:
                changes[name] = "" if told == "-" else told
        try:
            editing.require_sound(question, changes)
        except BadInput as fault:
            click.echo(f"  {_one_line(fault)}")
            continue
        return "corrected", changes, click.prompt("why", default="", show_default=False) or None


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


def _coded(records: Iterable[dict[str, Any]], desk: Path | None, n_processes: int | None) -> Iterator[dict[str, Any]]:
    """Code records as a desk does, or, if none is named or it declares none of its own, by our coder on every core."""
    from marsad.coding import code_text
    from marsad.coding.parallel import code_texts
    from marsad.desk import coder_of, open_desk

    settings = open_desk(desk).settings if desk else None
    if desk is None or settings is None or (settings.model is None and settings.encoder is None):
        return code_texts(records, n_processes)
    coder = coder_of(settings, desk, os.environ.get(API_KEY))
    return (code_text(record, coder) for record in records)


def _edges(opened: "OpenDesk") -> "Edges":
    from marsad.desk import real_edges

    return real_edges(opened.root, _say, settings=opened.settings, api_key=os.environ.get(API_KEY))


def _week(text: str | None, now: datetime) -> "Week":
    from marsad.domain.week import Week

    return Week.parse(text) if text else Week.of(now.date()).shift(-1)


def _instant(as_of: datetime | None) -> datetime | None:
    from marsad.domain.week import end_of_day

    return end_of_day(as_of.date()) if as_of else None


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
