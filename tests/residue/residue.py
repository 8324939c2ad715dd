# SPDX-License-Identifier: GPL-3.0-or-later
"""A kiosk in a scratch folder from which every place can be searched where a program might leave text behind."""
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "scenarios"))
from way import TODAY, Way  # noqa: E402

# What a crash scatters, and where the kiosk's surroundings say that things may be put.
PLACES = ("station", "current", "temporary", "home", "runtime", "cache", "config", "data", "state", "log")


def canary(seed):
    """Sixteen letters without vowels: no word of any language, and one word to every line breaker."""
    dice = random.Random(seed)
    return "".join(dice.choice("bcdfghjklmnpqrstvwxz") for _ in range(16))


@dataclass
class Found:
    places: int = 0
    size: int = 0
    hits: list = field(default_factory=list)

    def __add__(self, other):
        return Found(self.places + other.places, self.size + other.size, self.hits + other.hits)

    def __str__(self):
        return f"{self.places} places, {self.size >> 20} MiB, {len(self.hits)} hits"


class Residue(Way):
    def make_places(self):
        for place in PLACES:
            (self.folder / place).mkdir(exist_ok=True)
        self.environment = os.environ | {"HOME": str(self.folder / "home"), "TMPDIR": str(self.folder / "temporary"),
                                         "XDG_RUNTIME_DIR": str(self.folder / "runtime")}
        for name in ("cache", "config", "data", "state"):
            self.environment[f"XDG_{name.upper()}_HOME"] = str(self.folder / name)
        self.started_at = time.time()

    def start(self):
        self.make_campaign()
        self.run("pillarbox-store", "init", "--data", self.folder / "store", "--name", "store.test.pillarbox")
        self.enrol_kiosk("https://127.0.0.1:1")
        self.start_display()
        display = self.environment["DISPLAY"]
        self.make_places()
        self.environment["DISPLAY"] = display

    def spawn(self, arguments, name):
        """Core dumps are allowed and would land in the folder `current`: only the program itself can prevent them."""
        log = self.folder / "log" / f"{name}.txt"
        return subprocess.Popen([*map(str, arguments)], cwd=self.folder / "current", env=self.environment, text=True,
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(log, "a"),
                                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, [resource.RLIM_INFINITY] * 2))

    def rehearsal(self, steps, name):
        (self.folder / "scenarios").mkdir(exist_ok=True)  # what holds the canary by itself, and is not searched
        scenario = self.folder / "scenarios" / f"{name}.scenario"
        scenario.write_text(steps)
        return self.spawn([self.programs / "pillarbox-rehearse", "--station", self.folder / "station", "--today", TODAY,
                           "--scenario", scenario, "--screenshots", self.folder / "screenshots"], name)

    def await_hold(self, kiosk, name):
        """Reads what it prints into the log, until it holds there."""
        with open(self.folder / "log" / "output.txt", "a") as log:
            for line in kiosk.stdout:
                log.write(line)
                if line == f"holding {name}\n":
                    return
        kiosk.wait()
        raise SystemExit(f"the kiosk ended with {kiosk.returncode} before it held {name!r}:\n" +
                         "".join(path.read_text() for path in (self.folder / "log").glob("*.txt")))

    def go_on(self, kiosk):
        kiosk.stdin.write("\n")
        kiosk.stdin.flush()

    def lock_outbox(self):
        other = sqlite3.connect(self.folder / "station" / "outbox.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        return other

    def search(self, *arguments):
        done = subprocess.run([self.programs / "residue_search", *map(str, arguments)], capture_output=True, timeout=300)
        lines = done.stdout.decode(errors="replace").splitlines()
        if done.returncode not in (0, 1) or not lines:
            raise SystemExit(f"the search failed: {done.stderr.decode(errors='replace')}")
        places, size = (int(word.split()[0]) for word in lines[-1].split(", ")[:2])
        return Found(places, size, lines[:-1])

    def search_memory(self, word, process):
        return self.search(word, "--pid", process.pid)

    def search_files(self, word):
        """All places of the kiosk, and what came up in the shared ones of the machine since the start."""
        shared = [path for folder in ("/tmp", "/var/tmp", "/dev/shm") for path in Path(folder).glob("*")
                  if not self.folder.is_relative_to(path) and is_new(path, self.started_at)]
        return self.search(word, *(self.folder / place for place in PLACES), *shared)

    def crash(self, kiosk, number):
        kiosk.send_signal(number)
        if kiosk.wait(timeout=60) != -number:
            raise SystemExit(f"the kiosk ended with {kiosk.returncode} on {signal.Signals(number).name}")
        with open(self.folder / "log" / "output.txt", "a") as log:
            log.write(kiosk.stdout.read())
        kiosk.stdout.close()


def is_new(path, since):
    """A file or socket that nobody had made before; other tests' folders are theirs to search."""
    try:
        return path.is_file() and path.stat().st_mtime >= since
    except OSError:
        return False


def is_root():
    return os.geteuid() == 0
