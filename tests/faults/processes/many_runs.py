# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line that every program of tests/faults has, for those in Python: --runs N --seed S [--control].

Run i has seed S+i, so that `--runs 1 --seed S+i` repeats it. A broken run prints a line, the figures come last; exit 1 where a
run broke. With --control every run is weakened in one of several ways, each of which has to be found: where one never was, the
exit is 0, which a control must not have."""
import argparse
import collections
import os
import signal
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def run_many(description, make_run):
    """make_run(arguments) is a context that gives run(seed) -> (list of what is broken, name of the control or None)."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--control", action="store_true", help="weakened on purpose: has to break")
    parser.add_argument("--programs", type=Path, default=ROOT / "build/dev/bin", help="where the built programs are")
    parser.add_argument("--verbose", action="store_true", help="say of each run what was done")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    # Under AddressSanitizer: a library of LD_PRELOAD may come first, and strace and the leak search exclude each other.
    os.environ["ASAN_OPTIONS"] = "verify_asan_link_order=0:detect_leaks=0"
    start, run_count, broken_count, found = time.monotonic(), 0, 0, collections.Counter()
    try:
        with make_run(arguments) as run:
            for seed in range(arguments.seed, arguments.seed + arguments.runs):
                broken, control = run(seed)
                run_count += 1
                broken_count += bool(broken)
                found[control] += bool(broken)
                if broken and not arguments.control:
                    print(f"FAIL seed={seed} what: {broken[0]}", flush=True)
    finally:  # a long run that is stopped says how far it came
        if arguments.control:
            for control, count in sorted(found.items()):
                print(f"CONTROL {control}: found {count} times")
            print("CONTROLS all found" if found and all(found.values()) else "CONTROLS not all found")
        print(f"FIGURES runs={run_count} broken={broken_count} seconds={time.monotonic() - start:.1f}", flush=True)
    sys.exit(1 if (all(found.values()) if arguments.control else broken_count > 0) else 0)
