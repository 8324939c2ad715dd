#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Synthetic responses are taken into a workspace, coded, exported and reported by the real programs, as a brief and then
as a letter pack, and every figure is counted anew by recompute.py; a planted wrong figure, and a small one, must be told.

  recompute_test.py BIN [--count N]
"""
import argparse
import csv
import html
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
def run(*arguments):
    return subprocess.run([str(argument) for argument in arguments], capture_output=True, text=True)


def must(done):
    if done.returncode not in (0, 7):  # 7: damaged envelopes, of which the synthetic responses hold some
        sys.exit(f"{done.args[:3]} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def recomputed(report, full, coding, *until):
    done = run(sys.executable, HERE / "recompute.py", report, full / "responses.json", "--coding", coding, *until)
    print(done.stdout.strip().splitlines()[-1] if done.stdout else done.stderr)
    return done.returncode == 0


def planted(page, into, change):
    """The report with its first figure that fits changed."""
    text = page.read_text(encoding="utf-8")
    changed, count = re.subn(r'(data-figure="q1_rating/well">)(\d+)<', change, text, count=1)
    assert count == 1
    into.write_text(changed, encoding="utf-8")
    return into


def quotes_obey_consent(page, responses):
    """No text of somebody who may not be quoted stands in the page."""
    text = page.read_text(encoding="utf-8")
    allowed = {answer for response in responses if response["quotation"]["quote"] != "do_not_quote"
               for group in response.values() if isinstance(group, dict) for answer in group.values()}
    for response in responses:
        if response["quotation"]["quote"] == "do_not_quote":
            for question in ("q1", "q2", "q3", "q4", "q5", "short"):
                answer = (response.get(question) or {}).get(f"{question}_text")
                # A letter that many people sent alike is quoted where one of them allowed it.
                if answer and answer not in allowed and f'dir="auto">{html.escape(answer)}</p>' in text:
                    return False
    return True


def tags_in(table):
    with open(table, encoding="utf-8-sig", newline="") as file:
        return sorted((row["KEY"], row["ANSWER"], row["CODE"], row["THEME"]) for row in csv.DictReader(file))


def tags_of(coding):
    made = json.loads(coding.read_text())
    return sorted((tag["response"], tag["path"], tag["theme"], made["themes"].get(tag["theme"], ""))
                  for tag in made["tags"])


def well_formed(odt):
    with zipfile.ZipFile(odt) as package:
        return package.testzip() is None and all(
            xml.etree.ElementTree.fromstring(package.read(name)) is not None
            for name in package.namelist() if name.endswith(".xml"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin", type=Path)
    parser.add_argument("--count", default="600")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        made = scratch / "made"
        must(run(options.bin / "make_responses", "--seed", "7", "--count", options.count, made))
        key = (made / "committee-key.txt").read_text().strip()
        desk = options.bin / "pillarbox"
        key_file = ["--identity", made / "sealing.key"]
        source = ["--workspace", scratch / "desk", *key_file, "--as", "Ada", "--today", "2023-01-28"]
        must(run(desk, "workspace", "init", "--workspace", scratch / "desk", "--pack", made / "campaign.pack",
                 "--committee-key", key))
        must(run(desk, "workspace", "take-in", "--workspace", scratch / "desk", *key_file, "--export", made / "export"))
        coding = scratch / "coding.json"
        coding.write_text(must(run(options.bin / "code_responses", scratch / "desk", made / "sealing.key")))
        must(run(desk, "export", *source, "--full", "--out", scratch / "full"))
        responses = json.loads((scratch / "full/responses.json").read_text(encoding="utf-8"))["value"]
        brief, letter, again = scratch / "brief", scratch / "letter", scratch / "again"
        must(run(desk, "workspace", "cut-off", "meeting", "2023-01-20", *source))
        must(run(desk, "report", "brief", *source, "--cut-off", "meeting", "--given-out", "--out", brief))
        must(run(desk, "report", "letter", *source, "--out", letter))
        must(run(desk, "report", "letter", *source, "--earlier", brief / "release.json", "--out", again))
        wrong = planted(letter / "report.html", scratch / "wrong.html",
                        lambda found: f"{found[1]}{int(found[2]) + 1}<")
        checks = {
            "every figure of the brief is right": recomputed(brief / "report.html", scratch / "full", coding,
                                                             "--until", "2023-01-20"),
            "every figure of the letter is right": recomputed(letter / "report.html", scratch / "full", coding),
            "a planted wrong figure is told": not recomputed(wrong, scratch / "full", coding),
            "figures of another cut-off are told": not recomputed(brief / "report.html", scratch / "full", coding),
            "the same input gives the same bytes": all(
                (letter / name).read_bytes() == (again / name).read_bytes()
                for name in ("report.html", "report.odt", "release.json")),
            "nobody is quoted who did not allow it": quotes_obey_consent(letter / "report.html", responses),
            "the OpenDocument file is well-formed": well_formed(letter / "report.odt"),
            "every tag is in the full export, with its theme": tags_in(scratch / "full/coding.csv") == tags_of(coding),
            "files are private": all(path.stat().st_mode & 0o077 == 0 for path in letter.iterdir()),
        }
    for name, holds in checks.items():
        print(f"{'ok' if holds else 'FAILED'}: {name}")
    sys.exit(0 if all(checks.values()) else 1)


if __name__ == "__main__":
    os.umask(0o077)
    main()
