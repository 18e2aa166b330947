"""A file or a build folder is the old one whole or the new one whole: after a kill, on a full disk, after Ctrl-C."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from citemap import _folder, _interrupts
from citemap._build import fill_folder, told
from geo.files import held, write_atomically, write_together
from tests.breaking import DONE, KILLED, TOLD, clear, every_step, in_fork, look
from tests.conftest import ROOT
from tests.profile import LONG, amount, note

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork to stop")
OLD, NEW = b"old " * 5000, b"the new one " * 3000


def filling(word: bytes, *names: str) -> Callable[[Path], list[str]]:
    """What makes the files of a small build, its manifest last."""

    def fill(part: Path) -> list[str]:
        for name in names:
            write_atomically(part / name, name.encode() + word)
        write_atomically(part / "manifest.json", json.dumps({"word": word.decode(), "outputs": dict.fromkeys(names, "")}).encode())
        return [*names, "manifest.json"]

    return fill


def building(folder: Path, word: bytes, *names: str) -> Callable[[], object]:
    """A build that says why it cannot write, as citemap.build does."""

    def build() -> None:
        with told(folder):
            fill_folder(folder, filling(word, *names))

    return build


FIRST = (b"first", "map.html", "plans.csv", "figure.png")
SECOND = (b"second", "map.html", "plans.csv", "plans.kml")


def users_own(folder: Path) -> None:
    """What a person keeps beside a build."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.md").write_text("mine")
    (folder / "notes" / "deep").mkdir(parents=True)
    (folder / "notes" / "deep" / "a.txt").write_text("also mine")
    (folder / "latest").symlink_to("map.html")


@pytest.fixture()
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where the system has one, since the flushing of a disk takes long, a thousand times over; else on the disk."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else tmp_path) as folder:
        yield Path(folder)


@pytest.fixture()
def both(memory: Path) -> tuple[Path, dict[str, bytes], dict[str, bytes]]:
    """A folder with a person's files, and what is in it after the first and after the second build, undisturbed."""
    folder = memory / "out"
    users_own(folder)
    building(folder, *FIRST)()
    first = look(folder)
    building(folder, *SECOND)()
    second = look(folder)
    building(folder, *FIRST)()
    assert first and second and look(folder) == first
    return folder, first, second


def leftovers(folder: Path) -> list[str]:
    """What no build may leave."""
    return sorted(path.name for path in folder.parent.rglob(".*"))


# one file --------------------------------------------------------------------------------------------------------------------


def test_a_file_whose_writer_is_killed_at_any_step_is_the_old_one_or_the_new_one(memory: Path) -> None:
    path = memory / "plans.csv"
    seen = []
    write_atomically(path, OLD)
    for _, status in every_step(lambda: write_atomically(path, NEW)):
        assert status == KILLED
        seen.append(path.read_bytes())
        write_atomically(path, OLD)
        assert leftovers(path) == []
    assert set(seen) == {OLD, NEW}


def test_files_that_belong_together_are_changed_only_when_all_are_on_the_disk(memory: Path) -> None:
    paths = [memory / "report.png", memory / "report.md"]
    seen = []
    write_together(dict.fromkeys(paths, OLD))
    for _, status in every_step(lambda: write_together(dict.fromkeys(paths, NEW))):
        assert status == KILLED
        seen.append(tuple(path.read_bytes() for path in paths))
        write_together(dict.fromkeys(paths, OLD))
    assert set(seen) == {(OLD, OLD), (NEW, OLD), (NEW, NEW)}
    assert seen.count((NEW, OLD)) == 1  # between the two moves, and nowhere else


def test_a_full_disk_at_any_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "plans.csv"
    write_atomically(path, OLD)
    ends = [(status, path.read_bytes(), leftovers(path)) for _, status in every_step(lambda: write_atomically(path, NEW), full=True)]
    assert len(ends) > 2
    assert {(status, data) for status, data, left in ends if not left} == {(TOLD, OLD), (TOLD, NEW)}  # NEW: it is told after the move
    assert [left for _, _, left in ends if left] == []


def test_a_link_is_followed_and_permissions_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_bytes(OLD)
    real.chmod(0o640)
    link.symlink_to("real.csv")
    write_atomically(link, NEW)
    assert (link.is_symlink(), real.read_bytes(), stat.S_IMODE(real.stat().st_mode)) == (True, NEW, 0o640)


def test_a_new_file_has_the_permissions_that_the_user_wants(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "a.csv", NEW)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == 0o640


def test_a_pipe_is_written_straight(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_atomically(tmp_path / "pipe", b"through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)


@pytest.mark.parametrize("name", ["n" * 255, "ü" * 127])
def test_the_longest_names_can_be_written(tmp_path: Path, name: str) -> None:
    assert write_atomically(tmp_path / name, NEW).read_bytes() == NEW


def test_a_disk_that_gives_back_other_bytes_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(OLD)
    usual = os.read
    monkeypatch.setattr(os, "read", lambda handle, size: usual(handle, size)[:-1] + b"?")
    with pytest.raises(OSError, match="other bytes than were written"):
        write_atomically(path, NEW)
    monkeypatch.undo()
    assert (path.read_bytes(), leftovers(path)) == (OLD, [])


# a folder --------------------------------------------------------------------------------------------------------------------


def test_a_build_that_is_killed_at_any_step_leaves_the_old_folder_whole_or_the_new_one(
    both: tuple[Path, dict[str, bytes], dict[str, bytes]],
) -> None:
    folder, first, second = both
    seen = []
    for step, status in every_step(building(folder, *SECOND)):
        assert status == KILLED
        now = look(folder)
        assert now in (first, second), f"mixed at step {step}"
        seen.append(now == second)
        building(folder, *FIRST)()
        assert (look(folder), leftovers(folder)) == (first, [])
    assert seen == sorted(seen)
    assert {True, False} == set(seen)
    note("kills at every step of putting a folder in place", steps=len(seen), broken=0, mixed=0)


def test_a_first_build_that_is_killed_at_any_step_leaves_no_folder_or_a_whole_one(memory: Path) -> None:
    folder = memory / "new" / "out"
    building(folder, *FIRST)()
    whole = look(folder)
    clear(folder.parent)
    seen = []
    for _, status in every_step(building(folder, *FIRST)):
        assert status == KILLED
        seen.append(look(folder))
        clear(folder)  # and what was left beside it stays
        building(folder, *FIRST)()
        assert (look(folder), leftovers(folder)) == (whole, [])
        clear(folder.parent)
    assert [one for one in seen if one not in (None, whole)] == []


def test_a_folder_that_must_stay_the_same_is_completed_after_a_kill_at_any_step(
    both: tuple[Path, dict[str, bytes], dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, first, second = both
    inode = folder.stat().st_ino
    monkeypatch.chdir(folder)
    mixed = 0
    for _, status in every_step(building(folder, *SECOND)):
        assert status == KILLED
        now = {name: data for name, data in (look(folder) or {}).items() if not name.startswith(".citemap/")}
        assert now in (first, second) or _folder.unfinished(folder)
        mixed += now not in (first, second)
        _folder.finish(folder)
        assert look(folder) in (first, second)
        building(folder, *FIRST)()
        assert (look(folder), leftovers(folder)) == (first, [])
    assert (mixed > 0, folder.stat().st_ino) == (True, inode)


@pytest.mark.parametrize("stays", [False, True], ids=["exchanged", "in place"])
def test_a_full_disk_at_any_step_of_a_build_leaves_the_old_folder_whole(
    both: tuple[Path, dict[str, bytes], dict[str, bytes]], monkeypatch: pytest.MonkeyPatch, stays: bool
) -> None:
    folder, first, second = both
    if stays:
        monkeypatch.chdir(folder)
    steps = late = 0
    for step, status in every_step(building(folder, *SECOND), full=True):
        steps = step
        assert status in (TOLD, DONE)
        late += (status, look(folder)) == (TOLD, second)  # the disk fails when the new folder is in place
        assert look(folder) in (first, second), f"step {step}"
        assert leftovers(folder) == [], f"step {step}"
        building(folder, *FIRST)()
        assert look(folder) == first
    assert late <= 2
    note(f"full disk at every write, {'in place' if stays else 'exchanged'}", steps=steps, broken=0, mixed=0)


def test_what_is_the_users_stays_and_what_an_earlier_build_wrote_goes(both: tuple[Path, dict[str, bytes], dict[str, bytes]]) -> None:
    _, first, second = both
    own = {"README.md", "notes/deep/a.txt", "latest"}
    assert set(first) == own | {"map.html", "plans.csv", "figure.png", "manifest.json"}
    assert set(second) == own | {"map.html", "plans.csv", "plans.kml", "manifest.json"}


def test_the_folders_permissions_stay(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o750)
    building(tmp_path / "out", *FIRST)()
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o750


def test_a_link_to_a_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    building(tmp_path / "link", *FIRST)()
    assert (tmp_path / "real" / "map.html").is_file()
    assert (tmp_path / "link").is_symlink()


def test_what_others_put_into_the_folder_during_a_build_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "out"
    users_own(folder)
    usual = _folder.exchange

    def meanwhile(one: Path, other: Path) -> None:
        (folder / "notes" / "late.txt").write_text("late")
        (folder / "README.md").unlink()
        shutil.move(shutil.copy(folder / "notes" / "deep" / "a.txt", tmp_path / "b"), folder / "notes" / "deep" / "a.txt")
        usual(one, other)

    monkeypatch.setattr(_folder, "exchange", meanwhile)
    building(folder, *FIRST)()
    assert set(look(folder) or {}) >= {"notes/late.txt", "notes/deep/a.txt", "map.html"}
    assert not (folder / "README.md").exists()


def test_a_persons_folder_of_the_name_of_an_output_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "out" / "map.html").mkdir(parents=True)
    (tmp_path / "out" / "map.html" / "mine").write_text("mine")
    assert in_fork(building(tmp_path / "out", *FIRST)) == TOLD
    assert look(tmp_path / "out") == {"map.html/mine": b"mine"}
    assert leftovers(tmp_path / "out") == []


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="the system knows no exchange")
def test_here_a_folder_takes_the_place_of_another_in_one_step(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    _folder.exchange(tmp_path / "a", tmp_path / "b")
    assert sorted(look(tmp_path) or {}) == ["a/b", "b/a"]


# real writers at real moments ------------------------------------------------------------------------------------------------


def stopping(what: str, folder: Path, times: int, *, before: tuple[str, ...] = ()) -> dict[str, int]:
    """Run tests/stopping.py in a process of its own and return its counts, summed over the writers."""
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [*before, sys.executable, "-m", "tests.stopping", what, str(folder), str(times)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    counted: Counter[str] = Counter()
    for line in done.stdout.splitlines():
        found = json.loads(line)
        print(found)
        counted["writers"] += 1
        counted.update({key: value for key, value in found.items() if key != "writer"})
    return dict(counted)


@pytest.mark.trust
def test_writers_that_are_killed_at_random_moments_leave_the_old_or_the_new(memory: Path) -> None:
    counted = stopping("kills-long" if LONG else "kills", memory, amount(3, 1000))
    note("kills", **counted)
    assert (counted["broken or mixed"], counted["left over"]) == (0, 0)
    assert counted["in time"] > counted["kills"] // 10  # others may use the machine, so that some kills come late


@pytest.mark.trust
def test_the_same_kills_break_what_is_written_over_the_old_file(memory: Path) -> None:
    counted = stopping("naive", memory, amount(6, 100))
    for _ in range(5):
        if not counted["broken or mixed"]:  # by chance, each kill came early or late
            counted = stopping("naive", memory, amount(6, 100))
    note("kills of writers that write over the old file", **counted)
    assert counted["broken or mixed"] > 0


@pytest.mark.trust
def test_writers_that_may_not_write_as_much_as_they_need_say_so_and_leave_the_old(memory: Path) -> None:
    counted = stopping("files", memory, amount(1, 20))
    note("full disk, by a limit of the size of files", **counted)
    assert (counted["broken or mixed"], counted["left over"], counted["not told"]) == (0, 0, 0)
    assert counted["told"] > 0


@pytest.mark.trust
@pytest.mark.skipif(not LONG, reason="in the long profile: mounts a small disk")
def test_on_a_disk_that_is_really_full_writers_say_so_and_leave_the_old(tmp_path: Path) -> None:
    mount = 'mount -t tmpfs -o size=24m tmpfs $0 && mkdir $0/tmp && cd $1 && shift 1 && TMPDIR=$0/tmp exec "$@"'
    before = ("unshare", "--map-root-user", "--mount", "sh", "-c", mount, str(tmp_path), str(ROOT))
    if shutil.which("unshare") is None or subprocess.run([*before, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a disk")
    counted = stopping("disk", tmp_path, 25, before=before)
    note("full disk, a real one", **counted)
    assert (counted["broken or mixed"], counted["left over"], counted["not told"]) == (0, 0, 0)
    assert counted["told"] > 0


@pytest.mark.trust
def test_a_command_that_is_interrupted_at_any_moment_ends_in_order_and_says_what_is_so(memory: Path) -> None:
    counted = stopping("interrupts", memory, amount(2, 200))
    note("Ctrl-C and SIGTERM", **counted)
    assert (counted["broken or mixed"], counted["left over"], counted["wrong status or words"]) == (0, 0, 0)
    assert counted["in time"] > 0


def test_ctrl_c_while_the_command_is_being_loaded_ends_it_with_130_and_one_line(tmp_path: Path) -> None:
    command = "import os, signal, sys; sys.argv = ['citemap', 'version']; import citemap; os.kill(os.getpid(), signal.SIGINT)"
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", command], env=env, cwd=tmp_path, capture_output=True, text=True, check=False)
    said = "citemap: interrupted; nothing was changed, and the same command goes on\n"
    assert (done.returncode, done.stdout, done.stderr) == (130, "", said)


def test_the_handlers_before_a_command_are_put_back() -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with _interrupts.interruptible(), held():
        pass
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_ctrl_c_while_the_handlers_are_put_back_is_noted_and_raises_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = signal.signal

    def put_back(number: int, handler: Any) -> Any:
        if number == signal.SIGINT:
            os.kill(os.getpid(), signal.SIGINT)
        return usual(number, handler)

    with _interrupts.interruptible():
        monkeypatch.setattr(signal, "signal", put_back)
    assert _interrupts.came() == signal.SIGINT


def test_ctrl_c_waits_for_the_moment_in_which_something_is_put_in_place() -> None:
    reached = False
    with pytest.raises(KeyboardInterrupt), _interrupts.interruptible(), held():
        os.kill(os.getpid(), signal.SIGINT)
        reached = True
    assert (reached, _interrupts.came()) == (True, signal.SIGINT)
