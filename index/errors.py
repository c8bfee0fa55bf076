"""The errors an operator can meet, each saying what failed and what to do next.

::

    TisserandError
    ├── UsageError          an option or a path that cannot be used
    ├── UnreadableDocument  one file cannot be read (the rest of the batch goes on)
    └── IndexUnavailable    no usable index at this place
        └── IndexMismatch   made by another version of the product
"""


class TisserandError(Exception):
    """Base of every error shown to the operator; its message is one line of French."""


class UsageError(TisserandError):
    """An option, a setting or a path cannot be used as given."""


class UnreadableDocument(TisserandError):
    """One file cannot be read; the message says why."""


class IndexUnavailable(TisserandError):
    """There is no usable index in this folder; the message holds the command that makes one."""


class IndexMismatch(IndexUnavailable):
    """The index was made with other format or analyser versions; names both and the remedy."""
