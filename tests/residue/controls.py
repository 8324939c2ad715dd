#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the search must find: a word in each encoding, and what a leaky program leaves in every place that crash.py searches.

usage: controls.py BIN_FOLDER SOURCE_FOLDER
"""
import base64
import signal
import struct
import sys
import tempfile
from pathlib import Path

from residue import Residue, canary, is_root

LEAKY = """
import base64, os, sys
word = sys.stdin.readline().strip()
print("typed: " + word, file=sys.stderr)
for folder, data in (("HOME", word.encode("utf-16-le")), ("TMPDIR", word.encode().hex().encode()),
                     ("XDG_CACHE_HOME", base64.b64encode(b"ab" + word.encode() + b"c"))):
    with open(os.environ[folder] + "/leak", "wb") as file:
        file.write(data)
with open(sys.argv[1], "w") as file:
    file.write(word)
print("holding here", flush=True)
sys.stdin.readline()
"""


def planted(word):
    raw = word.encode()
    yield "UTF-8", raw
    yield "capitals", raw.upper()
    for name in ("UTF-16LE", "UTF-16BE", "UTF-32BE"):
        yield name, word.encode(name)
    yield "hex", raw.hex().encode()
    yield "hex in capitals", raw.hex().upper().encode()
    for phase in range(3):
        yield f"base64 in phase {phase}", base64.b64encode(b"\xff" * phase + raw + b"\xff" * 3)
    yield "a letter every 4 bytes", word.encode("utf-32-le")
    # six letters of the middle, as in an array of glyphs
    yield "a letter every 20 bytes", b"".join(struct.pack("<5I", letter, 1, 2, 3, 4) for letter in raw[5:11])


def check_encodings(way, word):
    for number, (encoding, data) in enumerate(planted(word)):
        path = way.folder / "data" / f"planted-{number}"
        path.write_bytes(b"...." + data + b"....")
        found = way.search(word, path)
        if not any(f": {encoding}:" in hit for hit in found.hits):
            raise SystemExit(f"{encoding} is not found: {found.hits}")
        path.unlink()
    (way.folder / "data" / word).mkdir()
    if not way.search(word, way.folder / "data").hits:
        raise SystemExit("a folder's name is not found")
    (way.folder / "data" / word).rmdir()
    if way.search_files(word).hits:
        raise SystemExit("something is found where nothing is left")
    return number + 1


def check_many_words(way):
    """A list of words is searched for at once, whatever their script."""
    words = [canary(seed) for seed in range(2, 500)] + ["ضصثقفغعهخحجدشسبت", "যডপটচজহগবকতদরনসম"]
    listed = way.folder / "words.txt"
    listed.write_text("".join(f"{word}\n" for word in words))
    path = way.folder / "data" / "planted"
    for word in (words[0], words[497], *words[-2:]):
        for encoding in ("utf-8", "utf-16-le", "utf-32-le"):
            path.write_bytes(b"...." + word.encode(encoding) + b"....")
            if not way.search(f"@{listed}", path).hits:
                raise SystemExit(f"{word} in {encoding} is not found among many words")
    path.write_text(canary(1))
    if way.search(f"@{listed}", path).hits:
        raise SystemExit("a word that is none of many is found")
    path.unlink()
    return len(words)


def check_leaky_program(way, word):
    shared = Path("/dev/shm") / f"pillarbox-residue-{word[::-1]}"
    try:
        leaky = way.spawn([sys.executable, "-c", LEAKY, shared], "leaky")
        leaky.stdin.write(word + "\n")
        leaky.stdin.flush()
        way.await_hold(leaky, "here")
        if is_root() and not way.search_memory(word, leaky).hits:
            raise SystemExit("the memory of a living process is not found")
        way.crash(leaky, signal.SIGABRT)
        hits = way.search_files(word).hits
    finally:
        shared.unlink(missing_ok=True)
    places = ["/home/leak", "/temporary/leak", "/cache/leak", "/log/leaky.txt", str(shared)]
    pattern = Path("/proc/sys/kernel/core_pattern").read_text().strip()
    if pattern.startswith(("|", "/")):
        print(f"SKIPPED: a core dump as a control: this kernel puts them elsewhere ({pattern})")
    else:
        places.append("/current/core")
    for place in places:
        if not any(place in hit for hit in hits):
            raise SystemExit(f"what the leaky program left in {place} is not found: {hits}")
    return len(places)


def main():
    word = canary(1)
    with tempfile.TemporaryDirectory(prefix="pillarbox-residue-") as scratch:
        way = Residue(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), Path(scratch))
        way.make_places()
        encodings = check_encodings(way, word)
        words = check_many_words(way)
        places = check_leaky_program(way, word)
    print(f"found: {encodings} encodings, each of {words} words, and what a leaky program left in {places} places")


main()
