#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs axe-core into a folder of the build, exactly as package-lock.json says (npm checks its digest)."""
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
FILES = ("package.json", "package-lock.json", ".npmrc")


def is_there(folder):
    """Installed before, from the same lock file."""
    lock = folder / "package-lock.json"
    return (folder / "node_modules/axe-core/axe.min.js").exists() and lock.read_bytes() == (HERE / lock.name).read_bytes()


def main(folder):
    if is_there(folder):
        return 0
    npm = shutil.which("npm")
    if npm is None:
        print("SKIPPED: npm is not installed, so there is no axe-core")
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(HERE / name, folder / name)
    try:
        result = subprocess.run([npm, "ci", "--fetch-retries=0"], cwd=folder, capture_output=True, text=True, timeout=150)
    except subprocess.TimeoutExpired:
        print("SKIPPED: npm could not fetch axe-core in time")
        return 0
    if "EINTEGRITY" in result.stderr:
        print("axe-core is not the one of package-lock.json:", result.stderr, sep="\n")
        return 1
    if result.returncode != 0:
        print("SKIPPED: npm could not fetch axe-core")
    return 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
