# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop of its own for a test: a display, a session bus and its accessibility bus, and a kiosk that runs on them.

Everything is stopped by process id. Steps are given to the kiosk one by one (pillarbox-rehearse --scenario -).
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scenarios"))
from way import TODAY, Way  # noqa: E402

LAUNCHER = "/usr/libexec/at-spi-bus-launcher"


def missing_for_a_bus():
    """What this machine lacks, by Debian package; empty where a kiosk can have a display and an accessibility bus."""
    return [package for package, present in (
        ("xvfb", shutil.which("Xvfb")), ("dbus", shutil.which("dbus-daemon")), ("at-spi2-core", Path(LAUNCHER).exists()))
        if not present]


def missing_packages():
    """The same for a real client."""
    missing = missing_for_a_bus()
    found = subprocess.run(["/usr/bin/python3", "-c", "import pyatspi"], capture_output=True)
    return missing + (["python3-pyatspi"] if found.returncode != 0 else [])


class Desktop:
    def __init__(self, programs, source, folder):
        self.way = Way(programs, source, folder)
        self.folder = folder
        self.bus = None
        self.kiosk = None
        self.environment = None

    def start(self):
        self.way.make_campaign()
        self.way.run("pillarbox-store", "init", "--data", self.folder / "store", "--name", "store.test.pillarbox")
        self.way.enrol_kiosk("https://127.0.0.1:1")
        self.way.start_display()
        runtime = self.folder / "runtime"
        runtime.mkdir(mode=0o700)
        environment = dict(self.way.environment)
        for name in ("AT_SPI_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY"):
            environment.pop(name, None)
        environment |= {"XDG_RUNTIME_DIR": str(runtime), "XDG_CONFIG_HOME": str(self.folder / "config"),
                        "XDG_DATA_HOME": str(self.folder / "data"), "XDG_CACHE_HOME": str(self.folder / "cache"),
                        "GSETTINGS_BACKEND": "memory", "NO_AT_BRIDGE": "1"}
        self.bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"],
                                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment,
                                    start_new_session=True)
        environment["DBUS_SESSION_BUS_ADDRESS"] = self.bus.stdout.readline().strip()
        self.environment = environment
        self.way.environment = environment

    def call(self, *arguments):
        done = subprocess.run(["dbus-send", "--session", "--print-reply", *arguments], env=self.environment, text=True,
                              capture_output=True, timeout=30)
        if done.returncode != 0:
            raise SystemExit(f"dbus-send {' '.join(arguments)}: {done.stderr}")
        return done.stdout

    def accessibility_bus(self):
        """Its address; it starts where it does not run."""
        answer = self.call("--dest=org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress")
        return answer.split('"')[1]

    def someone_listens(self, listens=True):
        """As a screen reader says when it starts and ends."""
        self.call("--dest=org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties.Set", "string:org.a11y.Status",
                  "string:IsEnabled", f"variant:boolean:{'true' if listens else 'false'}")

    def start_kiosk(self, *options):
        self.kiosk = subprocess.Popen(
            [self.way.programs / "pillarbox-rehearse", "--station", self.folder / "station", "--today", TODAY, "--scenario", "-",
             "--screenshots", self.folder / "trees", *options], env=self.environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.holding = False
        self.hold("started")

    def hold(self, name, *steps):
        """Plays the steps, and then draws until the next ones come."""
        if self.holding:
            self.kiosk.stdin.write("\n")
        self.kiosk.stdin.write("".join(step + "\n" for step in steps) + f"hold {name}\n")
        self.kiosk.stdin.flush()
        line = self.kiosk.stdout.readline().strip()
        if line != f"holding {name}":
            raise SystemExit(f"the kiosk said {line!r}:\n{self.kiosk.stderr.read()}")
        self.holding = True

    def tree(self, name):
        self.hold(name, f"tree {name}")
        return json.loads((self.folder / "trees" / f"{name}.json").read_text())

    def end_kiosk(self):
        out, errors = self.kiosk.communicate(timeout=60)
        code, self.kiosk = self.kiosk.returncode, None
        if code != 0:
            raise SystemExit(f"the kiosk ended with {code}:\n{out}{errors}")
        return out

    def close(self):
        if self.kiosk:
            self.kiosk.kill()
            self.kiosk.wait()
        if self.bus:
            # The services that the bus started are in its process group.
            os.killpg(self.bus.pid, signal.SIGTERM)
            time.sleep(0.2)
            try:
                os.killpg(self.bus.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self.bus.wait()
        self.way.close()
