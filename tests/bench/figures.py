# SPDX-License-Identifier: GPL-3.0-or-later
"""What is measured, and the limit that each figure has to reach."""
import statistics
from dataclasses import dataclass, field

import desk


@dataclass(frozen=True)
class Figure:
    """`kind` says how a pair (ours, peer) becomes the value that is held against the limit:
    cost    ours / peer, at most the limit
    speed   peer / ours, at least the limit (both are times: how many of ours fit into one of the peer's)
    amount  ours alone, at most the limit, in `unit`
    growth  ours / peer, told and held to no limit
    """
    key: str
    title: str
    peer: str
    kind: str
    limit: float | None = None
    unit: str = "us"
    long: bool = False  # measured only where --long is given


FORM_SIZES = (50, 100, 250, 500)
FORM_SHAPES = {"neighbours": "one expression reads the answer", "one-for-all": "all expressions read it",
               "chain": "all are calculated, each from the one before"}

FIGURES = [
    Figure("start", "kiosk, start to first page", "empty GLFW and ImGui window", "cost", 1.5),
    Figure("idle", "kiosk, processor share on the attract screen", "60 s", "amount", 0.05, "%"),
    Figure("page-turn", "kiosk, processor time of a page turn", "an empty ImGui window's full redraw", "cost", 1.2),
    Figure("aids-idle", "kiosk, idle with speech, keypad and screen reader's bus", "with none of them", "cost", 1.1),
    Figure("aids-page-turn", "kiosk, processor time of a page turn with all of them", "with none of them", "cost", 1.1),
    Figure("aids-read-out", "the same, and the page begins to be read out", "with none of them", "growth"),
    Figure("keep", "Send tap to durable", "append and fdatasync of the same bytes", "cost", 3),
    Figure("speech-start", "from a key to the sound", "at the sound server", "amount", None, "ms"),
    Figure("speech-start-p95", "the same, 95 of 100", "at the sound server", "amount", 100, "ms"),
    Figure("speech-stop", "from a key to silence", "at the sound server", "amount", None, "ms"),
    Figure("speech-stop-p95", "the same, 95 of 100", "at the sound server", "amount", 100, "ms"),
    Figure("speech-unplugged", "from headphones pulled out to silence", "at the sound server", "amount", None, "ms"),
    Figure("speech-unplugged-p95", "the same, 95 of 100", "at the sound server", "amount", 200, "ms"),
    Figure("seal", "seal", "crypto_box_seal", "speed", 0.85),
    Figure("open", "open", "crypto_box_seal_open", "speed", 0.8),
    Figure("open-on-two-cores", "open on two cores", "open on one", "speed", 1.8),
    Figure("open-against-age", "open a file", "a process of age -d", "speed", 80),
    Figure("sync", "sync over HTTPS, outbox to receipt", "bulk insert of the same rows into SQLite", "speed", 0.5),
    Figure("sync-purge", "purge of what was synced, once it is backed up", "the same", "growth"),
    Figure("ingest-1", "store, a batch at 100 thousand records", "at 10 thousand", "growth"),
    Figure("ingest-2", "store, a batch at 1 million records", "at 10 thousand", "cost", 1.1),
    Figure("ingest-3", "store, batches at 2 million records", "at 10 thousand", "speed", 0.9, long=True),
    Figure("postgres", "store over PostgreSQL, HTTPS to receipt, four kiosks", "UNNEST inserts of the same rows", "speed", 0.5),
    Figure("postgres-wire", "bytes on the wire to the store", "bytes of ciphertext", "cost", 1.05),
    Figure("postgres-growth", "the same store at 200 thousand records", "at few thousand", "cost", 1.25),
    Figure("two-stores-wrong", "two stores over one PostgreSQL: kiosks with a response lost or double, a gap or a fork",
           "500 kiosks, one round in ten cut", "amount", 0, "kiosks"),
    Figure("two-stores-memory", "the same, memory of the larger store", "at most", "amount", 64, "MiB"),
    Figure("two-stores-total", "the same, in all", "wall time", "amount", None, "s"),
    Figure("two-stores-slowest", "the same, the slowest kiosk", "wall time", "amount", None, "ms"),
    Figure("fleet-wrong", "store over SQLite: kiosks with a response lost or double, a gap or a fork",
           "10,000 kiosks with 30 responses, one round in ten cut", "amount", 0, "kiosks", long=True),
    Figure("fleet-memory", "the same, memory of the store", "at most", "amount", 64, "MiB", long=True),
    Figure("fleet-total", "the same, in all", "wall time", "amount", None, "s", long=True),
    Figure("fleet-slowest", "the same, the slowest kiosk", "wall time", "amount", None, "ms", long=True),
    Figure("memory-store-crowd", "store over SQLite, memory with 200 connections", "PSS", "amount", 64, "MiB"),
    Figure("memory-store-postgres", "store over PostgreSQL, memory with 200 connections", "PSS", "amount", 64, "MiB"),
    Figure("report", "report of 100 thousand responses, HTML and OpenDocument", "processor time", "amount", 10, "s"),
    Figure("export", "their anonymised export, CSV and JSON", "processor time", "amount", None, "s"),
    Figure("desk-take-in", "desk, taking in on two cores, wall time", "bare opening of the same envelopes", "speed", 0.8),
    Figure("desk-take-in-processor", "the same, processor time of all threads", "the same", "growth"),
    Figure("desk-search", "desk, a search with its first page", "wall time", "amount", None, "ms"),
    Figure("desk-search-p95", "the same, 95 of 100", "wall time", "amount", 100, "ms"),
    Figure("desk-report-time", "desk, report of a workspace, the whole program", "processor time", "amount", 10, "s"),
    Figure("memory-kiosk", "kiosk, memory on the attract screen", "PSS", "amount", 130, "MiB"),
    Figure("memory-session", "kiosk, most memory over a whole session", "PSS", "amount", 130, "MiB"),
    Figure("memory-sync", "pillarbox-sync, most memory over a round", "PSS", "amount", 32, "MiB"),
    Figure("memory-store", "pillarbox-store, memory after taking it in", "PSS", "amount", 32, "MiB"),
]
for shape, words in FORM_SHAPES.items():
    for size in FORM_SIZES:
        FIGURES.append(Figure(f"form-{shape}-{size}", f"form of {size}, a change: {words}", "processor time", "amount",
                              1000 if size == FORM_SIZES[-1] else None, "us"))

for step in desk.STEPS:
    key = "desk-" + step.replace(" ", "-")
    FIGURES.append(Figure(key + "-rate", f"desk: {step}", "responses a second", "amount", None, "/s"))
    FIGURES.append(Figure(key + "-memory", "the same, most memory", "the limit whatever the count", "amount",
                          desk.MEMORY_MIB[step], "MiB"))
    FIGURES.append(Figure(key + "-growth", "the same, memory", "of a tenth of the responses", "cost", desk.GROWTH_MAX, "MiB",
                          long=True))

for place, words, limit in (("urdu-paragraphs", "Urdu, in the middle of eight paragraphs", 16000),
                            ("urdu-end", "Urdu, at the end of one paragraph", 16000),
                            ("urdu-middle", "Urdu, in the middle of one paragraph", 16000),
                            ("english-middle", "English, in the middle of one paragraph", None)):
    FIGURES.append(Figure(f"typing-{place}", f"a letter typed into 2,000 characters: {words}", "processor time", "amount",
                          limit, "us"))


@dataclass
class Measured:
    figure: Figure
    pairs: list = field(default_factory=list)  # of (ours, peer); peer is None for amounts
    missing: str = ""                          # why there is nothing
    skipped: str = ""                          # why nothing can be measured on this machine

    def values(self):
        if self.figure.kind == "amount":
            return [ours for ours, _ in self.pairs]
        if self.figure.kind == "speed":
            return [peer / ours for ours, peer in self.pairs]
        return [ours / peer for ours, peer in self.pairs]

    def spread(self):
        """Median and quartiles."""
        values = self.values()
        if len(values) < 2:
            return values[0], values[0], values[0]
        low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
        return low, middle, high

    def is_met(self):
        """None where the figure has no limit, or this machine lacks what it takes."""
        if self.figure.limit is None or self.skipped:
            return None
        if not self.pairs:
            return False
        middle = self.spread()[1]
        return middle >= self.figure.limit if self.figure.kind == "speed" else middle <= self.figure.limit


def number(value):
    return f"{value:.4f}" if value < 0.1 else f"{value:.3f}" if value < 10 else f"{value:.1f}"


def row_of(measured):
    """The cells of one line of the table."""
    figure = measured.figure
    if not measured.pairs:
        why = f"SKIPPED: {measured.skipped}" if measured.skipped else f"NOT MEASURED: {measured.missing}"
        return [figure.title, figure.peer, "-", "-", "-", "-", "-", why]
    low, middle, high = measured.spread()
    amount = figure.kind == "amount"
    ours = statistics.median(ours for ours, _ in measured.pairs)
    peer = None if amount else statistics.median(peer for _, peer in measured.pairs)
    suffix = f" {figure.unit}" if amount else " x"
    sign = {"speed": ">=", "cost": "<=", "amount": "<="}.get(figure.kind, "")
    limit = "-" if figure.limit is None else f"{sign} {figure.limit:g}{suffix}"
    verdict = {True: "met", False: "MISSED", None: ""}[measured.is_met()]
    return [figure.title, figure.peer, f"{number(ours)} {figure.unit}", "-" if amount else f"{number(peer)} {figure.unit}",
            limit, f"{number(middle)}{suffix}", f"{number(low)} .. {number(high)}", verdict]


HEAD = ["figure", "against", "ours", "peer", "limit", "value", "quartiles", "verdict"]


def table_of(all_measured):
    rows = [HEAD] + [row_of(measured) for measured in all_measured]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD) - 1)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths + [0])).rstrip() for row in rows)


def json_of(measured):
    figure = measured.figure
    fields = {"key": figure.key, "title": figure.title, "against": figure.peer, "kind": figure.kind, "unit": figure.unit,
              "limit": figure.limit, "met": measured.is_met(), "pairs": measured.pairs}
    if not measured.pairs:
        return fields | ({"skipped": measured.skipped} if measured.skipped else {"missing": measured.missing})
    low, middle, high = measured.spread()
    return fields | {"value": middle, "lower_quartile": low, "upper_quartile": high}
