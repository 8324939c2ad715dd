# SPDX-License-Identifier: GPL-3.0-or-later
"""Batches with one fault each (docs/formats/batch.md)."""
from primitives import cbor, ed25519_public, ed25519_sign, head, sha256, with_second_s
from vector import Folder, record_faults

SEED = b"\x01" * 32
PUBLIC = ed25519_public(SEED)
LOG_ID = sha256(b"pillarbox log v1\n" + PUBLIC + bytes(16))[:16]
GENESIS = sha256(b"pillarbox genesis v1\n" + LOG_ID)
NAMES = ("version", "campaign-id", "log-id", "number", "previous", "count", "items-digest", "pack-digest")
ITEMS = [[b"\xa1" * 32, b"first envelope"], [b"\xa2" * 32, b"second envelope"]]


def digest_of(items):
    return sha256(b"".join(item[0] + (item[2] if len(item) == 3 else sha256(item[1])) for item in items))


def header(items=ITEMS, **changes):
    fields = dict(version=1, campaign_id="las-strategy-2023-28", log_id=LOG_ID, number=1, previous=GENESIS, count=len(items),
                  items_digest=digest_of(items), pack_digest=b"\xcc" * 32)
    fields.update(changes)
    return list(fields.values())


def signature_of(header_bytes, seed=SEED, label=b"pillarbox batch v1\n"):
    return ed25519_sign(seed, label + header_bytes)


def batch(header_bytes, items=ITEMS, signature=None):
    signature = signature_of(header_bytes) if signature is None else signature
    return header_bytes + cbor(signature) + b"".join(cbor(item) for item in items)


def make(root):
    folder = Folder(root, "batch", key=PUBLIC.hex())
    good = batch(cbor(header()))

    def write(name, expect, message, fault, body, **fields):
        folder.write(name, expect, body, message, fault=fault, **fields)

    def write_ok(name, fault, body, **fields):
        folder.write(name, "ok", body, fault="none: " + fault, sha256=sha256(cbor_header_of(body)).hex(), **fields)

    def cbor_header_of(body):
        return headers[body]

    headers = {}

    def good_of(**changes):
        items = changes.pop("items", ITEMS)
        encoded = cbor(header(items, **changes))
        body = batch(encoded, items)
        headers[body] = encoded
        return body

    write_ok("ok", "the worked example of the document", good_of())
    write_ok("ok-one-item", "the smallest batch", good_of(items=[[bytes(32), b"x"]]))
    write_ok("ok-number-largest", "number 2^53 - 1", good_of(number=2**53 - 1))
    write_ok("ok-id-longest", "campaign id of 64 letters", good_of(campaign_id="aZ09-_" + "x" * 58))
    write_ok("ok-same-tag-twice", "two items with one tag", good_of(items=[ITEMS[0], [ITEMS[0][0], b"other"]]))
    write_ok("ok-thirty-items", "a count with a head of two bytes", good_of(items=[[bytes([i]) * 32, b"e%d" % i] for i in range(30)]))
    for name, code, message, fault, encoded in record_faults(NAMES, header()):
        write(name, code, message, fault, batch(encoded))
    for field, size in (("log_id", 16), ("previous", 32), ("items_digest", 32), ("pack_digest", 32)):
        name = field.replace("_", "-")
        value = header()[NAMES.index(name)]
        write(name + "-short", "malformed", f"Expected {size} bytes, found {size - 1}", f"{name} lacks a byte",
              batch(cbor(header(**{field: value[:-1]}))))
        write(name + "-over-size", "limit_exceeded", f"at most {size} are accepted", f"{name} has a byte more",
              batch(cbor(header(**{field: value + b"\0"}))))
    faults = (
        ("version-0", "unsupported", "format version 0", dict(version=0)),
        ("version-3", "unsupported", "format version 3", dict(version=3)),
        ("version-2-names-none", "malformed", "version 2 names no large envelope", dict(version=2)),
        ("campaign-id-empty", "malformed", "campaign id is not", dict(campaign_id="")),
        ("campaign-id-65", "limit_exceeded", "at most 64", dict(campaign_id="x" * 65)),
        ("campaign-id-space", "malformed", "campaign id is not", dict(campaign_id="las strategy")),
        ("campaign-id-slash", "malformed", "campaign id is not", dict(campaign_id="../outside")),
        ("campaign-id-zero-byte", "malformed", "campaign id is not", dict(campaign_id="las\0")),
        ("campaign-id-not-ascii", "malformed", "campaign id is not", dict(campaign_id="las-stratégie")),
        ("number-0", "malformed", "number is out of range", dict(number=0)),
        ("number-2-to-53", "malformed", "number is out of range", dict(number=2**53)),
        ("number-2-to-64", "malformed", "number is out of range", dict(number=2**64 - 1)),
        ("count-one-low", "malformed", "Bytes are left over", dict(count=1)),
        ("count-one-high", "malformed", "ends", dict(count=3)),
        ("count-2-to-32", "malformed", "ends before all of its envelopes", dict(count=2**32)),
        ("count-2-to-64", "malformed", "ends before all of its envelopes", dict(count=2**64 - 1)),
        ("items-digest-zero", "malformed", "not those that the header names", dict(items_digest=bytes(32))),
    )
    for name, code, message, changes in faults:
        write(name, code, message, "the header says so: " + name, batch(cbor(header(**changes))))
    encoded = cbor(header())
    write("campaign-id-not-utf8", "malformed", "not UTF-8", "the campaign id holds the byte ff",
          batch(encoded.replace(b"las-strategy", b"las-str\xfftegy")))
    write("count-0", "malformed", "holds no envelope", "a batch of nothing", batch(cbor(header([])), []))
    write("items-swapped", "malformed", "not those that the header names", "two items have changed places", batch(encoded, ITEMS[::-1]))
    write("item-twice", "malformed", "not those that the header names", "the first item stands in the second's place",
          batch(encoded, [ITEMS[0], ITEMS[0]]))
    write("tags-swapped", "malformed", "not those that the header names", "two tags have changed places",
          batch(encoded, [[ITEMS[1][0], ITEMS[0][1]], [ITEMS[0][0], ITEMS[1][1]]]))
    write("envelope-altered", "malformed", "not those that the header names", "one bit of an envelope is another",
          batch(encoded, [ITEMS[0], [ITEMS[1][0], b"second envelopf"]]))
    empty = [ITEMS[0], [ITEMS[1][0], b""]]
    write("envelope-empty", "malformed", "An envelope is empty", "an envelope of no bytes", batch(cbor(header(empty)), empty))
    short_tag = [[b"\xa1" * 31, b"first envelope"], ITEMS[1]]
    write("tag-short", "malformed", "Expected 32 bytes, found 31", "a tag lacks a byte", batch(cbor(header(short_tag)), short_tag))
    long_tag = [[b"\xa1" * 33, b"first envelope"], ITEMS[1]]
    write("tag-over-size", "limit_exceeded", "at most 32", "a tag has a byte more", batch(cbor(header(long_tag)), long_tag))
    frame = encoded + cbor(signature_of(encoded))
    tail = cbor(ITEMS[1])
    write("item-of-three", "malformed", "Expected an array of 2, found one of 3", "an item has a third element",
          frame + cbor(ITEMS[0] + [0]) + tail)
    write("item-of-one", "malformed", "Expected an array of 2, found one of 1", "an item is a tag alone", frame + cbor(ITEMS[0][:1]) + tail)
    write("item-envelope-null", "malformed", "Expected a byte string", "an envelope is null", frame + cbor([ITEMS[0][0], None]) + tail)
    write("item-envelope-text", "malformed", "Expected a byte string", "an envelope is a text", frame + cbor([ITEMS[0][0], "first envelope"]) + tail)
    write("item-envelope-length-huge", "malformed", "over the end of the input", "an envelope claims 2^62 bytes",
          frame + b"\x82" + cbor(ITEMS[0][0]) + head(2, 2**62) + tail)
    write("item-envelope-chunked", "malformed", "Indefinite lengths", "an envelope comes in chunks",
          frame + b"\x82" + cbor(ITEMS[0][0]) + b"\x5f" + cbor(ITEMS[0][1]) + b"\xff" + tail)
    write("items-in-array", "malformed", "Expected a", "the items stand in one array", frame + cbor(ITEMS))
    large = [b"\xa3" * 32, 2**20 + 4, b"\x86" * 32]

    def naming(*items, version=2):
        items = [ITEMS[0], *items]
        encoded = cbor(header(items, version=version))
        body = batch(encoded, items)
        headers[body] = encoded
        return body

    write_ok("ok-names-large", "an envelope that travels in parts", naming(large))
    write_ok("ok-names-smallest", "a byte over what is enclosed", naming([large[0], 2**19 + 1, large[2]]))
    write_ok("ok-names-most", "32 MiB in two envelopes", naming([large[0], 2**24, large[2]], [large[0], 2**24, large[2]]))
    write("large-in-version-1", "malformed", "Expected an array of 2, found one of 3", "a batch of version 1 names an envelope", naming(large, version=1))
    write("large-that-is-small", "malformed", "form that goes with its size", "an envelope of 512 KiB is named", naming([large[0], 2**19, large[2]]))
    write("large-of-nothing", "malformed", "An envelope is empty", "an envelope of no bytes is named", naming([large[0], 0, large[2]]))
    write("large-over-limit", "limit_exceeded", "are accepted", "an envelope of 16 MiB and a byte is named", naming([large[0], 2**24 + 1, large[2]]))
    write("large-2-to-64", "limit_exceeded", "are accepted", "an envelope of 2^64 - 1 bytes is named", naming([large[0], 2**64 - 1, large[2]]))
    write("large-too-many", "limit_exceeded", "names more than one batch may", "a byte over 32 MiB is named",
          naming([large[0], 2**24, large[2]], [large[0], 2**23, large[2]], [large[0], 2**23 + 1, large[2]]))
    write("large-digest-short", "malformed", "Expected 32 bytes, found 31", "the digest lacks a byte", naming([large[0], large[1], large[2][:-1]]))
    write("large-digest-altered", "malformed", "not those that the header names", "the digest is another than was signed",
          naming(large).replace(large[2], b"\x87" * 32))
    write("large-withdrawn", "malformed", "Expected an unsigned integer", "a withdrawn item comes from a kiosk", naming([large[0], None, large[2]]))
    write("limit-batch", "limit_exceeded", "at most 310 are accepted", "one byte over the limit of a batch", good, batch_max=310)
    write("limit-envelope", "limit_exceeded", "at most 14 are accepted", "one byte over the limit of an envelope", good, envelope_max=14)
    write_ok("ok-limits-met", "exactly at both limits", good_of(), batch_max=len(good), envelope_max=15)
    cuts = {"nothing": 0, "array-head": 1, "within-id": 10, "header": len(encoded), "signature-head": len(encoded) + 2,
            "within-signature": len(encoded) + 40, "signature": len(frame), "first-item": len(frame) + len(cbor(ITEMS[0])),
            "within-last-envelope": len(good) - 1}
    for name, size in cuts.items():
        write("cut-after-" + name, "malformed", "end", f"the batch ends after {size} bytes", good[:size])
    write("trailing-byte", "malformed", "Bytes are left over", "a byte behind the last item", good + b"\0")
    write("trailing-batch", "malformed", "Bytes are left over", "the same batch once more", good + good)
    write("leading-tag", "malformed", "Expected an array", "the self-described CBOR tag in front", b"\xd9\xd9\xf7" + good)
    signature = signature_of(encoded)
    write("signature-short", "malformed", "Expected 64 bytes, found 63", "the signature lacks a byte", batch(encoded, signature=signature[:-1]))
    write("signature-over-size", "limit_exceeded", "at most 64", "the signature has a byte more", batch(encoded, signature=signature + b"\0"))
    write("signature-missing", "malformed", "Expected a byte string", "no signature", encoded + b"".join(map(cbor, ITEMS)))
    signatures = {
        "zero": ("64 zero bytes", bytes(64)),
        "flipped": ("one bit is another", bytes([signature[0] ^ 1]) + signature[1:]),
        "other-key": ("by another key", signature_of(encoded, b"\x02" * 32)),
        "no-label": ("over the header without its label", signature_of(encoded, label=b"")),
        "other-label": ("under a pack's label", signature_of(encoded, label=b"pillarbox campaign pack 1\n")),
        "of-batch-2": ("of another header", signature_of(cbor(header(number=2)))),
        "second-s": ("S + L in the place of S", with_second_s(signature)),
        "low-order": ("the neutral point and S = 0", b"\1" + bytes(63)),
    }
    for name, (fault, value) in signatures.items():
        write("signature-" + name, "not_authentic", "not signed by this kiosk's key", "signature: " + fault, batch(encoded, signature=value))
    write("key-low-order", "not_authentic", "not signed by this kiosk's key", "a key of low order, for which anything verifies in lax code",
          batch(encoded, signature=b"\1" + bytes(63)), **{"key": (b"\1" + bytes(31)).hex()})
    write("key-other", "not_authentic", "not signed by this kiosk's key", "the reader's key is another kiosk's", good,
          key=ed25519_public(b"\x03" * 32).hex())
    for field, value in (("log_id", LOG_ID[::-1]), ("number", 7), ("previous", GENESIS[::-1]), ("pack_digest", bytes(32))):
        write("changed-after-signing-" + field.replace("_", "-"), "not_authentic", "not signed by",
              "the header was signed before this was changed: " + field, batch(cbor(header(**{field: value})), signature=signature))
