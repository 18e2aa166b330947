"""What the fuzzer found once, and the seeds that it begins from: each is a case that holds from then on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.targets import SEEDS, TARGETS

FINDS = sorted(file for file in (Path(__file__).parent / "finds").glob("*/*") if file.is_file())


@pytest.mark.parametrize("file", FINDS, ids=lambda file: f"{file.parent.name}-{file.name}")
def test_what_the_fuzzer_found_is_mended(file: Path) -> None:
    TARGETS[file.parent.name](file.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_takes_its_seeds(name: str) -> None:
    for seed in SEEDS[name]:
        TARGETS[name](seed.encode("utf-8", "surrogatepass"))
