# SPDX-License-Identifier: GPL-3.0-or-later
"""What the kiosk's texts are in another language: its own from the .po files, the questions from the campaign's workbook."""
import re
import zipfile
from xml.etree import ElementTree

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def column_of(reference):
    return re.match("[A-Z]+", reference).group()


def rows_of(workbook):
    """Each row of each sheet with inline texts, as {column: text}."""
    with zipfile.ZipFile(workbook) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
                for row in ElementTree.fromstring(archive.read(name)).iter(SHEET + "row"):
                    yield {column_of(cell.get("r")): "".join(text.text or "" for text in cell.iter(SHEET + "t"))
                           for cell in row.iter(SHEET + "c")}


def questions(workbook, code):
    """English label -> label in the language."""
    labels = {}
    english = other = None
    for row in rows_of(workbook):
        heads = {text: column for column, text in row.items() if text.startswith("label::")}
        if heads:
            english = next(column for text, column in heads.items() if "(en)" in text)
            other = next(column for text, column in heads.items() if f"({code})" in text)
        elif english and row.get(english) and row.get(other):
            labels[row[english]] = row[other]
    return labels


def texts(po):
    """msgid -> msgstr of entries without a plural."""
    found = {}
    for block in po.read_text().split("\n\n"):
        joined = re.sub(r'"\n"', "", block)
        entry = re.search(r'^msgid "(.*)"\nmsgstr "(.*)"', joined, re.MULTILINE)
        if entry and entry.group(2):
            found[entry.group(1)] = entry.group(2)
    return found


class Labels:
    def __init__(self, source, workbook, code):
        self.words = {}
        if code != "en":
            self.words = questions(workbook, code) | texts(source / "assets/locales" / f"{code}.po")
        self.code = code

    def __call__(self, english):
        if self.code == "en":
            return english
        if english not in self.words:
            raise SystemExit(f"there is no {self.code} for {english!r}")
        return self.words[english]
