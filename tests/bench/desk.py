# SPDX-License-Identifier: GPL-3.0-or-later
"""A committee's whole work on synthetic responses, step by step, each by the real program in a process of its own: how long it
takes, and the most memory it has. Two sets, one ten times the other, tell what grows."""
import os
import subprocess
import sys
import time
from dataclasses import dataclass

STEPS = ("verify", "take in", "search", "report", "export", "export in full", "bags", "bags verified")
# No step holds all responses, so none needs more for more of them. The database's cache, 16 MiB, is in it.
MEMORY_MIB = {"verify": 32, "take in": 128, "search": 48, "report": 64, "export": 64, "export in full": 64, "bags": 128,
              "bags verified": 32}
# 100,000 responses against 10,000. What grows is a number or a digest of each, and buffers that few do not fill.
GROWTH_MAX = 1.5


@dataclass(frozen=True)
class Step:
    seconds: float
    processor_seconds: float
    peak_mib: float


def timed(command, accepted=(0,)):
    """From exec to exit; the largest resident set."""
    started = time.monotonic()
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.stdout.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in accepted:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}: {output[-2000:]}")
    return Step(time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


class Desk:
    """One set of responses, and what is made of it."""

    def __init__(self, programs, folder, count):
        self.programs, self.folder, self.count = programs, folder, count
        self.made = folder / f"responses-{count}"
        timed([programs / "make_responses", "--count", count, self.made])
        self.workspace = folder / f"workspace-{count}"
        self.committee_key = (self.made / "committee-key.txt").read_text().strip()

    def pillarbox(self, *words, accepted=(0,)):
        return timed([self.programs / "pillarbox", *words], accepted)

    def walk(self):
        """Of every step: time and memory."""
        workspace = ["--workspace", self.workspace, "--identity", self.made / "sealing.key"]
        editor = ["--as", "Ada Example"]
        pack = ["--pack", self.made / "campaign.pack", "--committee-key", self.committee_key]
        out = self.folder / f"out-{self.count}"
        out.mkdir()
        self.pillarbox("workspace", "init", "--workspace", self.workspace, *pack)
        steps = {
            "verify": self.pillarbox("verify", "--export", self.made / "export"),
            # 7: some envelopes are damaged, as they should be.
            "take in": self.pillarbox("workspace", "take-in", *workspace, "--export", self.made / "export", accepted=(7,)),
            "search": self.pillarbox("workspace", "search", *workspace, "ambulance"),
            "report": self.pillarbox("report", "letter", *workspace, *editor, "--out", out / "letter"),
            "export": self.pillarbox("export", *workspace, *editor, "--out", out / "anonymised"),
            "export in full": self.pillarbox("export", *workspace, *editor, "--full", "--out", out / "full"),
            "bags": self.pillarbox("archive", "make", *workspace, *editor, *pack, "--export", self.made / "export",
                                   "--day", "2023-06-01", "--out", out / "bags"),
            "bags verified": self.pillarbox("archive", "verify", out / "bags"),
        }
        return steps


def measure(programs, folder, count):
    """Pairs by key of figures.py, and the folder of the larger set. Prints all steps as a table to stderr."""
    small, large = Desk(programs, folder, count // 10), Desk(programs, folder, count)
    few, many = small.walk(), large.walk()
    pairs = {"desk-report-time": [(many["report"].processor_seconds, None)]}
    print(f"\n{'step':<16} {'responses/s':>11} {'s':>7} {'processor s':>11} {'MiB':>6}   MiB at {small.count} responses",
          file=sys.stderr)
    for step in STEPS:
        now, before = many[step], few[step]
        print(f"{step:<16} {count / now.seconds:>11.0f} {now.seconds:>7.2f} {now.processor_seconds:>11.2f} "
              f"{now.peak_mib:>6.0f}   {before.peak_mib:.0f}", file=sys.stderr)
        key = "desk-" + step.replace(" ", "-")
        pairs[key + "-rate"] = [(count / now.seconds, None)]
        pairs[key + "-memory"] = [(now.peak_mib, None)]
        pairs[key + "-growth"] = [(now.peak_mib, before.peak_mib)]
    return pairs, large.made
