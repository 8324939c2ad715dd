#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many respondents after one another in one kiosk process, each with a word of their own, and then nothing of any of them.

usage: respondents.py BIN_FOLDER SOURCE_FOLDER [--count N] [--seed N] [--keep-last]

They write in English, Arabic and Bengali, with keys and by taps on the on-screen keyboard, and end in three ways: they send their
answers, stop and erase them, or walk away. Then the living kiosk's memory, all files of its surroundings and the X server are searched
for every word; the kiosk must have counted what was kept and what was discarded; and from the 50th respondent on its memory must not
grow. Steps go to the kiosk one by one over a pipe, so that only the kiosk itself ever held the words.

Controls: while the first three respondents write, their words must be found. With --keep-last the last one stays, and the search for
all words must find that one.
"""
import argparse
import random
import shutil
import tempfile
import time
from pathlib import Path

from labels import Labels
from residue import TODAY, Found, Residue, is_root
from screens import LONG, see, tap, write

ALPHABETS = {"en": "bcdfghjklmnpqrstvwxz", "ar": "ضصثقفغعهخحجدشسبتنمكط", "bn": "যডপটচজহগবকতদরনসম"}
LANGUAGES = {"ar": "العربية", "bn": "বাংলা"}
ENDS = ("finish", "stop", "idle")
WARM_UP = 50
GROWTH_KIB_MAX = 1024
PAUSE_EVERY = 10  # how many respondents' steps go in without waiting


class Respondent:
    def __init__(self, number, dice, labels):
        self.code = ("en", "ar", "bn")[number % 3]
        self.end = ENDS[number // 3 % 3]
        self.by_taps = number // 9 % 2 == 0
        self.say = labels[self.code]
        self.word = "".join(dice.choice(ALPHABETS[self.code]) for _ in range(16))

    def button(self, name):
        return tap("button", self.say(name))

    def write_word(self):
        """With the hardware's keys, or half of it with those on the screen."""
        field = self.say("Name of the organisation")
        if not self.by_taps:
            return write(field, self.word)
        return (write(field, self.word[:8]) + tap("text_field", field) +
                "".join(tap("key", letter) for letter in self.word[8:]) + tap("key", self.say("Done")))

    def writes(self):
        """From the first screen to a word in a field."""
        start = tap("button", LANGUAGES[self.code]) if self.code in LANGUAGES else tap("button", "Start")
        return (start + self.button("Next") + self.button("I understand, continue") +
                tap("radio", self.say("For an organisation")) + self.write_word())

    def ends(self):
        if self.end == "stop":
            return (self.button("Stop and erase") + self.button("Yes, stop and erase") +
                    see("heading", self.say("Your answers are erased")) + "advance 16\n" + see("button", "Start"))
        if self.end == "idle":
            return "advance 91\n" + see("dialog", self.say("Are you still there?")) + "advance 31\n" + see("button", "Start")
        return (tap("radio", self.say("One open question, about 1 minute")) + self.button("Next") + self.button("Next") +
                write(self.say(LONG), f"{self.word} {self.word}.") + self.button("Next") +
                tap("radio", self.say("Do not quote me")) + self.button("Next") + self.button("Send my answers") +
                see("heading", self.say("Thank you")) + self.button("Finish and clear the screen") + see("button", "Start"))


class Kiosk:
    """One process, told what to do line by line."""

    def __init__(self, way):
        self.way = way
        self.process = way.spawn([way.programs / "pillarbox-rehearse", "--station", way.folder / "station", "--today", TODAY,
                                  "--scenario", "-", "--screenshots", way.folder / "screenshots", "--size", "540x960"], "kiosk")

    def play(self, steps):
        try:
            self.process.stdin.write(steps)
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # what became of it is told by whoever waits for it

    def hold(self):
        self.play("hold here\n")
        self.way.await_hold(self.process, "here")

    def go_on(self):
        self.way.go_on(self.process)

    def memory_kib(self):
        """Its own pages (PSS without the files, which neighbours come and go to share), and all that is resident."""
        lines = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines()
        sizes = {line.split()[0]: int(line.split()[1]) for line in lines[1:]}
        return sizes["Pss_Anon:"], sizes["Rss:"]

    def finish(self):
        self.process.stdin.close()
        told = self.process.stdout.read()
        if self.process.wait(timeout=60) != 0:
            raise SystemExit(f"the kiosk ended with {self.process.returncode}: {told}")
        return told.strip()

    def kill(self):
        self.process.kill()
        self.process.wait()


def search_everywhere(way, kiosk, words):
    listed = way.folder / "words.txt"  # beside the places that are searched
    listed.write_text("".join(f"{word}\n" for word in words))
    return way.search_memory(f"@{listed}", kiosk.process) + way.search_memory(f"@{listed}", way.display) + way.search_files(f"@{listed}")


def search_while_writing(way, kiosk, word):
    kiosk.hold()
    living = way.search_memory(word, kiosk.process)
    kiosk.go_on()
    if not living.hits:
        raise SystemExit("the control shows nothing: what is being written is not found in the living kiosk")
    return living


def play_all(way, kiosk, respondents, keep_last):
    started = time.monotonic()
    control = Found()
    before = None
    for number, respondent in enumerate(respondents, 1):
        kiosk.play(respondent.writes())
        if number <= 3:
            control += search_while_writing(way, kiosk, respondent.word)
        if number < len(respondents) or not keep_last:
            kiosk.play(respondent.ends())
        if number % PAUSE_EVERY == 0 or number == len(respondents):
            kiosk.hold()
            own, resident = kiosk.memory_kib()
            before = before or ((own, resident) if number >= WARM_UP else None)
            if number % WARM_UP == 0 or number == len(respondents):
                print(f"{number} respondents in {time.monotonic() - started:.0f} s: own {own} KiB, resident {resident} KiB", flush=True)
            if number < len(respondents):
                kiosk.go_on()
    growth = (own - before[0], resident - before[1]) if before else None
    return control, growth


def judge(way, kiosk, respondents, keep_last, control, growth):
    left = search_everywhere(way, kiosk, [respondent.word for respondent in respondents])
    kiosk.go_on()
    if keep_last:
        if not left.hits:
            raise SystemExit("the control shows nothing: the last respondent is still there, and is not found")
        print(f"control: the last of {len(respondents)} respondents stayed, and is found: {left}")
        return
    if left.hits:
        raise SystemExit(f"left behind: {left}\n" + "\n".join(left.hits[:40]))
    kept = sum(respondent.end == "finish" for respondent in respondents)
    told = kiosk.finish()
    if not told.endswith(f"{kept} responses kept, {len(respondents) - kept} begun and not sent"):
        raise SystemExit(f"expected {kept} responses kept of {len(respondents)}: {told}")
    print(f"{len(respondents)} respondents: {kept} kept, {len(respondents) - kept} begun and not sent; while three wrote {control}; "
          f"after all {left}")
    if growth is None:
        print(f"memory is judged from the {WARM_UP}th respondent on")
        return
    print(f"from the {WARM_UP}th respondent on the kiosk grew by {growth[0]} KiB of its own, {growth[1]} KiB resident")
    if max(growth) >= GROWTH_KIB_MAX:
        raise SystemExit(f"the kiosk grows: {growth[0]} KiB of its own, {growth[1]} KiB resident")


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n")[2][7:])
    parser.add_argument("programs", type=Path)
    parser.add_argument("source", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep-last", action="store_true")
    options = parser.parse_args()
    for missing, ok in (("Xvfb", shutil.which("Xvfb")), ("root", is_root())):
        if not ok:
            print(f"SKIPPED: respondents after one another: needs {missing}")
            return
    dice = random.Random(options.seed)
    print(f"seed {options.seed}")
    with tempfile.TemporaryDirectory(prefix="pillarbox-residue-") as scratch:
        way = Residue(options.programs.resolve(), options.source.resolve(), Path(scratch))
        labels = {code: Labels(way.source, way.campaign, code) for code in ALPHABETS}
        respondents = [Respondent(number, dice, labels) for number in range(options.count)]
        kiosk = None
        try:
            way.start()
            kiosk = Kiosk(way)
            judge(way, kiosk, respondents, options.keep_last, *play_all(way, kiosk, respondents, options.keep_last))
        finally:
            if kiosk:
                kiosk.kill()
            way.close()


main()
