# SPDX-License-Identifier: GPL-3.0-or-later
"""Links of a document, and whether they lead somewhere."""

import re


def prose_of(text, name):
    """Without code, which may hold brackets of its own, and without the style sheets of pages."""
    text = re.sub(r"<style>.*?</style>", "", text, flags=re.S)
    return text if name.endswith(".html") else re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.S)


def links_of(prose):
    found = re.findall(r"\]\(([^)\s]+)\)", prose) + re.findall(r'(?:href|src)="([^"]+)"', prose)
    return [link for link in found if not re.match("https?:", link)]


def anchors_of(path):
    text = path.read_text()
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'id="([^"]+)"', text))


def problem_of(link, document, places):
    """What is wrong with a link of `document`, if anything: looked up in the folders `places`, the first that has it."""
    file, _, anchor = link.partition("#")
    targets = [place / file for place in places if (place / file).exists()] if file else [document]
    if not targets:
        return f"the link {link} leads nowhere"
    if anchor and targets[0].suffix == ".md" and anchor not in anchors_of(targets[0]):
        return f"the link {link} names no heading"
    return None
