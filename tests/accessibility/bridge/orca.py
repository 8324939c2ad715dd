#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the real Orca against the kiosk, with a voice that writes down what it says, and holds that against the pages.

usage: orca.py BIN_FOLDER SOURCE_FOLDER

Orca speaks through speech-dispatcher as at a desk; its voice is the generic module with a command that appends to a file.
From the first page to the receipt each heading must be heard; so must what the focus comes to, the state of an option that
is chosen, and an error. A page that turns must not name the button that turned it. What is typed must not be heard: by
default answers stay off the bus.
"""
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from desktop import Desktop, missing_packages

MODULES = Path("/usr/lib/speech-dispatcher-modules")
PATIENCE_SECONDS = 15.0
CANARY = "quokka"
LONG_QUESTION = "What should the committee know about the London Ambulance Service and its new strategy?"


class Orca:
    def __init__(self, desktop):
        self.desktop = desktop
        self.spoken_file = desktop.folder / "spoken.txt"
        self.spoken_file.touch()
        self.heard_to = 0
        config = desktop.folder / "config" / "speech-dispatcher"
        (config / "modules").mkdir(parents=True)
        (config / "speechd.conf").write_text(
            'LogLevel 1\nAudioOutputMethod "alsa"\nDefaultModule written\nDefaultLanguage "en"\nAddModule "written" "sd_generic" "written.conf"\n')
        (config / "modules" / "written.conf").write_text(
            f'GenericExecuteSynth "echo \'$DATA\' >> {self.spoken_file}"\nGenericMaxChunkLength 5000\n'
            'GenericDelimiters ""\nGenericLanguage "en" "en" "utf-8"\nAddVoice "en" "MALE1" "writer"\nDefaultVoice "writer"\n')
        # The module wants a sound card, though it never uses it.
        (desktop.folder / ".asoundrc").write_text("pcm.!default { type null }\nctl.!default { type null }\n")
        self.log = open(desktop.folder / "orca.log", "w")
        self.process = subprocess.Popen(["orca"], env=desktop.environment,
                                        stdout=self.log, stderr=subprocess.STDOUT, start_new_session=True)

    def words(self):
        return re.sub(r"\s+", " ", self.spoken_file.read_text(errors="replace"))

    def hears(self, text, where):
        """Since what was heard last."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            words = self.words()
            place = words.find(text, self.heard_to)
            if place >= 0:
                self.heard_to = place + len(text)
                return
            time.sleep(0.1)
        raise SystemExit(f'{where}: Orca did not say "{text}". Since then it said:\n{self.words()[self.heard_to:]}\n'
                         f"{(self.desktop.folder / 'orca.log').read_text()[-2000:]}")

    def close(self):
        self.process.kill()
        self.process.wait()
        self.log.close()


def rehearse(desktop, orca):
    """Steps of a person, each with what must be heard after it."""
    way = [
        ("a first page that the focus walks", ["press tab"], ["Choose your language panel", "English push button"]),
        ("one more stop", ["press tab"], ["push button"]),
        ("a language", ['tap button "English"'], ["Language and display heading level 1"]),
        ("the next page", ['tap button "Next"'], ["Before you start heading level 1"]),
        ("the first question", ['tap button "I understand, continue"'], ["Who are you answering as? heading level 1"]),
        ("its options", ["press tab"], ["For myself", "not selected radio button"]),
        ("a choice by touch", ['tap radio "For an organisation"'], ["For an organisation", "selected radio button"]),
        ("a field", ['tap text_field "Name of the organisation"'], ["Name of the organisation", "password text"]),
        ("what is typed into it", [f'type text_field "Name of the organisation" "{CANARY}"'], []),
        ("the shorter way", ['tap radio "One open question, about 1 minute"'], ["One open question, about 1 minute"]),
        ("another page", ['tap button "Next"'], ["Your link with the London Ambulance Service (LAS) heading level 1"]),
        ("a box", ['tap checkbox "Charity or patient group"'], ["Charity or patient group", "checked"]),
        ("an open question", ['tap button "Next"'], ["Your evidence in one answer heading level 1"]),
        # Heard before it is typed into: Orca breaks off what it is saying for what happens next.
        ("its field", [f'tap text_field "{LONG_QUESTION}"'], ["What should the committee know"]),
        ("its answer", [f'type text_field "{LONG_QUESTION}" "{CANARY} {CANARY}"'], []),
        ("a choice that has to be made", ['tap button "Next"'], ["May the committee quote you? heading level 1"]),
        ("an error", ['tap button "Next"'], ["There is a problem"]),
        ("its remedy", ['tap radio "Do not quote me"', 'tap button "Next"'], ["Check your answers heading level 1"]),
        ("the receipt", ['tap button "Send my answers"'], ["Thank you"]),
    ]
    orca.hears("Tell us how the London Ambulance Service can get better heading level 1", "the first page")
    for number, (what, steps, heard) in enumerate(way):
        desktop.hold(f"step-{number}", *steps)
        for text in heard:
            orca.hears(text, what)
    if CANARY in orca.words():
        raise SystemExit("Orca was told what was typed, on a station that guards answers")
    if re.search(r"(^|\. )push button", orca.words()):
        raise SystemExit("Orca read out a button that had gone")
    print(f"Orca said {len(orca.words().split())} words")


def main():
    programs, source = Path(sys.argv[1]), Path(sys.argv[2])
    missing = missing_packages() + [package for package, present in (
        ("orca", shutil.which("orca")), ("speech-dispatcher", (MODULES / "sd_generic").exists())) if not present]
    if missing:
        print(f"SKIPPED: Orca reads the pages: not installed: {', '.join(missing)}")
        return
    with tempfile.TemporaryDirectory(prefix="pillarbox-orca-") as scratch:
        desktop = Desktop(programs, source, Path(scratch))
        orca = None
        try:
            desktop.start()
            orca = Orca(desktop)
            desktop.start_kiosk()
            rehearse(desktop, orca)
            print(desktop.end_kiosk(), end="")
        finally:
            if orca:
                orca.close()
            desktop.close()


main()
