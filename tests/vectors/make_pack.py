# SPDX-License-Identifier: GPL-3.0-or-later
"""Campaign packs with one fault each (docs/formats/pack.md)."""
import io
import zipfile

from primitives import X25519_BASE, cbor, ed25519_public, ed25519_sign, head, sha256, with_second_s, x25519
from vector import Folder, record_faults

SEED = b"\x01" * 32
NAME = "pillarbox campaign pack 1"
FIELDS = ("campaign-id", "version", "opens", "closes", "withdraw-until", "expires", "recipients", "workbook")
DATES = ("2023-01-20", "2023-01-27", "2023-01-31", "2023-12-31")
NOTICES = ("title", "committee", "purpose", "safety_notice", "use_notice", "quotation_notice", "withdrawal_notice", "others_notice", "complaints")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEETS = {
    "survey": [["type", "name", "label"], ["text", "answer", "What do you think?"]],
    "campaign": [["name", "value", "label"], ["campaign_id", "demo"], ["opens", DATES[0]], ["closes", DATES[1]],
                 ["withdraw_until", DATES[2]]] + [[name, "", "A notice"] for name in NOTICES],
}


def zip_of(entries):
    """Stored, not deflated, with one date: the same bytes whatever zlib is installed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        for name, content in entries:
            file.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def sheet_xml(rows):
    xml = ""
    for r, row in enumerate(rows, 1):
        cells = (f'<c r="{"ABC"[c]}{r}" t="inlineStr"><is><t>{text}</t></is></c>' for c, text in enumerate(row) if text)
        xml += f'<row r="{r}">{"".join(cells)}</row>'
    return f'<worksheet xmlns="{MAIN}"><sheetData>{xml}</sheetData></worksheet>'


def parts_of(sheets):
    listed = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"/>' for i, name in enumerate(sheets, 1))
    related = "".join(f'<Relationship Id="rId{i}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in range(1, len(sheets) + 1))
    parts = {"_rels/.rels": f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
             "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
             "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONSHIPS}">{related}</Relationships>'}
    for i, rows in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = sheet_xml(rows)
    return parts


def workbook(sheets=None, **replaced):
    parts = parts_of(sheets or SHEETS)
    parts.update({name.replace("__", "/").replace("_xml", ".xml"): text for name, text in replaced.items()})
    return zip_of([(name, text) for name, text in parts.items() if text is not None])


RECIPIENT = x25519(b"\x08" + bytes(31), X25519_BASE)
XLSX = workbook()


def body_of(**changes):
    fields = dict(campaign_id="demo", version=1, opens=DATES[0], closes=DATES[1], withdraw_until=DATES[2], expires=DATES[3],
                  recipients=[RECIPIENT], workbook=XLSX)
    fields.update(changes)
    return list(fields.values())


def sign(body, seed=SEED, label=NAME.encode() + b"\n"):
    return ed25519_sign(seed, label + body)


def pack(body, signature=None):
    return cbor([NAME, body, sign(body) if signature is None else signature])


def without(sheet, name):
    return {**SHEETS, sheet: [row for row in SHEETS[sheet] if row[0] != name]}


def make(root):
    folder = Folder(root, "pack", key=ed25519_public(SEED).hex())
    encoded = cbor(body_of())
    good = pack(encoded)

    def write(name, expect, message, fault, body, **fields):
        folder.write(name, expect, body, message, fault=fault, **fields)

    def write_ok(name, fault, body, **fields):
        folder.write(name, "ok", body, fault="none: " + fault, sha256=sha256(body).hex(), **fields)

    always = dict(today="2023-01-20", campaign="demo", version_min=1)
    write_ok("ok", "a small campaign", good, **always)
    write_ok("ok-last-day", "on the day it expires", good, today=DATES[3])
    write_ok("ok-desk-after-expiry", "without a day: the desk reads it long after", good)
    write_ok("ok-20-recipients", "as many recipients as are allowed", pack(cbor(body_of(recipients=[x25519(sha256(bytes([i])), X25519_BASE) for i in range(20)]))))
    write_ok("ok-newer-version", "a newer version than was installed", pack(cbor(body_of(version=300))), version_min=299)
    small = dict(workbook=b"PK")
    for name, code, message, fault, record in record_faults(FIELDS, body_of(**small)):
        write("body-" + name, code, message, fault, pack(record))
    small_body = cbor(body_of(**small))
    outer = (NAME, small_body, sign(small_body))
    for name, code, message, fault, record in record_faults(("format", "body", "signature"), outer):
        write("pack-" + name, code, message, fault, record)
    faults = (
        ("version-0", "Versions are counted from 1", dict(version=0)),
        ("campaign-id-empty", "campaign_id must have", dict(campaign_id="")),
        ("closes-before-opens", "closes before it opens", dict(closes="2023-01-19")),
        ("withdraw-before-opens", "before the campaign opens", dict(withdraw_until="2023-01-19")),
        ("expires-before-closes", "expires before the campaign closes", dict(expires="2023-01-26")),
        ("opens-no-such-day", "Not a date", dict(opens="2023-02-29")),
        ("opens-month-13", "Not a date", dict(opens="2023-13-01")),
        ("opens-slashes", "Not a date", dict(opens="2023/01/20")),
        ("opens-short", "Not a date", dict(opens="2023-1-20")),
        ("opens-sign", "Not a date", dict(opens="-023-01-20")),
        ("recipients-none", "1 to 20 recipients", dict(recipients=[])),
        ("recipient-twice", "named twice", dict(recipients=[RECIPIENT, RECIPIENT])),
        ("recipient-zero", "nothing can be sealed for", dict(recipients=[bytes(32)])),
        ("recipient-low-order", "nothing can be sealed for", dict(recipients=[b"\1" + bytes(31)])),
        ("recipient-31-bytes", "Expected 32 bytes, found 31", dict(recipients=[RECIPIENT[:-1]])),
    )
    for name, message, changes in faults:
        write("body-" + name, "malformed", message, "a signed body that says: " + name, pack(cbor(body_of(**{**small, **changes}))))
    write("body-recipients-21", "limit_exceeded", "at most 20", "a recipient too many", pack(cbor(body_of(**small, recipients=[bytes([i]) * 32 for i in range(1, 22)]))))
    write("body-recipient-33-bytes", "limit_exceeded", "at most 32", "a recipient has a byte more", pack(cbor(body_of(**small, recipients=[RECIPIENT + b"\0"]))))
    write("body-opens-with-time", "limit_exceeded", "at most 10", "a time of day behind the day", pack(cbor(body_of(**small, opens="2023-01-20T09"))))
    write("body-campaign-id-201", "limit_exceeded", "at most 200", "an id of 201 letters", pack(cbor(body_of(**small, campaign_id="x" * 201))))
    write("body-trailing-byte", "malformed", "Bytes are left over", "a byte behind the body", pack(small_body + b"\0"))
    write("body-cut", "malformed", "end", "a signed body without its last byte", pack(small_body[:-1]))
    write("body-empty", "malformed", "The input ends", "a signed body of nothing", pack(b""))
    write("body-recipients-count-huge", "malformed", "count is over the end", "2^40 recipients are claimed",
          pack(small_body.replace(b"\x81" + cbor(RECIPIENT), head(4, 2**40) + cbor(RECIPIENT))))
    write("format-2", "unsupported", "no campaign pack of version 1", "the format's name ends in 2", cbor([NAME[:-1] + "2", encoded, sign(encoded)]))
    write("format-space", "unsupported", "no campaign pack of version 1", "a space behind the format's name", cbor([NAME + " ", encoded, sign(encoded)]))
    for name, size in {"nothing": 0, "array-head": 1, "format": 28, "body-head": 30, "within-body": 80, "body": len(good) - 66, "within-signature": len(good) - 20, "last-byte": len(good) - 1}.items():
        write("cut-after-" + name, "malformed", "end", f"the pack ends after {size} bytes", good[:size])
    write("trailing-byte", "malformed", "Bytes are left over", "a byte behind the pack", good + b"\n")
    signature = sign(small_body)
    write("signature-empty", "not_authentic", "not signed", "a pack that was built and not signed", pack(small_body, b""))
    write("signature-63-bytes", "malformed", "signature has a wrong size", "the signature lacks a byte", pack(small_body, signature[:-1]))
    write("signature-65-bytes", "limit_exceeded", "at most 64", "the signature has a byte more", pack(small_body, signature + b"\0"))
    for name, fault, value in (
            ("zero", "64 zero bytes", bytes(64)), ("flipped", "one bit is another", signature[:-1] + bytes([signature[-1] ^ 1])),
            ("other-key", "by another key", sign(small_body, b"\x02" * 32)), ("no-label", "over the body alone", sign(small_body, label=b"")),
            ("batch-label", "under a batch's label", sign(small_body, label=b"pillarbox batch v1\n")), ("second-s", "S + L in the place of S", with_second_s(signature)),
            ("low-order", "the neutral point and S = 0", b"\1" + bytes(63)), ("of-other-body", "of version 2", sign(cbor(body_of(version=2))))):
        write("signature-" + name, "not_authentic", "not the committee's", "signature: " + fault, pack(small_body, value))
    write("signature-before-body", "not_authentic", "not the committee's", "a body that is no CBOR, unsigned: it must not be looked into", pack(b"\xff" * 40, bytes(64)))
    write("key-other", "not_authentic", "not the committee's", "the reader's key is another committee's", pack(small_body), key=ed25519_public(b"\x03" * 32).hex())
    write("other-campaign", "conflict", "not \"other\"", "the kiosk is of another campaign", pack(small_body), campaign="other")
    write("older-version", "outdated", "version 2 was installed before", "a pack of version 1 after version 2", pack(small_body), version_min=2)
    write("expired", "expired", "expired after 2023-12-31", "a day after its last", pack(small_body), today="2024-01-01")
    for name, changes in (("id", dict(campaign_id="demo2")), ("opens", dict(opens="2023-01-19")), ("closes", dict(closes="2023-01-28")), ("withdraw", dict(withdraw_until="2023-02-01"))):
        write("workbook-other-" + name, "malformed", "not those of its workbook", "body and workbook differ: " + name, pack(cbor(body_of(**changes))))
    workbooks = [("no-zip", "", b"PK"), ("empty", "", b""), ("zip-empty", "", zip_of([])), ("cut", "", XLSX[:-30]),
                 ("no-workbook-xml", "", workbook(xl__workbook_xml=None)), ("workbook-xml-broken", "", workbook(xl__workbook_xml="<workbook")),
                 ("doctype", "", workbook(xl__workbook_xml='<!DOCTYPE a [<!ENTITY b "c">]>' + parts_of(SHEETS)["xl/workbook.xml"])),
                 ("no-survey", "", workbook({"campaign": SHEETS["campaign"]})), ("no-campaign", "no sheet \"campaign\"", workbook({"survey": SHEETS["survey"]})),
                 ("row-twice", "two rows of this name", workbook({**SHEETS, "campaign": SHEETS["campaign"] + [["title", "", "Again"]]})),
                 ("id-capitals", "no campaign id", workbook({**SHEETS, "campaign": [["name", "value", "label"], ["campaign_id", "Demo"]] + SHEETS["campaign"][2:]})),
                 ("opens-no-date", "not a date", workbook({**SHEETS, "campaign": [row if row[0] != "opens" else ["opens", "soon"] for row in SHEETS["campaign"]]}))]
    workbooks += [("row-missing-" + name.replace("_", "-"), "This row is missing", workbook(without("campaign", name))) for name in ("campaign_id", "opens", "closes", "withdraw_until", "purpose", "complaints")]
    write("workbook-sheet-missing", "not_found", "sheet1.xml", "a signed workbook that names a sheet and lacks it",
          pack(cbor(body_of(workbook=workbook(xl__worksheets__sheet1_xml=None)))))
    for name, message, xlsx in workbooks:
        write("workbook-" + name, "malformed", message, "a signed workbook: " + name, pack(cbor(body_of(workbook=xlsx))))
