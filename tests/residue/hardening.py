#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each program as the kernel sees it while it runs: no core dump, not dumpable, and the kiosk's memory locked.

usage: hardening.py BIN_FOLDER SOURCE_FOLDER

A program is held by letting it read a file that is a pipe without a writer. It was started with core dumps allowed. The files
in /proc/PID of a process that is not dumpable belong to root, of any other to its own user; so as root the programs are run as another
user. The control is `cat`, held the same way.
"""
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NOBODY = 65534
PATIENCE_S = 20


def programs(folder):
    """Program, the pipe it is to stop at, and its arguments."""
    pipe = folder / "station.json"
    station = ["--station", folder, "--today", "2023-01-20"]
    yield "pillarbox-kiosk", pipe, station
    yield "pillarbox-rehearse", folder / "scenario", [*station, "--scenario", folder / "scenario", "--screenshots", folder]
    yield "pillarbox-sync", pipe, ["run", "--station", folder]
    yield "pillarbox", folder / "key", ["key", "show", folder / "key"]
    yield "pillarbox-store", folder / "store.key", ["serve", "--data", folder, "--listen", "127.0.0.1:0"]


def allow_dumps():
    highest = resource.RLIM_INFINITY if os.geteuid() == 0 else resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (highest, highest))


def allow_dumps_as_other_user():
    allow_dumps()
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def waits_for_pipe(process, pipe):
    """One of its threads sleeps in open(2): the pipe is not among its open files yet, and it is no more at work."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        if any(is_in_open(thread) for thread in Path(f"/proc/{process.pid}/task").iterdir()):
            return True
        time.sleep(0.02)
    return False


def is_in_open(thread):
    try:
        if "fifo_open" in (thread / "wchan").read_text():
            return True
        call = (thread / "syscall").read_text().split()[0]
        return call in ("2", "257") and (thread / "stat").read_text().rpartition(")")[2].split()[0] == "S"
    except (OSError, IndexError):
        return False


def look_at(command, pipe, environment, prepare=allow_dumps_as_other_user):
    process = subprocess.Popen([*map(str, command)], preexec_fn=prepare, env=os.environ | environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        if not waits_for_pipe(process, pipe):
            process.kill()
            raise SystemExit(f"{command[0]} did not come as far as {pipe.name}: {process.stderr.read().decode()}")
        proc = Path(f"/proc/{process.pid}")
        limit = next(line for line in (proc / "limits").read_text().splitlines() if line.startswith("Max core file size"))
        locked = next(line for line in (proc / "status").read_text().splitlines() if line.startswith("VmLck"))
        return {"core limits": tuple(limit.split()[4:6]), "dumpable": (proc / "mem").stat().st_uid != 0, "locked KiB": int(locked.split()[1])}
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def main():
    binaries = Path(sys.argv[1]).resolve()
    if not Path("/proc/self/syscall").exists():
        print("SKIPPED: hardening: this kernel does not tell in which call a process waits")
        return
    with tempfile.TemporaryDirectory(prefix="pillarbox-hardening-") as scratch:
        os.chmod(scratch, 0o755)
        folder = Path(scratch) / "held"
        folder.mkdir()
        subprocess.run([binaries / "pillarbox-store", "init", "--data", folder, "--name", "store.test.pillarbox"], check=True,
                       stdout=subprocess.DEVNULL)
        (folder / "store.key").unlink()
        for name in ("station.json", "scenario", "key", "store.key"):
            os.mkfifo(folder / name)
        for path in [folder, *folder.iterdir()] if os.geteuid() == 0 else []:
            os.chown(path, NOBODY, NOBODY)
        control = look_at(["cat", folder / "key"], folder / "key", {})
        if control["core limits"][0] == "0" or not control["dumpable"]:
            raise SystemExit(f"the control shows nothing: {control}")
        print(f"control: cat: {control}")
        for name, pipe, arguments in programs(folder):
            seen = look_at([binaries / name, *arguments], pipe, {"HOME": scratch})
            print(f"{name}: {seen}")
            if seen["core limits"] != ("0", "0") or seen["dumpable"]:
                raise SystemExit(f"{name} can dump its memory")
        if os.geteuid() != 0:
            print("SKIPPED: locked memory: only root may lock as much as the kiosk does")
            return
        for name, pipe, arguments in programs(folder):
            if name in ("pillarbox-kiosk", "pillarbox-rehearse"):
                seen = look_at([binaries / name, *arguments], pipe, {"HOME": scratch}, allow_dumps)
                print(f"{name} as root: {seen}")
                if seen["locked KiB"] == 0:
                    raise SystemExit(f"{name} does not lock its memory")


main()
