# SPDX-License-Identifier: GPL-3.0-or-later
"""A client as screen readers are: pyatspi over the accessibility bus, with libatspi's cache kept by the kiosk's events."""
import os
import shlex
import time

import expected

WALK_SECONDS_MAX = 1.0
# On a busy machine every call takes long, whoever answers it: then a walk may take so many times as long as as many calls
# of the registry, which does nothing else, while the rehearsal goes on drawing.
REGISTRY_TIMES_MAX = 12
CALLS_A_NODE = 3
CALL_MS_MAX, START_MS_MAX = 20_000, 60_000
# What libatspi keeps, and so what reading anew can find different from it.
KEPT = ("name", "description", "role", "states", "interfaces", "index")
PATIENCE_SECONDS = 30.0


class Client:
    def __init__(self, desktop, answers):
        self.desktop, self.answers = desktop, answers
        os.environ.clear()
        os.environ.update(desktop.environment)
        import pyatspi
        from gi.repository import Atspi, GLib
        self.pyatspi, self.context, self.gone = pyatspi, GLib.MainContext.default(), GLib.GError
        self.pages = self.nodes = 0
        self.slowest = 0.0
        Atspi.set_timeout(CALL_MS_MAX, START_MS_MAX)
        # As in a screen reader's main loop: what came once is kept until an event says otherwise.
        pyatspi.Registry.getDesktop(0).set_cache_mask(Atspi.Cache.ALL)
        self.application = self.wait_for(self.find_application, "the kiosk is not on the desktop")

    def pump(self, seconds=0.02):
        end = time.monotonic() + seconds
        while self.context.iteration(False) or time.monotonic() < end:
            pass

    def wait_for(self, ask, problem):
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            self.pump()
            try:
                found = ask()
            except self.gone:  # a page turned while its objects were looked at
                found = None
            if found:
                return found
            if time.monotonic() > end:
                raise SystemExit(f"after {PATIENCE_SECONDS} s {problem}")

    def find_application(self):
        found = [one for one in self.pyatspi.Registry.getDesktop(0) if one and one.name == "Pillarbox"]
        if len(found) > 1:
            raise SystemExit(f"the kiosk is on the desktop {len(found)} times")
        return found[0] if found else None

    def walk(self):
        """All objects below the window, parents first, as (object, key, parent's key, index)."""
        window = self.application.getChildAtIndex(0)
        found = []

        def down(node, parent, index):
            key = node.get_accessible_id()
            found.append((node, key, parent, index))
            for place in range(node.childCount):
                child = node.getChildAtIndex(place)
                if child is None:
                    raise SystemExit(f"child {place} of {key} is not there")
                down(child, key, place)

        if window is not None:
            down(window, None, 0)
        return found

    def find(self, role, name):
        roles = {"text field": ("entry", "password text")}.get(role) or (expected.ROLES[role],)
        for node, _, _, _ in self.walk():
            if node.name == name and node.getRoleName() in roles:
                return node
        return None

    def wait_for_node(self, role, name):
        return self.wait_for(lambda: self.find(role, name), f'there is no {role} "{name}"')

    # ---- comparing

    def kept_of(self, node):
        states = {self.pyatspi.stateToString(state) for state in node.getState().getStates()}
        return {"name": node.name, "description": node.description, "role": node.getRoleName(), "states": states - {"showing"},
                "interfaces": set(self.pyatspi.listInterfaces(node)) - {"Collection"}, "index": node.getIndexInParent()}

    def seen_of(self, node):
        kept = self.kept_of(node)
        interfaces = kept["interfaces"]
        actions = []
        if "Action" in interfaces:
            action = node.queryAction()
            actions = [action.getName(index) for index in range(action.nActions)]
        attributes = dict(one.split(":", 1) for one in node.getAttributes())
        relations = set()
        forward = {"labelled by", "described by", "error message", "controller for"}
        for relation in node.getRelationSet():
            word = self.pyatspi.relationToString(relation.getRelationType())
            if word in forward:
                relations |= {(word, relation.getTarget(place).get_accessible_id()) for place in range(relation.getNTargets())}
        return kept | {"actions": actions, "attributes": attributes, "relations": relations, "locale": node.get_object_locale(),
                       "extents": tuple(node.queryComponent().getExtents(self.pyatspi.DESKTOP_COORDS))}

    def wanted_of(self, node, seen, index):
        attributes = expected.attributes_of(node)
        return {"name": expected.name_of(node, self.answers), "description": expected.description_of(node),
                "role": expected.role_of(node, self.answers), "states": expected.states_of(node, seen),
                "actions": expected.actions_of(node), "interfaces": expected.interfaces_of(node, self.answers),
                "attributes": attributes, "relations": expected.relations_of(node, seen), "locale": node["lang"], "index": index,
                "extents": tuple(int(side + 0.5) for side in node["rect"])}

    def differences(self, tree, read_anew=False):
        seen = expected.shown(tree)
        objects = self.walk()
        keys = [key for _, key, _, _ in objects]
        if keys != list(seen):
            gone, new = [key for key in seen if key not in keys], [key for key in keys if key not in seen]
            return [f"other nodes or another order: missing {gone}, not in the tree {new}"]
        problems = []
        for node, key, parent, index in objects:
            wanted = self.wanted_of(seen[key], seen, index)
            if read_anew:
                got, wanted = self.kept_of(node), {what: wanted[what] for what in KEPT}
            else:
                got = self.seen_of(node)
                for free in ("placeholder-text", "live"):
                    got["attributes"].pop(free, None)
            if parent != seen[key]["parent"]:
                problems.append(f"{key}: parent {parent}, in the tree {seen[key]['parent']}")
            problems += [f"{key}: {what} {got[what]}, by the tree {wanted[what]}" for what in wanted if got[what] != wanted[what]]
        return problems

    def registry_seconds(self, calls):
        registry = self.pyatspi.Registry.getDesktop(0)
        start = time.monotonic()
        for _ in range(calls):
            registry.get_object_locale()  # which is never kept
        return time.monotonic() - start

    def compare(self, page):
        """What libatspi keeps by our events, and then what a client that forgot everything reads anew."""
        tree = self.desktop.tree(page)
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            self.pump()
            try:
                problems = self.differences(tree)
            except self.gone as error:
                problems = [str(error)]
            if not problems:
                break
            if time.monotonic() > end:
                raise SystemExit(f"page {page}, as the events left it:\n  " + "\n  ".join(problems[:20]))
        self.application.clear_cache()
        start = time.monotonic()
        count = len(self.walk())
        walked = time.monotonic() - start
        problems = self.differences(tree, read_anew=True)
        if problems:
            raise SystemExit(f"page {page}, read anew:\n  " + "\n  ".join(problems[:20]))
        if walked > WALK_SECONDS_MAX and walked > REGISTRY_TIMES_MAX * self.registry_seconds(CALLS_A_NODE * count):
            raise SystemExit(f"page {page}: the walk over {count} nodes took {walked:.2f} s")
        self.pages, self.nodes, self.slowest = self.pages + 1, self.nodes + count, max(self.slowest, walked)

    # ---- acting

    def act(self, node, name="click"):
        action = node.queryAction()
        names = [action.getName(index) for index in range(action.nActions)]
        if not action.doAction(names.index(name)):
            raise SystemExit(f'the kiosk does not {name} "{node.name}"')

    def write(self, node, text):
        """At the end of what is there."""
        field = node.queryEditableText()
        if not field.insertText(node.queryText().characterCount, text, len(text)):
            raise SystemExit(f'nothing can be written into "{node.name}"')

    def text_of(self, node):
        return node.queryText().getText(0, -1)

    def play(self, scenario):
        """A scenario's steps by actions alone: nothing is touched, no key is pressed."""
        for number, line in enumerate(scenario.read_text().splitlines(), 1):
            words = shlex.split(line, comments=True)
            if not words or words[0] == "screenshot":
                continue
            step, role, name = words[0], words[1].replace("_", " ") if len(words) > 1 else "button", words[2] if len(words) > 2 else "English"
            if step in ("tap", "choose_language"):
                self.act(self.wait_for_node(role, name))
            elif step == "type":
                self.write(self.wait_for_node(role, name), words[3])
            elif step == "expect":
                self.wait_for_node(role, name)
            elif step == "expect_no":
                if self.find(role, name):
                    raise SystemExit(f'line {number}: there is a {role} "{name}"')
            else:
                raise SystemExit(f"line {number}: {step} can't be played by actions")
            self.desktop.hold(f"line-{number}")
            # An open station differs in what is typed alone.
            if self.answers == "guarded" or step == "type":
                self.compare(f"line-{number}")
