"""Where the index lives and what ships with the product."""

import os
from pathlib import Path

import platformdirs

INDEX_VARIABLE = "TISSERAND_INDEX"


def index_folder(option: str | None = None) -> Path:
    """Return the index folder: the option, else ``TISSERAND_INDEX``, else the user's data folder."""
    chosen = option or os.environ.get(INDEX_VARIABLE)
    return Path(chosen).expanduser() if chosen else default_index_folder()


def default_index_folder() -> Path:
    """Return the folder used when nobody names one."""
    return Path(platformdirs.user_data_dir("tisserand", appauthor=False)) / "index"


def shipped_corpus() -> Path:
    """Return the folder of the fiches that ship with the product."""
    return Path(__file__).resolve().parent.parent / "corpus" / "fiches"
