#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The full path in two languages that nobody speaks, made of the English at run time and never part of what is installed.

usage: pseudo.py BIN_FOLDER SOURCE_FOLDER [WIDTHxHEIGHT]

en-XA is English with accents, in brackets and 40 % longer: what does not fit, is cut, or was never given to translators shows at once.
ar-XB is English set from right to left: what is not mirrored shows at once. Every page must pass the accessibility audit in both.
"""
import re
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from way import Way

ACCENTS = str.maketrans("ABCDEGHIKLNORSTUWYZabcdeghiklnorstuwyz", "ÀɃÇÐÉĜĤÎĶĻÑÖŔŠŢÛŴÝŽåƀçđéĝĥîķļñöŕšţûŵýž")
# What the program or a person reads as it is.
KEPT = re.compile(r"(\{\w+\}|\$\{\w+\}|\S+@\S+|[0-9][0-9 ]*|\s+)")
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def accented(text):
    words = "".join(part if KEPT.fullmatch(part) else part.translate(ACCENTS) for part in KEPT.split(text))
    padding = ("one two three four five six seven eight nine ten " * (1 + len(text) // 100))[:max(2, len(text) * 2 // 5)].strip()
    return f"[{words} {padding}]"


def mirrored(text):
    return "".join(part if KEPT.fullmatch(part) or not part else f"\u202e{part}\u202c" for part in KEPT.split(text))


def word_first(translate):
    """"Change: {question}" names a button that says "Change": as its translators do, it begins with the same word."""
    def translated(text):
        named = re.fullmatch(r"([^{}:]+): (\{\w+\})", text)
        return f"{translate(named[1])}: {named[2]}" if named else translate(text)
    return translated


LANGUAGES = {"en-XA": word_first(accented), "ar-XB": word_first(mirrored)}


def column_letters(number):
    return column_letters((number - 1) // 26) + chr(ord("A") + (number - 1) % 26) if number else ""


def text_of(cell):
    return "".join(node.text or "" for node in cell.iter(f"{SHEET}t"))


def with_pseudo_columns(xml):
    """A sheet with a column for each pseudo-language behind the last, for each column in English."""
    ElementTree.register_namespace("", SHEET[1:-1])
    root = ElementTree.fromstring(xml)
    rows = root.findall(f"{SHEET}sheetData/{SHEET}row")
    header = {re.match("[A-Z]+", cell.get("r"))[0]: text_of(cell) for cell in rows[0]}
    english = [column for column, name in header.items() if name.endswith("::English (en)")]
    for row in rows:
        cells = {re.match("[A-Z]+", cell.get("r"))[0]: text_of(cell) for cell in row}
        number = len(header)
        for column in english:
            for language, translate in LANGUAGES.items():
                number += 1
                text = cells.get(column, "")
                if row is rows[0]:
                    text = header[column].replace("English (en)", f"Pseudo ({language})")
                elif text:
                    text = translate(text)
                if text:
                    row.append(ElementTree.fromstring(
                        f'<c xmlns="{SHEET[1:-1]}" r="{column_letters(number)}{row.get("r")}" t="inlineStr"><is>'
                        f'<t xml:space="preserve">{escape(text)}</t></is></c>'))
    return ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)


def write_workbook(source, target):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, with_pseudo_columns(data) if name.startswith("xl/worksheets/") else data)


def write_catalogues(source, assets):
    """The assets with a catalogue for each pseudo-language. A plural has its two English forms."""
    shutil.copytree(source, assets)
    texts = (assets / "locales/messages.txt").read_text().splitlines()
    many = {text.replace("s left", " left"): text for text in texts if text.startswith("{count} seconds") or "characters left" in text}
    for language, translate in LANGUAGES.items():
        entries = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=n != 1;\\n"\n']
        for text in texts:
            quoted, translated = (one.replace("\\", "\\\\").replace('"', '\\"') for one in (text, translate(text)))
            if text in many:
                plural = many[text]
                entries.append(f'msgid "{quoted}"\nmsgid_plural "{plural}"\nmsgstr[0] "{translated}"\nmsgstr[1] "{translate(plural)}"\n')
            elif text not in many.values():
                entries.append(f'msgid "{quoted}"\nmsgstr "{translated}"\n')
        (assets / f"locales/{language}.po").write_text("\n".join(entries))


def main():
    programs, source = Path(sys.argv[1]), Path(sys.argv[2])
    size = sys.argv[3:] or ["1080x1920"]
    if not shutil.which("Xvfb"):
        print("SKIPPED: pseudo-languages: Xvfb is not installed")
        return
    with tempfile.TemporaryDirectory(prefix="pillarbox-pseudo-") as scratch:
        way = Way(programs, source, Path(scratch))
        write_workbook(way.campaign, way.folder / "pseudo.xlsx")
        write_catalogues(source / "assets", way.folder / "assets")
        (way.folder / "answers").mkdir()
        shutil.copy(source / "tests/scenarios/answers/ar.po", way.folder / "answers/ar-XB.po")  # its keyboard is the Arabic one
        way.campaign = way.folder / "pseudo.xlsx"
        try:
            way.make_campaign()
            way.run("pillarbox-store", "init", "--data", way.folder / "store", "--name", "store.test.pillarbox")
            way.enrol_kiosk("https://127.0.0.1:1")
            way.start_display()
            for language in LANGUAGES:
                print(language, way.run("pillarbox-rehearse", "--station", way.folder / "station", "--today", "2023-01-20", "--scenario",
                                        source / "tests/scenarios/full-path.scenario", "--screenshots", way.folder / "screenshots" / language,
                                        "--language", language, "--answers", way.folder / "answers", "--assets", way.folder / "assets",
                                        "--size", *size, env=way.environment))
        finally:
            way.close()


main()
