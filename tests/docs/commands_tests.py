#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every command that the documentation shows is one that the programs have, with the options that are shown.

usage: commands_tests.py BIN_FOLDER SOURCE_FOLDER

Commands stand in blocks of code, each on a line of its own or on several that end with a backslash. They are not run: the --help of the
command has to know its name and its options. What stands in docs/formats are bytes, some of which begin like a command.
"""

import functools
import pathlib
import re
import shlex
import subprocess
import sys
import unittest

PROGRAMS, SOURCE = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
NAMES = ("pillarbox", "pillarbox-store", "pillarbox-sync", "pillarbox-kiosk")


@functools.cache
def help_of(command):
    done = subprocess.run([PROGRAMS / command[0], *command[1:], "--help"], capture_output=True, text=True, timeout=30, check=False)
    return done.stdout if done.returncode == 0 else None


def subcommands_in(text):
    listed = re.search(r"^Subcommands:\n((?:  .*\n?)+)", text, re.M)
    return re.findall(r"^  ([a-z][a-z-]*)", listed.group(1), re.M) if listed else []


def commands_of(document):
    for block in re.findall(r"^ *```\w*\n(.*?)```", document.read_text(), re.M | re.S):
        for line in re.sub(r"\\\n\s*", "", block).splitlines():
            words = line.strip().removeprefix("$ ")
            if re.match(rf"(?:{'|'.join(NAMES)}) ", words):
                yield words


def problem_of(line):
    words = shlex.split(line, comments=True)
    command = (words[0],)
    for word in words[1:]:
        if word not in subcommands_in(help_of(command) or ""):
            break
        command += (word,)
    text = help_of(command)
    if text is None or subcommands_in(text):
        return f"{' '.join(command)}: there is no such command in \"{line}\""
    unknown = [word for word in words if re.match("--[a-z]", word) and not re.search(rf"{re.escape(word)}\b(?!-)", text)]
    return f"{' '.join(command)} has no {', '.join(unknown)}" if unknown else None


class Commands(unittest.TestCase):
    def test_every_command_shown_is_one(self):
        shown = 0
        documents = {SOURCE / "README.md", *(SOURCE / "docs").rglob("*.md")} - {*(SOURCE / "docs/formats").iterdir()}
        for document in documents:
            for line in commands_of(document):
                shown += 1
                with self.subTest(document=str(document.relative_to(SOURCE)), line=line):
                    self.assertIsNone(problem_of(line))
        self.assertGreater(shown, 50)

    def test_an_unknown_command_and_an_unknown_option_are_found(self):
        self.assertIsNone(problem_of('pillarbox key words "$(pillarbox key show signing.key)"'))
        self.assertIn("there is no such command", problem_of("pillarbox archive disposed bag"))
        self.assertIn("has no --exports", problem_of("pillarbox verify --exports export"))
        self.assertIn("has no --stat", problem_of("pillarbox-sync run --stat station"))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
