"""What a place is called in the language of the interface and in its own country's script; nothing is translated here."""

from __future__ import annotations

from functools import lru_cache

from geo import GeoError, Name, Place
from layers._messages import language_of, locale_of
from layers._protocols import Gazetteer

_ALSO = {"fil": ("tl", "tgl"), "ja": ("jpn",), "zh-Hant": ("zh-TW",), "zh-Hans": ("zh", "zh-CN")}
"""Other tags under which gazetteers keep names of a language."""

_SCRIPTS = frozenset(
    {"ar", "bn", "el", "fa", "he", "hi", "hy", "ja", "ka", "km", "ko", "lo", "mn", "my", "ru", "th", "uk", "zh-Hans", "zh-Hant"}
)
"""Languages that are written in letters of their own: what stands in ASCII is no name in them but a romanisation."""

_OWN = {
    "JP": "ja", "CN": "zh-Hans", "TW": "zh-Hant", "HK": "zh-Hant", "MO": "zh-Hant", "KR": "ko", "KP": "ko", "RU": "ru", "UA": "uk",
    "TH": "th", "GR": "el", "IL": "he", "IR": "fa", "IN": "hi", "MN": "mn", "BG": "bg", "GE": "ka", "AM": "hy", "KH": "km", "LA": "lo",
    "MM": "my", "BD": "bn", "EG": "ar", "SA": "ar", "AE": "ar", "IQ": "ar", "SY": "ar", "JO": "ar", "LB": "ar", "YE": "ar", "OM": "ar",
    "QA": "ar", "KW": "ar", "BH": "ar", "LY": "ar", "SD": "ar", "DZ": "ar", "TN": "ar", "MA": "ar",
}  # fmt: skip
"""The language of a country whose script is another than Latin."""


_WIDE = frozenset({"CONT", "RGN", "RGNE"})
_NEAR = 5.0
"""Degrees within which a point of a place's outline lies from its middle, for islands and towns."""


class PlaceNames:
    """Names of places for one language of the interface: the gazetteer's name in it, for a country CLDR's, else the name as it is.

    >>> from layers._messages import load_messages
    >>> class Empty:
    ...     def place(self, place_id): raise KeyError(place_id)
    >>> japan = Place(id="x", name="Japan", lat=36, lon=138, feature_code="PCL", extent="country", country="JP")
    >>> PlaceNames(Empty(), load_messages("ja")).shown(japan), PlaceNames(Empty(), load_messages("en")).shown(japan)
    ('日本', 'Japan')
    """

    def __init__(self, gazetteer: Gazetteer, messages: dict[str, str]) -> None:
        self.messages = messages
        self.language = language_of(messages)
        self._gazetteer = gazetteer
        self._shown: dict[str, str] = {}

    def shown(self, place: Place) -> str:
        """Return what the page calls a place."""
        if self.language == "en":
            return place.name
        if place.id not in self._shown:
            self._shown[place.id] = self._territory(place) or _in_language(self._names(place), self.language) or place.name
        return self._shown[place.id]

    def local(self, place: Place) -> tuple[str, str]:
        """Return a place's name in its country's script and the tag of its language; empty where that is Latin or not known."""
        language = _OWN.get(place.country, "")
        name = _in_language(place.names, language) if language else ""
        return (name, language) if name and name not in (place.name, self.shown(place)) else ("", "")

    def at(self, name: str, lat: float, lon: float) -> str:
        """Return what the page calls the place that has this name of the gazetteer and lies near a point in degrees; else the name."""
        ask = getattr(self._gazetteer, "find", None)
        if self.language == "en" or ask is None:
            return name
        found = (place for place in ask(name) if place.name == name and abs(place.lat - lat) < _NEAR and abs(place.lon - lon) < _NEAR)
        return next((self.shown(place) for place in found), name)

    def _territory(self, place: Place) -> str:
        """Return CLDR's name of a country, or of a part of the world that CLDR has under the same English name."""
        code = place.country if place.extent == "country" else _regions().get(place.name, "") if place.feature_code in _WIDE else ""
        return str(locale_of(self.language).territories.get(code, ""))

    def _names(self, place: Place) -> tuple[Name, ...]:
        """Return the names that came with a place, else those that the gazetteer keeps of it."""
        if place.names:
            return place.names
        try:
            return self._gazetteer.place(place.id).names
        except (LookupError, GeoError):
            return ()


@lru_cache(maxsize=1)
def _regions() -> dict[str, str]:
    """Return the numbers of UN M49 by CLDR's English names: Asia is 142."""
    return {str(name): str(code) for code, name in locale_of("en").territories.items() if str(code).isdigit()}


def _in_language(names: tuple[Name, ...], language: str) -> str:
    """Return the leading name in a language, or nothing."""
    for tag in (language, *_ALSO.get(language, ())):
        for name in names:
            if name.lang == tag and not (language in _SCRIPTS and name.toponym.isascii()):
                return name.toponym
    return ""
