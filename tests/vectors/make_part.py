# SPDX-License-Identifier: GPL-3.0-or-later
"""Parts of large envelopes with one fault each (docs/formats/batch.md). The part is the last of three: it is short."""
from make_batch import LOG_ID, PUBLIC, SEED
from primitives import cbor, ed25519_sign, head, sha256, with_second_s
from vector import Folder, record_faults

NAMES = ("version", "log-id", "tag", "digest", "size", "number", "content-digest")
PART_SIZE = 512 * 1024
ENVELOPE = bytes(2 * PART_SIZE) + b"tail"
TAIL = ENVELOPE[2 * PART_SIZE:]


def header(content=TAIL, **changes):
    fields = dict(version=1, log_id=LOG_ID, tag=b"\xa3" * 32, digest=sha256(ENVELOPE), size=len(ENVELOPE), number=3,
                  content_digest=sha256(content))
    fields.update(changes)
    return list(fields.values())


def signature_of(header_bytes, seed=SEED, label=b"pillarbox part v1\n"):
    return ed25519_sign(seed, label + header_bytes)


def part(header_bytes, content=TAIL, signature=None):
    signature = signature_of(header_bytes) if signature is None else signature
    return header_bytes + cbor(signature) + cbor(content)


def make(root):
    folder = Folder(root, "part", key=PUBLIC.hex())
    encoded = cbor(header())
    good = part(encoded)

    def write(name, expect, message, fault, body, **fields):
        folder.write(name, expect, body, message, fault=fault, **fields)

    def write_ok(name, fault, header_bytes, content=TAIL, **fields):
        folder.write(name, "ok", part(header_bytes, content), fault="none: " + fault, sha256=sha256(content).hex(), **fields)

    write_ok("ok", "the worked example of the document", encoded)
    write_ok("ok-one-byte", "the smallest last part", cbor(header(b"x", size=2 * PART_SIZE + 1)), b"x")
    write_ok("ok-largest-number", "the last part but for its limit", cbor(header(size=31 * PART_SIZE + 4, number=32)))
    write_ok("ok-limit-met", "exactly at the limit", encoded, envelope_max=len(ENVELOPE))
    for name, code, message, fault, record in record_faults(NAMES, header()):
        write(name, code, message, fault, part(record))
    for field, size in (("log_id", 16), ("tag", 32), ("digest", 32), ("content_digest", 32)):
        name = field.replace("_", "-")
        value = header()[NAMES.index(name)]
        write(name + "-short", "malformed", f"Expected {size} bytes, found {size - 1}", f"{name} lacks a byte",
              part(cbor(header(**{field: value[:-1]}))))
        write(name + "-over-size", "limit_exceeded", f"at most {size} are accepted", f"{name} has a byte more",
              part(cbor(header(**{field: value + b"\0"}))))
    faults = (
        ("version-0", "unsupported", "format version 0", dict(version=0)),
        ("version-2", "unsupported", "format version 2", dict(version=2)),
        ("size-0", "malformed", "not too large for a batch", dict(size=0)),
        ("size-enclosed", "malformed", "not too large for a batch", dict(size=PART_SIZE, number=1)),
        ("size-one-low", "malformed", "not the size of this part", dict(size=len(ENVELOPE) - 1)),
        ("size-one-high", "malformed", "not the size of this part", dict(size=len(ENVELOPE) + 1)),
        ("size-over-limit", "limit_exceeded", "are accepted", dict(size=16 * 1024 * 1024 + 4, number=33)),
        ("size-2-to-64", "limit_exceeded", "are accepted", dict(size=2**64 - 1)),
        ("number-0", "malformed", "no part of this number", dict(number=0)),
        ("number-one-low", "malformed", "not the size of this part", dict(number=2)),
        ("number-past-last", "malformed", "no part of this number", dict(number=4)),
        ("number-2-to-64", "malformed", "no part of this number", dict(number=2**64 - 1)),
        ("content-digest-zero", "malformed", "not what the header names", dict(content_digest=bytes(32))),
    )
    for name, code, message, changes in faults:
        write(name, code, message, "the header says so: " + name, part(cbor(header(**changes))))
    write("limit-envelope", "limit_exceeded", "are accepted", "one byte over the limit of an envelope", good, envelope_max=len(ENVELOPE) - 1)
    frame = encoded + cbor(signature_of(encoded))
    write("content-altered", "malformed", "not what the header names", "one bit of the content is another", part(encoded, b"taik"))
    write("content-empty", "malformed", "not the size of this part", "no content", part(encoded, b""))
    write("content-long", "malformed", "not the size of this part", "a byte more of content", part(encoded, TAIL + b"x"))
    write("content-text", "malformed", "Expected a byte string", "the content is a text", frame + cbor("tail"))
    write("content-null", "malformed", "Expected a byte string", "the content is null", frame + cbor(None))
    write("content-length-huge", "malformed", "over the end of the input", "the content claims 2^62 bytes", frame + head(2, 2**62))
    write("content-chunked", "malformed", "Indefinite lengths", "the content comes in chunks", frame + b"\x5f" + cbor(TAIL) + b"\xff")
    cuts = {"nothing": 0, "array-head": 1, "within-id": 10, "header": len(encoded), "within-signature": len(encoded) + 40,
            "signature": len(frame), "within-content": len(good) - 1}
    for name, size in cuts.items():
        write("cut-after-" + name, "malformed", "end", f"the part ends after {size} bytes", good[:size])
    write("trailing-byte", "malformed", "Bytes are left over", "a byte behind the content", good + b"\0")
    write("trailing-part", "malformed", "Bytes are left over", "the same part once more", good + good)
    write("leading-tag", "malformed", "Expected an array", "the self-described CBOR tag in front", b"\xd9\xd9\xf7" + good)
    signature = signature_of(encoded)
    write("signature-short", "malformed", "Expected 64 bytes, found 63", "the signature lacks a byte", part(encoded, signature=signature[:-1]))
    write("signature-over-size", "limit_exceeded", "at most 64", "the signature has a byte more", part(encoded, signature=signature + b"\0"))
    signatures = {
        "zero": ("64 zero bytes", bytes(64)),
        "flipped": ("one bit is another", bytes([signature[0] ^ 1]) + signature[1:]),
        "other-key": ("by another key", signature_of(encoded, b"\x02" * 32)),
        "no-label": ("over the header without its label", signature_of(encoded, label=b"")),
        "batch-label": ("under a batch's label", signature_of(encoded, label=b"pillarbox batch v1\n")),
        "second-s": ("with the group's order added to its second half", with_second_s(signature)),
    }
    for name, (fault, value) in signatures.items():
        write("signature-" + name, "not_authentic", "not signed by this kiosk's key", "the signature is " + fault, part(encoded, signature=value))
    for field, value in (("tag", b"\xa4" * 32), ("digest", b"\xa4" * 32), ("log_id", b"\xa4" * 16)):
        name = field.replace("_", "-")
        write("changed-after-signing-" + name, "not_authentic", "not signed by this kiosk's key", f"{name} is another than was signed",
              part(cbor(header(**{field: value})), signature=signature))
