# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo call's workbook, read without the program: languages, days, notices and which questions must be answered."""

import re
import xml.etree.ElementTree
import zipfile

SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def rows_of(workbook, number):
    """A sheet as dictionaries by column name. The demo's cells hold their texts themselves, without a table of shared strings."""
    sheet = xml.etree.ElementTree.fromstring(workbook.read(f"xl/worksheets/sheet{number}.xml"))
    table = []
    for row in sheet.iter(SPREADSHEET + "row"):
        cells = {}
        for cell in row:
            text = "".join(part.text or "" for part in cell.iter(SPREADSHEET + "t"))
            cells[re.match("[A-Z]+", cell.get("r")).group()] = text or cell.findtext(SPREADSHEET + "v") or ""
        table.append(cells)
    names = table[0]
    rows = [{names[column]: text for column, text in cells.items() if column in names} for cells in table[1:]]
    return rows, list(names.values())


class DemoCall:
    def __init__(self, root):
        with zipfile.ZipFile(root / "assets/campaigns/las-strategy-2023-28/form.xlsx") as workbook:
            survey, columns = rows_of(workbook, 1)
            campaign, _ = rows_of(workbook, 4)
        labels = [re.fullmatch(r"label::.*\((.+)\)", name) for name in columns]
        self.languages = [label.group(1) for label in labels if label]
        self.required = [row["name"] for row in survey if row.get("required")]
        self.values = {row["name"]: row["value"] for row in campaign if row.get("value")}
        self.english = {row["name"]: row.get("label::English (en)", "") for row in campaign}
        self.easy = {row["name"]: row.get("label::Easy Read (en-simple)", "") for row in campaign}
