"""What can go wrong in ``layers``, as a tree.

LayersError
├── MissingPartError    a vendored file is not there
├── UnquotedMarkError   a quote does not stand in its article
├── ContextError        a context file breaks the rules of its format
├── FigureError         a size or a kind of file that no figure has
├── PointsError         points that cannot be drawn as they are
├── ArchiveMapError     frames of an archive that cannot be drawn as they are
├── PublishedError      a published map, or a file beside it, cannot be read
├── ReportError         a form of report or a folder that is not there
└── LanguageError       the interface has no words in a language

RemoteAssetWarning      a saved map will ask the network for something
"""

from __future__ import annotations

from collections.abc import Iterable


class LayersError(Exception):
    """The root of what ``layers`` raises.

    ``code`` is the short stable name of what is wrong, one of those in docs/errors.md.

    >>> issubclass(MissingPartError, LayersError)
    True
    """

    code = ""


class MissingPartError(LayersError, FileNotFoundError):
    """A file that setup copies into the package is not there.

    >>> raise MissingPartError("layers/web/vendor/leaflet.js")
    Traceback (most recent call last):
    ...
    layers._errors.MissingPartError: layers/web/vendor/leaflet.js is missing: run "make setup", which copies it from npm
    """

    code = "missing-part"

    def __init__(self, name: str) -> None:
        super().__init__(f'{name} is missing: run "make setup", which copies it from npm')


class UnquotedMarkError(LayersError, ValueError):
    """A plan has no quote, or a quote that is not what its article says at those offsets: no quote, no mark.

    >>> issubclass(UnquotedMarkError, ValueError)
    True
    """

    code = "quote-not-in-article"


class ContextError(LayersError, ValueError):
    """A context file lacks a field, or cites a record that it does not hold.

    >>> issubclass(ContextError, ValueError)
    True
    """

    code = "wrong-context"


class LanguageError(LayersError, ValueError):
    """The interface has no words in the language asked for.

    >>> raise LanguageError("xx", ("en", "ja"))
    Traceback (most recent call last):
    ...
    layers._errors.LanguageError: 'xx' is no language of the interface; choose one of en, ja
    """

    code = "unknown-language"

    def __init__(self, language: str, known: Iterable[str]) -> None:
        super().__init__(f"{language!r} is no language of the interface; choose one of {', '.join(known)}")


class PointsError(LayersError, ValueError):
    """A frame of points lacks a column or a CRS, has an unknown status, or rows that a web map cannot show.

    >>> issubclass(PointsError, ValueError)
    True
    """

    code = "wrong-points"


class ArchiveMapError(LayersError, ValueError):
    """The frames of an archive lack a column, do not add up, or cannot be drawn within the size asked for.

    >>> issubclass(ArchiveMapError, ValueError)
    True
    """

    code = "wrong-archive-map"


class PublishedError(LayersError, ValueError):
    """Something published cannot be read back: ``name`` is the file, ``rule`` what is wrong with it, ``next_step`` what to do.

    >>> str(PublishedError("map.html", "the page carries no record", "build it anew"))
    'map.html: the page carries no record; build it anew'
    """

    code = "not-as-published"

    def __init__(self, name: str, rule: str, next_step: str) -> None:
        super().__init__(f"{name}: {rule}; {next_step}")
        self.name, self.rule, self.next_step = name, rule, next_step


class FigureError(LayersError, ValueError):
    """A figure was asked for in a size or as a kind of file that there is not.

    >>> issubclass(FigureError, ValueError)
    True
    """

    code = "wrong-figure"


class ReportError(LayersError, ValueError):
    """A report is asked for in a form that there is not, or in a folder that is not there.

    >>> issubclass(ReportError, ValueError)
    True
    """

    code = "wrong-report"


class RemoteAssetWarning(UserWarning):
    """A saved map holds something that a browser will fetch from the network.

    >>> issubclass(RemoteAssetWarning, UserWarning)
    True
    """
