#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A peer on the accessibility bus that knows no manners: the kiosk must answer, refuse, stay small and go on.

usage: hostile.py BIN_FOLDER SOURCE_FOLDER

Wrong signatures, objects that are not there, offsets at the ends of their types, texts of megabytes, values that are no
numbers, thousands of calls at once that nobody waits for; at last the bus itself goes.
"""
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from desktop import Desktop, missing_packages

ACCESSIBLE, TEXT, ACTION = "org.a11y.atspi.Accessible", "org.a11y.atspi.Text", "org.a11y.atspi.Action"
ROOT = "/org/a11y/atspi/accessible/root"
LEAST, MOST = -2 ** 31, 2 ** 31 - 1
FLOOD_CALLS = 20_000
FLOOD_WALKS = 200
GROWTH_KIB_MAX = 64 * 1024


class Peer:
    def __init__(self, desktop):
        from gi.repository import Gio, GLib
        self.Gio, self.GLib, self.desktop = Gio, GLib, desktop
        session = Gio.DBusConnection.new_for_address_sync(
            desktop.environment["DBUS_SESSION_BUS_ADDRESS"], self.flags(), None, None)
        self.address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, 5000, None)[0]
        self.bus = Gio.DBusConnection.new_for_address_sync(self.address, self.flags(), None, None)
        self.kiosk = self.find_kiosk()

    def flags(self):
        return self.Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | self.Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION

    def find_kiosk(self):
        for _ in range(100):
            children = self.bus.call_sync("org.a11y.atspi.Registry", ROOT, ACCESSIBLE, "GetChildren", None, None, 0, 5000, None)[0]
            if len(children):
                return children[0][0]
            time.sleep(0.05)
        raise SystemExit("the kiosk is not on the desktop")

    def call(self, path, interface, member, signature="()", *values):
        """The answer's values, or the error's name."""
        body = self.GLib.Variant(signature, values)
        try:
            return self.bus.call_sync(self.kiosk, path, interface, member, body, None, 0, 5000, None).unpack()
        except self.GLib.Error as error:
            name = self.Gio.DBusError.get_remote_error(error)
            if name is None or "NoReply" in name or "Timeout" in name or "ServiceUnknown" in name:
                raise SystemExit(f"{interface}.{member} of {path}: {error.message}") from error
            return name.rsplit(".", 1)[-1]

    def cast(self, path, interface, member, signature="()", *values):
        """A call that nobody waits for."""
        self.bus.call(self.kiosk, path, interface, member, self.GLib.Variant(signature, values), None,
                      self.Gio.DBusCallFlags.NO_AUTO_START, -1, None, None, None)

    def nodes(self):
        """Path and interfaces of each, as the cache tells."""
        items = self.call("/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems")[0]
        return [(item[0][1], item[5]) for item in items if item[0][1] != ROOT]


def expect(what, got, *wanted):
    if got not in wanted:
        raise SystemExit(f"{what}: {got!r}, expected {' or '.join(map(repr, wanted))}")


def ask_wrongly(peer):
    unknown = ("UnknownObject", "UnknownMethod", "UnknownInterface")
    path = peer.nodes()[0][0]
    expect("a wrong signature", peer.call(path, ACCESSIBLE, "GetChildAtIndex", "(s)", "0"), "InvalidArgs")
    expect("too many arguments", peer.call(path, ACCESSIBLE, "GetRole", "(i)", 1), "InvalidArgs")
    expect("an unknown method", peer.call(path, ACCESSIBLE, "Explode"), *unknown)
    expect("an interface it does not have", peer.call(path, TEXT, "GetText", "(ii)", 0, 1), *unknown)
    for strange in ("0", "00012", "1" * 40, "root/1", "x", "18446744073709551616"):
        expect(strange, peer.call(f"/org/a11y/atspi/accessible/{strange}", ACCESSIBLE, "GetRole"), *unknown)
    expect("the folder of all", peer.call("/org/a11y/atspi/accessible", ACCESSIBLE, "GetRole"), *unknown)
    properties = "org.freedesktop.DBus.Properties"
    expect("an unknown property", peer.call(path, properties, "Get", "(ss)", ACCESSIBLE, "Secret"), "UnknownProperty")
    expect("a property to read", peer.call(path, properties, "Set", "(ssv)", ACCESSIBLE, "Name", peer.GLib.Variant("s", "x")),
           "PropertyReadOnly", "AccessDenied")
    expect("a wrong type", peer.call(ROOT, properties, "Set", "(ssv)", "org.a11y.atspi.Application", "Id", peer.GLib.Variant("s", "x")),
           "InvalidArgs", "InvalidSignature")
    nowhere = "/org/a11y/atspi/null"
    for index in (LEAST, -1, MOST):
        expect(f"child {index}", peer.call(path, ACCESSIBLE, "GetChildAtIndex", "(i)", index)[0][1], nowhere)
    expect("far away", peer.call(path, "org.a11y.atspi.Component", "GetAccessibleAtPoint", "(iiu)", MOST, LEAST, 77)[0][1], nowhere)


def ask_at_the_ends(peer):
    """Every text of the page by every offset that could go wrong."""
    offsets = (LEAST, -2, -1, 0, 1, 1000, MOST)
    for path, interfaces in peer.nodes():
        if TEXT in interfaces:
            for start in offsets:
                for end in offsets:
                    peer.call(path, TEXT, "GetText", "(ii)", start, end)[0]
                for granularity in (0, 1, 2, 3, 4, 5, 2 ** 32 - 1):
                    text, first, last = peer.call(path, TEXT, "GetStringAtOffset", "(iu)", start, granularity)
                    expect("a segment's length", last - first, len(text))
                    for member in ("GetTextAtOffset", "GetTextBeforeOffset", "GetTextAfterOffset"):
                        text, first, last = peer.call(path, TEXT, member, "(iu)", start, granularity)
                        expect("a segment's length", last - first, len(text))
                peer.call(path, TEXT, "GetCharacterAtOffset", "(i)", start)[0]
                peer.call(path, TEXT, "GetSelection", "(i)", start)[0]
        if ACTION in interfaces:
            for index in (LEAST, -1, 50, MOST):
                expect("an action that is not there", peer.call(path, ACTION, "DoAction", "(i)", index), (False,))
                expect("its name", peer.call(path, ACTION, "GetName", "(i)", index), ("",))
        if "org.a11y.atspi.EditableText" in interfaces:
            expect("megabytes", peer.call(path, "org.a11y.atspi.EditableText", "SetTextContents", "(s)", "x" * 4_000_000), (False,))
            for place, count in ((MOST, MOST), (LEAST, LEAST), (-1, 0), (3, -7)):
                peer.call(path, "org.a11y.atspi.EditableText", "InsertText", "(isi)", place, "x", count)[0]
            peer.call(path, "org.a11y.atspi.EditableText", "DeleteText", "(ii)", LEAST, MOST)[0]


def resident_kib(process):
    status = Path(f"/proc/{process}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")))


def flood(desktop, peer):
    before = resident_kib(desktop.kiosk.pid)
    path = next(path for path, interfaces in peer.nodes() if ACTION in interfaces)
    start = time.monotonic()
    for _ in range(FLOOD_CALLS):
        peer.cast(path, "org.a11y.atspi.Component", "ScrollTo", "(u)", 0)
    for _ in range(FLOOD_WALKS):
        peer.cast("/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems")
    peer.bus.flush_sync(None)
    peer.nodes()  # answered after all that came before
    took = time.monotonic() - start
    grown = resident_kib(desktop.kiosk.pid) - before
    if grown > GROWTH_KIB_MAX:
        raise SystemExit(f"{FLOOD_CALLS + FLOOD_WALKS} calls made the kiosk {grown} KiB larger")
    print(f"{FLOOD_CALLS + FLOOD_WALKS} calls in {took:.1f} s, {grown} KiB more")


def main():
    programs, source = Path(sys.argv[1]), Path(sys.argv[2])
    missing = missing_packages()
    if missing:
        print(f"SKIPPED: a hostile peer: not installed: {', '.join(missing)}")
        return
    with tempfile.TemporaryDirectory(prefix="pillarbox-hostile-") as scratch:
        desktop = Desktop(programs, source, Path(scratch))
        try:
            desktop.start()
            # Under AddressSanitizer, freed blocks that it holds back would count as the kiosk's growth.
            desktop.environment["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1"
            desktop.someone_listens()
            desktop.start_kiosk()
            desktop.hold("organisation", 'tap button "English"', 'tap button "Next"', 'tap button "I understand, continue"',
                         'tap radio "For an organisation"')
            peer = Peer(desktop)
            ask_wrongly(peer)
            ask_at_the_ends(peer)
            flood(desktop, peer)
            desktop.hold("after", 'expect text_field "Name of the organisation"')
            os.killpg(desktop.bus.pid, signal.SIGKILL)
            desktop.hold("alone", 'tap button "Next"')
            print(desktop.end_kiosk(), end="")
        finally:
            desktop.close()


main()
