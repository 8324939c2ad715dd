#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole way with the real programs: pack, store, enrolment, three respondents in three languages, sync, opened answers.

usage: whole_way.py BIN_FOLDER SOURCE_FOLDER

The store is down while people answer, so this also shows that a response given without a network arrives once there is one.
Afterwards no file that kiosk, sync and store wrote may hold any of the answers, in any usual encoding.
"""
import base64
import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LANGUAGES = ("english", "arabic", "bengali")
TODAY = "2023-01-20"


class Way:
    def __init__(self, programs, source, folder):
        self.programs, self.source, self.folder = programs, source, folder
        self.campaign = source / "assets/campaigns/las-strategy-2023-28/form.xlsx"
        self.store = None
        self.display = None

    def run(self, program, *arguments, expect=0, env=None):
        done = subprocess.run([self.programs / program, *map(str, arguments)], text=True, capture_output=True, env=env, timeout=300)
        (self.folder / "log").mkdir(exist_ok=True)
        with open(self.folder / "log" / f"{program}.txt", "a") as log:
            log.write(done.stdout + done.stderr)
        if done.returncode != expect:
            raise SystemExit(f"{program} {' '.join(map(str, arguments[:2]))} ended with {done.returncode}, expected {expect}:\n"
                             f"{done.stdout}{done.stderr}")
        return done.stdout.strip()

    def make_campaign(self):
        committee = self.folder / "committee"
        self.run("pillarbox", "key", "new", "--sealing", committee / "sealing.key")
        self.run("pillarbox", "key", "new", "--signing", committee / "signing.key")
        recipient = self.run("pillarbox", "key", "show", committee / "sealing.key")
        self.committee_key = self.run("pillarbox", "key", "show", committee / "signing.key")
        self.run("pillarbox", "campaign", "build", self.campaign, "--recipient", recipient, "--version", "1", "--expires",
                 "2023-12-31", "--out", committee / "unsigned.pack")
        self.run("pillarbox", "campaign", "sign", committee / "unsigned.pack", "--key", committee / "signing.key", "--out",
                 committee / "campaign.pack")

    def start_store(self, address):
        with open(self.folder / "log" / "store-errors.txt", "a") as errors:
            self.store = subprocess.Popen([self.programs / "pillarbox-store", "serve", "--data", self.folder / "store", "--listen",
                                           address], stdout=subprocess.PIPE, stderr=errors, text=True)
        line = self.store.stdout.readline()
        match = re.match(r"listening on (https://(\S+))", line)
        if not match:
            raise SystemExit(f"the store did not start: {line!r}")
        return match.group(1), match.group(2)

    def stop_store(self):
        if self.store:
            self.store.terminate()
            if self.store.wait(timeout=20) != 0:
                raise SystemExit(f"the store ended with {self.store.returncode} on SIGTERM")
            self.store.stdout.close()
            self.store = None

    def start_display(self):
        self.display = subprocess.Popen(["Xvfb", "-displayfd", "1", "-screen", "0", "1080x1920x24", "-nolisten", "tcp"],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return {"DISPLAY": ":" + self.display.stdout.readline().strip(), "PATH": "/usr/bin:/bin", "HOME": str(self.folder)}

    def close(self):
        for process in (self.store, self.display):
            if process:
                process.kill()
                process.wait()

    def walk(self):
        self.make_campaign()
        self.run("pillarbox-store", "init", "--data", self.folder / "store", "--name", "store.test.pillarbox", "--sole-copy")
        url, address = self.start_store("127.0.0.1:0")
        token = self.run("pillarbox-store", "token", "--data", self.folder / "store", "--station", "Brixton Library", "--url", url)
        station = self.folder / "station"
        pack = self.folder / "committee/campaign.pack"
        self.run("pillarbox", "kiosk", "enrol", "--pack", pack, "--committee-key", self.committee_key, "--token", token,
                 "--station", station, "--today", TODAY)
        self.run("pillarbox-sync", "enrol", "--station", station)

        self.stop_store()
        environment = self.start_display()
        for language in LANGUAGES:
            self.run("pillarbox-rehearse", "--station", station, "--today", TODAY, "--scenario",
                     self.source / f"tests/scenarios/{language}.scenario", "--screenshots", self.folder / "screenshots" / language,
                     env=environment)
        # As a thief would find it: answered, not yet synced.
        shutil.copytree(station, self.folder / "station-before-sync")
        self.run("pillarbox-sync", "run", "--station", station, expect=6)
        self.start_store(address)
        self.run("pillarbox-sync", "run", "--station", station)
        self.run("pillarbox-sync", "run", "--station", station)
        self.stop_store()

        export = self.folder / "export"
        self.run("pillarbox-store", "export", "--data", self.folder / "store", "--out", export)
        self.run("pillarbox", "verify", "--export", export)
        self.run("pillarbox", "open", "--export", export, "--pack", pack, "--committee-key", self.committee_key, "--identity",
                 self.folder / "committee/sealing.key", "--out", self.folder / "opened")


def check_answers(folder, expected):
    """Every expected response is there exactly once, letter for letter, and nothing else is."""
    with open(folder / "opened/responses.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with open(folder / "opened/contacts.csv", encoding="utf-8-sig", newline="") as file:
        contacts = {row["KEY"]: row for row in csv.DictReader(file)}
    if len(rows) != len(expected):
        raise SystemExit(f"{len(rows)} responses arrived, {len(expected)} were given")
    compared = 0
    for language, answers in expected.items():
        found = [row | contacts.get(row["KEY"], {}) for row in rows if row[answers["which"][0]] == answers["which"][1]]
        if len(found) != 1:
            raise SystemExit(f"{language}: {len(found)} responses instead of one")
        for column, value in answers["columns"].items():
            if found[0].get(column) != value:
                raise SystemExit(f"{language}: {column} is {found[0].get(column)!r}, expected {value!r}")
            compared += 1
    return compared


def encodings(text):
    raw = text.encode()
    yield raw
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")
    yield raw.hex().encode()
    # base64 depends on the place in the stream: the middle of all three alignments
    for shift in range(3):
        yield base64.b64encode(b"\0" * shift + raw)[4:-4]


def check_residue(folder, canaries):
    """No file that kiosk, sync and store wrote holds an answer. The control: a planted file is found."""
    needles = [needle for canary in canaries for needle in encodings(canary) if len(needle) >= 12]

    def hits(places):
        for place in places:
            for path in place.rglob("*"):
                if path.is_file():
                    data = path.read_bytes()
                    if any(needle in data for needle in needles):
                        yield path

    places = [folder / name for name in ("station", "station-before-sync", "store", "export", "log")]
    scanned = sum(1 for place in places for path in place.rglob("*") if path.is_file())
    found = list(hits(places))
    if found:
        raise SystemExit("answers in plain text in: " + ", ".join(str(path.relative_to(folder)) for path in found))
    (folder / "control").mkdir()
    (folder / "control/planted").write_bytes(b"x" * 100 + base64.b64encode(b"ab" + canaries[0].encode()))
    if len(list(hits([folder / "control"]))) != 1:
        raise SystemExit("the scan does not find a planted answer")
    return scanned, len(needles)


def main():
    programs, source = Path(sys.argv[1]), Path(sys.argv[2])
    if not shutil.which("Xvfb"):
        print("SKIPPED: the whole way: Xvfb is not installed")
        return
    expected = json.loads((source / "tests/scenarios/expected.json").read_text())
    with tempfile.TemporaryDirectory(prefix="pillarbox-way-") as scratch:
        way = Way(programs, source, Path(scratch))
        try:
            way.walk()
            compared = check_answers(way.folder, expected)
            canaries = [canary for answers in expected.values() for canary in answers["canaries"]]
            scanned, needles = check_residue(way.folder, canaries)
        finally:
            way.close()
    print(f"{len(expected)} responses arrived once each, {compared} answers letter for letter; "
          f"{needles} encodings of {len(canaries)} answers searched in {scanned} files, none found")


main()
