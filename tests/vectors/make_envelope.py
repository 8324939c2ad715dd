# SPDX-License-Identifier: GPL-3.0-or-later
"""Envelopes (age v1) with one fault each (docs/formats/envelope.md). The header's MAC is made anew after each change of the header, so
that a reader meets the named fault and not a wrong MAC."""
import base64
import hashlib

from primitives import X25519_BASE, aead_seal, hkdf, hmac_sha256, sha256, x25519
from vector import Folder

FILE_KEY = sha256(b"file key")[:16]
NONCE = sha256(b"payload nonce")[:16]
SECRET = sha256(b"identity 1")
OTHER = sha256(b"identity 2")
EPHEMERAL = sha256(b"ephemeral")
VERSION = b"age-encryption.org/v1\n"
CHUNK = 65536


def b64(data):
    return base64.b64encode(data).rstrip(b"=")


def next_letter(text):
    """Base64 with the lowest unused bit of its last letter set."""
    return text[:-1] + bytes([text[-1] + 1])


def wrapped(secret=SECRET, share=None, shared=None, file_key=FILE_KEY, salt=None, info=b"age-encryption.org/v1/X25519"):
    recipient = x25519(secret, X25519_BASE)
    share = share or x25519(EPHEMERAL, X25519_BASE)
    shared = shared if shared is not None else x25519(EPHEMERAL, recipient)
    return share, aead_seal(hkdf(shared, salt or share + recipient, info), bytes(12), file_key)


def stanza(secret=SECRET, **options):
    share, body = wrapped(secret, **options)
    text = b64(body) + (b"\n" if len(body) == 48 else b"")  # a full line is followed by a shorter one
    return b"-> X25519 " + b64(share) + b"\n" + text + b"\n"


PASSPHRASE = b"ten words on paper"
SALT = sha256(b"salt")[:16]


def scrypt_stanza(work=b"4", salt=None, body=None, more=b"", label=b"age-encryption.org/v1/scrypt"):
    """`work` is the text in the stanza; the key is always made with 2^4."""
    key = hashlib.scrypt(PASSPHRASE, salt=label + SALT, n=16, r=8, p=1, dklen=32)
    body = b64(aead_seal(key, bytes(12), FILE_KEY)) if body is None else body
    return b"-> scrypt " + (b64(SALT) if salt is None else salt) + b" " + work + more + b"\n" + body + b"\n"


def make_wrapped(write, write_ok, plaintext, sealed):
    """Files that a passphrase opens."""
    fields = {"passphrase": PASSPHRASE.decode()}
    ours = scrypt_stanza()
    write_ok("ok-passphrase", "a passphrase", header(ours) + sealed, plaintext, **fields)
    salt = b64(SALT)
    whole = b64(aead_seal(bytes(32), bytes(12), FILE_KEY + b"\0"))
    faults = (
        ("twice", "malformed", "beside another recipient", ours + ours),
        ("beside-key", "malformed", "beside another recipient", ours + stanza()),
        ("beside-other-type", "malformed", "beside another recipient", b"-> grease\n\n" + ours),
        ("no-work", "malformed", "two arguments", b"-> scrypt " + salt + b"\n" + ours.split(b"\n")[1] + b"\n"),
        ("more-arguments", "malformed", "two arguments", scrypt_stanza(more=b" x")),
        ("work-0", "malformed", "without leading zeros", scrypt_stanza(b"0")),
        ("work-leading-zero", "malformed", "without leading zeros", scrypt_stanza(b"04")),
        ("work-plus", "malformed", "without leading zeros", scrypt_stanza(b"+4")),
        ("work-hex", "malformed", "without leading zeros", scrypt_stanza(b"0x4")),
        ("work-23", "limit_exceeded", "more work than 2^22", scrypt_stanza(b"23")),
        ("work-overflows", "limit_exceeded", "more work than 2^22", scrypt_stanza(b"18446744073709551620")),
        ("work-other", "not_authentic", "not the right passphrase", scrypt_stanza(b"5")),
        ("label-other", "not_authentic", "not the right passphrase", scrypt_stanza(label=b"age-encryption.org/v1/Scrypt")),
        ("salt-padded", "malformed", "", scrypt_stanza(salt=salt + b"==")),
        ("salt-trailing-bits", "malformed", "trailing bits", scrypt_stanza(salt=next_letter(salt))),
        ("salt-15-bytes", "malformed", "found 15", scrypt_stanza(salt=b64(SALT[:-1]))),
        ("salt-17-bytes", "malformed", "found 17", scrypt_stanza(salt=b64(SALT + b"\0"))),
        ("body-33-bytes", "malformed", "body has 32 bytes", scrypt_stanza(body=whole)),
        ("body-empty", "malformed", "body has 32 bytes", scrypt_stanza(body=b"")),
        ("only-a-key", "malformed", "No passphrase opens", stanza()),
    )
    for name, code, message, text in faults:
        write("passphrase-" + name, code, message, "a file for a passphrase: " + name, header(text) + sealed, **fields)
    write("passphrase-other", "not_authentic", "not the right passphrase", "the reader's passphrase is another", header(ours) + sealed,
          passphrase="ten words on papers")
    write("passphrase-mac-altered", "not_authentic", "header was altered", "the MAC is of another label", header(ours, label=b"Header") + sealed, **fields)
    write("stanza-passphrase-beside", "malformed", "beside another recipient", "a passphrase beside the reader's key", header(stanza(), ours) + sealed)


def header(*stanzas, version=VERSION, key=FILE_KEY, label=b"header"):
    text = version + b"".join(stanzas) + b"---"
    return text + b" " + b64(hmac_sha256(hkdf(key, b"", label), text)) + b"\n"


def chunks(plaintext):
    return [plaintext[i:i + CHUNK] for i in range(0, max(len(plaintext), 1), CHUNK)]


def payload(parts, last=None, counters=None, key=FILE_KEY, nonce=NONCE, info=b"payload"):
    """Nonce and sealed chunks; `last` names the chunk that is marked as the last one."""
    last = len(parts) - 1 if last is None else last
    stream_key = hkdf(key, nonce, info)
    sealed = [aead_seal(stream_key, (counters[i] if counters else i).to_bytes(11, "big") + bytes([i == last]), part)
              for i, part in enumerate(parts)]
    return nonce + b"".join(sealed)


def filler(size):
    return (b"0123456789abcdef" * (size // 16 + 1))[:size]


def make(root):
    folder = Folder(root, "envelope", key=SECRET.hex())
    plaintext = b"To the committee"
    ours, sealed = stanza(), payload([plaintext])
    good_header = header(ours)
    good = good_header + sealed

    def write(name, expect, message, fault, body, **fields):
        folder.write(name, expect, body, message, encoding="raw", fault=fault, **fields)

    def write_ok(name, fault, body, content, **fields):
        folder.write(name, "ok", body, encoding="raw", fault="none: " + fault, sha256=sha256(content).hex(), **fields)

    write_ok("ok", "one recipient", good, plaintext)
    for size in (0, 1, 1024, CHUNK - 1, CHUNK, CHUNK + 1):
        write_ok(f"ok-{size}-bytes", f"a plaintext of {size} bytes", good_header + payload(chunks(filler(size))), filler(size))
    grease = b"-> grease a b~ !\n\n"
    write_ok("ok-other-stanza-first", "a stanza of another type before ours", header(grease, ours) + sealed, plaintext)
    write_ok("ok-other-stanza-last", "a stanza of another type behind ours", header(ours, grease) + sealed, plaintext)
    write_ok("ok-other-stanza-64-letters", "a body of one full line and an empty one", header(b"-> x\n" + b64(bytes(48)) + b"\n\n", ours) + sealed, plaintext)
    write_ok("ok-second-recipient", "ours is the second stanza", header(stanza(OTHER), ours) + sealed, plaintext)
    write_ok("ok-five-recipients", "ours is the last of five", header(*[stanza(sha256(bytes([i]))) for i in range(4)], ours) + sealed, plaintext)
    write_ok("ok-64-stanzas", "as many stanzas as are allowed", header(*[grease] * 63, ours) + sealed, plaintext)
    write_ok("ok-16-arguments", "as many arguments as are allowed", header(b"-> x" + b" a" * 15 + b"\n\n", ours) + sealed, plaintext)
    write_ok("ok-cap-met", "a plaintext exactly at the caller's cap", good, plaintext, plaintext_max=16)
    write("cap", "limit_exceeded", "holds 16 bytes; at most 15", "one byte over the caller's cap", good, plaintext_max=15)
    write("cap-0", "limit_exceeded", "holds 16 bytes; at most 0", "a cap of nothing", good, plaintext_max=0)

    share_text = b64(wrapped()[0])
    body_text = b64(wrapped()[1])
    low_order = [bytes(32), b"\1" + bytes(31), bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
                 bytes.fromhex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
                 bytes.fromhex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
                 bytes.fromhex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
                 bytes.fromhex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    for i, point in enumerate(low_order):
        write(f"share-low-order-{i}", "malformed", "low order", "the share is a point of low order: " + point.hex(),
              header(stanza(share=point, shared=bytes(32))) + sealed)
    stanzas = (
        ("arrow-missing", "malformed", "does not begin with an arrow", ours[3:]),
        ("arrow-no-space", "malformed", "does not begin with an arrow", ours.replace(b"-> ", b"->")),
        ("arrow-long", "malformed", "does not begin with an arrow", ours.replace(b"->", b"-->")),
        ("arguments-none", "malformed", "argument is empty", b"-> \n" + body_text + b"\n"),
        ("argument-missing", "malformed", "has one argument", b"-> X25519\n" + body_text + b"\n"),
        ("argument-second", "malformed", "has one argument", b"-> X25519 " + share_text + b" x\n" + body_text + b"\n"),
        ("arguments-two-spaces", "malformed", "argument is empty", ours.replace(b"X25519 ", b"X25519  ")),
        ("arguments-trailing-space", "malformed", "argument is empty", ours.replace(share_text, share_text + b" ")),
        ("arguments-tab", "malformed", "not visible ASCII", ours.replace(b"X25519 ", b"X25519\t")),
        ("arguments-not-ascii", "malformed", "not visible ASCII", ours.replace(b"X25519 ", b"X25519\xc2\xa0")),
        ("arguments-zero-byte", "malformed", "not visible ASCII", ours.replace(b"X25519 ", b"X25519\0 ")),
        ("arguments-17", "limit_exceeded", "too many arguments", b"-> x" + b" a" * 16 + b"\n\n" + ours),
        ("type-small", "not_authentic", "None of the keys", ours.replace(b"X25519", b"x25519")),
        ("share-padded", "malformed", "impossible length", ours.replace(share_text, share_text + b"==")),
        ("share-padded-one", "malformed", "outside its alphabet", ours.replace(share_text, share_text + b"=")),
        ("share-url-alphabet", "malformed", "outside its alphabet", b"-> X25519 " + b"-" + share_text[1:] + b"\n" + body_text + b"\n"),
        ("share-trailing-bits", "malformed", "non-zero trailing bits", ours.replace(share_text, next_letter(share_text))),
        ("share-31-bytes", "malformed", "Expected 32 bytes, found 31", ours.replace(share_text, b64(wrapped()[0][:-1]))),
        ("share-33-bytes", "malformed", "Expected 32 bytes, found 33", ours.replace(share_text, b64(wrapped()[0] + b"\0"))),
        ("body-missing", "malformed", "", b"-> X25519 " + share_text + b"\n"),
        ("body-empty", "malformed", "body has 32 bytes", b"-> X25519 " + share_text + b"\n\n"),
        ("body-padded", "malformed", "outside its alphabet", ours.replace(body_text, body_text + b"=")),
        ("body-trailing-bits", "malformed", "non-zero trailing bits", ours.replace(body_text, next_letter(body_text))),
        ("body-leading-space", "malformed", "", ours.replace(body_text, b" " + body_text)),
        ("body-wrapped-early", "malformed", "", ours.replace(body_text, body_text[:20] + b"\n" + body_text[20:])),
        ("body-31-bytes", "malformed", "body has 32 bytes", ours.replace(body_text, b64(wrapped()[1][:-1]))),
        ("body-33-bytes", "malformed", "body has 32 bytes", ours.replace(body_text, b64(wrapped()[1] + b"\0"))),
        ("body-65-letters", "malformed", "over 64 letters", b"-> x\n" + b"A" * 65 + b"\n" + ours),
        ("body-64-letters-unended", "malformed", "", b"-> x\n" + b"A" * 64 + b"\n" + ours),
        ("file-key-17-bytes", "malformed", "body has 32 bytes", stanza(file_key=FILE_KEY + b"\0")),
        ("file-key-15-bytes", "malformed", "body has 32 bytes", stanza(file_key=FILE_KEY[:-1])),
        ("file-key-32-bytes", "malformed", "body has 32 bytes", stanza(file_key=FILE_KEY * 2)),
        ("body-altered", "not_authentic", "None of the keys", b"-> X25519 " + share_text + b"\n" + b64(bytes([wrapped()[1][0] ^ 1]) + wrapped()[1][1:]) + b"\n"),
        ("share-other", "not_authentic", "None of the keys", ours.replace(share_text, b64(X25519_BASE))),
        ("salt-swapped", "not_authentic", "None of the keys", stanza(salt=x25519(SECRET, X25519_BASE) + wrapped()[0])),
        ("label-other", "not_authentic", "None of the keys", stanza(info=b"age-encryption.org/v1/x25519")),
        ("other-recipient", "not_authentic", "None of the keys", stanza(OTHER)),
        ("only-other-types", "not_authentic", "None of the keys", grease),
        ("none", "malformed", "names no recipient", b""),
        ("65", "limit_exceeded", "over 64 recipients", grease * 64 + ours),
        ("blank-line", "malformed", "does not begin with an arrow", b"\n" + ours),
        ("crlf", "malformed", "not visible ASCII", ours.replace(b"\n", b"\r\n")),
        ("first-bad-second-good", "malformed", "low order", stanza(share=bytes(32), shared=bytes(32)) + ours),
    )
    for name, code, message, text in stanzas:
        write("stanza-" + name, code, message, "the stanza: " + name, header(text) + sealed)
    write("header-64-kib", "limit_exceeded", "over 64 KiB", "a header without an end", header((b"-> x\n" + (b"A" * 64 + b"\n") * 1020) + b"\n", ours) + sealed)
    versions = (("2", "unsupported", b"age-encryption.org/v2\n"), ("crlf", "unsupported", b"age-encryption.org/v1\r\n"),
                ("space", "unsupported", b"age-encryption.org/v1 \n"), ("capital", "malformed", b"Age-encryption.org/v1\n"),
                ("missing", "malformed", b""), ("blank-before", "malformed", b"\n" + VERSION), ("mark-before", "malformed", b"\xef\xbb\xbf" + VERSION))
    for name, code, version in versions:
        write("version-" + name, code, "not an age v1 envelope", "the version line: " + name, header(ours, version=version) + sealed)
    write("armored", "malformed", "not an age v1 envelope", "ASCII armour, which stands around no envelope of ours",
          b"-----BEGIN AGE ENCRYPTED FILE-----\n" + base64.b64encode(good) + b"\n-----END AGE ENCRYPTED FILE-----\n")
    mac = good_header[good_header.rindex(b" ") + 1:-1]
    raw_mac = base64.b64decode(mac + b"=")
    macs = (("missing", "malformed", "has no MAC", b""), ("empty", "malformed", "Expected 32 bytes, found 0", b" "),
            ("padded", "malformed", "outside its alphabet", b" " + mac + b"="), ("trailing-bits", "malformed", "non-zero trailing bits", b" " + next_letter(mac)),
            ("two-spaces", "malformed", "", b"  " + mac), ("trailing-space", "malformed", "", b" " + mac + b" "), ("crlf", "malformed", "", b" " + mac + b"\r"),
            ("31-bytes", "malformed", "found 31", b" " + b64(raw_mac[:-1])), ("33-bytes", "malformed", "found 33", b" " + b64(raw_mac + b"\0")),
            ("no-space", "malformed", "has no MAC", mac), ("altered", "not_authentic", "header was altered", b" " + b64(bytes([raw_mac[0] ^ 1]) + raw_mac[1:])),
            ("zero", "not_authentic", "header was altered", b" " + b64(bytes(32))))
    for name, code, message, text in macs:
        write("mac-" + name, code, message, "the MAC: " + name, VERSION + ours + b"---" + text + b"\n" + sealed)
    write("mac-label", "not_authentic", "header was altered", "the MAC key is of another label", header(ours, label=b"Header") + sealed)
    write("mac-before-stanza-added", "not_authentic", "header was altered", "a stanza was added after the MAC was made",
          good.replace(b"---", grease + b"---", 1))
    write("mac-before-stanza-removed", "not_authentic", "header was altered", "a stanza was taken out after the MAC was made",
          header(ours, grease).replace(grease, b"") + sealed)
    write("mac-before-stanzas-swapped", "not_authentic", "header was altered", "two stanzas have changed places after the MAC was made",
          VERSION + grease + ours + header(ours, grease)[len(VERSION + ours + grease):] + sealed)
    cuts = {"nothing": 0, "within-version": 10, "version": 22, "within-stanza": 60, "stanza": 22 + len(ours), "dashes": 22 + len(ours) + 3,
            "within-mac": len(good_header) - 9, "mac-unended": len(good_header) - 1, "header": len(good_header), "within-nonce": len(good_header) + 8,
            "nonce": len(good_header) + 16, "within-tag": len(good_header) + 31, "last-byte": len(good) - 1}
    for name, size in cuts.items():
        code, message = ("malformed", "ends within its header") if size < len(good_header) else ("not_authentic", "cut short or altered")
        write("cut-after-" + name, code, message, f"the envelope ends after {size} bytes", good[:size])
    two = [filler(CHUNK), b"the end"]
    swapped = payload(two + [b"x"], last=2)
    payloads = (
        ("altered-first", "the first sealed byte is another", sealed[:16] + bytes([sealed[16] ^ 1]) + sealed[17:]),
        ("altered-tag", "the last byte of the tag is another", sealed[:-1] + bytes([sealed[-1] ^ 128])),
        ("nonce-altered", "one bit of the nonce is another", bytes([sealed[0] ^ 1]) + sealed[1:]),
        ("nonce-missing", "no nonce before the chunk", sealed[16:]),
        ("trailing-byte", "a byte behind the last chunk", sealed + b"\0"),
        ("twice", "the whole payload twice", sealed + sealed),
        ("not-last", "the only chunk is not marked as the last", payload([plaintext], last=9)),
        ("counter-from-1", "the first chunk counts as the second", payload([plaintext], counters=[1])),
        ("counter-in-high-byte", "the count stands in the wrong byte", payload([plaintext], counters=[1 << 80])),
        ("label-other", "the payload key is of another label", payload([plaintext], info=b"Payload")),
        ("file-key-other", "sealed under another file key", payload([plaintext], key=bytes(16))),
        ("last-chunk-empty", "an empty last chunk behind a full one", payload([two[0], b""])),
        ("last-chunk-missing", "cut at a chunk's end", payload(two)[:16 + CHUNK + 16]),
        ("last-mark-early", "the first of two chunks is marked as the last", payload(two, last=0)),
    )
    for name, fault, body in payloads:
        write("payload-" + name, "not_authentic", "cut short or altered", fault, good_header + body)
    write("payload-empty-then-empty", "not_authentic", "cut short or altered", "two empty chunks", good_header + payload([b"", b""]))
    del swapped
    sealed_two = payload(two + [b""], last=2)
    write("payload-chunks-swapped", "not_authentic", "cut short or altered", "a full chunk and the last one have changed places",
          good_header + sealed_two[:16] + payload(two)[16 + CHUNK + 16:] + payload(two)[16:16 + CHUNK + 16])
    make_wrapped(write, write_ok, plaintext, sealed)
    write("key-other", "not_authentic", "None of the keys", "the reader's key is another", good, key=OTHER.hex())
