"""A report as PDF, set by Typst: real text, embedded fonts, tags and bookmarks, the figure as vectors."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from layers._style import load_styles
from layers.figure import FONTS, families_for
from sources import STATUSES

_TEMPLATE = Path(__file__).parents[1] / "templates" / "report.typ"


def pdf_report(content: dict[str, Any], figure: bytes) -> bytes:
    """Return a report as PDF; ``figure`` is the figure as PDF. Equal content gives equal bytes. Uses a folder for a moment; no network.

    The words go in as JSON and are strings to Typst, so that none of their signs means anything to it.
    """
    import typst

    styles = {style["id"]: style for style in load_styles()}
    notes = [note | {key: styles[note["status"]][key] for key in ("badge", "on", "ink")} for note in content["notes"]]
    language, _, region = content["language"].partition("-")
    data = content | {
        "notes": notes,
        "fonts": list(families_for(content["language"])),
        "inks": {status: styles[status]["ink"] for status in STATUSES},
        "lang": language,
        "region": {"Hant": "TW", "Hans": "CN"}.get(region, region) or None,
    }
    with tempfile.TemporaryDirectory(prefix="citemap-report-") as folder:
        place = Path(folder)
        (place / "figure.pdf").write_bytes(figure)
        (place / "report.typ").write_bytes(_TEMPLATE.read_bytes())
        made: bytes = typst.compile(
            str(place / "report.typ"),
            root=folder,
            font_paths=[str(FONTS)],
            sys_inputs={"content": json.dumps(data, ensure_ascii=False, sort_keys=True)},
            timestamp=0,
        )
    return made
