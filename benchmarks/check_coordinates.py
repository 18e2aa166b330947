"""Compare every curated coordinate with independent files, and list what lies more than 25 km apart.

The files are GeoNames cities, Who's On First (Japan, the Philippines, Taiwan) and Natural Earth (marine areas, regions, minor islands,
first-order divisions); they are read from ``../shared/gazetteer`` and are not part of the project. An entry is matched by the GeoNames id
in its links, else by its title and country, else by another English name, nearest first. What is no settlement is compared with a
settlement only by its title and within its country (a "Levant" in Maine says nothing about the Levant). For an area or a sea the distance
counts from the edge of its own radius.

Run it as ``python benchmarks/check_coordinates.py [--json]``; it always leaves with 0.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
from pyproj import Geod

ROOT = Path(__file__).resolve().parent.parent
PLACES = ROOT / "geo" / "data" / "places"
REFERENCE = ROOT.parent / "shared" / "gazetteer"
LIMIT_KM = 25.0
_GEOD = Geod(ellps="WGS84")
_GEONAMES_COLUMNS = {0: "id", 1: "name", 2: "ascii", 4: "lat", 5: "lon", 8: "country"}
_WOF_TYPES = frozenset({"region", "county", "locality", "localadmin", "island", "campus", "marinearea", "macroregion"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One place of an independent file: who says so, its name, country (``""`` unknown), position (EPSG:4326), whether a settlement."""

    source: str
    name: str
    country: str
    lat: float
    lon: float
    settlement: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A curated entry beside the reference nearest to it; ``km`` is the distance beyond the entry's own radius for areas and seas."""

    id: str
    title: str
    source: str
    reference: str
    by: str
    km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was compared, what is too far apart, and which entries had nothing to compare with.

    ``same_source`` counts the matches that check nothing: an entry with a GeoNames id beside the GeoNames point that it was taken from.
    """

    compared: int
    same_source: int
    by_id: int
    by_name: int
    far: tuple[Comparison, ...]
    unmatched: tuple[str, ...]


def fold(name: str) -> str:
    """Return a name for comparison: lower case, without diacritics, punctuation and the words island(s), prefecture, province, city.

    >>> fold("Amami-Ōshima Island")
    'amami oshima'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return " ".join(w for w in words if w not in {"island", "islands", "is", "prefecture", "province", "city", "ken", "shi", "the"})


def read_references(folder: Path) -> tuple[dict[str, Reference], dict[str, list[Reference]]]:
    """Read the independent files in ``folder``; returns references by GeoNames id and by folded name. Reads the disk only."""
    by_id: dict[str, Reference] = {}
    by_name: dict[str, list[Reference]] = defaultdict(list)
    for identifier, names, reference in (*_geonames(folder), *_whos_on_first(folder), *_natural_earth(folder)):
        if identifier and (identifier not in by_id or reference.source.startswith("Who")):
            by_id[identifier] = reference
        for name in {fold(n) for n in names} - {""}:
            by_name[name].append(reference)
    return by_id, by_name


def _geonames(folder: Path) -> Iterator[tuple[str, list[str], Reference]]:
    for stem in ("cities1000", "cities15000"):
        frame = pd.read_csv(
            folder / "geonames" / f"{stem}.txt",
            sep="\t",
            header=None,
            usecols=list(_GEONAMES_COLUMNS),
            quoting=3,
            keep_default_na=False,
            dtype={0: str},
        ).rename(columns=_GEONAMES_COLUMNS)
        for row in frame.itertuples(index=False):
            where = Reference(
                source=f"GeoNames {stem}", name=row.name, country=row.country, lat=float(row.lat), lon=float(row.lon), settlement=True
            )
            yield row.id, [row.name, row.ascii], where


def _whos_on_first(folder: Path) -> Iterator[tuple[str, list[str], Reference]]:
    for country in ("jp", "ph", "tw"):
        frame = pd.read_csv(folder / "whosonfirst" / f"wof_{country}.tsv", sep="\t", dtype=str, keep_default_na=False)
        for row in frame[frame.placetype.isin(_WOF_TYPES) & (frame.lat != "")].itertuples(index=False):
            where = Reference(
                source="Who's On First",
                name=row.name,
                country=country.upper(),
                lat=float(row.lat),
                lon=float(row.lon),
                settlement=row.placetype in ("locality", "localadmin", "county"),
            )
            yield row.gn_id if row.gn_id.isdigit() and row.placetype == "locality" else "", [row.name, *row.eng_names.split("|")], where


def _natural_earth(folder: Path) -> Iterator[tuple[str, list[str], Reference]]:
    for stem in (
        "ne_10m_geography_marine_polys",
        "ne_10m_geography_regions_polys",
        "ne_10m_minor_islands_label_points",
        "ne_10m_admin_1_label_points",
    ):
        frame = gpd.read_file(folder / "naturalearth" / f"{stem}.json")
        points = frame.geometry.representative_point()
        for index, row in frame.iterrows():
            names = [str(row[c]) for c in ("name", "namealt") if c in frame.columns and isinstance(row[c], str)]
            country = str(row["iso_a2"]) if "iso_a2" in frame.columns else ""
            where = Reference(
                source=f"Natural Earth {stem[7:]}",
                name=names[0] if names else "",
                country=country,
                lat=float(points[index].y),
                lon=float(points[index].x),
            )
            yield "", names, where


def compare(features: list[Mapping[str, Any]], by_id: Mapping[str, Reference], by_name: Mapping[str, list[Reference]]) -> Report:
    """Compare curated Linked Places ``features`` with the references and return the :class:`Report`."""
    found: list[Comparison] = []
    unmatched: list[str] = []
    for feature in features:
        best = _nearest(feature, by_id, by_name)
        if best is None:
            unmatched.append(feature["@id"])
        else:
            found.append(best)
    far = tuple(sorted((c for c in found if c.km > LIMIT_KM), key=lambda c: (-c.km, c.id)))
    matched_by_id = sum(c.by == "id" for c in found)
    same = sum(c.by == "id" and c.source.startswith("GeoNames") for c in found)
    return Report(
        compared=len(found), same_source=same, by_id=matched_by_id, by_name=len(found) - matched_by_id, far=far, unmatched=tuple(unmatched)
    )


def _nearest(feature: Mapping[str, Any], by_id: Mapping[str, Reference], by_name: Mapping[str, list[Reference]]) -> Comparison | None:
    """Return the comparison of one feature: by GeoNames id, else the nearest of the same name in the same country, else None."""
    properties = feature["properties"]
    lon, lat = feature["geometry"]["coordinates"]
    links = [link["identifier"][3:] for link in feature.get("links", ()) if link["identifier"].startswith("gn:")]
    linked = [by_id[i] for i in links if i in by_id]
    title = fold(properties["title"])
    others = {fold(n["toponym"]) for n in feature["names"] if n["lang"] == "en"} - {"", title}
    candidates = linked or _named({title}, properties, by_name, settlements=True) or _named(others, properties, by_name)
    if not candidates:
        return None
    radius = 0.0 if properties["extent"] == "point" else properties["coordinateUncertaintyInMeters"] / 1000
    km, best = min(((_GEOD.inv(lon, lat, r.lon, r.lat)[2] / 1000, r) for r in candidates), key=lambda pair: pair[0])
    return Comparison(
        id=feature["@id"],
        title=properties["title"],
        source=best.source,
        reference=best.name,
        by="id" if linked else "name",
        km=round(max(0.0, km - radius), 1),
    )


def _named(
    names: set[str], properties: Mapping[str, Any], by_name: Mapping[str, list[Reference]], *, settlements: bool = False
) -> list[Reference]:
    """Return the references with one of the names, of the same country where both say one, settlements for settlements only.

    With ``settlements``, an island or a division may be compared with a settlement of that name where its country is known.
    """
    countries, is_settlement = set(properties["ccodes"]), "P" in properties["fclasses"]
    found = [r for n in sorted(names) for r in by_name.get(n, ()) if not countries or not r.country or r.country in countries]
    return [r for r in found if is_settlement or not r.settlement] or [r for r in found if settlements and countries and r.settlement]


def main() -> int:
    """Print the comparison as a table, or as JSON with ``--json``; returns 0."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    arguments = parser.parse_args()
    if not REFERENCE.is_dir():
        print(f"Nothing to compare with: the folder {REFERENCE.parent.name}/{REFERENCE.name} beside the project is not there.")
        return 0
    features = [f for path in sorted(PLACES.glob("*.json")) for f in json.loads(path.read_text(encoding="utf-8"))["features"]]
    report = compare(features, *read_references(REFERENCE))
    if arguments.json:
        print(json.dumps(asdict(report), ensure_ascii=False, indent=1))
        return 0
    for c in report.far:
        print(f"{c.km:8.1f} km  {c.id:44} {c.title:36} {c.source}: {c.reference} (by {c.by})")
    print(
        f"{len(features)} curated places; compared {report.compared} ({report.by_id} by id, {report.by_name} by name); "
        f"{report.same_source} of these lie beside the GeoNames point that they were taken from, which checks nothing; "
        f"{len(report.far)} more than {LIMIT_KM:g} km apart; {len(report.unmatched)} with nothing to compare with."
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
