# SPDX-License-Identifier: GPL-3.0-or-later
"""Receipts (C2SP signed notes) with one fault each (docs/formats/batch.md)."""
import base64

from make_batch import GENESIS, LOG_ID
from primitives import ed25519_public, ed25519_sign, sha256, with_second_s
from vector import Folder

SEED = b"\x02" * 32
NAME = "store.example.org"
HASH = "188839f0ccc60059b4bd1730085063ee9e6dc16ad5cd93e9a079e40f6a014a96"
LINES = ["pillarbox receipt v1", "log " + LOG_ID.hex(), "stored 1 " + HASH, "safe 1", "epoch 1", "limits 8388608 1048576"]
DASH = "\u2014"


def text_of(**changes):
    keys = ("first", "log", "stored", "safe", "epoch", "limits")
    lines = [changes.get(key, line) for key, line in zip(keys, LINES)]
    return "".join(line + "\n" for line in lines if line is not None).encode()


def key_hash(name, public, algorithm=b"\1"):
    return sha256(name.encode() + b"\n" + algorithm + public)[:4]


def line_of(text, seed=SEED, name=NAME, hash_of=None, signature=None):
    public = ed25519_public(seed)
    blob = (hash_of or key_hash(name, public)) + (signature or ed25519_sign(seed, text))
    return f"{DASH} {name} {base64.b64encode(blob).decode()}\n".encode()


def note(text, *lines):
    return text + b"\n" + b"".join(lines or (line_of(text),))


def make(root):
    folder = Folder(root, "receipt", key=ed25519_public(SEED).hex(), store=NAME)
    text = text_of()
    line = line_of(text)
    good = note(text, line)

    def write(name, expect, message, fault, body, **fields):
        folder.write(name, expect, body, message, encoding="raw", fault=fault, **fields)

    def write_ok(name, fault, text, *lines):
        folder.write(name, "ok", note(text, *lines), encoding="raw", fault="none: " + fault, sha256=sha256(text).hex())

    write_ok("ok", "the worked example of the document", text)
    genesis = text_of(stored="stored 0 " + GENESIS.hex(), safe="safe 0")
    write_ok("ok-nothing-stored", "0 and the genesis hash", genesis)
    write_ok("ok-nothing-safe", "stored but not yet safe", text_of(safe="safe 0"))
    write_ok("ok-largest-number", "stored 2^53 - 1", text_of(stored=f"stored {2**53 - 1} {HASH}"))
    other = line_of(text, b"\x05" * 32, "witness.example.org")
    write_ok("ok-other-key-first", "a line of a key that is not pinned", text, other, line)
    write_ok("ok-other-algorithm", "a line of our name but another key hash", text, line_of(text, hash_of=b"\0\0\0\0"), line)
    write_ok("ok-signed-twice", "two good lines of the pinned key", text, line, line)
    write_ok("ok-32-signatures", "as many lines as are allowed", text, *([other] * 31), line)
    for i, name in enumerate(("first", "log", "stored", "safe", "epoch", "limits")):
        write("line-missing-" + name, "malformed", "", "the line is left out: " + name, note(text_of(**{name: None})))
        doubled = LINES[:i] + [LINES[i]] * 2 + LINES[i + 1:]
        write("line-twice-" + name, "malformed", "", "the line stands twice: " + name, note("".join(l + "\n" for l in doubled).encode()))
    faults = (
        ("kind-v2", "It lacks 'pillarbox receipt v1'", dict(first="pillarbox receipt v2")),
        ("kind-batch", "It lacks 'pillarbox receipt v1'", dict(first="pillarbox batch v1")),
        ("kind-space-before", "It lacks 'pillarbox receipt v1'", dict(first=" pillarbox receipt v1")),
        ("log-capitals", "lower-case hexadecimal", dict(log="log " + LOG_ID.hex().upper())),
        ("log-short", "Expected 16 bytes, found 15", dict(log="log " + LOG_ID.hex()[:-2])),
        ("log-long", "Expected 16 bytes, found 17", dict(log="log " + LOG_ID.hex() + "00")),
        ("log-odd", "odd length", dict(log="log " + LOG_ID.hex()[:-1])),
        ("log-two-spaces", "", dict(log="log  " + LOG_ID.hex())),
        ("log-trailing-space", "", dict(log="log " + LOG_ID.hex() + " ")),
        ("hash-short", "Expected 32 bytes, found 31", dict(stored="stored 1 " + HASH[:-2])),
        ("hash-missing", "", dict(stored="stored 1")),
        ("hash-capitals", "lower-case hexadecimal", dict(stored="stored 1 " + HASH.upper())),
        ("stored-leading-zero", "one canonical form", dict(stored="stored 01 " + HASH)),
        ("stored-plus", "A number is expected", dict(stored="stored +1 " + HASH)),
        ("stored-negative", "A number is expected", dict(stored="stored -1 " + HASH)),
        ("stored-hexadecimal", "A number is expected", dict(stored="stored 0x1 " + HASH)),
        ("stored-2-to-53", "contradict", dict(stored=f"stored {2**53} " + HASH)),
        ("stored-2-to-64", "A number is expected", dict(stored=f"stored {2**64} " + HASH)),
        ("stored-0-wrong-hash", "contradict", dict(stored="stored 0 " + HASH, safe="safe 0")),
        ("stored-arabic-digit", "A number is expected", dict(stored="stored \u0661 " + HASH)),
        ("safe-over-stored", "contradict", dict(safe="safe 2")),
        ("safe-leading-zero", "one canonical form", dict(safe="safe 00")),
        ("safe-empty", "A number is expected", dict(safe="safe ")),
        ("safe-fraction", "A number is expected", dict(safe="safe 1.0")),
        ("epoch-0", "contradict", dict(epoch="epoch 0")),
        ("epoch-2-to-53", "contradict", dict(epoch=f"epoch {2**53}")),
        ("epoch-leading-zero", "one canonical form", dict(epoch="epoch 001")),
        ("limits-one", "A number is expected", dict(limits="limits 8388608")),
        ("limits-three", "A number is expected", dict(limits="limits 8388608 1048576 1")),
        ("limits-2-to-64", "A number is expected", dict(limits=f"limits {2**64} 1")),
        ("limits-leading-zero", "one canonical form", dict(limits="limits 08388608 1048576")),
    )
    for name, message, changes in faults:
        write(name, "malformed", message, "a signed text that says: " + name, note(text_of(**changes)))
    swapped = "".join(LINES[i] + "\n" for i in (0, 1, 3, 2, 4, 5)).encode()
    write("lines-swapped", "malformed", "It lacks 'stored'", "safe stands before stored", note(swapped))
    write("line-more", "malformed", "one canonical form", "a seventh line", note(text + b"time 12:00\n"))
    write("blank-line-within", "malformed", "one canonical form", "a blank line at the text's end", note(text + b"\n"))
    write("crlf", "malformed", "no text with signature lines", "lines end in CR LF", good.replace(b"\n", b"\r\n"))
    write("tab", "malformed", "no text with signature lines", "a tab in the place of a space", note(text.replace(b"safe ", b"safe\t")))
    write("zero-byte", "malformed", "no text with signature lines", "a zero byte in the text", note(text.replace(b"safe 1", b"safe 1\0")))
    write("not-utf8", "malformed", "no text with signature lines", "the byte ff in the text", note(text.replace(b"safe 1", b"safe \xff")))
    write("empty", "malformed", "no text with signature lines", "nothing at all", b"")
    write("portal-page", "malformed", "no text with signature lines", "a hotel's page", b"<html><body>Please log in</body></html>\n")
    write("no-blank-line", "malformed", "no text with signature lines", "no blank line before the signature", text + line)
    write("cut-last-newline", "malformed", "no text with signature lines", "the last newline is cut off", good[:-1])
    write("cut-no-signature", "not_authentic", "not signed by the pinned key", "the signature lines are cut off", text + b"\n")
    write("cut-within-signature", "not_authentic", "does not verify", "the signature ends early", good[:-9] + b"\n")
    write("too-long", "malformed", "It is too long", "over 16 KiB", note(text, *([other] * 160), line))
    write("33-signatures", "malformed", "too many signature lines", "a signature line too many", note(text, *([other] * 32), line))
    bare = line.decode()
    lines = (
        ("dash-hyphen", "does not start with an em dash", bare.replace(DASH, "-")),
        ("dash-en", "does not start with an em dash", bare.replace(DASH, "\u2013")),
        ("dash-no-space", "does not start with an em dash", bare.replace(DASH + " ", DASH)),
        ("dash-missing", "does not start with an em dash", bare[2:]),
        ("name-missing", "no key name", f"{DASH}  {bare.split()[2]}\n"),
        ("name-plus", "no key name", bare.replace(NAME, "store+example")),
        ("name-wide-space", "no key name", bare.replace(NAME, "store\u2003example")),
        ("name-over-255", "no key name", bare.replace(NAME, "n" * 256)),
        ("base64-unpadded", "not padded", bare.rstrip("\n").rstrip("=") + "\n"),
        ("base64-url", "outside its alphabet", bare.replace("+", "-").replace("/", "_")),
        ("base64-trailing-bits", "non-zero trailing bits", bare.replace("NQI=", "NQJ=")),
        ("base64-space-behind", "", bare.replace("=\n", "= \n")),
        ("base64-empty", "", f"{DASH} {NAME} \n"),
        ("base64-hash-only", "too short", f"{DASH} {NAME} {base64.b64encode(b'abcd').decode()}\n"),
        ("line-blank-behind", "does not start with an em dash", bare + "\u2014\n"),
    )
    assert "NQI=" in bare
    for name, message, changed in lines:
        write("signature-" + name, "malformed", message, "the signature line: " + name, note(text, changed.encode()))
    bad = line_of(text, signature=bytes(64))
    sealed = ed25519_sign(SEED, text)
    not_ours = (
        ("zero", "does not verify", bad),
        ("without-last-newline", "does not verify", line_of(text, signature=ed25519_sign(SEED, text[:-1]))),
        ("of-other-text", "does not verify", line_of(text, signature=ed25519_sign(SEED, genesis))),
        ("second-s", "does not verify", line_of(text, signature=with_second_s(sealed))),
        ("low-order", "does not verify", line_of(text, signature=b"\1" + bytes(63))),
        ("63-bytes", "does not verify", line_of(text, signature=sealed[:-1])),
        ("65-bytes", "does not verify", line_of(text, signature=sealed + b"\0")),
        ("one-good-one-bad", "does not verify", line + bad),
        ("one-bad-one-good", "does not verify", bad + line),
        ("other-key", "not signed by the pinned key", line_of(text, b"\x05" * 32)),
        ("other-name", "not signed by the pinned key", line_of(text, name="store.example.com")),
        ("name-capitals", "not signed by the pinned key", line_of(text, name=NAME.upper())),
        ("hash-of-other-key", "not signed by the pinned key", line_of(text, hash_of=key_hash(NAME, ed25519_public(b"\x05" * 32)))),
        ("hash-without-algorithm", "not signed by the pinned key", line_of(text, hash_of=key_hash(NAME, ed25519_public(SEED), b""))),
    )
    for name, message, changed in not_ours:
        write("signature-" + name, "not_authentic", message, "the signature: " + name, note(text, changed))
    write("text-altered", "not_authentic", "does not verify", "safe 0 in the place of safe 1", note(text_of(safe="safe 0"), line))
