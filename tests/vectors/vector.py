# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes vector files: see README.md. Also the faults that every CBOR record can have."""
import os

from primitives import cbor, head


class Folder:
    """One folder of vectors: write(name, expect, body, ...) makes one file."""

    def __init__(self, root, name, **always):
        self.path = os.path.join(root, name)
        self.always = always
        os.makedirs(self.path, exist_ok=True)

    def write(self, name, expect, body, message="", encoding="hex", **fields):
        lines = [f"expect: {expect}"]
        if message:
            lines.append(f"message: {message}")
        lines += [f"{key}: {value}" for key, value in {**self.always, **fields}.items()]
        if encoding == "hex":
            lines.append("encoding: hex")
            text = body.hex()
            body = "".join(text[i:i + 96] + "\n" for i in range(0, len(text), 96)).encode()
        path = os.path.join(self.path, name)
        assert not os.path.exists(path), path
        with open(path, "wb") as file:
            file.write(("\n".join(lines) + "\n\n").encode() + body)


TYPE_NAMES = {int: "an unsigned integer", str: "a text string", bytes: "a byte string", list: "an array"}


def major_of(item):
    return {int: 0, bytes: 2, str: 3, list: 4}[type(item)]


def record_faults(names, values):
    """Yields (name, expected code, message part, fault, encoded record) for one fault after the other in an array of fields."""
    good = [cbor(value) for value in values]

    def record(parts, count=None):
        return head(4, len(parts) if count is None else count) + b"".join(parts)

    def with_part(i, part):
        return record(good[:i] + [part] + good[i + 1:])

    for i, (name, value) in enumerate(zip(names, values)):
        kind = TYPE_NAMES[type(value)]
        yield (f"{name}-missing", "malformed", f"Expected an array of {len(good)}, found one of {len(good) - 1}",
               f"the field {name} is left out", record(good[:i] + good[i + 1:]))
        yield (f"{name}-null", "malformed", f"Expected {kind}", f"{name} is null", with_part(i, b"\xf6"))
        number = value if isinstance(value, int) else len(value)
        shortest = len(head(0, number)) - 1
        longer = next(s for s in (1, 2, 4, 8) if s > shortest)
        content = good[i][1 + shortest:]
        yield (f"{name}-long-head", "malformed", "not in its shortest form",
               f"the head of {name} takes more bytes than it needs", with_part(i, head(major_of(value), number, longer) + content))
        yield (f"{name}-tagged", "malformed", f"Expected {kind}", f"{name} stands in CBOR tag 24",
               with_part(i, b"\xd8\x18" + good[i]))
        if isinstance(value, int):
            yield (f"{name}-float", "malformed", f"Expected {kind}", f"{name} is a float", with_part(i, b"\xf9\x3c\x00"))
            yield (f"{name}-negative", "malformed", f"Expected {kind}", f"{name} is -1", with_part(i, b"\x20"))
        else:
            opened = bytes([major_of(value) << 5 | 31])
            inner = content if isinstance(value, list) else good[i]
            yield (f"{name}-indefinite", "malformed", "Indefinite lengths", f"{name} has an indefinite length",
                   with_part(i, opened + inner + b"\xff"))
    yield ("fields-one-too-many", "malformed", f"found one of {len(good) + 1}", "a field more than there are",
           record(good + [b"\xf6"]))
    yield ("fields-indefinite", "malformed", "Indefinite lengths", "the record is an array of indefinite length",
           b"\x9f" + b"".join(good) + b"\xff")
    yield ("fields-long-head", "malformed", "not in its shortest form", "the record's array head takes two bytes",
           head(4, len(good), 1) + b"".join(good))
    yield ("fields-as-map", "malformed", "Expected an array", "the record is a map",
           head(5, len(good) // 2) + b"".join(good))
    yield ("fields-reserved-head", "malformed", "reserved forms", "the record's head has the reserved form 28",
           b"\x9c" + b"".join(good))
