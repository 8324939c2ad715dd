# SPDX-License-Identifier: GPL-3.0-or-later
"""What respondents write in each language: tests/scenarios/answers/<language>.po, by the English that the scenarios type."""
import re
import string

STRING = re.compile(r'^(msgid|msgstr) "((?:[^"\\]|\\.)*)"$', re.MULTILINE)
ESCAPE = re.compile(r"\\(.)")


def unescaped(text):
    return ESCAPE.sub(lambda match: {"n": "\n"}.get(match[1], match[1]), text)


class Answers:
    def __init__(self, folder, language):
        self.language = language
        self.translated = {}
        if language != "en":
            strings = [(kind, unescaped(text)) for kind, text in STRING.findall((folder / f"{language}.po").read_text())]
            for (_, english), (_, translation) in zip(strings[::2], strings[1::2], strict=True):
                if english:
                    self.translated[english] = translation

    def write(self, english):
        """What a person of this language writes; the mark that ends some answers is typed after the translated text."""
        if english in self.translated:
            return self.translated[english]
        body = english.rstrip("!")
        return self.translated.get(body, body) + english[len(body):]

    def columns(self, english_columns):
        """An exported row as expected: names of choices are the same in every language, what was written is not."""
        return {column: self.write(value) for column, value in english_columns.items()}

    def canaries(self, english_columns):
        """Texts that can be searched for: written by the respondent, and long enough not to stand anywhere by chance."""
        written = [self.write(value) for value in english_columns.values() if set(value) - set(string.ascii_lowercase + string.digits + "_ ")]
        return [line for text in written for line in text.split("\n") if len(line.encode()) >= 12]
