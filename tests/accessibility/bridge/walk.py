#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sees the kiosk as a screen reader does: walks its tree with pyatspi and answers the short path by actions alone.

usage: walk.py BIN_FOLDER SOURCE_FOLDER guarded|open

After every step names, descriptions, roles, states, actions, interfaces, places, attributes and relations are held against
the kiosk's own tree, node by node: once as libatspi kept them by the kiosk's events, once read anew. A walk must take less
than a second. After the receipt the outbox must hold one response. All that the kiosk says on the bus is listened to: what
was typed must be in it on an open station, and must not on a guarded one.
"""
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from client import Client
from desktop import TODAY, Desktop, missing_packages

TYPED = ("Carers", "Deaf people")


class Listener:
    """Every message of the bus, as dbus-monitor writes it down."""

    def __init__(self, desktop):
        self.file = desktop.folder / "bus.txt"
        with open(self.file, "w") as out:
            self.process = subprocess.Popen(["dbus-monitor", "--address", desktop.accessibility_bus()], stdout=out,
                                            stderr=subprocess.DEVNULL, env=desktop.environment)
        while "NameAcquired" not in self.file.read_text(errors="replace"):
            time.sleep(0.05)

    def said_by_kiosk(self):
        time.sleep(0.5)
        self.close()
        messages = re.split(r"\n(?=(?:signal|method call|method return|error) )", self.file.read_text(errors="replace"))
        senders = [re.search(r"sender=(\S+)", message) for message in messages]
        kiosk = next(sender.group(1) for message, sender in zip(messages, senders) if "member=AddAccessible" in message)
        return "\n".join(message for message, sender in zip(messages, senders) if sender and sender.group(1) == kiosk)

    def close(self):
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process = None


def walk(desktop, source, answers):
    listener = Listener(desktop)
    try:
        desktop.someone_listens()
        desktop.start_kiosk("--assistive-technology", answers)
        client = Client(desktop, answers)
        client.play(source / "tests/scenarios/short-path.scenario")
        print(desktop.end_kiosk(), end="")
        status = desktop.way.run("pillarbox-sync", "status", "--station", desktop.folder / "station", "--today", TODAY)
        if "waiting 1 " not in status:
            raise SystemExit(f"the outbox does not hold one response:\n{status}")
        said = listener.said_by_kiosk()
        for text in TYPED:
            if (text in said) != (answers == "open"):
                raise SystemExit(f'"{text}" is {"" if text in said else "not "}on the bus of a station that is {answers}')
        print(f"{client.pages} pages, {client.nodes} nodes, slowest walk {client.slowest * 1000:.0f} ms, "
              f"{len(said) // 1024} KiB heard")
    finally:
        listener.close()


def main():
    programs, source, answers = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    missing = missing_packages()
    if missing:
        print(f"SKIPPED: a screen reader's walk: not installed: {', '.join(missing)}")
        return
    with tempfile.TemporaryDirectory(prefix="pillarbox-bridge-") as scratch:
        desktop = Desktop(programs, source, Path(scratch))
        try:
            desktop.start()
            walk(desktop, source, answers)
        finally:
            desktop.close()


main()
