#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole way with the real programs: pack, store, enrolment, respondents in several languages, sync, opened answers.

usage: whole_way.py BIN_FOLDER SOURCE_FOLDER [LANGUAGE... | all] [--hands HANDS,...] [--paths PATH,...]

In each language somebody goes the full path and somebody the short one, by the same two scenarios; with --hands, by each of these: touch,
keys (of a keypad with arrows), one-switch, two-switches. The store is down while people answer, so this also shows that a response given without a network arrives once there is one.
Afterwards no file that kiosk, sync and store wrote may hold any of the answers, in any usual encoding.
"""
import argparse
import base64
import csv
import json
import shutil
import tempfile
from pathlib import Path

from answers import Answers
from way import Way, encodings

# The language of the scenarios, both directions, conjuncts, plurals of three forms, and a script without spaces.
LANGUAGES = ("en", "ar", "bn", "pl", "zh")
ALL_LANGUAGES = ("en", "ro", "es", "pl", "bn", "pt", "gu", "it", "pa", "ar", "ta", "tr", "fr", "ur", "zh", "so", "hi", "fa")
PATHS = {"full-path": "full", "short-path": "short"}
HANDS = {"touch": (), "keys": ("--hands", "keys", "--keypad", "navigation-keypad"), "one-switch": ("--hands", "one-switch"),
         "two-switches": ("--hands", "two-switches")}


def walk(way, languages, paths, hands):
    way.make_campaign()
    way.run("pillarbox-store", "init", "--data", way.folder / "store", "--name", "store.test.pillarbox", "--sole-copy")
    url, address = way.start_store("127.0.0.1:0")
    way.enrol_kiosk(url)
    station = way.folder / "station"
    way.run("pillarbox-sync", "enrol", "--station", station)

    way.stop_store()
    way.start_display()
    for language in languages:
        for path in paths:
            for hand in hands:
                way.rehearse(path, language=language, options=HANDS[hand])
    # As a thief would find it: answered, not yet synced.
    shutil.copytree(station, way.folder / "station-before-sync")
    way.run("pillarbox-sync", "run", "--station", station, expect=6)
    way.start_store(address)
    way.run("pillarbox-sync", "run", "--station", station)
    way.run("pillarbox-sync", "run", "--station", station)
    way.stop_store()

    export = way.folder / "export"
    way.run("pillarbox-store", "export", "--data", way.folder / "store", "--out", export)
    way.run("pillarbox", "verify", "--export", export)
    way.run("pillarbox", "open", "--export", export, "--pack", way.folder / "committee/campaign.pack", "--committee-key",
            way.committee_key, "--identity", way.folder / "committee/sealing.key", "--out", way.folder / "opened")


def check_answers(folder, expected, times):
    """Every expected response is there as often as it was given, letter for letter, and nothing else is."""
    with open(folder / "opened/responses.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with open(folder / "opened/contacts.csv", encoding="utf-8-sig", newline="") as file:
        contacts = {row["KEY"]: row for row in csv.DictReader(file)}
    if len(rows) != len(expected) * times:
        raise SystemExit(f"{len(rows)} responses arrived, {len(expected) * times} were given")
    compared = 0
    for (language, path), columns in expected.items():
        found = [row | contacts.get(row["KEY"], {}) for row in rows
                 if (row["Language"], row["answering_as-path"]) == (language, PATHS[path])]
        if len(found) != times:
            raise SystemExit(f"{language}, {path}: {len(found)} responses instead of {times}")
        for column, value in columns.items():
            # What a spreadsheet would take for a formula is exported with an apostrophe before it.
            cell = "'" + value if value.startswith("=") else value
            for row in found:
                if row.get(column) != cell:
                    raise SystemExit(f"{language}, {path}: {column} is {row.get(column)!r}, expected {cell!r}")
                compared += 1
    return compared


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
    parser = argparse.ArgumentParser()
    parser.add_argument("programs", type=Path)
    parser.add_argument("source", type=Path)
    parser.add_argument("languages", nargs="*", default=LANGUAGES)
    parser.add_argument("--hands", default="touch")
    parser.add_argument("--paths", default=",".join(PATHS))
    chosen = parser.parse_args()
    source, paths, hands = chosen.source, chosen.paths.split(","), chosen.hands.split(",")
    if not shutil.which("Xvfb"):
        print("SKIPPED: the whole way: Xvfb is not installed")
        return
    languages = ALL_LANGUAGES if chosen.languages == ["all"] else chosen.languages
    answers = {language: Answers(source / "tests/scenarios/answers", language) for language in languages}
    english = json.loads((source / "tests/scenarios/expected.json").read_text())
    expected = {(language, path): answers[language].columns(english[path]) for language in languages for path in paths}
    with tempfile.TemporaryDirectory(prefix="pillarbox-way-") as scratch:
        way = Way(chosen.programs, source, Path(scratch))
        try:
            walk(way, languages, paths, hands)
            compared = check_answers(way.folder, expected, len(hands))
            canaries = sorted({canary for language in languages for path in paths
                               for canary in answers[language].canaries(english[path])})
            scanned, needles = check_residue(way.folder, canaries)
        finally:
            way.close()
    print(f"{len(languages)} languages by {', '.join(hands)}: {len(expected) * len(hands)} responses arrived once each, {compared} answers "
          f"letter for letter; {needles} encodings of {len(canaries)} answers searched in {scanned} files, none found")


main()
