#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Staff mode on a real window, with a real store on loopback: PIN, check, test response, sending, campaign change, tally.

usage: staff.py BIN_FOLDER SOURCE_FOLDER [SCREENSHOTS]

The test response that staff save must be in no figure: not at the kiosk, not at the store, not at the desk.
"""
import csv
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from way import Way

PIN = "480215"


def expect(text, pattern):
    if not re.search(pattern, text, re.MULTILINE):
        raise SystemExit(f"expected {pattern!r} in:\n{text}")


def set_pin(way):
    done = subprocess.run([way.programs / "pillarbox", "station", "set-pin", way.folder / "station"], input=PIN + "\n", text=True,
                          capture_output=True, timeout=60)
    if done.returncode != 0:
        raise SystemExit(done.stderr)


def make_stick(way):
    """A newer pack, as the committee's office would hand it over."""
    committee, stick = way.folder / "committee", way.folder / "sticks/user/OFFICE"
    (stick / "pillarbox").mkdir(parents=True)
    recipient = way.run("pillarbox", "key", "show", committee / "sealing.key")
    way.run("pillarbox", "campaign", "build", way.campaign, "--recipient", recipient, "--version", "2", "--expires", "2023-12-31",
            "--out", committee / "unsigned-2.pack")
    way.run("pillarbox", "campaign", "sign", committee / "unsigned-2.pack", "--key", committee / "signing.key", "--out",
            stick / "campaign.pack")


def walk(way):
    way.make_campaign()
    way.run("pillarbox-store", "init", "--data", way.folder / "store", "--name", "store.test.pillarbox", "--sole-copy")
    url, _ = way.start_store("127.0.0.1:0")
    way.enrol_kiosk(url)
    station = way.folder / "station"
    way.run("pillarbox-sync", "enrol", "--station", station)
    set_pin(way)
    make_stick(way)
    way.start_display()
    way.rehearse("short-path")
    print(way.rehearse("staff", options=("--sticks", way.folder / "sticks")))
    # What went to the stick before the network was there is known to the store already.
    expect(way.run("pillarbox-store", "import", "--data", way.folder / "store", "--from", way.folder / "sticks/user/OFFICE/pillarbox"),
           r" 0 new responses, stored [12]$")
    way.run("pillarbox-sync", "run", "--station", station)
    status = way.run("pillarbox-sync", "status", "--station", station)
    expect(status, r"^waiting 0 batched 0 acknowledged 2 quarantined 0$")
    expect(way.run("pillarbox-store", "status", "--data", way.folder / "store"), r" responses 2 ")
    way.stop_store()


def check_desk(way):
    """Two responses, one of them from paper; the test is opened only where it is asked for."""
    export, committee = way.folder / "export", way.folder / "committee"
    way.run("pillarbox-store", "export", "--data", way.folder / "store", "--out", export)
    way.run("pillarbox", "verify", "--export", export)

    def opened(name, *options):
        way.run("pillarbox", "open", "--export", export, "--pack", way.folder / "station/campaign.pack", "--committee-key",
                way.committee_key, "--identity", committee / "sealing.key", "--out", way.folder / name, *options)
        with open(way.folder / name / "responses.csv", encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    rows = opened("opened")
    if sorted(row["Assisted"] for row in rows) != ["no", "yes"] or {row["Kind"] for row in rows} != {"response"}:
        raise SystemExit(f"wrong responses at the desk: {rows}")
    expect((way.folder / "opened/responses.json").read_text(), r'"paper"')
    with_tests = opened("with-tests", "--include-tests")
    if sorted(row["Kind"] for row in with_tests) != ["response", "response", "test"]:
        raise SystemExit("the test response did not arrive")


def check_words(way):
    """What staff compare on the screen is what the office prints on the poster."""
    shown = (way.folder / "screenshots/staff/en/check.json").read_text()
    for printed in (way.run("pillarbox", "key", "words", way.committee_key),
                    way.run("pillarbox", "key", "show", "--fingerprint", way.folder / "committee/signing.key")):
        expect(shown, re.escape(printed.strip()))


def check_tally(way):
    files = list((way.folder / "station").glob("tally-2023-01-20*.txt"))
    if len(files) != 1:
        raise SystemExit(f"{len(files)} tallies")
    text = files[0].read_text()
    shown = way.run("pillarbox", "tally", files[0], "--export", way.folder / "export")
    expect(shown, r'^signed by the kiosk "Brixton Library", check code [0-9A-F]{4}-[0-9A-F]{4}$')
    changed = way.folder / "changed-tally.txt"
    changed.write_text(text.replace("run_tests 1", "run_tests 0"))
    way.run("pillarbox", "tally", changed, "--export", way.folder / "export", expect=5)
    for line in ("waiting 0", "acknowledged 1", "tests 0", "run_saved 0", "run_tests 1"):
        expect(text, f"^{line}$")
    expect(text, r"^— kiosk-[0-9a-f]{32} ")


def main():
    programs, source = Path(sys.argv[1]), Path(sys.argv[2])
    if not shutil.which("Xvfb"):
        print("SKIPPED: staff mode: Xvfb is not installed")
        return
    with tempfile.TemporaryDirectory(prefix="pillarbox-staff-") as scratch:
        way = Way(programs, source, Path(scratch))
        try:
            walk(way)
            check_words(way)
            check_desk(way)
            check_tally(way)
        finally:
            way.close()
            if len(sys.argv) > 3 and (way.folder / "screenshots").exists():
                shutil.copytree(way.folder / "screenshots", sys.argv[3], dirs_exist_ok=True)


main()
