#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/templates/retention.json is what `pillarbox archive` reads.

usage: retention_tests.py PILLARBOX SOURCE_FOLDER

`archive disposal` reads the rules before it looks for the bag. There is none here: rules that it can read end with 4, not found,
and others with 3, bad input.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM, SOURCE = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])


class Retention(unittest.TestCase):
    def ends_with(self, rules):
        with tempfile.TemporaryDirectory() as scratch:
            file = pathlib.Path(scratch) / "retention.json"
            file.write_text(rules)
            done = subprocess.run([PROGRAM, "archive", "disposal", file.with_name("no-bag"), "--retention", file, "--certificate",
                                   file.with_name("certificate.txt")], capture_output=True, text=True, timeout=30, check=False)
            return done.returncode

    def test_the_rules_are_read(self):
        self.assertEqual(self.ends_with((SOURCE / "docs/templates/retention.json").read_text()), 4)

    def test_each_broken_rule_is_refused(self):
        rules = json.loads((SOURCE / "docs/templates/retention.json").read_text())
        for name in rules["classes"]:
            for broken in ({"keep_until": "10 May 2023", "reason": "a day in words"}, {"keep_until": "2023-05-10"}):
                with self.subTest(name=name, broken=broken):
                    self.assertEqual(self.ends_with(json.dumps(rules | {"classes": rules["classes"] | {name: broken}})), 3)
        self.assertEqual(self.ends_with(json.dumps(rules | {"classes": {"recordings": rules["classes"]["open"]}})), 3)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
