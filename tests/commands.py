"""The command line for tests: a process that has loaded citemap forks for each command, which saves each the loading.

Run as a script it is that process: a line of JSON in says what to run, a line out the exit status.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SETTLED = {"COLUMNS": "200", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}
AT_START = {"LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "OMP_NUM_THREADS", "TZ"}
"""What a process asks its environment for while it starts, beside all that begins with PYTHON."""


def citemap_command(*args: str, cwd: Path, stdin: str = "", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder, as a user would, and return what it said."""
    return _run(list(args), cwd, stdin, env, "")


def python_block(code: str, *, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run Python code in a folder, as a user would, and return what it said."""
    return _run([], cwd, "", None, code)


def _run(args: list[str], cwd: Path, stdin: str, env: dict[str, str] | None, code: str) -> subprocess.CompletedProcess[str]:
    whole = os.environ | SETTLED | (env or {})
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(stdin.encode())
        given.seek(0)
        if _at_start(whole) == _at_start(os.environ | SETTLED) and sys.platform == "linux":
            status = _by_fork(args, cwd, whole, [file.fileno() for file in (given, out, err)], code)
        else:
            command = [sys.executable, *(["-c", code] if code else ["-m", "citemap"]), *args]
            status = subprocess.run(command, stdin=given, stdout=out, stderr=err, cwd=cwd, env=whole, check=False).returncode
        said = []
        for file in (out, err):
            file.seek(0)
            said.append(file.read().decode())
    return subprocess.CompletedProcess(["citemap", *args], status, *said)


def _at_start(env: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in env.items() if name in AT_START or name.startswith("PYTHON")}


@cache
def _loaded() -> subprocess.Popen[bytes]:
    """The process that forks; it ends when its standard input does, so with this one."""
    command = [sys.executable, "-P", str(Path(__file__))]  # -P: the modules of this folder are not to stand before others
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | SETTLED, bufsize=0)


def _by_fork(args: list[str], cwd: Path, env: dict[str, str], files: list[int], code: str) -> int:
    process = _loaded()
    assert process.stdin
    assert process.stdout
    paths = [f"/proc/{os.getpid()}/fd/{number}" for number in files]
    process.stdin.write(json.dumps({"args": args, "cwd": str(cwd), "env": env, "files": paths, "code": code}).encode() + b"\n")
    return int(process.stdout.readline())


def _serve() -> str:
    """Fork for each line; only the child returns, as the process of one command, with the code that it is to run instead, if any."""
    for asked in _lines():
        pid = os.fork()
        if pid == 0:
            _become(asked)
            return str(asked["code"])
        _, status = os.waitpid(pid, 0)
        os.write(1, b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _lines() -> Any:
    rest = b""
    while read := os.read(0, 65536):
        rest += read
        while b"\n" in rest:
            line, rest = rest.split(b"\n", 1)
            yield json.loads(line)


def _become(asked: dict[str, Any]) -> None:
    for number, (path, how) in enumerate(zip(asked["files"], (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)):
        opened = os.open(path, how)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    sys.argv = ["citemap", *asked["args"]]


def _remember() -> None:
    """Load what commands load, and read and draw the embedded articles once: what is worked out only once in a process is then there."""
    with suppress(ImportError):
        import folium  # noqa: F401
        import geopandas  # noqa: F401

        import archive  # noqa: F401
        import layers.figure
        import layers.report._forms
        import sources
        from geo import Gazetteer
        from layers import _base, _world

        _world.load_world("10m")
        _base._world_land()
        gazetteer = Gazetteer()
        articles, _ = sources.read_articles([ROOT / "articles"])
        layers.draw_map(sources.read_plans(articles, gazetteer), gazetteer)
        gazetteer.close()


if __name__ == "__main__":
    from citemap import _commands

    _remember()
    if code := _serve():
        exec(compile(code, "<block>", "exec"), {"__name__": "__main__"})
    else:
        _commands.main()
