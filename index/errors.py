"""The errors an operator can meet, each saying what failed and what to do next.

::

    TisserandError
    ├── UsageError          an option or a path that cannot be used
    ├── UnreadableDocument  one file cannot be read (the rest of the batch goes on)
    ├── ModelFault          the language model did not answer as it should (there is another way)
    ├── BuildFailed         the new index could not be written; the one before still answers
    └── IndexUnavailable    no usable index at this place
        └── IndexMismatch   made by another version of the product
"""

import errno
import sqlite3

from index.reasons import reason

_SQLITE = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
}
_WORDS = {
    "disk is full": errno.ENOSPC,
    "No space left": errno.ENOSPC,
    "readonly database": errno.EROFS,
    "Read-only file system": errno.EROFS,
}


class TisserandError(Exception):
    """Base of every error shown to the operator; its message is one line of French."""


class UsageError(TisserandError):
    """An option, a setting or a path cannot be used as given."""


class UnreadableDocument(TisserandError):
    """One file cannot be read; the message says why."""


class ModelFault(TisserandError):
    """The language model did not answer; ``reason`` is for a reader, the message for the operator."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class BuildFailed(TisserandError):
    """The new index could not be written; nothing was published and nothing is lost."""


class IndexUnavailable(TisserandError):
    """There is no usable index in this folder; the message holds the command that makes one."""


class IndexMismatch(IndexUnavailable):
    """The index was made with other format, analyser or model versions; names both and the remedy."""


class StoreError(Exception):
    """The vector store failed, in its own words; never shown as it is."""


def cause(error: Exception) -> str:
    """Return in French why the system, SQLite or the vector store refused."""
    if isinstance(error, OSError) and error.errno is not None:  # shutil.Error has none
        return reason(error)
    text = " ".join(str(error).split())
    code = _SQLITE.get((getattr(error, "sqlite_errorcode", None) or 0) & 0xFF)
    if code is None:
        code = next((code for words, code in _WORDS.items() if words in text), None)
    return reason(OSError(code, text)) if code else text[:200] or type(error).__name__
