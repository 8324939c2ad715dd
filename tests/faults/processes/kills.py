#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills respondents, sync and store with SIGKILL while responses are sealed, kept, batched, uploaded, received, backed up and
purged; afterwards everything has to complete. See README.md."""
import contextlib
import random
import shutil
import time

from life import SIZES_BYTES, Broken, Scene
from many_runs import run_many

DEEDS = ("answer", "send", "answer and send", "back up", "answer and back up")
CALLS_MAX = {"fault_respondents": 60, "pillarbox-sync": 60, "pillarbox-store": 40}  # of an undisturbed one, about
TOO_EARLY, FORGETFUL = CONTROLS = ("thanked before it is kept", "the store loses what it signed for")
NEARLY_FULL_COUNT = 245  # of the 256 slots that a new outbox has: the next responses make it grow


class Killer:
    """Says when each victim dies: at its nth changing call (call_faults.cpp), or after a part of its usual time."""

    def __init__(self, scene, dice, usual_s):
        self.scene, self.dice, self.usual_s, self.due = scene, dice, usual_s, []

    def doom(self, name):
        """For Program: the environment of a victim of its nth call, or nothing."""
        if self.dice.random() < 0.5:
            kind = self.dice.choice(("kill-before", "kill-half", "kill-after"))
            fault = f"{kind} {self.dice.randint(1, CALLS_MAX[name])} 1"
            return {"environment": {"LD_PRELOAD": str(self.scene.programs / "libfault_calls.so"), "PILLARBOX_CALL_FAULT": fault}}
        return {}

    def watch(self, program, how):
        if not how:
            self.due.append((time.monotonic() + self.dice.random() * 1.1 * self.usual_s[program.name], program))

    def kill_when_due(self):
        for moment, program in sorted(self.due, key=lambda entry: entry[0]):
            time.sleep(max(0.0, moment - time.monotonic()))
            if program.is_running():
                program.kill()
        self.due.clear()


class Run:
    def __init__(self, scene, arguments):
        self.scene, self.is_control, self.verbose = scene, arguments.control, arguments.verbose
        self.usual_s = {"fault_respondents": 0.06, "pillarbox-sync": 0.08, "pillarbox-store": 0.08}
        self.kills = {name: 0 for name in self.usual_s}

    def __call__(self, seed):
        dice = random.Random(seed)
        control = CONTROLS[seed % len(CONTROLS)] if self.is_control else None
        state = "sole" if self.is_control else dice.choice(("sole", "sole", "backed", "backed", "nearly full"))
        deeds = dice.choices(DEEDS, weights=(4, 4, 4, 1, 1), k=dice.randint(2, 5)) if control != TOO_EARLY else ["answer"] * 6
        with self.scene.begin(state, seed) as life:
            self.early = ["--thanked-too-early"] if control == TOO_EARLY else []
            try:
                for deed in deeds:
                    self.do(life, deed, Killer(self.scene, dice, self.usual_s), dice)
                self.stop_store(life)
                life.check_residue("after the kills")
                if control == FORGETFUL:
                    self.forget(life)
                life.check()
            except Broken as broken:
                return [str(broken)], control
        return [], control

    def do(self, life, deed, killer, dice):
        victims = {name for name in self.usual_s if dice.random() < 0.7}
        started = []

        def begin(name, start):
            how = killer.doom(name) if name in victims else {}
            started.append(start(**how))
            if name in victims:
                killer.watch(started[-1], how)

        if "send" in deed or "back up" in deed:
            self.stop_store(life)
            begin("pillarbox-store", life.start_store)
            begin("pillarbox-sync", life.start_sync)
        if "answer" in deed:
            sizes_bytes = dice.choices(SIZES_BYTES, weights=(8, 4, 4, 2, 1), k=dice.randint(1, 6))
            begin("fault_respondents", lambda **how: life.start_respondents(sizes_bytes, *self.early, **how))
        if "back up" in deed:
            backup = life.start_backup()
            killer.due.append((time.monotonic() + dice.random() * 0.05, backup))
            started.append(backup)
        killer.kill_when_due()
        for program in started:
            if program is not life.store:
                self.wait(life, program)
        if life.store is not None and not life.store.is_running():
            self.wait(life, life.store)
            life.store = None
        if self.verbose:
            print(f"  {deed}: " + ", ".join(f"{program.name} {program.process.returncode}" for program in started))

    def wait(self, life, program):
        """A victim is dead; who was not killed has done its work, or says that the other side was gone."""
        code = program.wait()
        if code == -9:
            if program.name in self.kills:
                self.kills[program.name] += 1
            return
        allowed = {"pillarbox-sync": (0, 6), "pillarbox-store": (0,), "fault_respondents": (0,)}[program.name]
        if code not in allowed:
            raise Broken(f"{program.name} was not killed and ended with {code}: {program.said()[1].strip()[-300:]}")
        if program.name != "pillarbox-store":
            usual = self.usual_s[program.name]
            self.usual_s[program.name] = 0.9 * usual + 0.1 * min(0.5, time.monotonic() - program.started)

    def stop_store(self, life):
        """It may still die of its nth call, and the next one has another fault to come or none."""
        if life.store is not None:
            life.store.process.terminate()
            self.wait(life, life.store)
            life.store = None

    def forget(self, life):
        """As a store that signs before it commits would: the kiosk has deleted what is not there."""
        life.start_store()
        life.expect(life.start_respondents([100]), 0)
        life.expect(life.start_sync(), 0)
        self.stop_store(life)
        shutil.rmtree(life.folder / "store")
        shutil.copytree(life.state.folder / "store", life.folder / "store")


@contextlib.contextmanager
def make_run(arguments):
    with Scene(arguments.programs) as scene:
        if not arguments.control:
            scene.grow_state("nearly full", "sole",
                             lambda life: life.expect(life.start_respondents([SIZES_BYTES[0]] * NEARLY_FULL_COUNT), 0))
        run = Run(scene, arguments)
        yield run
        print("KILLED " + " ".join(f"{name}={count}" for name, count in run.kills.items()))


run_many(__doc__, make_run)
