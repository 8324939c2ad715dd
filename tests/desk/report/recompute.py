#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts every figure of a report anew, from the exported responses.json, and compares: code of its own that knows the
ids of figures (docs/formats/report.md) and nothing of how the desk counts. Exit code 0 where every figure is right.

  recompute.py report.html responses.json [--coding FILE] [--until DAY]
"""
import argparse
import collections
import html.parser
import json
import sys

SMALL, SMALL_STATION_ROLE, DASH = 5, 10, "–"
TRAITS = {"station", "language", "assisted"}
ROLES = {"link", "respondent"}


class FiguresIn(html.parser.HTMLParser):
    """(id, text) of every element with data-figure."""

    def __init__(self, text):
        super().__init__()
        self.found, self.open = [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        figure = dict(attributes).get("data-figure")
        if figure is not None:
            self.open = [figure, tag, ""]

    def handle_data(self, data):
        if self.open:
            self.open[2] += data

    def handle_endtag(self, tag):
        if self.open and self.open[1] == tag:
            self.found.append((self.open[0], self.open[2].strip()))
            self.open = None


def flat(response, into, prefix="/data"):
    """Answers by path; groups are objects, repeats are lists and are not counted."""
    for name, value in response.items():
        if isinstance(value, dict):
            flat(value, into, f"{prefix}/{name}")
        elif not isinstance(value, list) and value is not None:
            into[f"{prefix}/{name}"] = str(value)
    return into


class Person:
    def __init__(self, response):
        system = response["__system"]
        self.key = response["__id"]
        self.day = system["day"]
        self.traits = {"station": system["station"], "language": system["language"],
                       "assisted": "yes" if system["assisted"] else "no"}
        body = {name: value for name, value in response.items() if not name.startswith("__")}
        self.answers = {path.rsplit("/", 1)[1]: value for path, value in flat(body, {}).items()}

    def fits(self, condition):
        """"q1_rating/well", "station/Library 1", "link/used_999/ticked", "q1_text/written", ".../(none)"."""
        question, _, wanted = condition.partition("/")
        if question in TRAITS:
            return self.traits[question] == wanted
        answer = self.answers.get(question, "")
        if wanted == "(none)":
            return answer == ""
        if wanted == "written":
            return answer != ""
        if wanted.endswith("/ticked"):
            return wanted.removesuffix("/ticked") in answer.split(" ")
        return answer == wanted


class Count:
    def __init__(self, people, coding):
        self.people, self.members = people, {}
        self.tagged = collections.defaultdict(set)
        for tag in coding["tags"]:
            wider = coding.get("themes", {}).get(tag["theme"])
            for theme in {tag["theme"], f"+{wider}"}:
                self.tagged[theme, "(any)"].add(tag["response"])
                if tag["path"]:
                    self.tagged[theme, tag["path"].rsplit("/", 1)[1]].add(tag["response"])

    def who(self, condition):
        if condition not in self.members:
            self.members[condition] = {person.key for person in self.people if person.fits(condition)}
        return self.members[condition]

    def of(self, figure):
        if figure == "total":
            return len(self.people)
        if figure.startswith("theme/"):
            theme, question = figure.removeprefix("theme/").split("|")
            tagged = self.tagged[theme, question]
            everybody = {person.key for person in self.people}
            return len(tagged & (everybody if question == "(any)" else self.who(f"{question}/written")))
        first, _, second = figure.partition("|")
        return len(self.who(first) & self.who(second)) if second else len(self.who(first))

    def text(self, figure):
        if figure.startswith("share:"):
            share = self.of(figure.removeprefix("share:")) * 100 / len(self.people)
            return f"{int(share + 0.5)}%"
        return str(self.of(figure))


def threshold(figure):
    first, _, second = figure.removeprefix("share:").partition("|")
    if second.startswith("station/") and first.split("/")[0] in ROLES:
        return SMALL_STATION_ROLE
    return SMALL


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("report")
    parser.add_argument("responses")
    parser.add_argument("--coding")
    parser.add_argument("--until", default="9999-12-31")
    options = parser.parse_args()
    with open(options.responses, encoding="utf-8") as file:
        people = [Person(response) for response in json.load(file)["value"]
                  if response["__system"]["kind"] == "response"]
    coding = {"tags": []}
    if options.coding:
        with open(options.coding, encoding="utf-8") as file:
            coding = json.load(file)
    count = Count([person for person in people if person.day <= options.until], coding)
    with open(options.report, encoding="utf-8") as file:
        figures = FiguresIn(file.read()).found
    wrong = 0
    shown = 0
    for figure, text in figures:
        if text == DASH:
            continue
        shown += 1
        right = count.text(figure)
        if text != right:
            wrong += 1
            print(f"{figure}: the report says {text}, counted are {right}")
        if count.of(figure.removeprefix("share:")) < threshold(figure):
            wrong += 1
            print(f"{figure}: a small count is shown")
    print(f"{len(figures)} figures, {shown} shown and counted anew, {wrong} wrong")
    sys.exit(1 if wrong or shown == 0 else 0)


if __name__ == "__main__":
    main()
