# SPDX-License-Identifier: GPL-3.0-or-later
"""The bench's verdicts: on both sides of a limit, and where nothing was measured."""
import figures
from figures import Figure, Measured


def verdict(kind, limit, pairs):
    return figures.row_of(Measured(Figure("key", "title", "peer", kind, limit), pairs, "no display"))[-1]


CASES = [
    ("cost", 1.5, [(14, 10), (15, 10), (99, 10)], "met"),      # the median decides, not the worst pair
    ("cost", 1.5, [(14, 10), (16, 10), (99, 10)], "MISSED"),
    ("speed", 0.8, [(10, 8)], "met"),
    ("speed", 0.8, [(10, 7.9)], "MISSED"),
    ("amount", 130, [(130, None)], "met"),
    ("amount", 130, [(130.1, None)], "MISSED"),
    ("growth", None, [(30, 10)], ""),
    ("cost", 1.5, [], "NOT MEASURED: no display"),
]
for case in CASES:
    if verdict(*case[:3]) != case[3]:
        raise SystemExit(f"{case}: {verdict(*case[:3])!r}")
assert Measured(Figure("key", "title", "peer", "cost", 1.5)).is_met() is False, "what was not measured is not met"
skipped = Measured(Figure("key", "title", "peer", "cost", 1.5), skipped="no sound server")
assert skipped.is_met() is None and figures.row_of(skipped)[-1] == "SKIPPED: no sound server", figures.row_of(skipped)
keys = [figure.key for figure in figures.FIGURES]
assert len(keys) == len(set(keys)), "two figures have one key"
print(f"{len(CASES)} verdicts are as they have to be")
