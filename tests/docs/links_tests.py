#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every link of the documentation leads to a file that is there and to a heading in it.

usage: links_tests.py SOURCE_FOLDER
"""

import pathlib
import sys
import tempfile
import unittest

from links import links_of, problem_of, prose_of

SOURCE = pathlib.Path(sys.argv[1])
# Part of a page that stands elsewhere: its links are right there.
FRAGMENTS = {SOURCE / "docs/accessibility/introduction.md"}


def problems_in(document):
    links = links_of(prose_of(document.read_text(), document.name))
    return [problem for link in links if (problem := problem_of(link, document, [document.parent]))]


class Links(unittest.TestCase):
    def test_every_link_leads_somewhere(self):
        documents = [*SOURCE.glob("*.md"), *(SOURCE / "docs").rglob("*.md"), *(SOURCE / "docs").rglob("*.html"),
                     *(SOURCE / "tests").rglob("*.md"), *(SOURCE / "assets").rglob("*.md")]
        self.assertGreater(len(documents), 40)
        for document in set(documents) - FRAGMENTS:
            with self.subTest(document=str(document.relative_to(SOURCE))):
                self.assertEqual(problems_in(document), [])

    def test_a_link_to_nothing_and_one_to_no_heading_are_found(self):
        with tempfile.TemporaryDirectory() as scratch:
            document = pathlib.Path(scratch) / "page.md"
            document.write_text("# A page\n[here](page.md#a-page) [there](gone.md) [below](#b-page) `[code](gone.md)`\n")
            self.assertEqual(problems_in(document), ["the link gone.md leads nowhere", "the link #b-page names no heading"])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
