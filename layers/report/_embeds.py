"""What puts a built map into another document: a frame with a picture behind it, blocks for Markdown tools, words for who cannot see it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Unpack
from urllib.parse import urljoin

from markupsafe import Markup

from geo.files import write_together
from layers._messages import direction_of, joined, load_messages, quoted, say
from layers._options import MapOptions, with_defaults
from layers._payload import make_payload
from layers._protocols import Gazetteer
from layers._web import TEMPLATES, script_of
from layers.report._markup import fence_for, plain_markdown, whole
from layers.report._telling import alt_of, as_of_words, long_of
from sources import Reading

EMBEDS = ("embed.html", "embed.md", "alt.txt", "oembed.json")
WIDTH, HEIGHT = 960, 720
"""Pixels of the frame that are proposed; their ratio holds at any width."""
_PAGE, _PICTURE = "map.html", "map.png"


class EmbedOptions(MapOptions, total=False):
    """The keywords of :func:`write_embeds`: those of :class:`MapOptions`, and where the folder will be published, by whom.

    ``url`` is the address of the folder, ``provider`` the name and ``provider_url`` the address of who publishes it; empty: not stated.

    >>> EmbedOptions(url="https://example.org/maps/")
    {'url': 'https://example.org/maps/'}
    """

    url: str
    provider: str
    provider_url: str


def write_embeds(reading: Reading, gazetteer: Gazetteer, folder: Path | str, **options: Unpack[EmbedOptions]) -> tuple[Path, ...]:
    """Write what puts the map of a built folder into another page or report, and return the paths.

    ``folder`` holds ``map.html`` and, where there is one, ``map.png``, which is then the fallback; neither is read. Written are
    ``embed.html`` (a figure with a sandboxed frame, to open beside the map or to copy from), ``embed.md`` (a block each for Quarto, for
    MyST and Jupyter Book, and for plain Markdown),
    ``alt.txt`` (:func:`alt_text`, an empty line, :func:`long_description`) and ``oembed.json`` (oEmbed
    1.0, type ``rich``). The picture stands until the map says by ``postMessage`` that it is drawn, so also where the map's file is missing
    or frames are forbidden; where a page's policy or editor drops the small script that does so, the frame stands and the picture is folded
    below it. ``options`` are those of :class:`EmbedOptions`; without ``url`` the addresses are relative, which oEmbed's readers cannot use
    before they are made whole. Equal readings give equal bytes. Raises OSError when the folder is missing or cannot be written, and what
    :func:`layers.draw_map` says. Reads and writes the disk; no network.

    >>> import tempfile
    >>> class Empty:
    ...     def labels(self, west, south, east, north): return []
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_embeds(Reading(articles=()), Empty(), folder)]
    ['embed.html', 'embed.md', 'alt.txt', 'oembed.json']
    """
    where = {name: str(options.get(name, "")) for name in ("url", "provider", "provider_url")}
    chosen = with_defaults(MapOptions(**{k: v for k, v in options.items() if k not in where}))  # type: ignore[typeddict-item]
    messages = load_messages(chosen["language"])
    payload = whole(make_payload(reading, gazetteer, chosen, ground=False))
    place = Path(folder)
    base = where["url"] if where["url"].endswith("/") or not where["url"] else f"{where['url']}/"
    parts = {
        "title": payload["title"],
        "alt": alt_of(reading, payload, messages),
        "sources": " ".join((say(messages, "embed.sources", names=_source_names(payload, messages)) + _stop(messages),
                             as_of_words(reading, messages) + _stop(messages), messages["credit"])),
        "page": urljoin(base, _PAGE),
        "address": urljoin(base, f"{_PAGE}?embed"),
        "picture": urljoin(base, _PICTURE) if (place / _PICTURE).exists() else "",
    }  # fmt: skip
    texts = {
        "embed.html": _page(parts, messages, chosen["language"]),
        "embed.md": _markdown(parts, messages),
        "alt.txt": f"{parts['alt']}\n\n{long_of(reading, payload, messages)}\n",
        "oembed.json": json.dumps(_oembed(parts, messages, where), ensure_ascii=False, indent=1) + "\n",
    }
    return tuple(write_together({place / name: texts[name].encode("utf-8") for name in EMBEDS}))


def _stop(messages: dict[str, str]) -> str:
    """Return what ends a sentence."""
    return say(messages, "sentence", words="").strip()


def _source_names(payload: dict[str, Any], messages: dict[str, str]) -> str:
    """Name the publishers, each once, and those that are not stated by their file or title."""
    names = (
        source["publisher"] or say(messages, "publisher.of", name=source["file"] or quoted(messages, source.get("short", source["title"])))
        for source in payload["sources"]
    )
    return joined(messages, dict.fromkeys(names), wide=True)


def _figure(parts: dict[str, str], messages: dict[str, str], *, script: bool) -> str:
    """Return the figure with the frame as HTML, with or without the script that puts the picture before it."""
    own = Markup(f"<script>\n{script_of('poster.js')}</script>\n") if script else ""
    return TEMPLATES.get_template("embed-figure.html").render(**parts, messages=messages, width=WIDTH, height=HEIGHT, script=own).strip()


def _page(parts: dict[str, str], messages: dict[str, str], language: str) -> str:
    figure = Markup(_figure(parts, messages, script=True))
    return TEMPLATES.get_template("embed.html").render(
        title=parts["title"], language=language, direction=direction_of(language), figure=figure
    )


def _markdown(parts: dict[str, str], messages: dict[str, str]) -> str:
    """Return a block for each tool, each as text to copy under a heading of its own."""
    plain = {name: plain_markdown(text) for name, text in parts.items() if name in ("title", "alt", "sources")}
    caption = f"{plain['title']}. {plain['sources']}"
    frame = _figure(parts | {"picture": ""}, messages, script=False)
    attribute = parts["alt"].replace("\\", "\\\\").replace('"', '\\"')
    page, picture, opening = parts["page"], parts["picture"], plain_markdown(messages["embed.open"])
    quarto = [f'::: {{.content-visible when-format="html"}}\n```{{=html}}\n{frame}\n```\n:::']
    myst = [f"```{{iframe}} {parts['address']}\n:width: 100%\n:title: {' '.join(parts['title'].split())}\n\n{caption}\n```"]
    plainly = [f"[{opening}]({page})", caption]
    if picture:
        quarto.append(f'::: {{.content-visible unless-format="html"}}\n![{caption}]({picture}){{fig-alt="{attribute}"}}\n:::')
        myst.append(f"```{{figure}} {picture}\n:alt: {' '.join(parts['alt'].split())}\n:target: {page}\n\n{caption}\n```")
        plainly.insert(0, f"[![{plain['alt']}]({picture})]({page})")
    blocks = {"Quarto": "\n\n".join(quarto), "MyST, Jupyter Book": "\n\n".join(myst), "Markdown": "\n\n".join(plainly)}
    files = joined(messages, [f"`{name}`" for name in (_PAGE, *([_PICTURE] if picture else []))])
    written = [f"# {plain['title']}", say(messages, "embed.how", files=files)]
    for name, block in blocks.items():
        fence = fence_for(block)
        written.append(f"## {name}\n\n{fence}markdown\n{block}\n{fence}")
    return "\n\n".join(written) + "\n"


def _oembed(parts: dict[str, str], messages: dict[str, str], where: dict[str, str]) -> dict[str, Any]:
    """Return the answer that an oEmbed provider would give for the map's page."""
    answer: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": parts["title"],
        "html": _figure(parts, messages, script=False),
        "width": WIDTH,
        "height": HEIGHT,
    }
    if where["provider"]:
        answer["provider_name"] = where["provider"]
    if where["provider_url"]:
        answer["provider_url"] = where["provider_url"]
    return answer
