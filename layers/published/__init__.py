"""What was published, read back and checked: nothing in it is run, and it may come from anybody."""

from layers.published._carried import Carried
from layers.published._findings import Finding, QuoteCheck
from layers.published._verification import Verification
from layers.published._verify import open_published, verify_published

__all__ = ["Carried", "Finding", "QuoteCheck", "Verification", "open_published", "verify_published"]
