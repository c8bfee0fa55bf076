"""One build at a time, and no generation removed while it is read: locks that die with their holder.

The lock of a build is ``flock`` on ``lock``: the system lets go of it when the process ends, however it ends,
so that a dead build never blocks the next one. Who holds it stands in ``builder.json`` beside it,
and is only read when the lock is taken.
"""

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import UsageError, cause

try:
    import fcntl
except ImportError:  # Windows, which removes no file that is open
    fcntl = None  # type: ignore[assignment]

_HOLDER = "builder.json"


@contextmanager
def build_lock(index: Path) -> Iterator[None]:
    """Hold the right to build in this folder, made when it is not there.

    Raises ``UsageError`` at once, saying who holds it and since when, when another build does, and
    when the folder cannot be written.
    """
    lock = FileLock(index / "lock", timeout=0)
    try:
        index.mkdir(parents=True, exist_ok=True)
        lock.acquire()
        _sign(index)
    except Timeout as error:
        raise UsageError(
            f"une autre construction de l’index {index} est en cours ({_holder(index)}) ;"
            " réessayez quand elle aura fini"
        ) from error
    except OSError as error:
        lock.release()
        raise UsageError(
            f"impossible d’écrire dans {index} ({cause(error)}) ; libérez la place ou les droits,"
            " ou choisissez un autre dossier avec --index"
        ) from error
    try:
        yield
    finally:
        with suppress(OSError):
            (index / _HOLDER).unlink()
        lock.release()


def share(file: Path) -> int:
    """Hold a file that other readers may hold too, until the descriptor returned is closed."""
    descriptor = os.open(file, os.O_RDONLY)
    if fcntl is not None:
        with suppress(OSError):  # a disk without locks
            fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def is_shared(file: Path) -> bool:
    """Say whether anybody holds a file; one that is not there is held by nobody."""
    try:
        descriptor = os.open(file, os.O_RDONLY)
    except OSError:
        return False
    try:
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return isinstance(error, BlockingIOError)
    finally:
        os.close(descriptor)
    return False


def _sign(index: Path) -> None:
    holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": time.time()}
    (index / _HOLDER).write_text(json.dumps(holder), encoding="utf-8")


def _holder(index: Path) -> str:
    try:
        holder = json.loads((index / _HOLDER).read_text(encoding="utf-8"))
        since = time.localtime(float(holder["since"]))
        pid, host = int(holder["pid"]), str(holder["host"])
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return "elle vient de commencer"
    today = time.strftime("%Y%m%d", since) == time.strftime("%Y%m%d")
    day = "" if today else time.strftime("le %d/%m/%Y à ", since)
    return f"processus {pid} sur {host}, depuis {day}{time.strftime('%H:%M:%S', since)}"
