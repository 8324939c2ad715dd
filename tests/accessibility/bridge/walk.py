#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sees the kiosk as a screen reader does: walks its tree with pyatspi and answers the short path by actions alone.

usage: walk.py BIN_FOLDER SOURCE_FOLDER [guarded|open]

On every page names, descriptions, roles, states, actions, places in the tree, attributes and relations are held against
the kiosk's own tree, node by node. The first walk of each page must take less than a second. After the receipt the outbox
must hold one response.
"""
import sys
import tempfile
from pathlib import Path

from client import Client
from desktop import TODAY, Desktop, missing_packages


def main():
    programs, source = Path(sys.argv[1]), Path(sys.argv[2])
    answers = sys.argv[3] if len(sys.argv) > 3 else "guarded"
    missing = missing_packages()
    if missing:
        print(f"SKIPPED: a screen reader's walk: not installed: {', '.join(missing)}")
        return
    with tempfile.TemporaryDirectory(prefix="pillarbox-bridge-") as scratch:
        desktop = Desktop(programs, source, Path(scratch))
        try:
            desktop.start()
            desktop.someone_listens()
            desktop.start_kiosk("--assistive-technology", answers)
            client = Client(desktop, answers)
            client.play(source / "tests/scenarios/short-path.scenario")
            print(desktop.end_kiosk(), end="")
            status = desktop.way.run("pillarbox-sync", "status", "--station", desktop.folder / "station", "--today", TODAY)
            print(status)
            print(f"{client.pages} pages, {client.nodes} nodes, slowest walk {client.slowest * 1000:.0f} ms")
        finally:
            desktop.close()


main()
