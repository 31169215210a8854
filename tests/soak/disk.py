"""
A disk under SQLite that remembers in what order it was written to and what it was told to make sure of, so that a test
can ask what would be left had the power failed at any moment.

SQLite reaches files through a layer of functions (https://www.sqlite.org/vfs.html). The functions of the system's own
layer go on doing the work; those that write, cut, delete and make sure are noted first. `left_after` builds the folder
as it may be after power fails: everything that was made sure of, and of what was written since, each 512 bytes kept or
lost by chance, in no order. Files of shared memory (-shm) are lost, as they would be.
"""

import ctypes
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SECTOR = 512
"""Bytes that a disk writes whole or not at all."""

OK = 0
P, INT, LONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64


@dataclass(frozen=True)
class Wrote:
    file: str
    at: int
    bytes: bytes


@dataclass(frozen=True)
class Cut:
    file: str
    size: int


@dataclass(frozen=True)
class MadeSure:
    file: str


@dataclass(frozen=True)
class Deleted:
    file: str


@dataclass(frozen=True)
class Said:
    """Somebody was told of an act by then."""

    number: int


Event = Wrote | Cut | MadeSure | Deleted | Said


class IoMethods(ctypes.Structure):
    """sqlite3_io_methods, as of its third version."""

    _fields_ = (
        ("version", INT),
        ("close", P),
        ("read", P),
        ("write", ctypes.CFUNCTYPE(INT, P, P, INT, LONG)),
        ("truncate", ctypes.CFUNCTYPE(INT, P, LONG)),
        ("sync", ctypes.CFUNCTYPE(INT, P, INT)),
        ("the_rest", P * 13),
    )


class File(ctypes.Structure):
    _fields_ = (("methods", ctypes.POINTER(IoMethods)),)


Open = ctypes.CFUNCTYPE(INT, P, P, ctypes.POINTER(File), INT, P)  # SQLite goes on using the name where it stands
Delete = ctypes.CFUNCTYPE(INT, P, P, INT)


class Vfs(ctypes.Structure):
    """sqlite3_vfs, as far as it is used here."""

    _fields_ = (
        ("version", INT),
        ("file_bytes", INT),
        ("longest_path", INT),
        ("next", P),
        ("name", ctypes.c_char_p),
        ("data", P),
        ("open", Open),
        ("delete", Delete),
    )


class NoWayIn(RuntimeError):
    """This Python's SQLite cannot be reached from outside: it is built in without its names."""


@dataclass
class Disk:
    """What was done to the files, in order."""

    events: list[Event] = field(default_factory=list)
    _kept: list[Any] = field(default_factory=list)
    _methods: dict[int, IoMethods] = field(default_factory=dict)
    _names: dict[int, str] = field(default_factory=dict)

    def said(self, number: int) -> None:
        self.events.append(Said(number))

    @contextmanager
    def under_sqlite(self) -> Iterator["Disk"]:
        """Files that SQLite opens meanwhile, in this process, are on this disk. Raises NoWayIn."""
        vfs = _systems_own()
        # As they are now: a field read by its name would follow what it is set to.
        opening, deleting = (type(each)(ctypes.cast(each, P).value) for each in (vfs.open, vfs.delete))

        def opened(this: int, name: int | None, file: Any, flags: int, out: int) -> int:
            result = int(opening(this, name, file, flags, out))
            if result == OK and file.contents.methods and name:
                self._names[ctypes.addressof(file.contents)] = _last_part(name)
                file.contents.methods = ctypes.pointer(self._noting(file.contents.methods.contents))
            return result

        def deleted(this: int, name: int, sure: int) -> int:
            self.events.append(Deleted(_last_part(name)))
            return int(deleting(this, name, sure))

        ours = (Open(opened), Delete(deleted))
        self._kept += [*ours, opening, deleting]
        vfs.open, vfs.delete = ours
        try:
            yield self
        finally:
            vfs.open, vfs.delete = opening, deleting

    def _noting(self, own: IoMethods) -> IoMethods:
        """The same functions, with those that change a file noted. One set for each set there is."""
        key = ctypes.addressof(own)
        if key in self._methods:
            return self._methods[key]
        noting = IoMethods()
        ctypes.pointer(noting)[0] = own
        write, truncate, sync = own.write, own.truncate, own.sync

        def writing(file: int, data: int, size: int, at: int) -> int:
            self.events.append(Wrote(self._names[file], at, ctypes.string_at(data, size)))
            return int(write(file, data, size, at))

        def cutting(file: int, size: int) -> int:
            self.events.append(Cut(self._names[file], size))
            return int(truncate(file, size))

        def making_sure(file: int, flags: int) -> int:
            result = int(sync(file, flags))
            self.events.append(MadeSure(self._names[file]))
            return result

        types = dict(IoMethods._fields_)
        noting.write, noting.truncate, noting.sync = (
            types["write"](writing), types["truncate"](cutting), types["sync"](making_sure),
        )  # fmt: skip
        self._kept += [noting.write, noting.truncate, noting.sync, write, truncate, sync]
        self._methods[key] = noting
        return noting

    def left_after(self, moment: int, folder: Path, chance: random.Random) -> set[int]:
        """
        Put into `folder` what may be left had power failed after `moment` events; give what was said by then.

        A file that was deleted and not made sure of since may be there again or not: it is taken as deleted, which is
        how SQLite has it, that deletes only what it no longer needs.
        """
        files: dict[str, bytearray] = {}
        unsure: dict[str, list[Wrote | Cut]] = {}
        said = set()
        for event in self.events[:moment]:
            match event:
                case Said():
                    said.add(event.number)
                case Wrote() | Cut():
                    unsure.setdefault(event.file, []).append(event)
                case MadeSure():
                    for each in unsure.pop(event.file, []):
                        _do(files.setdefault(event.file, bytearray()), each, lambda: True)
                case Deleted():
                    files.pop(event.file, None)
                    unsure.pop(event.file, None)
        luck = chance.choice((0.0, 0.5, 0.9, 1.0))
        for file, events in unsure.items():
            for each in events:
                _do(files.setdefault(file, bytearray()), each, lambda: chance.random() < luck)
        for file, content in files.items():
            (folder / file).write_bytes(content)
        return said


def _do(content: bytearray, event: Wrote | Cut, kept: Callable[[], bool]) -> None:
    """Write or cut, each sector if it is kept."""
    if isinstance(event, Cut):
        if kept():
            del content[event.size :]
        return
    for start in range(0, len(event.bytes), SECTOR):
        part = event.bytes[start : start + SECTOR]
        if kept():
            at = event.at + start
            if len(content) < at:
                content.extend(bytes(at - len(content)))
            content[at : at + len(part)] = part


def _last_part(name: int) -> str:
    return Path(ctypes.string_at(name).decode()).name


def _systems_own() -> Vfs:
    import _sqlite3

    try:
        library = ctypes.CDLL(_sqlite3.__file__)
        finding = library.sqlite3_vfs_find
    except (AttributeError, OSError) as problem:
        raise NoWayIn("SQLite's functions are not to be found beside Python's own module for it") from problem
    finding.restype, finding.argtypes = ctypes.POINTER(Vfs), [ctypes.c_char_p]
    return finding(None).contents  # type: ignore[no-any-return]
