import csv
import io
from datetime import UTC, datetime

import pyarrow as pa

from marsad.domain.tables import REPORTS
from marsad.publish.citations import works
from marsad.publish.evidence import evidence_csv
from marsad.publish.markdown import parse
from publish import sample
from publish.test_figures import FRONT

TEXT = """## Events {#events}

:::{draft}
The pact was signed.[^a][^b] It was ratified.[^a]
:::

- One item[^b]

| What | Proof |
|---|---|
| Treaty | [^a] |

:::{analyst}
What now?
:::

## Do {#do}

Nothing rests on this.

[^a]: Post, «Pact», <https://post.example/1>
[^b]: Times, «Deal»
"""


def rows(text=TEXT, **given):
    issue = parse(FRONT.format(lang="en") + text)
    cited = works(issue, sample.desk(), given.get("reports"))
    return list(csv.DictReader(io.StringIO(evidence_csv(issue, cited[1:], given.get("evidence")).decode())))


def test_each_passage_stands_once_for_each_note_behind_it_and_alone_where_none_is():
    assert [(row["section"], row["passage"], row["note"], row["report_id"]) for row in rows()] == [
        ("events", "The pact was signed.", "1", "a"),
        ("events", "The pact was signed.", "2", "b"),
        ("events", "It was ratified.", "1", "a"),
        ("events", "One item", "2", "b"),
        ("events", "Treaty", "1", "a"),
        ("do", "Nothing rests on this.", "", ""),
    ]


def test_outlet_day_and_link_come_from_the_report_where_it_is_known():
    report = {
        "report_id": "b", "feed": "f", "outlet": "The Times", "url": "https://times.example/9", "language": "en",
        "published_at": datetime(2026, 5, 27, tzinfo=UTC), "title": "Deal", "text": "Deal", "known_at": sample.KNOWN,
    }  # fmt: skip
    found = rows(reports=REPORTS.from_rows([report]))
    assert [found[1][name] for name in ("outlet", "published", "url")] == [
        "The Times",
        "2026-05-27",
        "https://times.example/9",
    ]
    assert [found[0][name] for name in ("outlet", "published", "url")] == ["Post", "", "https://post.example/1"]


def test_a_passage_bears_the_events_of_the_machines_sentences_in_it():
    kept = pa.table({"sentence": ["It was ratified.", "Of another issue."], "event_ids": [["e1", "e2"], ["e9"]]})
    assert [row["event_ids"] for row in rows(evidence=kept)] == ["", "", "e1 e2", "", "", ""]
