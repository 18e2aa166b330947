"""The record that a page carries of what it was drawn from: written, and read back from a page that nobody has checked."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode
from dataclasses import dataclass
from typing import Any

from layers._encode import script_json
from layers._errors import PublishedError
from layers._options import DEFAULTS, MapOptions, listed
from layers._packing import pack_bytes
from layers._sources import reading_passages
from sources import Reading, RecordError, reading_from_record, reading_to_record

BLOCK = "citemap-record"
_INFLATED = 64_000_000
"""Bytes of the largest record that is unpacked."""
_FOUND = re.compile(rf'<script type="application/json" class="{BLOCK}">([^<]*)</script>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a page carries: the reading that it was drawn from, texts blank where they are not quoted, and the options of the map.

    ``figures`` says whether figures for print lie beside it.

    >>> Carried(reading=Reading(articles=()), options={}).figures
    False
    """

    reading: Reading
    options: MapOptions
    figures: bool = False


def record_block(reading: Reading, options: MapOptions) -> str:
    """Return the record of a reading as a block of data for a page, which no browser runs; ``options`` are the map's.

    It holds no more of the articles' words than the page shows. Equal readings give equal text.

    >>> record_block(Reading(articles=()), {})[:47]
    '<script type="application/json" class="citemap-'
    """
    chosen = listed(options)
    spans = reading_passages(reading, whole=chosen["full_text"]).spans()
    data = {"options": chosen, "reading": reading_to_record(reading, spans)}
    packed = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return f'<script type="application/json" class="{BLOCK}">{script_json({"deflated": pack_bytes(packed)})}</script>'


def carried_by(text: str, name: str) -> Carried:
    """Read what a page carries; ``name`` is the page's, for errors. Nothing in it is run, and its size is limited.

    Raises :class:`PublishedError` where the page carries no record, two, or one that cannot be read.

    >>> carried_by(record_block(Reading(articles=()), {}), "map.html").reading.plans
    ()
    """
    blocks = _FOUND.findall(text)
    if len(blocks) != 1:
        held = "no record" if not blocks else f"{len(blocks)} records"
        raise PublishedError(name, f"the page carries {held} of what it was drawn from", "build it anew from its articles")
    try:
        data = json.loads(_inflated(json.loads(blocks[0])["deflated"]))
        options = {key: data["options"][key] for key in DEFAULTS if key in data["options"]}
        return Carried(reading=reading_from_record(data["reading"]), options=_checked(options))
    except RecordError as error:
        raise PublishedError(name, f"its record cannot be read: {error}", "restore the file as it was published") from error
    except (ValueError, TypeError, KeyError, RecursionError, zlib.error, MemoryError) as error:
        raise PublishedError(name, f"its record is broken ({type(error).__name__})", "restore the file as it was published") from error


def _inflated(packed: str) -> str:
    """Unpack at most so many bytes."""
    unpacker = zlib.decompressobj(-15)
    data = unpacker.decompress(b64decode(packed, validate=True), _INFLATED)
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError("larger than a record may be, or cut off")
    return data.decode("utf-8", "surrogatepass")


def _checked(options: dict[str, Any]) -> MapOptions:
    """Return options as they may be given to a map again; context sets of somebody's own are known by name only."""
    sorts: dict[str, type | tuple[type, ...]] = {"borders": bool, "context": (bool, list), "full_text": bool, "language": str, "tiles": str}
    for key, value in options.items():
        if not isinstance(value, sorts.get(key, (str, type(None)))):
            raise TypeError(key)
    if isinstance(options.get("context"), list):
        options["context"] = bool(options["context"])
    checked: MapOptions = options  # type: ignore[assignment]
    return checked
