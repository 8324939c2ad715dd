#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds docs/templates to the software and to the demo call.

usage: check.py SOURCE_FOLDER

Prints every problem with its file, and ends with 1 where there is one.
"""

import datetime
import functools
import html
import json
import pathlib
import re
import sys

from demo_call import DemoCall
from links import links_of, problem_of, prose_of

FILLERS = ("the controller", "the officer", "outreach staff", "the committee", "...")
GRADE_MAX = 6.0  # Flesch and Kincaid's: what a child of eleven reads
EASY_WORDS_MAX = 12


@functools.cache
def call_of(root):
    return DemoCall(root)


class Templates:
    """`folder` is docs/templates, or a copy with a fault; everything else is looked up in the tree `root`."""

    def __init__(self, root, folder):
        self.root, self.folder = root, folder
        self.call = call_of(root)
        self.texts = {path.name: path.read_text() for path in sorted(folder.iterdir())}
        self.problems = []

    def expect(self, holds, file, what):
        if not holds:
            self.problems.append(f"{file}: {what}")

    def source(self, file):
        return (self.root / file).read_text()

    def constant(self, file, pattern):
        return re.search(pattern, self.source(file)).group(1).replace("'", "")

    def prose(self, name):
        return prose_of(self.texts[name], name)


# A copy is looked up where the original stands, but for what is in the copy itself.
def check_links(templates):
    places = [templates.folder, templates.root / "docs/templates"]
    for name in templates.texts:
        for link in links_of(templates.prose(name)):
            problem = problem_of(link, templates.folder / name, places)
            templates.expect(problem is None, name, problem)


@functools.cache
def tests_of(root):
    names = set()
    for path in (root / "tests").rglob("*.cpp"):
        for _, name in re.findall(r'TEST_CASE(?:_METHOD)?\(\s*(\w+,\s*)?((?:"[^"]*"\s*)+)', path.read_text()):
            names.add("".join(re.findall(r'"([^"]*)"', name)))
    for path in (root / "tests").rglob("CMakeLists.txt"):
        text = path.read_text()
        names |= set(re.findall(r'NAME "([^"]+)"', text))
        names |= {f"{kind}: {name}" for kind, name in re.findall(r'^(\w+)_test\("([^"]+)"', text, re.M)}
    return names


def check_cited_tests(templates):
    known = tests_of(templates.root)
    cited = re.findall(r"`test: ([^`]+)`", templates.texts["dpia.md"])
    templates.expect(len(cited) > 30, "dpia.md", f"only {len(cited)} tests are cited")
    for name in cited:
        templates.expect(name in known, "dpia.md", f"there is no test \"{name}\"")
    for number in range(1, 21):
        text = templates.texts["dpia.md"]
        measures = re.search(rf"^### R{number}: .*?(?=^##)", text, re.M | re.S)
        whole = f"| R{number} |" in text and measures is not None and "esidual: " in measures.group()
        templates.expect(whole, "dpia.md", f"R{number} has no risk, measure or residual risk")


def check_marks(templates):
    for name, text in templates.texts.items():
        prose = templates.prose(name)
        if name.endswith(".json"):
            continue
        for mark in re.findall(r"\[([^\]]*)\](?!\()", prose):
            mark = " ".join(mark.split())
            marked = any(mark.startswith(f"to be filled by {who}") for who in FILLERS)
            templates.expect(marked, name, f"[{mark}] does not say by whom it is to be filled")
        for loose in re.findall(r"\b(?:TODO|TBD|TBC|FIXME|XXX|lorem|insert here)\b|_{3,}|\.{4,}", prose, re.I):
            templates.expect(False, name, f"{loose} is no mark that anybody looks for")
        for field in re.findall(r'<[^>]*contenteditable[^>]*>[^<]*', text):
            templates.expect(re.search(r'data-open="\[to be filled by [^"]*\]">$', field), name, f"{field} is no marked, empty field")


def check_languages(templates):
    names = dict(re.findall(r'Language\{"(\w+)", "([^"]+)"', templates.source("accessibility/messages/languages.cpp")))
    names["en-simple"] = "Easy Read"
    shown = re.findall(r'<li lang="([^"]+)"(?: dir="rtl")?>([^<]+)</li>', templates.texts["poster.html"])
    same = [code for code, _ in shown] == templates.call.languages
    templates.expect(same, "poster.html", "its languages are not the call's, in their order")
    for code, name in shown:
        templates.expect(names.get(code) == name, "poster.html", f"{code} does not call itself \"{name}\"")
    spoken = sum(not code.endswith("-simple") for code in templates.call.languages)
    words = f"{spoken} languages and Easy Read"
    templates.expect(f"in {words}" in templates.texts["dpia.md"], "dpia.md", f"it does not say {words}")


def day_in_words(day):
    return f"{day.day} {day:%B} {day.year}"


def check_days(templates):
    classes = json.loads(templates.texts["retention.json"])["classes"]
    until = {name: rule["keep_until"] for name, rule in classes.items()}
    days = {name: datetime.date.fromisoformat(day) for name, day in (templates.call.values | until).items()
            if re.fullmatch(r"\d{4}-\d\d-\d\d", day)}
    known = {day_in_words(day) for day in days.values()} | {day.isoformat() for day in days.values()}
    months = "|".join(datetime.date(2000, month, 1).strftime("%B") for month in range(1, 13))
    for name, text in templates.texts.items():
        for day in re.findall(rf"\b\d{{1,2}}\s(?:{months})\s\d{{4}}\b|\b\d{{4}}-\d\d-\d\d\b", text):
            day = " ".join(day.split())
            templates.expect(day in known, name, f"{day} is a day of neither the call nor the retention file")
    for name, file in (("closes", "poster.html"), ("withdraw_until", "poster.html"), ("withdraw_until", "easy-read-notice.html"),
                       ("withdraw_until", "privacy-notice.md"), ("meeting", "privacy-notice.md")):
        templates.expect(day_in_words(days[name]) in plain(templates.texts[file]), file, f"it does not tell the day of {name}")
    check_retention(templates, until, days)


def check_retention(templates, until, days):
    declared = re.search(r"class_names = \{(.*?)\}", templates.source("desk/archive/retention.hpp")).group(1)
    if set(until) != set(re.findall(r'"(\w+)"', declared)):
        return templates.expect(False, "retention.json", "its classes are not the archive's")
    rows = dict(re.findall(r"^\| `(\w+)` \|[^|]*\| ([^|]+) \|", templates.texts["retention.md"], re.M))
    templates.expect(rows == until, "retention.md", "its table and retention.json differ")
    notice = templates.texts["privacy-notice.md"]
    for label, name in (("your name and contact details", "contacts"), ("the locked answers", "envelopes"),
                        ("your answers", "responses")):
        row = f"| {label} | {day_in_words(days[name])} |"
        templates.expect(row in notice, "privacy-notice.md", f"it does not say how long {name} are kept")
        templates.expect(days[name] >= days["withdraw_until"], "retention.json", f"{name} end before the last day to withdraw")
    easy = templates.texts["easy-read-notice.html"]
    for name in ("contacts", "responses"):
        told = f"until {day_in_words(days[name])}." in easy
        templates.expect(told, "easy-read-notice.html", f"it does not say how long {name} are kept")


def check_figures(templates):
    timing = "kiosk/flow/session.hpp"
    idle = int(templates.constant(timing, r"milliseconds idle_before_warning\{([\d']+)\}")) // 1000
    warning = int(templates.constant(timing, r"milliseconds warning\{([\d']+)\}")) // 1000
    grace = templates.constant("sync/store/closing.hpp", r"grace_days_default = (\d+)")
    small = templates.constant("desk/report/suppression.hpp", r"small_count = (\d+)")
    role = templates.constant("desk/report/suppression.hpp", r"small_count_station_role = (\d+)")
    for file, words in (("retention.md", f"or {warning} s after a warning that comes when nothing was touched for {idle} s"),
                        ("retention.md", f"does so for {grace} days unless"),
                        ("dpia.md", f"After {idle} s without a touch a warning, {warning} s later"),
                        ("dpia.md", f"Counts under {small},"), ("dpia.md", f"by station and role are hidden under {role}.")):
        templates.expect(words in templates.texts[file], file, f"it does not say \"{words}\"")


def plain(text):
    return " ".join(html.unescape(re.sub(r"<[^>]+>|\*\*", "", text)).replace("’", "'").split())


def check_words_of_the_call(templates):
    call = templates.call
    texts = {name: plain(text) for name, text in templates.texts.items()}
    easy = call.easy["safety_notice"].removeprefix("You cannot get help here. ")
    for file, notice in (("poster.html", call.english["safety_notice"]), ("privacy-notice.md", call.english["safety_notice"]),
                         ("easy-read-notice.html", easy)):
        for sentence in re.findall(r"[^.?]+[.?]", notice):
            templates.expect(plain(sentence) in texts[file], file, f"it does not say \"{sentence.strip()}\" as the call does")
        address = re.search(r"\S+@\S+\w", call.english["complaints"]).group()
        templates.expect(address in texts[file], file, "it does not tell where to complain")
    invited = f"<h1>{call.english['invitation']}</h1>" in templates.texts["poster.html"]
    templates.expect(invited, "poster.html", "it does not invite as the call does")
    duration = f"About {call.values['minutes']} minutes" in texts["poster.html"]
    templates.expect(duration, "poster.html", "it tells another duration")
    only_one = "skip any question but one: whether we may quote you" in texts["privacy-notice.md"]
    templates.expect(only_one and call.required == ["quote"], "privacy-notice.md", f"what must be answered is {call.required}")


def syllables(word):
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    return max(1, groups - (word.lower().endswith("e") and not word.lower().endswith("le") and groups > 1))


def grade_of(text):
    sentences = [sentence for sentence in re.split(r"[.!?:\n]+", text) if re.search("[a-z]", sentence)]
    words = re.findall(r"[A-Za-z']+", text)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def check_reading(templates):
    notice = re.sub(r"\[to be filled[^\]]*\]", "", templates.texts["privacy-notice.md"].split("## The law that")[0])
    paragraphs = [" ".join(paragraph.split()) for paragraph in re.split(r"\n\n|\n- |\n\|", plain_links(notice))
                  if not paragraph.startswith("#")]
    grade = grade_of("\n".join(paragraphs))
    templates.expect(grade <= GRADE_MAX, "privacy-notice.md", f"it reads at grade {grade:.1f}, over {GRADE_MAX}")
    for line in re.findall(r"^    <p>(.*?)</p>$", templates.texts["easy-read-notice.html"], re.M):
        for sentence in re.split(r"(?<=[.?]) ", plain(re.sub(r"\[to be filled[^\]]*\]", "", line))):
            templates.expect(len(sentence.split()) <= EASY_WORDS_MAX, "easy-read-notice.html", f"\"{sentence}\" is long")


def plain_links(text):
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)


CHECKS = (check_links, check_cited_tests, check_marks, check_languages, check_days, check_figures, check_words_of_the_call,
          check_reading)


def problems_of(root, folder):
    templates = Templates(root, folder)
    for check in CHECKS:
        check(templates)
    return templates.problems


def main():
    root = pathlib.Path(sys.argv[1])
    problems = problems_of(root, root / "docs/templates")
    print("\n".join(problems) or "no problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
