#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/accessibility/make-statement on a small tree of its own: what it makes, and what it refuses."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent

FIGURES = """what,name,figure,limit,place
run,pages,1200,,
kind,languages,2,,ar en
kind,pages,2,,attract check
kind,shapes,6,,landscape-141 landscape-220 landscape-96 portrait-141 portrait-220 portrait-96
kind,text sizes,3,,100 150 200
kind,themes,4,,dark high_contrast light low_contrast
check,"K16 contrast",0,0,
check,"K18 target size",3,0,
measure,"shorter side of a target, mm",9.00,11.64,back of en-portrait-96-light-100 attract
"""
GOOD = "wcag | 1.4.3 | Contrast | supports | K16; \"a test that exists\" | In all themes.\n"


class MakeStatement(unittest.TestCase):
    def setUp(self):
        self.tree = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.tree)
        self.folder = self.tree / "docs/accessibility"
        self.folder.mkdir(parents=True)
        (self.tree / "tests").mkdir()
        (self.tree / "tests/some_tests.cpp").write_text('TEST_CASE("a test that exists") {}\n')
        (self.folder / "introduction.md").write_text("# Statement\n")
        (self.folder / "figures.csv").write_text(FIGURES)
        shutil.copy(SOURCE / "docs/accessibility/make-statement", self.folder)
        self.rows(GOOD)

    def rows(self, text):
        (self.folder / "rows.txt").write_text(text)

    def run_it(self, *arguments):
        return subprocess.run([self.folder / "make-statement", *arguments], capture_output=True, text=True, check=False)

    def made(self):
        done = self.run_it()
        self.assertEqual(done.returncode, 0, done.stderr)
        return (self.tree / "docs/accessibility.md").read_text()

    def refused(self, rows):
        self.rows(rows)
        done = self.run_it()
        self.assertEqual(done.returncode, 2)
        return done.stderr

    def test_a_row_tells_its_result_its_tests_and_its_remarks(self):
        self.assertIn("| 1.4.3 | Contrast | Supports | audit K16: nothing found on 1,200 pages; a test that exists | "
                      "In all themes. |", self.made())

    def test_a_row_with_findings_can_not_say_that_it_supports(self):
        self.rows("checklist | K18 | Targets | supports | K18 | \n")
        page = self.made()
        self.assertIn("| K18 | Targets | Partly supports | audit K18: **3 findings** on 1,200 pages | The last whole run "
                      "had 3 findings of K18. |", page)
        self.assertIn("- **K18 Targets** (partly supports)", page)

    def test_a_let_lends_its_result_tests_and_remarks(self):
        self.rows("let voice | not | \"a test that exists\" | No voice.\nwcag | 1 | One | @voice | K16 | Sadly: @voice\n")
        self.assertIn("| 1 | One | Does not support | audit K16: nothing found on 1,200 pages; a test that exists | "
                      "Sadly: No voice. |", self.made())

    def test_what_does_not_exist_is_refused(self):
        self.assertIn("no test case \"a dream\"", self.refused("wcag | 1 | One | supports | \"a dream\" | \n"))
        self.assertIn("neither a check", self.refused("wcag | 1 | One | supports | tests/dream.cpp | \n"))
        self.assertIn("unknown table or result", self.refused("wcag | 1 | One | perfectly | K16 | \n"))
        self.assertIn("no let @voice", self.refused("wcag | 1 | One | @voice | K16 | \n"))

    def test_a_claim_without_test_or_reason_is_refused(self):
        self.assertIn("nor why none is needed", self.refused("wcag | 1 | One | supports | | \n"))

    def test_figures_of_a_part_are_refused(self):
        (self.folder / "figures.csv").write_text(FIGURES.replace("dark high_contrast light low_contrast", "light"))
        done = self.run_it()
        self.assertEqual(done.returncode, 2)
        self.assertIn("a whole run has 4 themes", done.stderr)

    def test_check_finds_a_page_that_was_written_by_hand(self):
        self.made()
        self.assertEqual(self.run_it("--check").returncode, 0)
        page = self.tree / "docs/accessibility.md"
        page.write_text(page.read_text().replace("nothing found", "all is well"))
        done = self.run_it("--check")
        self.assertEqual(done.returncode, 1)
        self.assertIn("-| 1.4.3 |", done.stdout)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
