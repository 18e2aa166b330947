"""Where a user's added gazetteers lie, and which index that makes the one in use."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from geo._errors import GazetteerError


def data_folder() -> Path:
    """Return the folder of the added gazetteers: in ``$CITEMAP_HOME``, else where the platform keeps a user's data. Makes nothing."""
    if home := os.environ.get("CITEMAP_HOME"):
        return Path(home).expanduser() / "gazetteer"
    import typer

    return Path(typer.get_app_dir("citemap")) / "gazetteer"


def merged_index() -> Path:
    """Return the path of the index that holds the package's places and the added ones; it need not be there."""
    return data_folder() / "gazetteer.sqlite"


def read_meta(path: Path) -> dict[str, str]:
    """Return the table ``meta`` of an index or a layer. Raises sqlite3.DatabaseError where the file is neither."""
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        return dict(db.execute("SELECT key, value FROM meta"))
    finally:
        db.close()


def index_in_use(embedded: Path, schema: int) -> Path:
    """Return the merged index where there is one, else the embedded one.

    Raises :class:`GazetteerError` where the merged one was not made from the embedded one as it is: the older of two is never just taken.
    """
    merged = merged_index()
    if not merged.is_file() or not embedded.is_file():
        return embedded
    try:
        meta = read_meta(merged)
        fits = meta.get("schema") == str(schema) and meta.get("embedded") == read_meta(embedded).get("fingerprint")
    except sqlite3.DatabaseError:
        fits = False
    if not fits:
        raise GazetteerError(
            f"{merged}: the added gazetteers were merged with another version of the package's own; run 'citemap gazetteer rebuild'",
            code="other-version",
        )
    return merged
