#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Leads the kiosk to a screen with canaries typed, crashes it there, and searches all that is left.

usage: crash.py BIN_FOLDER SOURCE_FOLDER [--screens NAME,... | all] [--signals SIGABRT,...] [--seed N]

Searched are the station, the working folder (core dumps), HOME, TMPDIR, the XDG folders, the logs, what is new in /tmp, /var/tmp and
/dev/shm, and the memory of the X server. On each screen the living kiosk is searched too, before the crash: there the canary must be
found until the answers are wiped, and not any more from then on.
"""
import argparse
import shutil
import signal
import tempfile
import time
from pathlib import Path

from residue import Found, Residue, canary, is_root
from screens import SCREENS

WIPED = {"finished", "idle-wiped", "erased", "declined"}
SIGNALS = ("SIGABRT", "SIGSEGV", "SIGKILL")
SENDING_S = 1.0  # the kiosk waits ten for the outbox


def crash_at(way, screen, number, word):
    name = f"{screen}-{signal.Signals(number).name}"
    kiosk = way.rehearsal(SCREENS[screen].replace("CANARY", word), name)
    locked = None
    try:
        if "hold outbox" in SCREENS[screen]:
            way.await_hold(kiosk, "outbox")
            locked = way.lock_outbox()
            way.go_on(kiosk)
        if screen == "sending":
            time.sleep(SENDING_S)  # and no search of the living kiosk, which takes longer than it waits
            living = None
        else:
            way.await_hold(kiosk, "here")
            living = way.search_memory(word, kiosk)
        way.crash(kiosk, number)
    finally:
        kiosk.kill()
        kiosk.wait()
        if locked:
            locked.close()
    if living and bool(living.hits) == (screen in WIPED):
        raise SystemExit(f"{name}: in the living kiosk: {living}\n" + "\n".join(living.hits))
    left = way.search_files(word) + way.search_memory(word, way.display)
    if left.hits:
        raise SystemExit(f"{name}: left behind: {left}\n" + "\n".join(left.hits))
    print(f"{name}: in the living kiosk {living}; left behind {left}", flush=True)
    return left


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n")[2][7:])
    parser.add_argument("programs", type=Path)
    parser.add_argument("source", type=Path)
    parser.add_argument("--screens", default="all")
    parser.add_argument("--signals", default=",".join(SIGNALS))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not shutil.which("Xvfb"):
        print("SKIPPED: a crash on every screen: Xvfb is not installed")
        return
    if not is_root():
        print("SKIPPED: a crash on every screen: only root can read another process's memory")
        return
    screens = list(SCREENS) if options.screens == "all" else options.screens.split(",")
    numbers = [signal.Signals[name] for name in options.signals.split(",")]
    word = canary(options.seed)
    print(f"canary of seed {options.seed}: {word}")
    total = Found()
    with tempfile.TemporaryDirectory(prefix="pillarbox-residue-") as scratch:
        way = Residue(options.programs.resolve(), options.source.resolve(), Path(scratch))
        try:
            way.start()
            for screen in screens:
                for number in numbers:
                    total += crash_at(way, screen, number, word)
        finally:
            way.close()
    print(f"{len(screens)} screens, {len(numbers)} ways to crash: {total}")


main()
