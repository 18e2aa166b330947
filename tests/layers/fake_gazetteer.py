"""A small gazetteer with real shapes, cut from the vendored Natural Earth files."""

from __future__ import annotations

from functools import cache
from typing import Any

import shapely
from shapely import LineString, MultiPolygon, box

from geo import Name, Place
from layers._world import load_world

ISO = {"PH": "608", "JP": "392", "TW": "158", "CN": "156", "KR": "410", "KP": "408", "VN": "704", "MY": "458"}


def _country(code: str, name: str, lat: float, lon: float) -> Place:
    return Place(
        id=f"c:{code}", name=name, lat=lat, lon=lon, feature_code="PCLI", extent="country", where_prec=6, country=code, authority="fake"
    )


def _sea(key: str, name: str, lat: float, lon: float) -> Place:
    return Place(id=f"s:{key}", name=name, lat=lat, lon=lon, feature_code="SEA", extent="sea", where_prec=7)


def _island(key: str, name: str, lat: float, lon: float, *, local: str = "", size: float = 15_000) -> Place:
    names = (Name(toponym=local, lang="ja"),) if local else ()
    return Place(
        id=f"i:{key}", name=name, lat=lat, lon=lon, feature_code="ISL", extent="area", where_prec=3, uncertainty_m=size, country="JP",
        part_of=("nansei",), names=names,
    )  # fmt: skip


def _city(key: str, name: str, lat: float, lon: float, country: str, population: int, code: str = "PPL") -> Place:
    return Place(id=f"p:{key}", name=name, lat=lat, lon=lon, feature_code=code, extent="point", country=country, population=population)


PLACES = (
    Place(
        id="nansei",
        name="Nansei Islands",
        lat=26.5,
        lon=128.0,
        feature_code="ISLS",
        extent="chain",
        where_prec=5,
        uncertainty_m=600_000,
        country="JP",
        names=(Name(toponym="南西諸島", lang="ja"),),
    ),
    Place(
        id="okinawa-pref", name="Okinawa Prefecture", lat=26.5, lon=127.9, feature_code="ADM1", extent="area", where_prec=4, country="JP"
    ),
    Place(
        id="kagoshima-pref",
        name="Kagoshima Prefecture",
        lat=31.6,
        lon=130.6,
        feature_code="ADM1",
        extent="area",
        where_prec=4,
        country="JP",
    ),
    Place(id="asia", name="Asia", lat=35.0, lon=95.0, feature_code="CONT", extent="area", where_prec=7),
    Place(id="base:kadena", name="Kadena Air Base", lat=26.36, lon=127.77, feature_code="INSM", extent="point", country="JP"),
    _country("PH", "Philippines", 12.9, 121.8),
    _country("JP", "Japan", 36.5, 138.0),
    _country("TW", "Taiwan", 23.7, 121.0),
    _country("CN", "China", 30.0, 112.0),
    _country("KR", "South Korea", 36.4, 127.9),
    _country("VN", "Vietnam", 16.0, 107.8),
    _country("MY", "Malaysia", 4.0, 114.5),
    _sea("ecs", "East China Sea", 29.0, 124.5),
    _sea("scs", "South China Sea", 14.5, 114.5),
    _sea("phs", "Philippine Sea", 19.5, 130.0),
    _sea("sulu", "Sulu Sea", 8.3, 120.2),
    _sea("cel", "Celebes Sea", 3.8, 122.5),
    _sea("yellow", "Yellow Sea", 35.5, 123.2),
    _sea("twstr", "Taiwan Strait", 24.4, 119.4),
    _sea("luzstr", "Luzon Strait", 20.6, 121.2),
    _island("yonaguni", "Yonaguni", 24.46, 122.99, local="与那国島", size=6_000),
    _island("ishigaki", "Ishigaki", 24.43, 124.2, local="石垣島"),
    _island("miyako", "Miyako", 24.79, 125.3, local="宮古島"),
    _island("okinawa", "Okinawa", 26.5, 127.95, local="沖縄島", size=56_000),
    _island("amami", "Amami Ōshima", 28.35, 129.4, local="奄美大島", size=32_000),
    _island("tanegashima", "Tanegashima", 30.55, 130.97, local="種子島", size=29_000),
    _city("kagoshima", "Kagoshima", 31.6, 130.56, "JP", 595_000),
    _city("naha", "Naha", 26.21, 127.68, "JP", 317_000),
    _city("manila", "Manila", 14.6, 120.98, "PH", 1_600_000, "PPLC"),
    _city("laoag", "Laoag", 18.2, 120.59, "PH", 111_000),
    _city("davao", "Davao", 7.07, 125.61, "PH", 1_600_000),
    _city("cebu", "Cebu City", 10.32, 123.89, "PH", 922_000),
    _city("taipei", "Taipei", 25.03, 121.57, "TW", 7_800_000, "PPLC"),
    _city("kaohsiung", "Kaohsiung", 22.63, 120.3, "TW", 2_700_000),
    _city("shanghai", "Shanghai", 31.23, 121.47, "CN", 24_800_000),
    _city("hongkong", "Hong Kong", 22.32, 114.17, "HK", 7_400_000),
    _city("fukuoka", "Fukuoka", 33.59, 130.4, "JP", 1_500_000),
    _city("tokyo", "Tokyo", 35.68, 139.69, "JP", 13_900_000, "PPLC"),
    _city("busan", "Busan", 35.1, 129.04, "KR", 3_400_000),
    Place(id="site:basa", name="Basa Air Base", lat=14.99, lon=120.49, feature_code="INSM", extent="point", country="PH", authority="fake"),
    Place(id="site:bautista", name="Antonio Bautista Air Base", lat=9.74, lon=118.76, feature_code="INSM", extent="point", country="PH"),
    Place(id="site:lallo", name="Lal-lo Airport", lat=18.18, lon=121.74, feature_code="INSM", extent="point", country="PH"),
)


@cache
def _land(code: str) -> Any:
    return dict(load_world("10m").countries)[ISO[code]]


def _nansei_islands() -> list[Any]:
    return [part for part in _land("JP").geoms if part.bounds[0] < 131 and part.bounds[3] < 31 and part.bounds[2] > 122.5]


@cache
def _shape(place_id: str) -> Any | None:
    if place_id == "nansei":
        points = [
            (122.99, 24.46),
            (124.2, 24.43),
            (125.3, 24.79),
            (127.7, 26.3),
            (128.3, 26.9),
            (129.4, 28.3),
            (130.2, 29.6),
            (130.9, 30.6),
        ]
        return LineString(points).buffer(0.45)
    if place_id == "okinawa-pref":
        return MultiPolygon([part for part in _nansei_islands() if part.bounds[3] < 27.1])
    if place_id == "kagoshima-pref":
        cut = shapely.intersection(_land("JP"), box(129.9, 30.9, 131.3, 32.2))
        return shapely.union_all([cut, *(part for part in _nansei_islands() if part.bounds[1] > 27.0)])
    if place_id == "asia":
        return shapely.union_all([shape.intersection(box(40, 0, 150, 75)) for _, shape in load_world("110m").countries])
    if place_id.startswith("c:"):
        return _land(place_id[2:])
    return None


class FakeGazetteer:
    """Answers as the real one does, for the places above."""

    def __init__(self, *extra: Place, shapes: dict[str, Any] | None = None) -> None:
        self._places = {place.id: place for place in (*PLACES, *extra)}
        self._shapes = shapes or {}

    def shape(self, place_id: str) -> Any | None:
        return self._shapes.get(place_id) or _shape(place_id)

    def place(self, place_id: str) -> Place:
        return self._places[place_id]

    def labels(self, west: float, south: float, east: float, north: float) -> list[Place]:
        return [p for p in self._places.values() if west <= p.lon <= east and south <= p.lat <= north and p.feature_code != "ADM1"]
