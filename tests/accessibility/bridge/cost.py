#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the bridge costs: nothing while the kiosk is idle, whoever listens; little when pages turn.

usage: cost.py BIN_FOLDER SOURCE_FOLDER

The idle check fails where a kiosk with a listener takes more than a clock tick or two in five seconds. The page turns are
printed, not judged: tests/bench has the limits.
"""
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from desktop import TODAY, Desktop, missing_packages

IDLE_SECONDS = 5
IDLE_TICKS_MAX = 2
TURNS = 40


def ticks_of(process):
    """Processor time of all its threads, in clock ticks."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def wait_until_it_rests(process):
    for _ in range(100):
        before = ticks_of(process)
        time.sleep(0.5)
        if ticks_of(process) == before:
            return
    raise SystemExit("the kiosk does not come to rest")


def idle_ticks(desktop, how):
    kiosk = subprocess.Popen([desktop.way.programs / "pillarbox-kiosk", "--windowed", "--station", desktop.folder / "station",
                              "--today", TODAY, "--assistive-technology", how], env=desktop.environment,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_it_rests(kiosk.pid)
        before = ticks_of(kiosk.pid)
        time.sleep(IDLE_SECONDS)
        threads = len(os.listdir(f"/proc/{kiosk.pid}/task"))
        return ticks_of(kiosk.pid) - before, threads
    finally:
        kiosk.kill()
        kiosk.wait()


def turn_ms(desktop, how):
    """Processor time of a page turn there and back, in all threads."""
    desktop.start_kiosk("--assistive-technology", how)
    desktop.hold("ready", 'tap button "English"', 'tap button "Next"')
    before = ticks_of(desktop.kiosk.pid)
    desktop.hold("turned", *['tap button "I understand, continue"', 'tap button "Back"'] * TURNS)
    took = ticks_of(desktop.kiosk.pid) - before
    desktop.end_kiosk()
    return took * 1000 / os.sysconf("SC_CLK_TCK") / (2 * TURNS)


def main():
    programs, source = Path(sys.argv[1]), Path(sys.argv[2])
    missing = missing_packages()
    if missing:
        print(f"SKIPPED: the bridge's cost: not installed: {', '.join(missing)}")
        return
    with tempfile.TemporaryDirectory(prefix="pillarbox-cost-") as scratch:
        desktop = Desktop(programs, source, Path(scratch))
        try:
            desktop.start()
            silent = turn_ms(desktop, "guarded")
            desktop.someone_listens()
            off, without = idle_ticks(desktop, "off")
            on, with_listener = idle_ticks(desktop, "guarded")
            if with_listener != without + 1:
                raise SystemExit(f"{with_listener} threads with a listener, {without} without the bridge")
            if on > IDLE_TICKS_MAX:
                raise SystemExit(f"an idle kiosk took {on} ticks in {IDLE_SECONDS} s with a listener, {off} without the bridge")
            print(f"idle: {on} ticks in {IDLE_SECONDS} s with a listener, {off} without the bridge")
            print(f"page turn: {turn_ms(desktop, 'off'):.1f} ms without the bridge, {silent:.1f} ms while nobody listens, "
                  f"{turn_ms(desktop, 'guarded'):.1f} ms told to a listener")
        finally:
            desktop.close()


main()
