# SPDX-License-Identifier: GPL-3.0-or-later
"""What a client must see of a node, worked out from the kiosk's own tree, not from what the bridge says."""

ROLES = {
    "window": "frame", "header": "landmark", "main": "landmark", "footer": "landmark", "group": "panel", "heading": "heading",
    "paragraph": "paragraph", "note": "comment", "list": "list", "list item": "list item", "button": "push button", "link": "link",
    "radio group": "grouping", "radio": "radio button", "checkbox": "check box", "select": "combo box", "slider": "slider",
    "progress": "progress bar", "image": "image", "dialog": "dialog", "alert": "notification", "status": "notification",
    "keyboard": "tool bar", "key": "push button"}
BULLET = "\u2022"


def role_of(node, answers):
    if node["role"] != "text field":
        return ROLES[node["role"]]
    guarded = "masked" in node["flags"] or (answers == "guarded" and "private_text" in node["flags"])
    return "password text" if guarded else "entry"


def shown(tree):
    """The nodes that a client sees, by key: those that are hidden or decorative, and all below them, are not."""
    seen = {}
    for node in tree:
        left_out = {"hidden", "decorative"} & set(node["flags"])
        if not left_out and (node["parent"] is None or node["parent"] in seen):
            seen[node["key"]] = node
    return seen


def is_plain_text(node):
    return node["role"] in ("heading", "paragraph", "note", "status")


def name_of(node, answers):
    guarded = answers == "guarded" and "private_text" in node["flags"]
    return BULLET * 8 if guarded and is_plain_text(node) and not node["has_value"] else node["name"]


def description_of(node):
    return " ".join(part for part in (node["error"], node["description"], node["hint"]) if part)


def actions_of(node):
    return [action for action in ("click", "increment", "decrement") if action in node["actions"]]


def states_of(node, tree_of_keys):
    """Without "showing", which depends on what is scrolled where."""
    flags, actions = set(node["flags"]), node["actions"]
    modal = next((other["key"] for other in tree_of_keys.values() if "modal" in other["flags"]), None)
    up = node["key"]
    while modal and up not in (None, modal):
        up = tree_of_keys[up]["parent"]
    reachable = node["role"] == "window" or ("disabled" not in flags and (not modal or up == modal))
    is_field = node["role"] == "text field"
    words = {
        "visible": True, "enabled": reachable, "sensitive": reachable, "active": node["role"] == "window",
        "focusable": "focusable" in flags or "focus" in actions, "focused": node["focus"], "checkable": node["checked"] != "none",
        "checked": node["checked"] == "on", "indeterminate": node["checked"] == "mixed", "required": "required" in flags,
        "invalid entry": "invalid" in flags, "busy": "busy" in flags, "modal": "modal" in flags, "animated": "animated" in flags,
        "read only": "read_only" in flags, "has popup": node["role"] == "select",
        "expandable": node["role"] == "select" or "expanded" in flags, "expanded": "expanded" in flags,
        "multi line": is_field and "multiline" in flags, "single line": is_field and "multiline" not in flags,
        "editable": is_field and "set_text" in actions, "selectable text": is_field}
    return {word for word, holds in words.items() if holds}


def interfaces_of(node, answers):
    guarded = "masked" in node["flags"] or (answers == "guarded" and "private_text" in node["flags"])
    has_text = node["role"] in ("text field", "select") or is_plain_text(node) or (node["has_value"] and not node["has_range"])
    names = {"Accessible", "Component"}
    names |= {"Action"} if actions_of(node) else set()
    names |= {"Text"} if has_text else set()
    names |= {"EditableText"} if node["role"] == "text field" and "set_text" in node["actions"] else set()
    names |= {"Value"} if node["has_range"] and not guarded else set()
    names |= {"Selection"} if node["role"] == "radio group" else set()
    return names


def attributes_of(node):
    wanted = {"id": node["key"], "toolkit": "pillarbox"}
    for name, key in (("level", "level"), ("posinset", "position"), ("setsize", "set_size")):
        if node[key]:
            wanted[name] = str(node[key])
    landmark = {"header": "banner", "main": "main", "footer": "contentinfo"}.get(node["role"])
    return wanted | ({"xml-roles": landmark} if landmark else {})


def relations_of(node, seen):
    names = {"labelled_by": "labelled by", "described_by": "described by", "error_of": "error message", "controls": "controller for"}
    return {(names[key], node[key]) for key in names if node[key] in seen}
