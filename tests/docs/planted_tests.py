#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each fault planted in a copy of docs/templates is found, and told with its file."""

import pathlib
import shutil
import sys
import tempfile
import unittest

import check

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

# File, what stands there, what is put in its place, and what has to be told.
FAULTS = (
    ("README.md", "(dpia.md)", "(dpia.pdf)", "dpia.pdf leads nowhere"),
    ("README.md", "#3-compare", "#3-compared", "names no heading"),
    ("poster.html", "icons/lock.svg", "icons/padlock.svg", "padlock.svg leads nowhere"),
    ("dpia.md", "`test: a forged or unsigned", "`test: a forged and unsigned", "there is no test"),
    ("dpia.md", "Reduced. Residual: low. Who", "Reduced. Who", "R2 has no"),
    ("dpia.md", "After 90 s", "After 60 s", "does not say \"After 90 s"),
    ("dpia.md", "hidden under 10.", "hidden under 5.", "hidden under 10."),
    ("dpia.md", "in 18 languages", "in 20 languages", "18 languages and Easy Read"),
    ("dpia.md", "version, date | [to be filled by the controller] |", "version, date | [name] |", "[name] does not say by whom"),
    ("dpia.md", "[to be filled by the controller: confirmed]", "TBC", "TBC is no mark"),
    ("dpia.md", "[to be filled by the controller: confirmed]", "______", "______ is no mark"),
    ("poster.html", '<li lang="so">Soomaali</li>', "", "not the call's"),
    ("poster.html", ">Soomaali<", ">Somali<", "so does not call itself"),
    ("poster.html", "call <b>999</b>", "call <b>998</b>", "as the call does"),
    ("poster.html", "Until 27 January 2023", "Until 28 January 2023", "28 January 2023 is a day of neither"),
    ("poster.html", "[to be filled by the officer: the fingerprint]", "fingerprint", "is no marked, empty field"),
    ("poster.html", "the fingerprint]\"></span>", "the fingerprint]\">6315 B7D5</span>", "is no marked, empty field"),
    ("easy-read-notice.html", "until 10 May 2023", "until 10 May 2024", "10 May 2024 is a day of neither"),
    ("easy-read-notice.html", "<p>You can answer.</p>", "<p>You can answer this call, and so can all of your friends, too.</p>",
     "is long"),
    ("easy-read-notice.html", "scrutiny@london.gov.uk", "info@london.gov.uk", "where to complain"),
    ("retention.md", "| 2023-05-10 |", "| 2023-02-10 |", "retention.json differ"),
    ("retention.md", "for 14 days unless", "for 7 days unless", "for 14 days unless"),
    ("retention.json", '"contacts":', '"contact":', "not the archive's"),
    ("retention.json", '"2023-05-10"', '"2023-01-27"', "before the last day to withdraw"),
    ("privacy-notice.md", "question but one", "question", "what must be answered"),
    ("privacy-notice.md", "We use your answers", "Notwithstanding organisational considerations, representatives " * 20,
     "it reads at grade"),
)


class Planted(unittest.TestCase):
    def test_the_templates_as_they_are_have_no_problem(self):
        self.assertEqual(check.problems_of(ROOT, ROOT / "docs/templates"), [])

    def test_every_planted_fault_is_told_with_its_file(self):
        for file, old, new, told in FAULTS:
            with self.subTest(file=file, fault=new[:60]), tempfile.TemporaryDirectory() as scratch:
                folder = pathlib.Path(shutil.copytree(ROOT / "docs/templates", pathlib.Path(scratch) / "templates"))
                text = (folder / file).read_text()
                self.assertIn(old, text)
                (folder / file).write_text(text.replace(old, new, 1))
                problems = check.problems_of(ROOT, folder)
                self.assertTrue(any(told in problem for problem in problems), problems)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
