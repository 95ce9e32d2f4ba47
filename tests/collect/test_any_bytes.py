"""Whatever bytes lie in a feed, collection ends with tables and findings, never with an exception of another kind."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collect.desk import feed, gather
from collect.test_coded_files import gdelt_row
from marsad.collect import open_events
from marsad.collect.feeds.gdelt import VERSION_2
from marsad.collect.feeds.icews import COLUMNS
from marsad.collect.feeds.reports import SUFFIXES
from marsad.errors import BadInput

HEADS = [
    b"",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"published,text\n",
    b'{"text": "',
    b"---\n",
    b"# T\n",
    b"\x1f\x8b",
    b'"',
    b"event_date,source,event_type,target\n",
]
HEADS += [
    "\t".join(COLUMNS).encode() + b"\n",
    "\t".join(gdelt_row(VERSION_2)).encode() + b"\n",
    ",".join(VERSION_2).encode() + b"\n",
]
pieces = st.sampled_from(
    [b"\n", b"\r\n", b",", b"\t", b'"', b"\x00", b"2026-05-28", b"NA", "نص".encode(), b"\xd0", b"- a: [", b"{}", b"-5"]
)
contents = st.builds(
    lambda head, body: head + b"".join(body),
    st.sampled_from(HEADS),
    st.lists(st.one_of(pieces, st.binary(max_size=6)), max_size=25),
)


@settings(max_examples=60, deadline=None)
@given(contents)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_report_folder_takes_any_bytes(tmp_path_factory, suffix, content):
    root = tmp_path_factory.mktemp("desk")
    (root / f"a{suffix}").write_bytes(content)
    collected = gather(root, feed("reports", f"a{suffix}", language="en"))
    assert collected.reports["text"].null_count == 0


@settings(max_examples=60, deadline=None)
@given(contents)
@pytest.mark.parametrize("kind", ["icews", "gdelt"])
@pytest.mark.parametrize("suffix", ["csv", "csv.gz", "zip"])
def test_a_coded_feed_takes_any_bytes(tmp_path_factory, kind, suffix, content):
    root = tmp_path_factory.mktemp("desk")
    (root / f"a.{suffix}").write_bytes(content)
    collected = gather(root, feed(kind, f"a.{suffix}"))
    assert collected.events["source"].null_count == collected.events["target"].null_count == 0


@settings(max_examples=60, deadline=None)
@given(contents)
@pytest.mark.parametrize("suffix", ["csv", "parquet", "tab", "zip"])
def test_opening_any_bytes_gives_events_or_a_refusal(tmp_path_factory, suffix, content):
    path = tmp_path_factory.mktemp("files") / f"a.{suffix}"
    path.write_bytes(content)
    lines, n_untyped = outcome(path)
    assert (lines, n_untyped) == (1, 0)


def outcome(path):
    """How many lines the refusal takes (1 if there is none), and how many events lack a type."""
    try:
        return 1, open_events(path).events["event_type"].null_count
    except BadInput as refused:
        return len(str(refused).splitlines()), 0


@settings(max_examples=60, deadline=None)
@given(contents)
@pytest.mark.parametrize("name", ["train.txt", "test.txt.gz", "meta.toml", "entity2id.txt", "relation2id.txt"])
def test_a_graph_folder_takes_any_bytes(tmp_path_factory, name, content):
    root = tmp_path_factory.mktemp("desk")
    (root / "meta.toml").write_text("origin = 2014-01-01\nstep_hours = 24\n")
    (root / "entity2id.txt").write_text("Afghanistan\t0\n")
    (root / "relation2id.txt").write_text("Consult\t0\n")
    (root / "train.txt").write_text("0\t0\t0\t0\n")
    (root / name).write_bytes(content)
    events = gather(root, feed("tkg", ".")).events
    assert events["source"].null_count == events["target"].null_count == 0
