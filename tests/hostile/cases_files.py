"""Hostile file systems and command lines: names, links, pipes, devices, packed and renamed files, and wrong use."""

# fmt: off
# ruff: noqa: E501 (a case a line)
from __future__ import annotations

import gzip
import io
import os
import socket
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.hostile.cases import PLAN, Case, text


def linked(target: str) -> Callable[[Path], None]:
    """Make a symbolic link."""
    return lambda path: path.symlink_to(target)


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # an address of a socket may be no longer than 107 bytes
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


def _secret(path: Path) -> None:
    """A file outside of the folder that is named."""
    path.write_text("Peru will build a secret base at Iquitos.", encoding="utf-8")


def _unreadable(path: Path) -> None:
    path.write_text(PLAN, encoding="utf-8")
    path.chmod(0)


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return out.getvalue()


def tarred(name: str) -> bytes:
    """A tar with a member of this name."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as packed:
        packed.addfile(tarfile.TarInfo(name))
    return out.getvalue()


def folder(sort: str, files: dict[str, object], codes: str = "", says: str = "", *, read: str = "", inputs: tuple[str, ...] = ("d",)) -> Case:
    """A folder ``d`` with files; what lies beside it is outside."""
    return Case(sort=sort, files=files, inputs=inputs, codes=frozenset(codes.split()), says=says, read=read)  # type: ignore[arg-type]


ROOT = os.geteuid() == 0 if hasattr(os, "geteuid") else False
LINKS = [
    folder("links out of the folder", {"out.txt": _secret, "d/a.txt": PLAN, "d/b.txt": linked("../out.txt")}, "link-out-of-folder", r"d/b\.txt", read=PLAN),
    folder("links out of the folder", {"d/a.txt": PLAN, "d/b.txt": linked("/etc/passwd")}, "link-out-of-folder", read=PLAN),
    folder("links out of the folder", {"out/c.txt": _secret, "d/a.txt": PLAN, "d/sub": linked("../out")}, "link-out-of-folder", read=PLAN),
    folder("links out of the folder", {"d/a.txt": PLAN, "d/root": linked("/")}, "link-out-of-folder", read=PLAN),
    folder("links out of the folder", {"d/a.txt": PLAN, "d/z.txt": linked("/dev/zero")}, "link-out-of-folder", read=PLAN),
    folder("links in a circle", {"d/a.txt": PLAN, "d/sub": linked(".")}, read=PLAN),
    folder("links in a circle", {"d/a.txt": linked("b.txt"), "d/b.txt": linked("a.txt"), "d/c.txt": PLAN}, "broken-link", read=PLAN),
    folder("links in a circle", {"d/a.txt": linked("b.txt"), "d/b.txt": linked("a.txt")}, "broken-link", inputs=("d/a.txt",)),
    folder("links that lead nowhere", {"d/a.txt": PLAN, "d/b.txt": linked("gone.txt")}, "broken-link", read=PLAN),
    folder("links that lead nowhere", {"d.txt": linked("gone.txt")}, "broken-link", inputs=("d.txt",)),
    folder("links within the folder", {"d/a.txt": PLAN, "d/b.txt": linked("a.txt")}, read=PLAN),
    folder("links that were named", {"out.txt": _secret, "d.txt": linked("out.txt")}, inputs=("d.txt",), read="secret base"),
    text("pipes", os.mkfifo, "not-a-file", "a pipe, not a file"),
    folder("pipes", {"d/a.txt": PLAN, "d/b.txt": os.mkfifo}, "not-a-file", read=PLAN),
    text("pipes", os.mkfifo, "not-a-file", name="a.json"),
    text("sockets", _socket, "not-a-file", "a socket, not a file"),
    text("devices", linked("/dev/zero"), "not-a-file", "a device, not a file"),
    text("devices", linked("/dev/random"), "not-a-file", name="a.html"),
    text("devices", linked("/dev/null"), "not-a-file", name="a.json"),
    Case(sort="devices", inputs=("/dev/zero",), codes=frozenset({"not-a-text"})),
    folder("folders named like files", {"d/a.txt/b.txt": PLAN, "d/b.json/c.md": "Crews met."}, read=PLAN),
    Case(sort="folders named like files", files={"a.txt/b.txt": PLAN}, inputs=("a.txt",), read=PLAN),
    folder("empty folders", {"d/.keep": "x"}, "no-article-in-folder"),
    folder("empty folders", {"d/sub/.hidden/a.txt": PLAN, "d/_b.txt": PLAN, "d/README.md": "x"}, "no-article-in-folder"),
    folder("hidden files", {"d/.a.txt": "secret", "d/.git/b.txt": "secret", "d/a.txt": PLAN}, read=PLAN),
    *([] if ROOT else [text("unreadable files", _unreadable, "not-readable", "Permission denied")]),
    Case(sort="no such file", inputs=("none.txt",), codes=frozenset({"no-such-file"})),
    Case(sort="no such file", inputs=("none/../../none",), codes=frozenset({"no-such-file"})),
    Case(sort="no such file", inputs=("a" * 5_000,), codes=frozenset({"not-readable"}), says="File name too long"),
    Case(sort="no such file", files={"a.txt": PLAN}, inputs=("a.txt/b.txt",), codes=frozenset({"no-such-file"})),
]
NAMES = {
    "reserved names": ("CON.txt", "NUL.txt", "aux.txt", "COM1.txt", "con.md"),
    "names with control characters": ("a\nb.txt", "a\x1b[2Jb.txt", "\x1b]0;x\x07.txt", "a\tb\rc.txt", "\x7f.txt"),
    "names that turn or hide": ("\u202etxt.exe.txt", "a\u200bb.txt", "\u2066a.txt", "\ufeffa.txt", "K\u0456lifi.txt"),
    "names that are no UTF-8": (os.fsdecode(b"caf\xe9.txt"), os.fsdecode(b"\xff\xfe.txt"), os.fsdecode(b"\xed\xa0\x80.txt")),
    "long names": ("a" * 250 + ".txt", "ā" * 120 + ".txt", "/".join(["d" * 200] * 5) + "/a.txt"),
    "names with dots and spaces": ("a .txt", " a.txt", "a..txt", "...txt", "a.b.c.txt", "a.txt.txt", " .txt", "a%00.txt", "a.TXT"),
    "names of markup and code": ("<script>alert(1)<!--.txt", "'; DROP TABLE--.txt", "$(touch owned).txt", "`id`.txt", "a&b=c#d?e.txt", "{{7*7}}.txt", '"><b>.txt', "[not-utf8].txt"),
}
NAMED = [text(sort, PLAN, name=name, read=PLAN) for sort, names in NAMES.items() for name in names]
NAMED += [text(sort, b"\xff", "not-utf8", name=name) for sort, names in NAMES.items() for name in names[:2]]
NAMED += [
    folder("names that differ by case", {"d/A.txt": PLAN, "d/a.txt": PLAN + " Soon.", "d/a.TXT": "Crews met."}, read=PLAN),
    folder("names that differ by Unicode form", {"d/O\u0304.txt": PLAN, "d/\u014c.txt": PLAN + " Soon."}, read=PLAN),
    folder("names that begin with a hyphen", {"d/-a.txt": PLAN, "d/--help.txt": PLAN + " Soon."}, read=PLAN),
    Case(sort="names that begin with a hyphen", files={"-a.txt": PLAN}, inputs=("./-a.txt",), read=PLAN),
    Case(sort="names that begin with a hyphen", files={"-a.txt": PLAN}, inputs=("-a.txt",), status=2, codes=frozenset({"wrong-use"})),
    folder("a folder of many files", {f"d/{n}.txt": f"A pier will be built at Kilifi in {2000 + n}." for n in range(300)}, read="in 2299"),
]
DOCX = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})
BOMB = zipped({"a.txt": b"\0" * 50_000_000})
PDF = b"%PDF-1.7\n1 0 obj<</Filter/FlateDecode/Length 9>>stream\n" + zlib.compress(b"\0" * 20_000_000) + b"\nendstream"
PACKED = {
    "renamed documents": {"docx": DOCX, "PDF": PDF, "packed: gzip": gzip.compress(b"A pier"), "picture": b"\x89PNG\r\n\x1a\n\0", "RTF": b"{\\rtf1 A pier}", "Office": b"\xd0\xcf\x11\xe0" + b"\1" * 99},
    "bombs": {"packed: zip": BOMB, "PDF": PDF, "packed: gzip": gzip.compress(b"\0" * 50_000_000), "zip": zipped({"a.zip": BOMB, "b.zip": BOMB})},
    "packed names that lead out": {"zip": zipped({"../../../owned.txt": b"x", "/etc/owned": b"x", "C:\\owned": b"x"}), "gzip": tarred("../../owned.txt")},
}
BINARIES = [
    text(sort, content, "not-a-text", says, name=f"a.{ending}")
    for sort, files in PACKED.items()
    for says, content in files.items()
    for ending in (("txt", "html", "json") if sort == "renamed documents" else ("txt",))
]
BINARIES += [
    text("renamed documents", b"MZ\x90\0\x03\0\0\0" + bytes(range(256)), "not-a-text"),
    text("renamed documents", b"\x7fELF\2\1\1\0" + b"\1" * 99, "not-a-text"),
    *(text("endings that are not read", PLAN, "not-a-text", "is no kind of article", name=f"a{end}") for end in (".pdf", ".docx", ".exe", "", ".txt.gz", ".xml")),
    folder("endings that are not read", {"d/a.txt": PLAN, "d/b.pdf": "x", "d/c.docx": DOCX, "d/d.png": "x"}, "not-a-text", r"b\.pdf", read=PLAN),
]


def use(sort: str, *argv: str, code: str = "wrong-use", status: int = 2, says: str = "", files: dict[str, object] | None = None) -> Case:
    """A command line that is refused."""
    return Case(sort=sort, files={"a.txt": PLAN} | (files or {}), verb=argv, inputs=(), alone=True, status=status, codes=frozenset({code} if code else set()), says=says)  # type: ignore[arg-type]


USES = [
    Case(sort="wrong use", files={"a.txt": PLAN}, verb=argv, inputs=inputs, alone=True, status=2, codes=frozenset({code}))
    for argv, inputs, code in (
        (("extract", "--no-such"), ("a.txt",), "wrong-use"), (("no-such",), ("a.txt",), "wrong-use"), (("extract", "--min-score", "2"), ("a.txt",), "wrong-use"),
        (("extract", "--min-score", "nan,"), ("a.txt",), "wrong-use"), (("extract", "--min-score", "\x1b[2J"), ("a.txt",), "wrong-use"),
        (("build", "--language", "\x1b[2Jxx"), ("a.txt",), "unknown-language"), (("build", "--language", ""), ("a.txt",), "unknown-language"),
        (("build", "-o", "a.txt"), ("a.txt",), "not-writable"), (("build", "-o", "a" * 300), ("a.txt",), "not-writable"), (("build", "-o", "/dev/null/x"), ("a.txt",), "not-writable"),
        (("report", "-o", "r.exe"), ("a.txt",), "wrong-report"), (("report", "-o", "none/r.html"), ("a.txt",), "wrong-report"),
        (("extract", "--ledger", "none.yaml"), ("a.txt",), "no-such-file"), (("extract", "--ledger", "a.txt"), ("a.txt",), "not-a-ledger"),
        (("gazetteer", "add"), ("a.txt",), "unknown-format"), (("gazetteer", "add"), ("none.csv",), "not-readable"), (("gazetteer", "remove"), ("\x1b[2J",), "no-such-gazetteer"),
    )
]
LIMITS = [
    Case(sort="documents that break a limit", files={"slow.txt": "Kilifi and " * 60_000}, env={"CITEMAP_SECONDS": "0.3"}, codes=frozenset({"took-too-long"}),
         says="longer than 0.3 seconds", alone=True),
    Case(sort="documents that break a limit", files={"big.json": "[" + "[]," * 3_000_000 + "[]]"}, env={"CITEMAP_MEMORY_MB": "20"},
         codes=frozenset({"too-much-memory"}), says="more than 20 MB"),
]
CASES = [*LINKS, *NAMED, *BINARIES, *USES, *LIMITS]
