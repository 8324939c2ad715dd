#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bags handed over by a program that is killed at any moment: nothing half-copied has a bag's name, and the next run ends it.

usage: killed_hand_over.py BIN_FOLDER [--kills N] [--seed S]

The moments are drawn from the seed, which is printed; a moment is a share of the time that a whole hand-over took here. After every kill
each folder that has a bag's name is verified; at the end all are, by the program and by sha512sum, and compared with what was sent. The
control: a bag from which the end of a file is cut must not be taken for whole.
"""
import argparse
import filecmp
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PATIENCE_S = 120


def bags_in(folder):
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))


def same_tree(left, right):
    compared = filecmp.dircmp(left, right)
    whole = not (compared.left_only or compared.right_only or compared.funny_files)
    _, differing, failing = filecmp.cmpfiles(left, right, compared.common_files, shallow=False)
    return whole and not differing and not failing and all(
        same_tree(left / name, right / name) for name in compared.common_dirs)


class Archive:
    def __init__(self, programs, folder):
        self.programs, self.folder, self.target = programs, folder, folder / "archive"
        self.target.mkdir()

    def run(self, program, *arguments, expected=0):
        done = subprocess.run([self.programs / program, *map(str, arguments)], capture_output=True, text=True, timeout=PATIENCE_S)
        if done.returncode != expected:
            sys.exit(f"{program} {arguments[0]} ended with {done.returncode}, not {expected}: {done.stderr.strip()}")

    def make_bags(self, seed):
        made, out = self.folder / "made", self.folder / "bags"
        self.run("make_responses", "--seed", seed, "--count", 600, made)
        self.run("pillarbox", "archive", "make", "--export", made / "export", "--pack", made / "campaign.pack", "--committee-key",
                 (made / "committee-key.txt").read_text().strip(), "--identity", made / "sealing.key", "--out", out, "--day", "2023-02-01",
                 "--bag-size", 1)
        self.bags = bags_in(out)

    def hand_over(self):
        return [str(self.programs / "pillarbox"), "archive", "hand-over", *map(str, self.bags), "--to", str(self.target)]

    def killed_after(self, seconds):
        """Whether the kill came before its end."""
        process = subprocess.Popen(self.hand_over(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        process.kill()
        return process.wait() != 0

    def verify(self, bags, expected=0):
        if bags:
            self.run("pillarbox", "archive", "verify", *bags, expected=expected)

    def check_digests(self, bag):
        for manifest in ("manifest-sha512.txt", "tagmanifest-sha512.txt"):
            subprocess.run(["sha512sum", "--check", "--strict", "--quiet", manifest], cwd=bag, check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", type=Path)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="pillarbox-archive-") as folder:
        archive = Archive(options.programs, Path(folder))
        archive.make_bags(options.seed)
        start = time.monotonic()
        subprocess.run(archive.hand_over(), check=True, stdout=subprocess.DEVNULL, timeout=PATIENCE_S)
        whole_s = time.monotonic() - start
        killed = 0
        for kill in range(options.kills):
            if kill % 4 == 0:
                shutil.rmtree(archive.target)
                archive.target.mkdir()
            killed += archive.killed_after(chance.random() * whole_s)
            archive.verify(bags_in(archive.target))
        subprocess.run(archive.hand_over(), check=True, stdout=subprocess.DEVNULL, timeout=PATIENCE_S)
        received = bags_in(archive.target)
        archive.verify(received)
        for bag in received:
            archive.check_digests(bag)
        same = [bag.name for bag in received] == [bag.name for bag in archive.bags]
        same = same and all(same_tree(sent, got) for sent, got in zip(archive.bags, received))
        payload = max((path for path in received[0].rglob("data/**/*") if path.is_file()), key=lambda path: path.stat().st_size)
        payload.write_bytes(payload.read_bytes()[:-1])
        archive.verify([received[0]], expected=7)
    print(f"{options.kills} runs, {killed} of them killed before their end, seed {options.seed}; {len(received)} bags whole")
    if not same or killed < options.kills // 3:
        sys.exit("the archive is not what was sent" if not same else "too few runs were killed: nothing is proven")


if __name__ == "__main__":
    main()
