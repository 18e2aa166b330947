"""Lists of names ("in Gulu, Lira and Arua"): what one of them is, the others are."""

from __future__ import annotations

from collections.abc import Iterator

from geo._span import Span
from geo.text import Token


def joined(left: Span, right: Span, tokens: list[Token]) -> bool:
    """Return whether a comma, "and", a slash or a hyphen alone joins two names that are neither adjectives nor parts of names."""
    if left.part_of or right.part_of or left.demonym or right.demonym or tokens[left.last].possessive:
        return False
    between = tokens[left.last + 1 : right.first]
    if any(t.gap.strip() not in ("", ",", "/", "-", "–") or t.line != tokens[right.first].line for t in [*between, tokens[right.first]]):
        return False
    if not between and tokens[right.first].glued:
        return True
    if all(t.lower in {"and", "or", "the", "both", "nor"} for t in between):
        comma = any("," in t.gap for t in [*between, tokens[right.first]])
        return (bool(between) and (comma or between[0].lower in {"and", "or"})) or (comma and not between) or tokens[right.first].gap == "/"
    return False


def lists(spans: list[Span], tokens: list[Token]) -> Iterator[list[Span]]:
    """Yield each stretch of at least two ``spans`` that one list joins; ``spans`` stand in the order of the text."""
    run: list[Span] = []
    for span in spans:
        if run and not joined(run[-1], span, tokens):
            if len(run) > 1:
                yield run
            run = []
        run.append(span)
    if len(run) > 1:
        yield run


def share_an_area(spans: list[Span]) -> bool:
    """Return whether one country (in the United States one state, since names recur there) has a place of each of the names."""
    areas = [{s.admin1 if s.country == "US" else s.country for s in span.senses if s.extent != "country"} - {""} for span in spans]
    return bool(set.intersection(*areas))
