# SPDX-License-Identifier: GPL-3.0-or-later
"""What the aids cost together: a kiosk with all of them on against one with none, idle and when pages turn.

On: headphones are in (while pages turn a loudspeaker), the voice is loaded and connected, the keys of a keypad are bound, and
the tree goes to a screen reader's bus on which somebody listens. Off: no sound server, a keypad of one key, no bus. While a
page is read out the voice works, which is told apart."""
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "accessibility/bridge"))
from desktop import Desktop, missing_for_a_bus  # noqa: E402
from processes import processor_ns  # noqa: E402
import windows  # noqa: E402

READ_OUT_SECONDS = 60  # at most, of the attract screen
SETTLE_SECONDS = 40    # after the start: between two of the glances that the kiosk takes every half a minute
IDLE_KIOSKS = 6        # of each kind
BARE_KEYPAD = '{"name": "Bare", "keys": [{"key": "F1", "command": "help"}]}'


class Sound:
    """A PulseAudio server of its own, with a loudspeaker and with headphones that play into nothing."""

    def __init__(self, folder):
        self.folder = folder
        self.address = f"unix:{folder}/native"
        self.process = None

    @staticmethod
    def missing_packages():
        return [package for package, program in (("pulseaudio", "pulseaudio"), ("pulseaudio-utils", "pactl"))
                if not shutil.which(program)]

    def start(self):
        self.folder.mkdir()
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "XDG_RUNTIME_DIR": str(self.folder),
                       "PULSE_RUNTIME_PATH": str(self.folder / "run")}
        self.process = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disallow-exit=yes",
             "--log-target=null", "-L", "module-null-sink sink_name=speaker", "-L",
             "module-null-sink sink_name=ears sink_properties=device.form_factor=headphone", "-L",
             f"module-native-protocol-unix auth-anonymous=1 socket={self.folder}/native"],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 10
        while "ears" not in self.sinks():
            if self.process.poll() is not None or time.monotonic() > until:
                return False
            time.sleep(0.02)
        return True

    def control(self, *words):
        return subprocess.run(["pactl", f"--server={self.address}", *words], capture_output=True, text=True).stdout

    def sinks(self):
        return self.control("list", "short", "sinks")

    def lead_to(self, sink):
        self.control("set-default-sink", sink)

    def is_playing(self):
        return "RUNNING" in self.sinks()

    def close(self):
        if self.process:
            self.process.kill()
            self.process.wait()


class Aids:
    """Two kiosks, and the surroundings of each."""

    def __init__(self, programs, source, folder):
        self.programs = programs
        self.source = source
        self.desktop = Desktop(programs, source, folder)
        self.sound = Sound(folder / "sound")
        self.on = self.off = None

    def start(self):
        """Why it can't be measured here, or nothing."""
        if missing := missing_for_a_bus() + Sound.missing_packages():
            return "not installed: " + ", ".join(missing)
        self.desktop.folder.mkdir(exist_ok=True)
        self.desktop.start()
        if not self.sound.start():
            return "no PulseAudio server can be started here"
        self.desktop.someone_listens()
        without = dict(self.desktop.environment)
        for name in ("PULSE_SERVER", "DBUS_SESSION_BUS_ADDRESS"):
            without.pop(name, None)
        keypad = self.desktop.folder / "bare.json"
        keypad.write_text(BARE_KEYPAD)
        self.off = (["--assistive-technology", "off", "--keypad", keypad], without)
        self.on = (["--assistive-technology", "guarded", "--keypad", "ez-access"],
                   self.desktop.environment | {"PULSE_SERVER": self.sound.address})
        return ""

    def close(self):
        self.desktop.close()
        self.sound.close()

    def idle_us(self, seconds, of_each=IDLE_KIOSKS):
        """Processor time of as many kiosks of either kind, in the same minute: one alone wakes twice in it, and how warm the
        caches are by chance then tells more than the aids do. Headphones begin a session: nobody is asked whether they are
        there."""
        kiosks = {"on": [], "off": []}
        self.sound.lead_to("ears")
        try:
            for number in range(of_each):
                for name, (options, environment) in (("on", self.on), ("off", self.off)):
                    station = self.desktop.folder / f"station-{name}-{number}"
                    if not station.exists():
                        shutil.copytree(self.desktop.folder / "station", station)
                    command = [self.programs / "pillarbox-kiosk", "--station", station, "--today", "2023-01-20", "--windowed",
                               "--size", "1080x1920", "--idle-seconds", "3600", *options]
                    kiosks[name].append(subprocess.Popen(list(map(str, command)), env=environment, stdout=subprocess.DEVNULL,
                                                         stderr=subprocess.DEVNULL))
            self.wait_for_silence()
            before = {name: sum(processor_ns(kiosk.pid) for kiosk in some) for name, some in kiosks.items()}
            time.sleep(seconds)
            return tuple((sum(processor_ns(kiosk.pid) for kiosk in kiosks[name]) - before[name]) / 1e3 / of_each
                         for name in ("on", "off"))
        finally:
            for kiosk in kiosks["on"] + kiosks["off"]:
                kiosk.kill()
                kiosk.wait()

    def wait_for_silence(self):
        started = time.monotonic()
        while not self.sound.is_playing():
            if time.monotonic() - started > SETTLE_SECONDS:
                raise RuntimeError("the kiosk with headphones says nothing")
            time.sleep(0.1)
        while self.sound.is_playing():
            if time.monotonic() - started > READ_OUT_SECONDS:
                raise RuntimeError("the attract screen is read out without end")
            time.sleep(0.5)
        time.sleep(max(0, SETTLE_SECONDS - (time.monotonic() - started)))

    def turn_us(self, how, first, turns):
        options, environment = how
        scenario = self.desktop.folder / "turns.scenario"
        scenario.write_text(first + windows.TO_FIRST_QUESTIONS + 'tap button "Next"\ntap button "Back"\n' * turns)
        return windows.processor_time_us(
            [self.programs / "pillarbox-rehearse", "--station", self.desktop.folder / "station", "--today", "2023-01-20",
             "--scenario", scenario, "--screenshots", self.desktop.folder / "shots", *options], environment)

    def page_turn_us(self):
        """Of all threads, a run with turns less a run without: with all on, the same while pages are read out, with none."""
        turns = windows.TURNS
        spoken = "key speech\n"  # as F8: on, and again: off
        self.sound.lead_to("speaker")  # headphones would turn it on again
        return tuple((self.turn_us(how, first, turns) - self.turn_us(how, first, 0)) / (2 * turns)
                     for how, first in ((self.on, 2 * spoken), (self.on, spoken), (self.off, "")))
