#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole response by keys and by what is said alone, in three languages, under Xvfb without any sound server. And the control: a
kiosk that is not asked to speak says nothing, so that the same scenario fails.

usage: blind.py BIN_FOLDER SOURCE_FOLDER
"""
import shutil
import sys
import tempfile
from pathlib import Path

from way import TODAY, Way

KEYPAD = ("--keypad", "ez-access")
LANGUAGES = ("en", "pl", "bn")


def play(way):
    for language in LANGUAGES:
        print(way.rehearse("blind", language=language, options=KEYPAD))
    silent = way.folder / "silent.scenario"
    silent.write_text('expect heading "Tell us how the London Ambulance Service can get better"\nkey next\nhears "button"\n')
    way.run("pillarbox-rehearse", "--station", way.folder / "station", "--today", TODAY, "--scenario", silent, "--screenshots",
            way.folder / "screenshots", *KEYPAD, env=way.environment, expect=5)  # conflict: an expectation that does not come true
    print("without being asked the kiosk says nothing")


def main():
    programs, source = Path(sys.argv[1]), Path(sys.argv[2])
    if not shutil.which("Xvfb"):
        print("SKIPPED: blind: Xvfb is not installed")
        return
    with tempfile.TemporaryDirectory(prefix="pillarbox-blind-") as scratch:
        way = Way(programs, source, Path(scratch))
        try:
            way.make_campaign()
            way.run("pillarbox-store", "init", "--data", way.folder / "store", "--name", "store.test.pillarbox")
            way.enrol_kiosk("https://127.0.0.1:1")
            way.start_display()
            way.environment |= {"PULSE_SERVER": "unix:/nonexistent"}
            play(way)
        finally:
            way.close()


main()
