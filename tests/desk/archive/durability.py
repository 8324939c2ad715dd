#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the archive's commands ask of a disk before they say done, and what a kill leaves, seen by strace.

usage: durability.py BIN_FOLDER [--kills N] [--seed S]

Asked: no bag gets its name, no old bag and no disposed one goes, and nothing is said, before every file and folder that this rests on was
flushed (fsync). Killed: at drawn calls among those that flush, rename and delete; a bag that has its name is then valid, and the next run
ends what was begun. The control: where a flush fails, the command does, and no bag has the name.
"""
import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CALLS = "fsync,rename,renameat2,unlinkat,write"
RENAMES = ("rename", "renameat2")
DAY, LATER = "2023-03-01", "2030-01-01"


def fail(sentence):
    sys.exit(f"durability: {sentence}")


class Trace:
    """The calls of one run, in order: name, the paths in it, and what was written."""

    def __init__(self, text):
        self.calls = []
        for line in text.splitlines():
            found = re.match(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)", line)
            if found and found[3] != "-1":
                paths = re.findall(r"<(/[^>]*)>", found[2]) if found[1] in ("fsync", "write") else re.findall(r'"([^"]*)"', found[2])
                self.calls.append((found[1], paths, found[2]))

    def place(self, names, holds, start=0):
        """Where the first such call is."""
        for index in range(start, len(self.calls)):
            if self.calls[index][0] in names and holds(self.calls[index][1], self.calls[index][2]):
                return index
        return None

    def flushed(self, start=0, end=None):
        return {path for name, paths, _ in self.calls[start:end] if name == "fsync" for path in paths}


class Commands:
    def __init__(self, programs, folder):
        self.programs, self.folder, self.made = programs, folder, folder / "made"
        subprocess.run([programs / "make_responses", "--seed", "5", "--count", "300", self.made], check=True, capture_output=True)
        key = (self.made / "committee-key.txt").read_text().strip()
        self.make = ["make", "--export", self.made / "export", "--pack", self.made / "campaign.pack", "--committee-key", key,
                     "--identity", self.made / "sealing.key", "--day", DAY, "--jobs", "1", "--out"]
        truth = __import__("json").loads((self.made / "truth.json").read_text())
        self.code, self.uuid = truth["withdrawals"][0]["code"], truth["withdrawals"][0]["uuid"]
        (folder / "withdrawn.txt").write_text(self.code + "\n")
        (folder / "rules.json").write_text('{"pillarbox_retention": 1, "classes": {"responses": {"keep_until": "2025-01-01", "reason": "law"}}}')

    def run(self, *words, inject=None):
        """The exit code (negative where it was killed) and the trace."""
        log = self.folder / "trace"
        extra = ["-e", f"inject={inject}"] if inject else []
        done = subprocess.run(["strace", "-f", "-y", "-s", "400", "-e", f"trace={CALLS}", *extra, "-o", log, self.programs / "pillarbox", "archive",
                               *map(str, words)], capture_output=True, text=True, timeout=120, env={"ASAN_OPTIONS": "detect_leaks=0"})
        self.errors = done.stderr
        return done.returncode, Trace(log.read_text(errors="replace"))

    def must(self, *words):
        code, trace = self.run(*words)
        if code != 0:
            fail(f"{words[0]} ended with {code}: {self.errors}")
        return trace

    def is_valid(self, bag):
        return subprocess.run([self.programs / "pillarbox", "archive", "verify", bag], capture_output=True).returncode == 0


def tree(folder):
    return {str(folder), *(str(path) for path in folder.rglob("*"))}


def moved(paths, old, new):
    return {path.replace(str(old), str(new), 1) for path in paths}


def must_be_flushed(wanted, flushed, when):
    missing = sorted(wanted - flushed)
    if missing:
        fail(f"{len(missing)} of {len(wanted)} were not flushed {when}, the first: {missing[0]}")


class Scene:
    """One command over bags of its own."""

    def __init__(self, commands, folder):
        self.commands, self.folder = commands, folder
        self.bags = folder / "bags"
        self.bag = self.bags / "las-strategy-2023-28-closed-responses-001"

    def fresh(self, source):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        shutil.copytree(source, self.bags)


class HandOver(Scene):
    def fresh(self, source):
        super().fresh(source)
        (self.folder / "archive").mkdir()
        self.there = self.folder / "archive" / self.bag.name
        self.words = ["hand-over", self.bag, "--to", self.folder / "archive"]

    def check(self, trace):
        named = trace.place(RENAMES, lambda paths, _: str(self.there) in paths)
        must_be_flushed(moved(tree(self.there), self.there, self.there.with_name(f".{self.there.name}.incoming")),
                        trace.flushed(end=named), "before the bag got its name")
        said = trace.place(("write",), lambda _, text: "read back and valid" in text)
        must_be_flushed({str(self.there.parent)}, trace.flushed(named, said), "before it was said")

    def holds(self):
        return not self.there.exists() or self.commands.is_valid(self.there)

    def is_done(self, code):
        return code == 0 and self.there.exists() and self.commands.is_valid(self.there) and len(list(self.there.parent.iterdir())) == 1


class Withdraw(Scene):
    def fresh(self, source):
        super().fresh(source)
        self.words = ["withdraw", self.bag, "--withdrawn", self.commands.folder / "withdrawn.txt", "--day", DAY]

    def check(self, trace):
        workplace = self.bags / f".{self.bag.name}.withdrawal"
        named = trace.place(("renameat2",), lambda paths, _: str(self.bag) in paths)
        must_be_flushed(moved(tree(self.bag), self.bag, workplace / f".{self.bag.name}.unfinished"), trace.flushed(end=named), "before the exchange")
        gone = trace.place(("unlinkat",), lambda _, text: True, named)
        must_be_flushed({str(self.bags), str(workplace)}, trace.flushed(named, gone), "before the old bag went")
        must_be_flushed({str(self.bags)}, trace.flushed(gone), "after the old bag went")

    def holds(self):
        return self.commands.is_valid(self.bag)

    def is_done(self, code):
        left = subprocess.run(["grep", "-r", "-q", self.commands.uuid, self.bags / self.bag.name], check=False).returncode == 0
        hidden = [path.name for path in self.bags.iterdir() if path.name.startswith(".")]
        return code == 0 and self.commands.is_valid(self.bag) and not left and not hidden


class Disposal(Scene):
    def fresh(self, source):
        super().fresh(source)
        self.certificate = self.folder / "certificate.txt"
        self.words = ["disposal", self.bag, "--certificate", self.certificate, "--retention", self.commands.folder / "rules.json", "--day", LATER]

    def check(self, trace):
        going = trace.place(("rename",), lambda paths, _: str(self.bag) == paths[0])
        written = {path for path in trace.flushed(end=going) if path.startswith(str(self.certificate) + ".pending")}
        if not written or str(self.folder) not in trace.flushed(end=going):
            fail("the certificate was not flushed before the bag was touched")
        gone = trace.place(("unlinkat",), lambda _, text: True, going)
        must_be_flushed({str(self.bags)}, trace.flushed(going, gone), "before the first file went")
        named = trace.place(("rename",), lambda paths, _: str(self.certificate) in paths, gone)
        must_be_flushed({str(self.bags)}, trace.flushed(gone, named), "before the certificate got its name")
        must_be_flushed({str(self.folder)}, trace.flushed(named), "after the certificate got its name")

    def holds(self):
        pending = Path(str(self.certificate) + ".pending")
        return (self.bag.exists() and self.commands.is_valid(self.bag)) or pending.exists() or self.certificate.exists()

    def is_done(self, code):
        left = [path.name for path in self.bags.iterdir() if self.bag.name in path.name]
        return self.certificate.exists() and "manifest sha512" in self.certificate.read_text() and not left


def check_make(commands, out):
    trace = commands.must(*commands.make, out)
    for bag in sorted(out.iterdir()):
        inside = Path(str(out) + ".unfinished")
        named = trace.place(RENAMES, lambda paths, _: str(inside / bag.name) in paths)
        must_be_flushed(moved(tree(bag), bag, inside / f".{bag.name}.unfinished"), trace.flushed(end=named), "before the bag got its name")
    named = trace.place(RENAMES, lambda paths, _: str(out) in paths)
    must_be_flushed({str(out.parent)}, trace.flushed(named), "after the bags' folder got its name")


def kill(scene, source, chance, kills):
    scene.fresh(source)
    trace = scene.commands.must(*scene.words)
    counted = {name: sum(call[0] == name for call in trace.calls) for name in ("fsync", "rename", "renameat2", "unlinkat")}
    moments = [(name, at) for name, count in counted.items() for at in range(1, count + 1)]
    drawn = chance.sample(moments, min(kills, len(moments)))
    for name, at in sorted(drawn):
        scene.fresh(source)
        code, _ = scene.commands.run(*scene.words, inject=f"{name}:signal=KILL:when={at}")
        if code >= 0 and code != 137:
            fail(f"{scene.words[0]} was not killed at {name} {at}")
        if not scene.holds():
            fail(f"{scene.words[0]}, killed at {name} {at}, left a bag that is not whole")
        code, _ = scene.commands.run(*scene.words)
        if not scene.is_done(code):
            fail(f"{scene.words[0]}, killed at {name} {at}, was not ended by the next run: {scene.commands.errors}")
    return len(drawn)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", type=Path)
    parser.add_argument("--kills", type=int, default=8, help="of each command")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    if shutil.which("strace") is None:
        print("SKIPPED: what the archive's commands ask of a disk: strace is not installed")
        return
    if subprocess.run(["strace", "-o", "/dev/null", "true"], stderr=subprocess.DEVNULL).returncode != 0:
        print("SKIPPED: what the archive's commands ask of a disk: this machine lets strace trace nothing")
        return
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="pillarbox-durable-") as name:
        folder = Path(name).resolve()
        commands = Commands(options.programs, folder)
        check_make(commands, folder / "bags")
        scenes = [kind(commands, folder / "scene") for kind in (HandOver, Withdraw, Disposal)]
        kills = 0
        for scene in scenes:
            scene.fresh(folder / "bags")
            scene.check(commands.must(*scene.words))
            if not scene.is_done(0):
                fail(f"{scene.words[0]} did not do its work")
            kills += kill(scene, folder / "bags", chance, options.kills)
        scenes[0].fresh(folder / "bags")
        code, _ = commands.run(*scenes[0].words, inject="fsync:error=EIO:when=5+")
        if code != 4 or scenes[0].there.exists():
            fail(f"a disk that flushes nothing was taken for a sound one: {code}")
    print(f"all that was said done had been flushed; {kills} kills, seed {options.seed}")


if __name__ == "__main__":
    main()
