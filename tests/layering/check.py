#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds every #include of the sources against layers.txt. Exit 1 and one line a breach; exit 0 if there is none.

usage: check.py ROOT            check the tree
       check.py ROOT --planted  plant breaches in a copy and fail unless each is found: the test's own test
"""
import re
import shutil
import sys
import tempfile
from pathlib import Path

TOP_FOLDERS = ("core", "accessibility", "kiosk", "sync", "desk")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def read_table(path):
    allowed, owners = {}, {}
    for line in path.read_text().splitlines():
        words = line.split("#")[0].split()
        if not words:
            continue
        if words[0] == "header":
            owners[words[1]] = words[2:]
        else:
            allowed[words[0]] = words[1:]
    return allowed, owners


def matches(pattern, folder):
    return folder.startswith(pattern[:-1]) if pattern.endswith("*") else folder == pattern


def rule_for(folder, allowed):
    for pattern, targets in allowed.items():
        if matches(pattern, folder):
            return targets
    return None


def breaches(root, allowed, owners):
    for top in TOP_FOLDERS:
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in (".cpp", ".hpp"):
                continue
            folder = path.parent.relative_to(root).as_posix()
            targets = rule_for(folder, allowed)
            if targets is None:
                yield f"{path.relative_to(root)}: the folder {folder} is not in layers.txt"
                continue
            for quote, name in INCLUDE.findall(path.read_text()):
                if quote == '"':
                    target = str(Path(name).parent)
                    if target != folder and not any(matches(pattern, target) for pattern in targets):
                        yield f"{path.relative_to(root)}: {folder} may not include {name}"
                else:
                    for header, homes in owners.items():
                        if name.startswith(header) and folder not in homes:
                            yield f"{path.relative_to(root)}: <{name}> belongs to {' and '.join(homes)} alone"


def planted_breaches_are_found(root, allowed, owners):
    plants = {
        "core/base/planted.hpp": '#include "core/crypto/hash.hpp"',
        "kiosk/flow/planted.cpp": '#include "sync/protocol/planted.hpp"',
        "kiosk/screens/planted.cpp": "#include <imgui.h>",
        "sync/store/planted.cpp": "#include <sqlite3.h>",
        "core/unlisted/planted.cpp": "",
    }
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch)
        for top in TOP_FOLDERS:
            shutil.copytree(root / top, copy / top)
        for name, text in plants.items():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_text(text + "\n")
        found = list(breaches(copy, allowed, owners))
    missed = [name for name in plants if not any(line.startswith(name + ":") for line in found)]
    for name in missed:
        print(f"planted in {name}, not found")
    print(f"{len(plants) - len(missed)} of {len(plants)} planted breaches found")
    return not missed


def main():
    root = Path(sys.argv[1])
    allowed, owners = read_table(Path(__file__).with_name("layers.txt"))
    if "--planted" in sys.argv:
        return 0 if planted_breaches_are_found(root, allowed, owners) else 1
    found = list(breaches(root, allowed, owners))
    for line in found:
        print(line)
    print(f"{len(found)} breaches")
    return 1 if found else 0


sys.exit(main())
