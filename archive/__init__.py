"""Archives: millions of articles through the same code as two, on as many processes or machines as there are."""

from archive._errors import ArchiveError
from archive._forecast import Forecast, forecast
from archive._inputs import Left, Listing, survey
from archive._model import Config
from archive._run import Summary, archive_status, run_archive

__all__ = ["ArchiveError", "Config", "Forecast", "Left", "Listing", "Summary", "archive_status", "forecast", "run_archive", "survey"]
