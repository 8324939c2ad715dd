#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the kiosk itself, on a real window, around the moment of "Send". See README.md.

pillarbox-rehearse plays a short response. The picture that it takes of the page before "Send" starts the clock, the picture of
"Thank you" is the promise; the kill falls at a random moment from before the one to after the other."""
import contextlib
import random
import shutil
import time

from life import Broken, Scene
from many_runs import run_many
from way import TODAY

SCENARIO = """tap button "Start"
tap button "Next"
tap button "I understand, continue"
tap radio "For an organisation"
type text_field "Name of the organisation" "{mark}"
tap radio "One open question, about 1 minute"
tap button "Next"
tap checkbox "Charity or patient group"
tap button "Next"
type text_field "What should the committee know about the London Ambulance Service and its new strategy?" "{text}"
tap button "Next"
tap radio "Do not quote me"
tap button "Next"
expect heading "Check your answers"
screenshot before
tap button "Send my answers"
expect heading "Thank you"
screenshot thanks
"""
CONTROL = "thanked before it is kept"


class Run:
    def __init__(self, scene, arguments):
        self.scene, self.is_control, self.verbose = scene, arguments.control, arguments.verbose
        self.usual_s = 0.5  # from the one picture to the other
        self.kills = self.thanks = 0

    def __call__(self, seed):
        dice = random.Random(seed)
        with self.scene.begin("sole", seed) as life:
            try:
                life.expect(life.start_respondents([40, 9000]), 0)  # somebody was there before
                self.send_and_kill(life, dice)
                life.check_residue("after the kill")
                life.check()
            except Broken as broken:
                return [str(broken)], CONTROL if self.is_control else None
        return [], CONTROL if self.is_control else None

    def send_and_kill(self, life, dice):
        number, text = life.next_number, f"{life.mark} said at a window."
        life.texts[text] = number
        scenario, pictures = life.folder / "send.scenario", life.folder / "pictures"
        scenario.write_text(SCENARIO.format(mark=life.mark, text=text))
        kiosk = life.start("pillarbox-rehearse", "--station", life.folder / "station", "--today", TODAY, "--size", "540x960",
                           "--scenario", scenario, "--screenshots", pictures, environment=self.scene.way.environment)
        while kiosk.is_running() and not (pictures / "before.png").exists():
            time.sleep(0.001)
        start = time.monotonic()
        scenario.unlink()  # the one file that may hold the answer
        due = start + (dice.random() * 1.6 * self.usual_s if not self.is_control else 0)
        while kiosk.is_running() and time.monotonic() < due:
            time.sleep(0.001)
            if (pictures / "thanks.png").exists():
                self.usual_s = 0.8 * self.usual_s + 0.2 * (time.monotonic() - start)
                break
        else:
            if due - start > self.usual_s:  # it takes longer than was thought
                self.usual_s *= 1.5
        time.sleep(dice.random() * 0.01)
        kiosk.kill()
        if kiosk.wait() not in (0, -9):
            raise Broken(f"the kiosk ended with {kiosk.process.returncode}: {kiosk.said()[1].strip()[-300:]}")
        self.kills += kiosk.process.returncode == -9
        promise = "before.png" if self.is_control else "thanks.png"
        if (pictures / promise).exists():
            self.thanks += 1
            life.also_thanked.add(number)
        if self.verbose:
            print(f"  killed after {time.monotonic() - start:.3f} s, thanked: {(pictures / 'thanks.png').exists()}")


@contextlib.contextmanager
def make_run(arguments):
    with Scene(arguments.programs) as scene:
        scene.way.start_display()
        run = Run(scene, arguments)
        yield run
        print(f"KILLED pillarbox-rehearse={run.kills} thanked={run.thanks}")


if not shutil.which("Xvfb"):
    print("SKIPPED: a kiosk killed at \"Send\": Xvfb is not installed")
else:
    run_many(__doc__, make_run)
