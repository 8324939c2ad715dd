#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the seeds of the targets that tests/vectors has none for, with its second implementation of the formats. What a fuzzer found,
and seeds that are picked from tests/vectors, lie in the same folders and are left alone."""
import base64
import hashlib
import json
import pathlib
import sqlite3
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "vectors"))
from make_batch import GENESIS, ITEMS, LOG_ID, PUBLIC, SEED, batch, header  # noqa: E402
from make_outbox import slot  # noqa: E402
from make_receipt import LINES, NAME, line_of, note  # noqa: E402
from primitives import cbor, ed25519_public, ed25519_sign, sha256  # noqa: E402

STORE_SEED, USED_SECRET, OPEN_SECRET = b"\x03" * 32, b"\x04" * 16, b"\x05" * 16
FIRST = batch(cbor(header()))
FIRST_HASH = sha256(cbor(header()))
SECOND = batch(cbor(header(number=2, previous=FIRST_HASH)))


def write(target, **seeds):
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in seeds.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)


def enrolment(secret, seed=SEED, forerunner=bytes(16)):
    fields = [1, secret, ed25519_public(seed), forerunner]
    signed = b"".join(cbor(part) for part in ["pillarbox-enrolment-1", *fields])
    return cbor([*fields, ed25519_sign(seed, signed)])


def renewal(secret, seed=b"\x07" * 32, old_seed=SEED, forerunner=LOG_ID):
    public = ed25519_public(seed)
    vouched = b"".join(cbor(part) for part in ["pillarbox-renewal-1", public, forerunner])
    fields = [2, secret, public, forerunner, ed25519_sign(old_seed, vouched)]
    signed = b"".join(cbor(part) for part in ["pillarbox-enrolment-2", *fields])
    return cbor([*fields, ed25519_sign(seed, signed)])


def succession(old_seed=b"\x02" * 32, new_seed=b"\x03" * 32):
    keys = [ed25519_public(seed).hex() for seed in (old_seed, new_seed)]
    text = f"pillarbox succession v1\nof {NAME}\nold {keys[0]}\nnew {keys[1]}\n".encode()
    return note(text, line_of(text, old_seed), line_of(text, new_seed))


def report(battery=87, log=b"\x4f\x1c" + bytes(14), seed=b"\x42" * 32):
    fields = [1, log, "0.1.0", "Brixton Library", "las-strategy", 3, 12, 20_000_000_000, 64_000_000_000, battery, 1767614400]
    signed = b"".join(cbor(part) for part in ["pillarbox-report-1", *fields])
    return cbor([*fields, ed25519_sign(seed, signed)])


def request(method, path, body=None, *fields):
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *fields]
    lines += [f"Content-Length: {len(body)}"] if body is not None else []
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


def chunked(path, *chunks):
    body = b"".join(b"%x;a=b\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\nX-Trailer: x\r\n\r\n"
    return request("POST", path, None, "Transfer-Encoding: chunked") + body


def database(application_id, page_size, *statements):
    """The bytes of a small SQLite file in WAL mode; the pages are small too, so that few of them are empty."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "db")
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute(f"PRAGMA page_size = {page_size}")
        connection.execute("PRAGMA journal_mode = WAL")
        for sql, *values in statements:
            connection.execute(sql, values)
        connection.execute(f"PRAGMA application_id = {application_id}")
        connection.execute("PRAGMA user_version = 1")
        connection.close()
        return path.read_bytes()


def outbox(*rows, batches=(), number=0, head_hash=GENESIS, campaign_id=b"las-strategy-2023-28"):
    """docs/formats/outbox.md, but with a pool of a few slots instead of 256, and small pages."""
    items = b"\x5a" * 16
    signature = FIRST[len(cbor(header())) + 2:][:64]
    return database(
        0x50426F78, 512,
        ("CREATE TABLE pool(one INTEGER PRIMARY KEY CHECK(one = 1), capacity INTEGER NOT NULL) STRICT",),
        ("CREATE TABLE slot(position INTEGER PRIMARY KEY, used INTEGER NOT NULL, content BLOB NOT NULL) STRICT",),
        ("CREATE TABLE log(one INTEGER PRIMARY KEY CHECK(one = 1), log_id BLOB NOT NULL, number INTEGER NOT NULL, "
         "hash BLOB NOT NULL, acknowledged INTEGER NOT NULL) STRICT",),
        ("CREATE TABLE batch(number INTEGER PRIMARY KEY, hash BLOB NOT NULL, campaign_id TEXT NOT NULL, previous BLOB NOT NULL, "
         "items_digest BLOB NOT NULL, pack_digest BLOB NOT NULL, signature BLOB NOT NULL, items BLOB) STRICT",),
        ("INSERT INTO pool VALUES(1, ?)", len(rows)),
        *(("INSERT INTO slot(used, content) VALUES(?, ?)", used, content) for used, content in rows),
        ("INSERT INTO log VALUES(1, ?, ?, ?, 0)", LOG_ID, number, head_hash),
        *(("INSERT INTO batch VALUES(1, ?, CAST(? AS TEXT), ?, ?, ?, ?, ?)", fields[0], campaign_id, *fields[1:], signature, items) for fields in batches))


def store(*rows, name="store.example.org", stored=1, stored_hash=FIRST_HASH, log_id=LOG_ID, safe=0):
    """The tables of sync/store/sqlite/schema.cpp."""
    source = (HERE.parents[1] / "sync/store/sqlite/schema.cpp").read_text()
    tables = source.split('R"sql(')[1].split(')sql"')[0]
    return database(
        0x50425354, 512, *((table,) for table in tables.split(";\n") if "CREATE" in table),
        ("INSERT INTO store VALUES(1, ?, 1, 'sole')", name),
        ("INSERT INTO kiosk VALUES(1, ?, 'Brixton Library', ?, ?, ?, ?, 2, ?, '2026-01-05')", log_id, PUBLIC, bytes(16), stored, stored_hash, safe),
        ("INSERT INTO token VALUES(?, 'Brixton Library', 1)", sha256(USED_SECRET)),
        ("INSERT INTO token VALUES(?, 'Brixton Library', NULL)", sha256(OPEN_SECRET)),
        *(("INSERT INTO batch VALUES(NULL, 1, ?, ?, ?)", number, digest, content) for number, digest, content in rows))


def journal(*bodies):
    records = b"".join(len(body).to_bytes(4, "big") + sha256(body) + body for body in bodies)
    return b"pillarbox-opened-1\n" + records


def armored(content):
    text = base64.b64encode(content).decode()
    lines = [text[start:start + 64] for start in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN AGE ENCRYPTED FILE-----", *lines, "-----END AGE ENCRYPTED FILE-----", ""])


def export(receipt, content, station="Brixton Library"):
    store_json = {"store_name": NAME, "store_key": base64.b64encode(ed25519_public(b"\x02" * 32)).decode(), "epoch": 1}
    kiosk = {"log_id": LOG_ID.hex(), "station": station, "device_key": base64.b64encode(PUBLIC).decode(), "forerunner": "00" * 16}
    return b"----\n".join([json.dumps(store_json).encode(), json.dumps([kiosk]).encode(), receipt, content])


LISTING = ('<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult><IsTruncated>true</IsTruncated><Contents><Key>in/bag/data/100%25%0Aodd+1.txt'
           "</Key></Contents><NextContinuationToken>in/bag&amp;x</NextContinuationToken></ListBucketResult>")


def bag(payload=b"first\n", retention='{"pillarbox_retention": 1, "classes": {}}', withdrawn="", **changed):
    """The parts of tests/fuzz/bag_target.cpp; '+': with a tag manifest that fits."""
    files = {"bagit": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
             "info": f"Source-Organization: Example\nExternal-Description: folded\n  over lines\nPayload-Oxum: {len(payload)}.1\n",
             "manifest": hashlib.sha512(payload).hexdigest() + "  data/a.txt\n", "tags": "", **changed}
    parts = [*(text if isinstance(text, bytes) else text.encode() for text in files.values()), payload, retention.encode(), withdrawn.encode()]
    return b"+" + b"----\n".join(parts)


def plain_database():
    """Of the page size that sealed files have, with two rows."""
    return database(0x50425754, 4096, ("CREATE TABLE t(id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT",),
                    ("INSERT INTO t VALUES(1, 'row 1'), (2, 'row 2')",))


def main():
    b64 = lambda content: base64.b64encode(content).decode()  # noqa: E731
    path = f"/v1/kiosks/{LOG_ID.hex()}"
    write("cbor", items=cbor([0, 23, 24, 255, 256, 65536, 1 << 32, b"bytes", "text \u00e4", True, False, None, [[], [1]]]), head=cbor(header()))
    write("encoding", hex="00ff10", base64="AAEC/w==", base64_raw="AAEC/w", base64_url="AAEC_w", day="2024-02-29", utf8="a\u00e4\u20ac\U0001F600")
    write("receipt", succession=succession(), successions=succession() + succession(b"\x03" * 32, b"\x04" * 32))
    write("protocol", renewal=renewal(OPEN_SECRET), successor="/v1/keys/" + ed25519_public(SEED).hex(), enrolment=enrolment(OPEN_SECRET), problem=cbor(["kiosk_unknown", "No kiosk has this log."]), head=path + "/head",
          batches=path + "/batches", parts=path + "/parts", held_parts=path + "/parts/" + "86" * 32, report=path + "/report", enrol="/v1/enrol", health="/healthz")
    write("report", battery=report(), mains=report(None), of_another=report(seed=b"\x43" * 32),
          kept=cbor([1, "0.1.0", "Brixton Library", "las-strategy", 3, 12, 20_000_000_000, 64_000_000_000, None, True, 61]))
    write("upload", one=cbor(FIRST), two=cbor(FIRST) + cbor(SECOND), gap=cbor(SECOND), twice=cbor(FIRST) + cbor(FIRST), orders=bytes(range(60)))
    write("http", health=request("GET", "/healthz"), head=request("GET", path + "/head"), enrol=request("POST", "/v1/enrol", enrolment(OPEN_SECRET, b"\x07" * 32)),
          upload=request("POST", path + "/batches", cbor(FIRST), "Content-Type: application/cbor-seq"), put=request("PUT", path + "/head", b""),
          chunked=chunked(path + "/batches", cbor(FIRST)[:70], cbor(FIRST)[70:]), old=b"GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
          several=request("GET", "/healthz") + request("POST", path + "/batches", cbor(FIRST)) + request("GET", path + "/head", None, "Connection: close"),
          two_lengths=request("POST", "/v1/enrol", b"x", "Content-Length: 2"), folded=request("GET", "/healthz", None, "X-Folded: a\r\n b"),
          expect=request("POST", "/v1/enrol", b"x", "Expect: 100-continue", "Connection: Upgrade", "Upgrade: h2c"))
    write("slot", one=slot()[:96], two=slot(size=3945, count=2)[:96] + slot(number=1, size=3945, count=2)[:96])
    write("station", valid=json.dumps({"format": "pillarbox station 1", "name": "Brixton Library", "campaign_id": "las-strategy", "pack_version_min": 1,
          "committee_key": b64(PUBLIC), "store": {"name": NAME, "url": "https://store.example.org:8443", "key": b64(PUBLIC), "certificate_pin": b64(bytes(32))}}))
    record = cbor([NAME, "https://store.example.org:8443", PUBLIC, bytes(32), "Brixton Library", OPEN_SECRET])
    token = "pillarbox-enrol-1." + base64.urlsafe_b64encode(record + sha256(record)[:4]).decode().rstrip("=")
    write("token", record=record, token=token + "\n")
    write("key_file", seed=b64(SEED) + "\n", signing=f"# Pillarbox signing key.\nPILLARBOX-SIGNING-KEY-1 {b64(SEED)}\n",
          sealing=(HERE / "corpus/identity/valid").read_bytes(), verify=b64(PUBLIC),
          armored=armored(b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 10\n" + b"A" * 43 + b"\n--- " + b"A" * 43 + b"\n"))
    write("journal", empty=journal(), two=journal(cbor([bytes(32), b"submission"]), cbor([b"\1" * 32, b""])), cut=journal(cbor([bytes(32), b"submission"]))[:-3])
    receipt = note("".join(line + "\n" for line in [*LINES[:2], f"stored 1 {FIRST_HASH.hex()}", *LINES[3:]]).encode())
    write("export", good=export(receipt, FIRST), short=export(receipt, SECOND),
          station_of_two_lines=export(receipt, FIRST, "Brixton Library\nCroydon  00000000  1  2  1  ok"))
    filler, fields = (0, b"\x5a" * 4000), (sha256(cbor(header([ITEMS[0]]))), GENESIS, header([ITEMS[0]])[6], b"\xcc" * 32)
    write("outbox_file", waiting=outbox((1, slot()), filler), batched=outbox((1, slot()), filler, batches=[fields], number=1, head_hash=fields[0]),
          campaign_id_not_utf8=outbox((1, slot()), filler, batches=[fields], number=1, head_hash=fields[0], campaign_id=b"las\xffstrategy"))
    write("store_file", one_batch=store((1, FIRST_HASH, FIRST)), no_batch=store(stored=0, stored_hash=GENESIS),
          name_with_space=store((1, FIRST_HASH, FIRST), name="store example"), other_genesis=store(stored=0, stored_hash=FIRST_HASH),
          stored_over_largest=store(stored=2**53), other_log=store(stored=0, stored_hash=GENESIS, log_id=b"\1" * 16))

    digest = "00" * 64
    write("bag", valid=bag(), upper=bag(manifest=hashlib.sha512(b"first\n").hexdigest().upper() + "\tdata/a.txt\r\n"),
          out=bag(manifest=f"{digest}  data/../../etc/passwd\n{digest}  /etc/passwd\n"), escapes=bag(manifest=f"{digest}  data/100%25%0Aodd%0D.txt\n"),
          twice=bag(manifest=f"{digest}  data/a.txt\n" * 2), own_tags=bag(tags=f"{digest}  bagit.txt\n")[1:], old=bag(bagit="BagIt-Version: 0.97\n"),
          mark=bag(bagit=b"\xef\xbb\xbfBagIt-Version: 1.0\n"), terminal=bag(manifest=f"{digest}  data/\x1b[2J.txt\n"),
          listing=bag(withdrawn=LISTING), lists=bag(retention=json.dumps({"pillarbox_retention": 1, "classes": {"contacts": {"keep_until": "2023-05-10", "reason": "results are sent"},
                                                                               "open": {"keep_until": "permanent", "reason": "public"}}}),
                    withdrawn="# codes\n" + "ab" * 32 + "\r\nK7QM-2F9D-X3RT-8WHP\n"))
    kiosk = f"/fleet/kiosk/{LOG_ID.hex()}"
    write("fleet", **{f"get_{number}": f"G{path}\nanna\n" for number, path in enumerate(
        ["/fleet", "/fleet/kiosks/%3Cfuzz", kiosk, kiosk + "/revoke", kiosk + "/readmit", "/fleet/enrol", "/fleet/responses/las-strategy",
         "/fleet/campaigns", "/fleet/campaign/<fuzz>/close", "/fleet/audit"])},
          stranger="G/fleet/audit\n__Host-pillarbox=AAAA\n", sign_in="G/fleet/sign-in\n__Host-pillarbox-form=<fuzz\n",
          half_signed_in="P/fleet/sign-in\n__Host-pillarbox-form=abc\nname=%3Cfuzz&form=abc",
          revoke=f"P{kiosk}/revoke\nanna\nafter=0&confirm=yes", enrol="P/fleet/enrol\nanna\nstation=%3Cfuzz%3E&url=https%3A%2F%2Fstore.example.org%3A8443",
          close="P/fleet/campaign/las-strategy/close\nanna\nlast_day=2026-01-31&confirm=yes", scrape="G/metrics\n\n")
    write("scenario", steps='choose_language\ntap button "Next"  # a comment\nset text_field "Your name" "Ada \\"A\\" \\\\ \\n"\nkey next\nswitch 1\n'
          'long_press image "Pillarbox" 3\ndigits 480215\nexpect_no button "Send"\nadvance 90\nkey_until next button "Next"\nhold sent\r\n',
          open_quote='tap button "Next', bad_escape='write "\\x"')
    write("staff_access", both=json.dumps({"format": "pillarbox staff 1", "pin": "$argon2id$v=19$m=65536,t=2,p=1$c2FsdA$aGFzaA",
                                           "key_digest": b64(sha256(bytes(32)))}) + f"----\npillarbox-staff-key-1 {b64(bytes(32))}\n",
          none=json.dumps({"format": "pillarbox staff 1", "pin": None, "key_digest": None}) + "----\n", other='{"format": "pillarbox staff 2"}')
    write("sealed_file", file=b"f" + b"\x5a" * 5000, log=b"w" + b"\x5a" * 5000, pages=b"d" + plain_database(),
          sealed_log=b"l" + bytes.fromhex("377f068200218218000010000000000000000001000000020000000300000004") + bytes(100),
          edits=b"e" + bytes([0, 0, 0, 1, 0, 16, 40, 128, 0, 60, 5, 3]), end=b"e" + bytes([0, 255, 255, 1]))

    write("web_form", fields=b"\nname=Ade+O%27Neil&note=%E0%A6%AC%0D%0A%26%3D%2B%25&empty=&bare", twice=b"\nform=a&%66orm=a", cut=b"\na=%4",
          not_text=b"\na=%C0%80", cookie=b"other=1; desk=abc\na=1", planted=b"desk=abc; desk=def", longer_name=b"desk2=abc;xdesk=d")


if __name__ == "__main__":
    main()
