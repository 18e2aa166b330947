"""The figure for print: what an editor would hold it to, on articles of our own and on the real ones."""

from __future__ import annotations

import io
import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE
from pypdf import PdfReader
from pyproj import Geod

import citemap
from layers import FigureError, PrintFigure, draw_figure, draw_map
from layers._style import load_styles
from layers.figure._looks import LAND, SEA
from layers.figure._projection import choose, fit
from layers.figure._sheet import PAPER, Written
from sources import Reading
from tests.conftest import ROOT
from tests.profile import LONG

SHARED = ROOT.parent / "shared" / "articles"
SIZES = ("single", "double", "slide")
OWN = """The navy will station patrol boats in the Ryukyu Islands, within 300 km of Taiwan, by March 2027.

Officials said that engineers are building a radar station in Okinawa Prefecture. Japan will open a fuel depot at Naha in 2026.

China will build two airfields in the Philippines. Palau plans to lengthen the airstrip on Angaur.

A minister said that the army would buy drones in 2028."""
REAL = {
    "the first subject": ["000_9e2ef43990c9781d.txt", "002_56ebb0c84d06e99e.txt"],
    "a corridor": ["wh-lobito-corridor-2023.md"],
    "a fact sheet of 42 plans": ["wh-us-philippines-luzon-corridor-2024.md"],
    "a continent": ["wh-nato-posture-2024.md"],
}
CASES = ("our own", "the digests", *REAL)
PRINT_ROLES = {"badge", "whole", "name", "country", "sea", "chain", "distance", "scale", "north"}
"""Texts that stand on the map rather than beside it."""


@cache
def reading_of(case: str) -> Reading:
    """The reading of one case; skips where the given articles are not there."""
    if case == "our own":
        return citemap.read_text(OWN, date="2026-03-03", publisher="The Example Courier")
    if case == "the digests":
        return citemap.read(ROOT / "articles")
    if not SHARED.is_dir():
        pytest.skip("the given articles (../shared/articles) are not here")
    return citemap.read(*(SHARED / name for name in REAL[case]))


@cache
def figure_of(case: str, size: str, **options: object) -> PrintFigure:
    """The figure of one case in one size, drawn once."""
    return draw_figure(reading_of(case), citemap._gazetteer(), size=size, **options)  # type: ignore[arg-type]


DRAWN = [(case, size) for n, case in enumerate(CASES) for k, size in enumerate(SIZES) if LONG or n == 0 or n == k + 1]
"""Our own case in all sizes, three others in one each; in the long profile all in all."""


@pytest.fixture(params=DRAWN, ids=lambda pair: f"{pair[0]}, {pair[1]}")
def figure(request: pytest.FixtureRequest) -> PrintFigure:
    return figure_of(*request.param)


def texts(figure: PrintFigure) -> Iterator[Written]:
    return itertools.chain.from_iterable(figure.written)


def overlap(one: Written, other: Written) -> bool:
    a, b = one.box, other.box
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


# what an editor would hold it to ---------------------------------------------------------------------------------------------


@pytest.mark.trust
def test_no_text_on_the_map_lies_on_another(figure: PrintFigure) -> None:
    on_map = [text for text in figure.written[0] if text.role in PRINT_ROLES and text.role != "chain"]
    clashes = [(a.text, b.text) for a, b in itertools.combinations(on_map, 2) if overlap(a, b)]
    assert clashes == []


def test_no_letter_of_a_chain_lies_on_another_text(figure: PrintFigure) -> None:
    letters = [text for text in figure.written[0] if text.role == "chain"]
    others = [text for text in figure.written[0] if text.role in PRINT_ROLES - {"chain"}]
    assert [(a.text, b.text) for a in letters for b in others if overlap(a, b)] == []


def test_no_two_lines_beside_the_map_overlap(figure: PrintFigure) -> None:
    for page in figure.written:
        lines = [text for text in page if text.role in ("title", "deck", "note", "source", "method", "legend", "beyond")]
        deep = [
            (a, b) for a, b in itertools.combinations(lines, 2) if overlap(a, b) and min(a.box[3], b.box[3]) - max(a.box[1], b.box[1]) > 0.5
        ]
        assert [(a.text, b.text) for a, b in deep if min(a.box[2], b.box[2]) - max(a.box[0], b.box[0]) > 0.3] == []


def test_every_text_stands_on_its_page(figure: PrintFigure) -> None:
    off = [
        text.text
        for sheet in figure.sheets
        for text in sheet.written
        if text.box[0] < -0.01 or text.box[1] < -0.01 or text.box[2] > sheet.wide + 0.01 or text.box[3] > sheet.high + 0.01
    ]
    assert off == []


def test_the_map_begins_under_the_deck_and_the_notes_end_over_the_credit(figure: PrintFigure) -> None:
    assert figure.projection is not None
    ends = {role: [text.box for text in figure.written[0] if text.role == role] for role in ("deck", "note", "method")}
    assert min(box[1] for box in ends["deck"]) > figure.projection.frame[3]
    assert min((box[1] for box in ends["note"]), default=1e9) > max(box[3] for box in ends["method"])


def test_no_letter_is_under_six_points(figure: PrintFigure) -> None:
    assert min(text.face.size for text in texts(figure)) >= 6


def test_every_text_has_contrast_enough(figure: PrintFigure) -> None:
    weak = {(text.text, text.face.colour, text.ground) for text in texts(figure) if contrast(text.face.colour, text.ground) < 4.5}
    assert weak == set()


def test_a_page_is_no_larger_than_its_size_allows(figure: PrintFigure) -> None:
    wide, high = {"single": (89, 240), "double": (183, 247), "slide": (338.7, 190.5)}[figure.size]
    assert all(sheet.wide == wide and sheet.high <= high + 0.01 for sheet in figure.sheets)


def test_every_plan_has_its_note_under_its_number_of_the_page(figure: PrintFigure, request: pytest.FixtureRequest) -> None:
    case, _ = request.node.callspec.params["figure"]
    page = draw_map(reading_of(case), citemap._gazetteer())._payload
    badges = [int(text.text) for text in texts(figure) if text.role == "badge"]
    assert sorted({note["number"] for note in page["plans"]}) == sorted(set(badges))


@pytest.mark.parametrize("ground", [SEA, LAND, PAPER])
@pytest.mark.parametrize("status", [style["id"] for style in load_styles()])
def test_the_edge_of_a_mark_has_contrast_enough(status: str, ground: str) -> None:
    style = next(style for style in load_styles() if style["id"] == status)
    assert contrast(style["ink"], ground) >= 3


@pytest.mark.parametrize("sight", ["normal", "deuteranomaly", "protanomaly", "tritanomaly"])
def test_statuses_differ_in_hatch_or_stay_ten_apart_for_every_sight(sight: str) -> None:
    def seen(colour: str) -> np.ndarray:
        rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
        if sight == "normal":
            return rgb
        return np.clip(cspace_convert(rgb, {"name": "sRGB1+CVD", "cvd_type": sight, "severity": 100}, "sRGB1"), 0, 1)

    same = [
        (a["id"], b["id"])
        for a, b in itertools.combinations(load_styles(), 2)
        if a["hatch"] == b["hatch"] and deltaE(seen(a["hue"]), seen(b["hue"]), input_space="sRGB1") < 10
    ]
    assert same == []


def test_statuses_differ_without_any_colour() -> None:
    looks = [(style["hatch"], style["dash"], style["point"]) for style in load_styles()]
    assert len(set(looks)) == len(looks)


# the map ---------------------------------------------------------------------------------------------------------------------


def test_the_scale_bar_is_true_at_the_latitude_that_it_states() -> None:
    figure = figure_of("our own", "double")
    words = next(text.text for text in figure.written[0] if text.role == "scale")
    km, lat = (float(part.replace(",", "")) for part in re.findall(r"[\d.,]+", words))
    bar = max(
        (line for line in figure.pages[0].axes[0].lines if len(line.get_xdata()) == 2), key=lambda line: bar_length(line, words, figure)
    )
    long = abs(bar.get_xdata()[1] - bar.get_xdata()[0])
    projection = figure.projection
    assert projection is not None
    lon, _ = projection.middle
    east, *_ = Geod(ellps="WGS84").fwd(lon, lat, 90, km * 500)
    west, *_ = Geod(ellps="WGS84").fwd(lon, lat, 270, km * 500)
    (x0, _), (x1, _) = projection.to_paper([(west, lat), (east, lat)])
    assert long == pytest.approx(x1 - x0, rel=0.01)


def bar_length(line: object, words: str, figure: PrintFigure) -> float:
    """The length of a level line that stands right under the words of the scale, else 0."""
    text = next(text for text in figure.written[0] if text.text == words)
    xs, ys = line.get_xdata(), line.get_ydata()  # type: ignore[attr-defined]
    under = ys[0] == ys[1] and 0 < text.box[1] - ys[0] < 4 and abs(xs[0] - text.box[0]) < 1
    return float(abs(xs[1] - xs[0])) if under else 0.0


def test_the_name_of_a_chain_runs_along_its_arc() -> None:
    letters = [text for text in figure_of("our own", "double").written[0] if text.role == "chain"]
    assert "".join(text.text for text in letters) == "NanseiIslands"


def test_a_stated_distance_has_both_ends_and_both_figures() -> None:
    rows = [text.text for text in figure_of("our own", "double").written[0] if text.role == "distance"]
    assert rows == ["Yonaguni – Taiwan", "said: within 300 km", "measured: about 110 km"]


def test_a_country_is_said_to_be_meant_as_a_whole() -> None:
    assert "the Philippines as a whole" in [text.text for text in figure_of("our own", "double").written[0] if text.role == "whole"]


def test_a_plan_without_a_place_is_in_the_notes_and_not_on_the_map() -> None:
    reading = reading_of("our own")
    plan = next(plan for plan in reading.plans if not plan.places)
    figure = figure_of("our own", "double")
    assert projection_frame_badges(figure).isdisjoint({str(plan.number)})


def projection_frame_badges(figure: PrintFigure) -> set[str]:
    """The numbers inside the frame of the map."""
    assert figure.projection is not None
    left, bottom, right, top = figure.projection.frame
    return {t.text for t in figure.written[0] if t.role == "badge" and left < t.box[0] < right and bottom < t.box[1] < top}


def test_a_mark_beyond_the_frame_is_named_under_the_map() -> None:
    kenya = "Kenya will build a pier at Kilifi. Kenya will build a school at Lamu. Kenya is paving a road at Malindi."
    reading = citemap.read_text(f"Fiji will build a pier at Suva. {kenya}")
    figure = draw_figure(reading, citemap._gazetteer(), size="double")
    assert "Suva" in [text.text for text in figure.written[0] if text.role == "beyond"] and "1" not in projection_frame_badges(figure)


def test_a_continent_is_named_under_the_map_and_lies_nowhere_on_it() -> None:
    reading = citemap.read_text("The navy will build a pier at Kilifi. The army might station missiles in Asia.")
    figure = draw_figure(reading, citemap._gazetteer(), size="double")
    assert "Asia as a whole" in [text.text for text in figure.written[0] if text.role == "beyond"]


def test_the_legend_shows_every_status_that_is_on_the_map_and_no_other() -> None:
    figure = figure_of("our own", "double")
    assert [text.text for text in figure.written[0] if text.role == "legend"] == ["planned", "under way", "distance, said and measured"]


def test_a_slide_does_not_cut_a_note_in_two() -> None:
    figure = figure_of("the digests", "slide")
    numbers = [text.text for text in figure.written[0] if text.role == "badge" and text.box[0] > figure.projection.frame[2]]  # type: ignore[union-attr]
    assert set(numbers).isdisjoint({text.text for page in figure.written[1:] for text in page if text.role == "badge"})


def test_north_has_an_arrow_where_it_leans() -> None:
    far = citemap.read_text("Iceland will build a radar at Höfn. Finland will build a radar at Rovaniemi.")
    assert "north" in {text.role for text in draw_figure(far, citemap._gazetteer(), size="double").written[0]}


def test_north_has_no_arrow_where_it_is_up() -> None:
    assert "north" not in {text.role for text in figure_of("our own", "double").written[0]}


def test_without_borders_no_border_is_drawn() -> None:
    with_them = figure_of("our own", "single")
    without = draw_figure(reading_of("our own"), citemap._gazetteer(), size="single", borders=False)
    assert len(without.pages[0].axes[0].patches) == len(with_them.pages[0].axes[0].patches) - 1


@pytest.mark.parametrize(
    ("view", "kind"),
    [
        ((120, 23, 132, 31), "albers"), ((10, -18, 34, 6), "azimuthal"), ((-170, -56, 190, 74), "earth"), ((9, 54, 13, 57), "lambert"),
        ((-40, 70, 40, 88), "azimuthal"), ((170, -22, 185, -12), "albers"),
    ],
)  # fmt: skip
def test_the_projection_fits_the_extent_and_holds_all_of_it(view: tuple[float, float, float, float], kind: str) -> None:
    frame = (0.0, 0.0, 183.0, 140.0)
    projection = fit(view, frame, clear=(2, 2, 2, 2))
    corners = projection.to_paper([(lon, lat) for lon in (view[0], view[2]) for lat in (view[1], min(view[3], 89))])
    assert choose(view)[0] == kind
    assert (corners >= -0.1).all() and (corners[:, 0] <= 183.1).all() and (corners[:, 1] <= 140.1).all()


def test_a_place_across_the_antimeridian_lies_on_the_map() -> None:
    reading = citemap.read_text("Fiji will build a pier at Suva. Samoa will build a pier at Apia.")
    figure = draw_figure(reading, citemap._gazetteer(), size="single")
    assert projection_frame_badges(figure) == {"1", "2"}


# words -----------------------------------------------------------------------------------------------------------------------


def test_every_quote_stands_word_for_word_in_the_pdf() -> None:
    figure = figure_of("our own", "double")
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(figure.pdf())).pages]
    whole = re.sub(r"\s+", "", "".join(pages))
    quotes = [quote.exact for plan in reading_of("our own").plans for quote in plan.quotes]
    assert [quote for quote in quotes if re.sub(r"\s+", "", quote) not in whole] == []


def test_long_notes_flow_to_further_pages_in_letters_as_large() -> None:
    text = " ".join(f"Kenya will build a naval pier of {n} metres at Kilifi in {2030 + n}." for n in range(40))
    figure = draw_figure(citemap.read_text(text), citemap._gazetteer(), size="single")
    sizes = [{t.face.size for t in page if t.role == "note"} for page in figure.written]
    assert len(sizes) > 1 and all(size == sizes[0] for size in sizes)


def test_the_credit_names_projection_ground_and_that_nothing_is_verified() -> None:
    words = " ".join(text.text for text in figure_of("our own", "double").written[0] if text.role == "method")
    assert all(
        part in words
        for part in ("Reported, not verified.", "3 March 2026", "Natural Earth", "no position taken", "Albers equal-area conic")
    )


def test_the_date_of_a_source_that_states_none_is_not_today() -> None:
    words = " ".join(
        text.text for text in draw_figure(citemap.read_text("Kenya will build a pier at Kilifi."), citemap._gazetteer()).written[0]
    )
    assert "The sources state no date." in words


@pytest.mark.parametrize("language", ["ja", "fil", "zh-Hant"])
def test_a_figure_speaks_the_language_of_the_interface(language: str) -> None:
    figure = figure_of("our own", "double", language=language)
    words = " ".join(text.text for text in texts(figure))
    assert citemap.draw(reading_of("our own"), language=language)._payload["title"] in words and "Reported, not verified" not in words


def test_markup_and_mathematics_in_an_article_are_letters_like_others() -> None:
    reading = citemap.read_text("Kenya will spend $4 on <b>a pier</b> & $5 on a mast at Kilifi in 2027.", title="$x^2$ <script>")
    figure = draw_figure(reading, citemap._gazetteer(), size="single", title="$x^2$ <script> \\frac")
    assert "$x^2$ <script> \\frac" in [text.text for text in texts(figure)]


def test_a_reading_without_plans_says_so() -> None:
    figure = draw_figure(citemap.read_text("The sky was blue over Kilifi."), citemap._gazetteer(), size="single")
    assert "No plan was found in these articles." in [text.text for text in texts(figure)]


def test_without_notes_only_title_map_and_credit_are_drawn() -> None:
    figure = draw_figure(reading_of("our own"), citemap._gazetteer(), notes=False)
    assert {text.role for text in figure.written[0]}.isdisjoint({"note", "source"}) and len(figure.pages) == 1


# files -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.trust
@pytest.mark.parametrize("case", CASES if LONG else CASES[:2])
def test_every_font_of_the_pdf_is_embedded(case: str) -> None:
    figure, loose = figure_of(case, "double"), []
    for page in PdfReader(io.BytesIO(figure.pdf())).pages:
        for font in page["/Resources"]["/Font"].values():
            font = font.get_object()
            inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            if "/FontFile2" not in inner["/FontDescriptor"].get_object():
                loose.append(font["/BaseFont"])
    assert loose == []


def test_text_in_the_svg_is_text_and_brings_its_letters() -> None:
    root = ET.fromstring(figure_of("our own", "double").svg())
    space = "{http://www.w3.org/2000/svg}"
    words = " ".join("".join(node.itertext()) for node in root.iter(f"{space}text"))
    style = "".join(node.text or "" for node in root.iter(f"{space}style"))
    assert "the Philippines as a whole" in words and "@font-face" in style and "data:font/ttf;base64," in style


def test_an_svg_asks_for_nothing_from_elsewhere() -> None:
    svg = figure_of("our own", "double").svg().decode()
    assert [url for url in re.findall(r'(?:href|src)="([^"#][^"]*)"|url\((?!"data:|#)([^)]*)\)', svg) if any(url)] == []


@pytest.mark.parametrize("kind", ["pdf", "svg", "png"])
def test_equal_readings_give_equal_bytes(kind: str, tmp_path: Path) -> None:
    first = figure_of("our own", "single").save(tmp_path / f"a.{kind}")
    again = draw_figure(reading_of("our own"), citemap._gazetteer(), size="single").save(tmp_path / f"b.{kind}")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]


def test_later_pages_of_a_picture_stand_beside_the_first(tmp_path: Path) -> None:
    figure = figure_of("the digests", "slide")
    names = [path.name for path in figure.save(tmp_path / "plans.svg")]
    assert names == ["plans.svg", *(f"plans-{n}.svg" for n in range(2, len(figure.pages) + 1))]


def test_the_picture_has_300_dots_an_inch() -> None:
    figure = figure_of("our own", "single")
    wide = int.from_bytes(figure.png()[16:20], "big")
    assert wide == int(89 / 25.4 * 300)


def test_an_unknown_size_is_named_with_those_that_there_are() -> None:
    with pytest.raises(FigureError, match="'poster' is no size of a figure; choose one of single, double, slide"):
        draw_figure(reading_of("our own"), citemap._gazetteer(), size="poster")  # type: ignore[arg-type]


def test_another_kind_of_file_is_refused_with_the_kinds_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(FigureError, match=r"a\.gif: '\.gif' is no kind of figure; end it in \.pdf, \.svg, \.png"):
        figure_of("our own", "single").save(tmp_path / "a.gif")
