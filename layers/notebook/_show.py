"""Objects that show themselves: a reading, an article, a name, a plan, a place, a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from geo import Place, Toponym
from layers._marks import make_marks
from layers._messages import Messages, joined, load_messages, say
from layers._place_names import PlaceNames
from layers._plan_map import OfflineMap
from layers._protocols import Gazetteer
from layers._rules import article_language
from layers._web import TEMPLATES
from layers.notebook._places import place_view, toponym_view
from layers.notebook._views import article_view, plan_view, reading_view, words_for
from sources import Article, Reading, ReportedPlan

_FRAME_HEIGHT = 646


@dataclass(frozen=True, slots=True)
class Shown:
    """What :func:`show` returns: a notebook draws it, ``str`` says it in a line or two.

    ``html`` is static: no script, no style element, no frame (a map's alone is one, sandboxed), every word of an article escaped. ``text``
    is the same in short as plain text.

    >>> Shown("<p>One</p>", "One")
    One
    """

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


def show(value: object, gazetteer: Gazetteer | None = None, *, reading: Reading | None = None, language: str = "en") -> Shown:
    """Return what a notebook shows of an object; after ``import citemap`` a notebook does so by itself.

    ``value`` is a :class:`sources.Reading` (its articles, its plans with status, place and quote, what was left out), a
    :class:`sources.Article` (its text with every name underlined by its kind and the words of its plans marked), a
    :class:`geo.Toponym` (its candidates in their order with score and reason, on a small map), a :class:`sources.ReportedPlan` (its card),
    a :class:`geo.Place` (its entry, on a small map) or a map of ours. ``gazetteer`` gives shapes and names; None opens the package's own.
    ``reading`` is the one that an article or a plan is from: None reads the article anew, by itself and without a person's decisions, and
    leaves out of a card what only the article says. ``language`` is that of our own words.

    A small map draws a point for a point and the whole place else, never a pin in the middle of it; what has no outline is listed, not
    drawn. The whole text of an article is shown whatever its licence: clear the output before you publish such a notebook. Raises TypeError
    for any other object, LanguageError for a language without words, UnquotedMarkError where a quote does not stand in its article,
    MissingPartError when setup has not been run. Reads files of the package; no network.

    >>> import sources
    >>> from geo import Gazetteer
    >>> reading = sources.read_plans([sources.read_text("Kenya will build a naval pier at Kilifi.")], Gazetteer())
    >>> show(reading.plans[0], reading=reading)
    1 · planned · Kenya would build a naval pier at Kilifi
    >>> "Kilifi" in show(reading, Gazetteer())._repr_html_()
    True
    """
    messages = load_messages(language)
    if isinstance(value, OfflineMap):
        root: Any = value.get_root()
        return Shown(_framed(value, messages), f"{type(value).__name__}: {root.title or ''}".rstrip(": "))
    ours: Any = gazetteer if gazetteer is not None else _own()
    names = PlaceNames(ours, messages)
    draw: Any = TEMPLATES.get_template("notebook.html").make_module(words_for(names))
    if isinstance(value, Reading):
        return Shown(_clean(draw.reading(reading_view(value, ours, names))), plain_words(value))
    if isinstance(value, ReportedPlan):
        return Shown(_clean(draw.card(_plan(value, ours, names, reading))), plain_words(value))
    if isinstance(value, Article):
        return Shown(_clean(draw.article(_article(value, ours, names, reading))), plain_words(value))
    if isinstance(value, Toponym):
        return Shown(_clean(draw.toponym(toponym_view(value, ours, names))), plain_words(value))
    if isinstance(value, Place):
        return Shown(_clean(draw.place(place_view(value, ours, names))), plain_words(value))
    raise TypeError(
        f"{type(value).__name__} has no display of its own; show a Reading, an Article, a Toponym, a ReportedPlan, a Place or a map"
    )


def plain_words(value: object) -> str:
    """Say an object in a line: what a terminal prints, and what a notebook's file keeps beside the display.

    >>> from sources import read_text
    >>> plain_words(read_text("A pier is planned.", title="Piers"))
    'Piers · publisher not stated · date not stated'
    """
    messages = load_messages()
    if isinstance(value, Reading):
        plans, articles = say(messages, "plans", n=len(value.plans)), say(messages, "articles", n=len(value.articles))
        return joined(messages, (articles, plans))
    if isinstance(value, ReportedPlan):
        return f"{value.number} · {value.status} · {value.summary}"
    if isinstance(value, Article):
        record = value.citation
        return f"{record.title} · {record.publisher_or_not_stated} · {record.date_or_not_stated}"
    if isinstance(value, Toponym):
        meant = f"{value.place.name} ({value.score:.2f})" if value.place else messages["notebook.nothing"]
        return f"{value.mention.text} · {value.mention.kind} · {meant}"
    if isinstance(value, Place):
        return f"{value.name} · {value.extent} · {value.id}"
    return repr(value)


def _own() -> Any:
    from geo import Gazetteer as Own

    return Own()


def _plan(plan: ReportedPlan, gazetteer: Gazetteer, names: PlaceNames, reading: Reading | None) -> dict[str, Any]:
    if reading is None:
        return plan_view(None, plan, None, {}, names)
    marks, _ = make_marks(Reading(articles=reading.articles, plans=(plan,)), gazetteer)
    return plan_view(reading, plan, {mark.place.id: mark.kind for mark in marks}, {}, names)


def _article(article: Article, gazetteer: Any, names: PlaceNames, reading: Reading | None) -> dict[str, Any]:
    from sources import read_plans

    alone = reading is None
    read = read_plans([article], gazetteer) if reading is None else reading
    toponyms = read.toponyms.get(article.id, ())
    return article_view(article, toponyms, read.plans, alone, names, article_language(read, article.id))


def _framed(drawn: OfflineMap, messages: Messages) -> str:
    """Put a map's frame over words that are seen where the frame may not be: in a notebook that is not trusted."""
    root: Any = drawn.get_root()
    frame = root._repr_html_()
    over = frame.replace('style="', 'style="position:absolute;left:0;top:0;z-index:1;background:#fff;', 1)
    nobody: Any = None
    draw: Any = TEMPLATES.get_template("notebook.html").make_module(words_for(PlaceNames(nobody, messages)))
    return str(draw.framed({"height": _FRAME_HEIGHT, "frame": Markup(over)}))


def _clean(html: str) -> str:
    return str(html).strip()
