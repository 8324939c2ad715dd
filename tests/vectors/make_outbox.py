# SPDX-License-Identifier: GPL-3.0-or-later
"""Slots with one fault each, and recipes that damage an outbox (docs/formats/outbox.md). An outbox has 1 MiB, so it is not kept here: the
runner makes one with three envelopes and one batch of them, and does to it what the recipe says."""
from primitives import sha256
from vector import Folder

ID = b"\x5a" * 16
ITEM = b"\xa1" * 32 + b"first envelope"


def slot(number=0, count=1, size=len(ITEM), content=ITEM, identifier=ID, digest=None):
    rest = identifier + number.to_bytes(2, "big") + count.to_bytes(2, "big") + size.to_bytes(4, "big") + content
    rest += b"\x5a" * (3968 - len(rest))
    return (digest or sha256(rest)) + rest


def make(root):
    folder = Folder(root, "outbox")

    def write_slot(name, expect, fault, body, **fields):
        short = body.rstrip(b"\x5a") if len(body) == 4000 else body
        folder.write("slot-" + name, expect, short, fault=fault, slot_size=len(body), **fields)

    write_slot("ok", "ok", "none: the worked example of the document", slot(), sha256=sha256(ITEM[32:]).hex())
    write_slot("ok-one-byte", "ok", "none: an envelope of one byte", slot(size=33), sha256=sha256(b"f").hex())
    write_slot("ok-full", "ok", "none: a part that fills its slot", slot(size=3944, content=bytes(3944)), sha256=sha256(bytes(3912)).hex())
    for name, fault, body in (
            ("digest-flipped", "one bit of the digest is another", bytes([slot()[0] ^ 1]) + slot()[1:]),
            ("content-flipped", "one bit of the envelope is another", slot()[:90] + b"\0" + slot()[91:]),
            ("filler-flipped", "the last random byte is another", slot()[:-1] + b"\0"),
            ("digest-zero", "a slot whose digest is zero", slot(digest=bytes(32))), ("zero", "4000 zero bytes", bytes(4000)),
            ("size-0", "an item of no bytes", slot(size=0)), ("size-32", "a tag without an envelope", slot(size=32)),
            ("size-over-limit", "an item over 32 bytes + 16 MiB", slot(size=32 + (16 << 20) + 1, count=4254)), ("size-largest", "2^32 - 1 bytes", slot(size=2**32 - 1)),
            ("count-0", "an item of no parts", slot(count=0)), ("count-too-many", "more parts than its size needs", slot(count=2)),
            ("count-too-few", "fewer parts than its size needs", slot(size=3945)), ("number-1-of-1", "the part's number is its count", slot(number=1)),
            ("number-largest", "part 65535 of 1", slot(number=65535)), ("part-2-missing", "the first of two parts alone", slot(size=3945, count=2, content=bytes(3944))),
            ("part-1-missing", "the second of two parts alone", slot(number=1, size=3945, count=2)),
            ("short", "a slot of 3999 bytes", slot()[:-1]), ("long", "a slot of 4001 bytes", slot() + b"\x5a"), ("empty", "a slot of no bytes", b"")):
        write_slot(name, "damaged", fault, body, message="part of an envelope is damaged")

    def write(name, expect, fault, message="", **fields):
        folder.write(name, expect, b"", message, encoding="raw", fault=fault, **fields)

    def ok(name, fault, waiting=0, batched=3, quarantined=0, batch_1="ok", **fields):
        write(name, f"ok waiting {waiting} batched {batched} quarantined {quarantined}", fault, batch_1=batch_1, **fields)

    ok("ok", "none: three envelopes in one batch")
    first = "(SELECT min(position) FROM slot WHERE used = 1)"
    free = "(SELECT min(position) FROM slot WHERE used = 0)"
    lost = dict(batched=2, quarantined=1, batch_1="damaged")
    ok("row-zeroed", "a slot in use is zeros", sql=f"UPDATE slot SET content = zeroblob(4000) WHERE position = {first}", **lost)
    ok("row-short", "a slot in use has a byte", sql=f"UPDATE slot SET content = x'00' WHERE position = {first}", **lost)
    ok("row-marked-free", "a slot in use is marked as free", sql="UPDATE slot SET used = 0")
    ok("free-row-marked-used", "a free slot is marked as in use", quarantined=1, sql=f"UPDATE slot SET used = 1 WHERE position = {free}")
    ok("batch-signature-altered", "a batch's signature is zeros: it is returned, the store refuses it", sql="UPDATE batch SET signature = zeroblob(64)")
    for column in ("hash", "previous", "items_digest", "pack_digest"):
        write("batch-" + column.replace("_", "-") + "-altered", "damaged", f"the batch's {column} is another", "header of batch 1 is damaged", sql=f"UPDATE batch SET {column} = x'{'ff' * 32}'")
    write("batch-campaign-id-not-utf8", "damaged", "the batch's campaign id is no text", "Column campaign_id", sql="UPDATE batch SET campaign_id = CAST(x'6cff' AS TEXT)")
    write("batch-items-short", "damaged", "the list of items lacks a byte", "list of envelopes is damaged", sql="UPDATE batch SET items = substr(items, 2)")
    write("batch-items-cut", "damaged", "the list of items lacks an item", "header of batch 1 is damaged", sql="UPDATE batch SET items = substr(items, 17)")
    write("application-id-other", "unsupported", "another program's database", "", sql="PRAGMA application_id = 7")
    write("schema-newer", "unsupported", "a newer version's database", "newer", sql="PRAGMA user_version = 2")
    write("schema-negative", "unsupported", "a version below nothing", "", sql="PRAGMA user_version = -1")
    write("pool-missing", "damaged", "the pool's size is gone", "how large it is", sql="DELETE FROM pool")
    write("pool-size-of-no-file", "damaged", "the pool's size is more than the file has pages", "size is damaged", sql="UPDATE pool SET capacity = 1048576")
    write("header-magic", "damaged", "the file's first letters are others", "", edit="0 00")
    write("header-page-size", "damaged", "a page size of 3", "", edit="16 0003")
    write("header-zeros", "damaged", "the first 100 bytes are zeros", "", zeros="0 100")
    write("schema-page-zeros", "damaged", "the schema's root page is zeros", "", zeros="100 3996")
    write("cut-100-bytes", "damaged", "the file ends after its header", "", cut="100")
    write("cut-first-page", "damaged", "the file ends after its first page", "", cut="4096")
    write("text-file", "damaged", "a text in the place of a database", "", edit="0 " + (b"Dear committee, " * 8).hex())
