#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails system calls of respondents, sync and store, once and for ever, and makes writes short, while responses are kept,
batched, uploaded, received and purged. Each program ends with a clear error or carries on, and afterwards everything completes.
See README.md."""
import collections
import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

from life import ENDINGS, Broken, Program, Scene
from many_runs import run_many
from system_calls import MEMORY, count_calls, errors_of

Flow = collections.namedtuple("Flow", "state victim")
FLOWS = {
    "keep": Flow("sole", "fault_respondents"),
    "batch": Flow("waiting", "pillarbox-sync"),
    "upload": Flow("drawn", "pillarbox-sync"),
    "purge": Flow("stored", "pillarbox-sync"),
    "receive": Flow("waiting", "pillarbox-store"),        # from its start to its end
    "receive one more": Flow("waiting", "pillarbox-store"),  # faults begin when it listens, and end before the next upload
}
CONTROLS = {"a failed write goes unnoticed at the kiosk": ("keep", "ignore"),
            "a failed write goes unnoticed at the store": ("receive", "ignore"),
            "a failed write ends in a crash": ("batch", "crash")}
SIZES_BYTES = (60, 9000, 700)
EVER = 1_000_000_000
INTERRUPTIONS = 5  # a call that is interrupted is made again: for ever would be no fault of a program
STRACE = ("strace", "-f", "-qq")
TRACE = "log/trace"  # in the life's folder


class Fault:
    """What goes wrong with the victim: how to start it, or the tracer to attach to it, and a name for it."""

    def __init__(self, what, prefix=(), environment=None, is_transparent=False, may_be_mute=False, may_abort=False):
        self.what, self.prefix, self.environment = what, list(prefix), environment
        self.is_transparent = is_transparent  # a program has to work all the same
        self.may_be_mute = may_be_mute        # its error message can't be written either
        self.may_abort = may_abort            # a program without memory may end at once


def changed_call(scene, kind, first, count):
    times = "for ever" if count == EVER else "once"
    environment = {"LD_PRELOAD": str(scene.programs / "libfault_calls.so"), "PILLARBOX_CALL_FAULT": f"{kind} {first} {count}"}
    return Fault(f"{kind} writes from the {first}th, {times}", environment=environment, is_transparent=kind == "short")


def failed_call(name, error, first, is_for_ever):
    when = str(first)
    if is_for_ever:
        when += f"..{first + INTERRUPTIONS}" if error == "EINTR" else "+"
    return Fault(f"{name} {error} when={when}", may_be_mute=name in ("write", "writev"), may_abort=name in MEMORY,
                 prefix=[*STRACE, "-o", TRACE, "-e", f"trace={name}", "-e", f"inject={name}:error={error}:when={when}"])


class Run:
    def __init__(self, scene, arguments):
        self.scene, self.is_control, self.verbose = scene, arguments.control, arguments.verbose
        self.loader, self.calls = {}, {}
        self.tried, self.endings, self.met = set(), collections.Counter(), 0
        for flow in FLOWS:
            self.survey(flow)

    def survey(self, flow):
        """How often each call comes. Those before a program's first line are the dynamic loader's, and no matter of ours."""
        victim = FLOWS[flow].victim
        with self.scene.begin(FLOWS[flow].state, 0) as life:
            trace = life.folder / TRACE
            tracer = Fault("a survey", prefix=[*STRACE, "-o", TRACE])
            if victim not in self.loader:
                life.expect(life.start(victim, "--version", prefix=tracer.prefix), 0)
                self.loader[victim] = count_calls(trace.read_text(errors="replace"))
            self.play(life, flow, tracer)
            counted = count_calls(trace.read_text(errors="replace"))
        before = {} if flow == "receive one more" else self.loader[victim]
        self.calls[flow] = {name: (before.get(name, 0), count) for name, count in counted.items() if count > before.get(name, 0)}

    def pick(self, flow, control, dice):
        if control:
            return changed_call(self.scene, CONTROLS[control][1], dice.randint(1, 4), EVER)
        if dice.random() < 0.2 and flow != "receive one more":
            before, most = self.calls[flow]["pwrite64"]
            return changed_call(self.scene, "short", dice.randint(1, most - before), dice.choice((1, EVER)))
        name = dice.choice(sorted(self.calls[flow]))
        before, most = self.calls[flow][name]
        return failed_call(name, dice.choice(errors_of(name)), dice.randint(before + 1, most), dice.random() < 0.5)

    # --- a flow with its fault; afterwards the victim has ended ---
    def play(self, life, flow, fault):
        if flow == "keep":
            victim = life.start_respondents(SIZES_BYTES, **self.behind(fault))
        elif FLOWS[flow].victim == "pillarbox-sync":
            life.start_store()
            victim = life.start_sync(**self.behind(fault))
        elif flow == "receive":
            victim = life.start_store(**self.behind(fault))
            self.upload(life, (0, 6))
        else:
            victim = life.start_store()
            self.trouble(life, victim, fault)
            self.upload(life, (0,))  # the fault is over, and so is the trouble
        if victim is life.store:
            if victim.is_running():
                victim.process.terminate()
            life.store = None
        victim.wait()
        return victim

    def behind(self, fault):
        # -D: the tracer is a grandchild, so that the program's process is the one that was started.
        return {"prefix": fault.prefix[:1] + ["-D"] + fault.prefix[1:] if fault.prefix else (), "environment": fault.environment}

    def trouble(self, life, store, fault):
        tracer = Program(life, "tracer", fault.prefix + ["-p", str(store.process.pid)])
        deadline = time.monotonic() + 20
        while not self.is_traced(store.process.pid):
            if not tracer.is_running() or time.monotonic() > deadline:
                raise Broken("strace does not attach to the store: " + tracer.said()[1])
            time.sleep(0.001)
        self.upload(life, (0, 6))
        tracer.process.send_signal(signal.SIGINT)  # it lets go of the store, which runs on
        tracer.wait()

    def is_traced(self, pid):
        """Each of its threads is."""
        return all("TracerPid:\t0" not in status.read_text() for status in Path(f"/proc/{pid}/task").glob("*/status"))

    def upload(self, life, endings):
        sync = life.start_sync()
        if sync.wait() not in endings:
            raise Broken(f"{sync.name} ended with {sync.process.returncode}: {sync.said()[1].strip()[-300:]}")

    # --- a run ---
    def __call__(self, seed):
        dice = random.Random(seed)
        control = sorted(CONTROLS)[seed % len(CONTROLS)] if self.is_control else None
        flow = CONTROLS[control][0] if control else dice.choice(sorted(FLOWS))
        fault = self.pick(flow, control, dice)
        try:
            with self.scene.begin(FLOWS[flow].state, seed) as life:
                life.again = True
                victim = self.play(life, flow, fault)
                self.check_ending(victim, fault)
                life.check_residue("after the fault")
                life.check()
                self.tried.add((flow, fault.what.split()[0]))
                self.met += not fault.prefix or "(INJECTED)" in (life.folder / TRACE).read_text(errors="replace")
                if self.verbose:
                    print(f"  {flow}: {fault.what}: ended with {victim.process.returncode} {victim.said()[1].strip()[-120:]}")
        except Broken as broken:
            return [f"{broken} ({flow}: {fault.what})"], control
        return [], control

    def check_ending(self, victim, fault):
        code, message = victim.process.returncode, victim.said()[1]
        self.endings[code] += 1
        if fault.may_abort and code == -signal.SIGABRT:
            return
        if code not in ENDINGS or (code != 0 and fault.is_transparent):
            how = f"died of {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"
            raise Broken(f"{victim.name} {how}: {message.strip()[-300:]}")
        if code != 0 and not fault.may_be_mute and not re.search(rf"^{victim.name}: .+: .+\.$", message, re.MULTILINE):
            raise Broken(f"{victim.name} ended with {code} and no clear error: {message.strip()[-300:]}")


def draw_without_sending(life):
    """Has sync killed a call later each time, until it is after it drew a batch and before it sent it."""
    life.start_store()
    for call in range(1, 200):
        how = changed_call(life.scene, "kill-after", call, 1)
        life.start_sync(environment=how.environment).wait()
        status = life.expect(life.start("pillarbox-sync", "status", "--station", life.folder / "station"), 0)
        if "batched 0" not in status:
            break
    if " stored 0 " not in life.expect(life.start("pillarbox-store", "status", "--data", life.folder / "store"), 0):
        raise SystemExit("there is no moment between drawing and sending")


def store_and_back_up(life):
    life.expect(life.start_respondents(SIZES_BYTES), 0)
    life.start_store()
    life.expect(life.start_sync(), 0)
    life.expect(life.start_backup(), 0)


@contextlib.contextmanager
def make_run(arguments):
    with Scene(arguments.programs) as scene:
        scene.grow_state("waiting", "sole", lambda life: life.expect(life.start_respondents(SIZES_BYTES * 2), 0))
        scene.grow_state("drawn", "waiting", draw_without_sending)
        scene.grow_state("stored", "backed", store_and_back_up)
        run = Run(scene, arguments)
        yield run
        calls = sum(len(calls) for calls in run.calls.values())
        print(f"CALLS kinds={calls} tried={len(run.tried)} met={run.met} "
              + " ".join(f"exit_{code}={count}" for code, count in sorted(run.endings.items())))


if not shutil.which("strace"):
    print("SKIPPED: system calls that fail: strace is not installed")
elif subprocess.run([*STRACE, "-o", os.devnull, "true"], stderr=subprocess.DEVNULL).returncode != 0:
    print("SKIPPED: system calls that fail: this machine lets strace trace nothing")
else:
    run_many(__doc__, make_run)
