#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An author previews a workbook: opened on a kiosk, shown anew when saved, its problems told, nothing left behind.

usage: preview.py BIN_FOLDER SOURCE_FOLDER
"""
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from way import Way


class Lines:
    """What a process prints, while it runs."""

    def __init__(self, stream):
        self.seen, self.taken = [], 0
        self.stream = stream
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.stream:
            self.seen.append(line.rstrip())

    def wait_for(self, words, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for index in range(self.taken, len(self.seen)):
                if words in self.seen[index]:
                    self.taken = index + 1
                    return self.seen[index]
            time.sleep(0.05)
        raise SystemExit(f"no line with {words!r}; it printed:\n" + "\n".join(self.seen))


def kiosks_of(folder):
    return [pid for pid in os.listdir("/proc") if pid.isdigit() and command_of(pid).find(str(folder).encode()) >= 0]


def command_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def main():
    programs, source = Path(sys.argv[1]), Path(sys.argv[2])
    if not shutil.which("Xvfb"):
        print("SKIPPED: the author's preview: Xvfb is not installed")
        return
    with tempfile.TemporaryDirectory(prefix="pillarbox-preview-test-") as scratch:
        way = Way(programs, source, Path(scratch))
        preview = None
        try:
            way.start_display()
            temporary = way.folder / "tmp"
            temporary.mkdir()
            sound = way.campaign.read_bytes()
            workbook = way.folder / "form.xlsx"
            workbook.write_bytes(sound[:5000])
            preview = subprocess.Popen([programs / "pillarbox", "campaign", "preview", workbook], stdout=subprocess.PIPE,
                                       stderr=subprocess.STDOUT, text=True, env=way.environment | {"TMPDIR": str(temporary)})
            lines = Lines(preview.stdout)
            lines.wait_for("waiting for the workbook")
            workbook.write_bytes(sound)
            lines.wait_for("opened")
            folder = next(temporary.glob("pillarbox-preview-*"))
            pack = folder / "campaign.pack"
            first = pack.read_bytes()
            if not kiosks_of(folder):
                raise SystemExit("no kiosk runs")
            os.utime(workbook)
            lines.wait_for("shown")
            if pack.read_bytes() == first:
                raise SystemExit("the kiosk got no new pack")
            second = pack.read_bytes()
            workbook.write_bytes(sound[:9000])
            lines.wait_for("waiting for the workbook")
            if pack.read_bytes() != second or not kiosks_of(folder):
                raise SystemExit("a broken workbook reached the kiosk")
            preview.send_signal(signal.SIGINT)
            if preview.wait(timeout=240) != 0:  # a busy machine frees a kiosk's locked memory slowly
                raise SystemExit(f"it ended with {preview.returncode}:\n" + "\n".join(lines.seen))
            if kiosks_of(folder) or list(temporary.iterdir()):
                raise SystemExit("a kiosk or a folder was left behind")
            print("\n".join(lines.seen))
        finally:
            if preview and preview.poll() is None:
                preview.kill()
                preview.wait()
            way.close()


main()
