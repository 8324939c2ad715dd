#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays one scenario on a fresh station under Xvfb, and fails with what the screen showed.

usage: play.py BIN_FOLDER SOURCE_FOLDER SCENARIO [TODAY [WIDTHxHEIGHT]]
"""
import shutil
import sys
import tempfile
from pathlib import Path

from way import TODAY, Way


def main():
    programs, source, scenario = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    today = sys.argv[4] if len(sys.argv) > 4 else TODAY
    if not shutil.which("Xvfb"):
        print(f"SKIPPED: {scenario}: Xvfb is not installed")
        return
    with tempfile.TemporaryDirectory(prefix="pillarbox-play-") as scratch:
        way = Way(programs, source, Path(scratch))
        try:
            way.make_campaign()
            way.run("pillarbox-store", "init", "--data", way.folder / "store", "--name", "store.test.pillarbox")
            way.enrol_kiosk("https://127.0.0.1:1")
            way.start_display()
            print(way.rehearse(scenario, today))
        finally:
            way.close()


main()
