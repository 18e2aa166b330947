"""Columns of a frame as a map of folium may hold them: text that is no markup and no template, values that JSON keeps.

folium writes properties into a script that is read as a template a second time, and tooltips as HTML: braces and angle brackets of a text
would be run, in Python or in the browser. Both are written as character references here, which a browser shows as they were.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;", "`": "&#96;", "%": "&#37;", "\\": "&#92;"})
_PLAIN_NAME = re.compile(r"[A-Za-z0-9 .:_-]+")


def safe_text(text: str) -> str:
    """Return a text in which nothing is markup, template or code.

    >>> safe_text("<b>{{ 1 }}")
    '&lt;b&gt;&#123;&#123; 1 &#125;&#125;'
    """
    return html.escape(text, quote=True).translate(_BRACES)


def plain_text(text: str) -> str:
    """Return what a safe text says.

    >>> plain_text(safe_text("<b>{{ 1 }}"))
    '<b>{{ 1 }}'
    """
    return html.unescape(text)


def safe_names(names: list[Any]) -> dict[Any, str]:
    """Return for each column's name one that may stand in a script: itself, or where it holds signs, a number.

    >>> safe_names(["place", "<b>", 3])
    {'place': 'place', '<b>': 'column 2', 3: '3'}
    """
    taken: dict[Any, str] = {}
    for number, name in enumerate(names, start=1):
        plain = str(name)
        plain = plain if _PLAIN_NAME.fullmatch(plain) and plain.strip() and "__" not in plain else f"column {number}"
        while plain in taken.values():
            plain = f"{plain} {number}"
        taken[name] = plain
    return taken


def safe_column(values: pd.Series) -> pd.Series:
    """Return a column whose values JSON keeps: numbers and truth values as they are, all else as safe text, what is missing as None.

    Categories stay categories, in their order. Whole numbers with gaps stay numbers; a number that is none, or without end, is missing.

    >>> safe_column(pd.Series(["<b>", None])).tolist()
    ['&lt;b&gt;', None]
    """
    dtype = values.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        kept = values.cat.categories
        if not pd.api.types.is_numeric_dtype(kept):
            labels = pd.Index([_as_text(value) for value in kept])
            return pd.Series(
                pd.Categorical.from_codes(values.cat.codes, categories=labels, ordered=bool(values.cat.ordered)), index=values.index
            )
        return values
    if pd.api.types.is_bool_dtype(dtype) and not values.isna().any():
        return values.astype(bool)
    if pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_bool_dtype(dtype) and not pd.api.types.is_complex_dtype(dtype):
        if pd.api.types.is_integer_dtype(dtype) and not values.isna().any():
            return values.astype("int64")
        floats = values.astype("float64")
        return floats.where(np.isfinite(floats))
    return pd.Series([None if _missing(value) else _as_text(value) for value in values], index=values.index, dtype=object)


def _missing(value: Any) -> bool:
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def _as_text(value: Any) -> str:
    if isinstance(value, bytes):
        return safe_text(value.decode("utf-8", "replace"))
    return safe_text(value.isoformat() if hasattr(value, "isoformat") else str(value))


def plain_feature(feature: Mapping[str, Any]) -> dict[str, Any]:
    """Return a feature of GeoJSON with its texts as they were, for a function of the user's that looks at them.

    >>> plain_feature({"properties": {"a": "&lt;b&gt;"}})["properties"]
    {'a': '<b>'}
    """
    properties = {key: plain_text(value) if isinstance(value, str) else value for key, value in feature["properties"].items()}
    return {**feature, "properties": properties}
