"""Two builds never work in one folder: the second ends at once and names the first, and a lock whose holder was killed holds nobody."""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import citemap
from citemap import BuildError
from citemap._build import at_work
from citemap._lock import HeldError, folder_lock
from tests.conftest import citemap_command

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a holder is a fork")
BY = re.escape(Path(sys.orig_argv[0]).name + " ")
WORDS = rf"another build is at work there: process \d+ on \S.*, user \S.*, since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d.\d\d:\d\d, {BY}"


def holding(folder: Path) -> int:
    """A process that holds the lock of a folder until it is killed."""
    ready, tell = os.pipe()
    child = os.fork()
    if not child:
        with folder_lock(folder):
            os.write(tell, b"x")
            signal.pause()
        os._exit(0)
    os.read(ready, 1)
    return child


def killed(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@pytest.fixture()
def held(tmp_path: Path) -> Callable[[], None]:
    """A folder that another process holds; calling it kills the holder."""
    child = holding(tmp_path / "out")
    alive = [child]
    yield lambda: killed(alive.pop())  # type: ignore[misc]
    for one in alive:
        killed(one)


def test_the_second_build_ends_at_once_and_names_the_holder(tmp_path: Path, held: Callable[[], None]) -> None:
    reading = citemap.read_text("Kenya will build a naval pier at Kilifi.")
    with pytest.raises(BuildError, match=WORDS) as raised:
        citemap.build(reading, tmp_path / "out")
    assert str(raised.value).endswith("; wait until it is done, or choose another folder with -o")
    assert not (tmp_path / "out").exists()


def test_on_the_command_line_it_ends_with_status_2_before_anything_is_read(tmp_path: Path, held: Callable[[], None]) -> None:
    done = citemap_command("build", "no-such-article.txt", "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert re.match(f"citemap: out: {WORDS}", done.stderr)


def test_a_lock_whose_holder_was_killed_is_taken_over_and_that_is_said(
    tmp_path: Path, held: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".out.citemap" / "new").mkdir()
    (tmp_path / ".out.citemap" / "new" / "map.html").write_text("half")
    held()
    with at_work(tmp_path / "out"):
        said = capsys.readouterr().err
    assert re.match(rf"citemap: {re.escape(str(tmp_path))}/out: a build that did not end is cleared away: process \d+ on ", said)


def test_no_lock_stays_and_other_folders_are_free(tmp_path: Path) -> None:
    with folder_lock(tmp_path / "a"), folder_lock(tmp_path / "b"), folder_lock(tmp_path / "a"):
        assert sorted(path.name for path in tmp_path.iterdir()) == [".a.citemap", ".b.citemap"]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_reached_by_a_link_is_the_same_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    child = holding(tmp_path / "real")
    try:
        with pytest.raises(HeldError), folder_lock(tmp_path / "link"):
            pass
    finally:
        killed(child)


def test_another_thread_is_another_build(tmp_path: Path) -> None:
    met: list[BaseException] = []

    def second() -> None:
        try:
            with folder_lock(tmp_path / "out"):
                pass
        except HeldError as error:
            met.append(error)

    with folder_lock(tmp_path / "out"):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert len(met) == 1


def test_a_fork_of_a_holder_that_was_killed_holds_nobody_up(tmp_path: Path) -> None:
    ready, tell = os.pipe()
    child = os.fork()
    if not child:
        with folder_lock(tmp_path / "out"):
            fork = os.fork()
            os.write(tell, f"{fork}\n".encode()) if fork else signal.pause()
            signal.pause()
        os._exit(0)
    fork = int(os.read(ready, 100))
    killed(child)
    try:
        with folder_lock(tmp_path / "out"):
            pass
    finally:
        os.kill(fork, signal.SIGKILL)


def test_readers_are_never_kept_waiting(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "map.html").write_text("map")
    with folder_lock(tmp_path / "out"):
        assert (tmp_path / "out" / "map.html").read_text() == "map"


def test_a_link_in_the_way_of_the_working_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".out.citemap").symlink_to("elsewhere")
    with pytest.raises(BuildError, match=r"out\.citemap is in the way, a link"), at_work(tmp_path / "out"):
        pass
    assert list((tmp_path / "elsewhere").iterdir()) == []
