"""The ledger's file: YAML or a table, by its ending; read whole and checked, written whole or not at all."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from geo.files import write_atomically
from sources._errors import LedgerError
from sources._ledger import COLUMNS, NEW, Ledger, entry_of, row_of
from sources._ledger_rules import check_keys, misspelt
from sources._ledger_yaml import read_yaml, write_yaml

LARGEST = 256 * 1024 * 1024
"""Bytes above which a file is no ledger: 100,000 plans with their quotes make about 90 MB."""
NAMES = ("review.yaml", "review.csv")
"""What a ledger is called where nobody says otherwise."""
_FORMULA = re.compile(r"[=+\-@\t\r']")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


def read_ledger(path: str | Path) -> Ledger:
    """Read a review ledger: YAML (.yaml, .yml) or a table (.csv), as :func:`write_ledger` writes it and a person has edited it.

    Raises :class:`LedgerError` with file, line and next step where it cannot be read or anything in it breaks a rule. Reads the disk, no
    network.

    >>> read_ledger("no-such-ledger.yaml")
    Traceback (most recent call last):
    ...
    sources._errors.LedgerError: no-such-ledger.yaml: there is no such file; write one with 'citemap review ARTICLES -o no-such-ledger.yaml'
    """
    file, name = Path(path), str(path)
    table = _is_table(file, name)
    if not file.exists():
        raise LedgerError(name, 0, "there is no such file", f"write one with 'citemap review ARTICLES -o {name}'", code="no-such-file")
    try:
        with file.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as error:
        raise LedgerError(
            name, 0, f"the file cannot be read ({error.strerror})", "name a file that can be read", code="not-readable"
        ) from error
    if len(raw) > LARGEST:
        raise LedgerError(
            name, 0, f"larger than {LARGEST // 1024 // 1024} MB", "split the articles and review them apart", code="too-large"
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise LedgerError(name, line, f"not UTF-8 (byte {raw[error.start]:#04x})", "save the file as UTF-8", code="not-utf8") from error
    return _read_table(text, name) if table else read_yaml(text, name)


def write_ledger(ledger: Ledger, path: str | Path) -> Path:
    """Write a ledger as YAML (.yaml, .yml) or as a table (.csv) and return the path; the file is the old one or the whole new one.

    A YAML ledger that was read keeps every line that a person wrote. Equal ledgers give equal bytes. Raises :class:`LedgerError` where the
    ending is another one or the file cannot be written. Writes the disk, no network.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_ledger(Ledger(), Path(folder) / "review.yaml").name
    'review.yaml'
    """
    file, name = Path(path), str(path)
    if _is_table(file, name):
        text = "\ufeff" + _write_table(ledger)
    else:
        from_table = bool(ledger.text) and ledger.name.casefold().endswith(".csv")
        text = write_yaml(Ledger(ledger.entries) if from_table else ledger)
    try:
        write_atomically(file, text.encode("utf-8", "replace"))
    except OSError as error:
        raise LedgerError(
            name, 0, f"the file cannot be written ({error.strerror})", "choose another one with -o", code="not-writable"
        ) from error
    return file


def find_ledger(folder: str | Path = ".") -> Path | None:
    """Return the ledger that lies in a folder under the name that ``citemap review`` gives it: review.yaml or review.csv, else None.

    Raises :class:`LedgerError` where both lie there. Looks at the disk, no network.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     find_ledger(folder) is None
    True
    """
    found = [path for name in NAMES if (path := Path(folder) / name).is_file()]
    if len(found) > 1:
        raise LedgerError(str(found[0]), 0, f"{found[1].name} lies beside it", "name one of them with --ledger", code="two-ledgers")
    return found[0] if found else None


def _is_table(file: Path, name: str) -> bool:
    ending = file.suffix.casefold()
    if ending not in (".yaml", ".yml", ".csv"):
        raise LedgerError(name, 0, f"{ending or 'no ending'!r} is no kind of ledger", "name a .yaml or a .csv file", code="not-a-ledger")
    return ending == ".csv"


# tables ----------------------------------------------------------------------------------------------------------------------


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count) if first.strip() else ","


def _read_table(text: str, name: str) -> Ledger:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    entries = []
    header: list[str] = []
    try:
        line = 1
        for row in reader:
            if not header:
                header = _header(row, name)
            elif any(cell.strip() for cell in row):
                if len(row) > len(header):
                    rule = f"{len(row)} cells in {len(header)} columns"
                    raise LedgerError(name, line, rule, "put quotes around a cell that holds a delimiter")
                entries.append(entry_of(dict(zip(header, (_unguarded(c) for c in row), strict=False)), name, line))
            line = reader.line_num + 1
    except csv.Error as error:
        raise LedgerError(name, reader.line_num, f"not CSV ({error})", "correct the file there", code="not-csv") from error
    check_keys(entries, name)
    return Ledger(tuple(entries), name, text)


def _header(row: list[str], name: str) -> list[str]:
    header = [c.strip() for c in row]

    def wrong(rule: str, step: str) -> LedgerError:
        return LedgerError(name, 1, rule, step)

    for column in header:
        if column.startswith(NEW) and column not in COLUMNS:
            new = ", ".join(c for c in COLUMNS if c.startswith(NEW))
            raise wrong(f"{column[:40]!r} is no column of a ledger", f"take one of {new}")
        if column not in COLUMNS and misspelt(column):
            raise wrong(f"{column[:40]!r} is no column of a ledger", f"write {misspelt(column)}, or name your own column otherwise")
    twice = next((c for k, c in enumerate(header) if c and c in header[:k]), None)
    if twice:
        raise wrong(f"the column {twice[:40]!r} stands twice", "leave one of them")
    for needed in ("key", "decision"):
        if needed not in header:
            raise wrong(f"there is no column {needed}", "put it back, or write a new ledger with 'citemap review'")
    return header


def _write_table(ledger: Ledger) -> str:
    known = ledger.text if ledger.name.casefold().endswith(".csv") else ""
    old = next(csv.reader(io.StringIO(known, newline=""), delimiter=_delimiter(known)), [])
    extra = [c for c in (h.strip() for h in old) if c and c not in COLUMNS]
    extra += sorted({n for e in ledger.entries for n, _ in e.extra} - set(extra))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=_delimiter(known), lineterminator="\r\n")
    writer.writerow([*COLUMNS, *extra])
    for entry in ledger.entries:
        row = row_of(entry)
        writer.writerow([_guarded(row.get(c, "")) for c in (*COLUMNS, *extra)])
    return out.getvalue()


def _guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what could be one."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell
