#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""pillarbox-kiosk itself, by a keyboard of the X server: somebody writes, walks away, and the living kiosk forgets.

usage: real_kiosk.py BIN_FOLDER SOURCE_FOLDER

Unlike the rehearsals, in which a scenario plays the person inside the process, nothing but the kiosk ever held what was written.
"""
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from residue import TODAY, Residue, canary, is_root

# From the first screen to the name of an organisation; tests/scenarios/keyboard-only.scenario goes the same way.
KEYS = ("Tab Tab Return " "shift+Tab shift+Tab shift+Tab Return " "shift+Tab shift+Tab shift+Tab shift+Tab Return " "Tab Down space Tab").split()
KEY_PAUSE_S = 0.5
START_S = 60  # until the window is there
IDLE_S = 20   # the shortest that the kiosk takes; the warning stands for 30 more
WIPED_S = IDLE_S + 30 + 5


# What is written goes to xdotool's stdin: an X server remembers the command lines of its clients.
def tool(way, *arguments, text=""):
    return subprocess.run(["xdotool", *map(str, arguments)], input=text, env=way.environment, capture_output=True, text=True,
                          timeout=60)


def await_window(way, kiosk):
    end = time.monotonic() + START_S
    while time.monotonic() < end and kiosk.poll() is None:
        found = tool(way, "search", "--onlyvisible", "--name", "Pillarbox").stdout.split()
        if found:
            return found[0]
        time.sleep(0.2)
    raise SystemExit(f"the kiosk shows no window: {(way.folder / 'log' / 'kiosk.txt').read_text()}")


def write_and_walk_away(way, word):
    kiosk = way.spawn([way.programs / "pillarbox-kiosk", "--station", way.folder / "station", "--today", TODAY, "--windowed",
                       "--idle-seconds", IDLE_S], "kiosk")
    try:
        tool(way, "windowfocus", "--sync", await_window(way, kiosk))
        time.sleep(2)
        for key in KEYS:
            tool(way, "key", key)
            time.sleep(KEY_PAUSE_S)
        tool(way, "type", "--delay", "60", "--file", "-", text=f"{word} {word}")
        time.sleep(1)
        written = way.search_memory(word, kiosk)
        if not written.hits:
            raise SystemExit("what was written is not in the living kiosk: the keys did not get to the field")
        time.sleep(WIPED_S)
        left = way.search_memory(word, kiosk)
        left += way.search_memory(word, way.display) + way.search_files(word)
    finally:
        kiosk.kill()
        kiosk.wait()
    if left.hits:
        raise SystemExit(f"the kiosk did not forget: {left}\n" + "\n".join(left.hits))
    print(f"while it was written {written}; after the idle wipe {left}")


def main():
    for missing, ok in (("Xvfb", shutil.which("Xvfb")), ("xdotool", shutil.which("xdotool")), ("root", is_root())):
        if not ok:
            print(f"SKIPPED: the real kiosk: needs {missing}")
            return
    with tempfile.TemporaryDirectory(prefix="pillarbox-residue-") as scratch:
        way = Residue(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), Path(scratch))
        try:
            way.start()
            write_and_walk_away(way, canary(3))
        finally:
            way.close()


main()
