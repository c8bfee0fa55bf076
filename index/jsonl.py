"""Files of one JSON object a line, the form of question files and of runs."""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from index.errors import UsageError
from index.reasons import reason

# What some readers take for the end of a line, and the halves of characters that UTF-8 has no
# bytes for: written as escapes, so that a record is one line for everybody.
_UNSAFE = re.compile("[\x85\u2028\u2029\ud800-\udfff]")


def read_records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each object with the number of its line, counted from 1; blank lines are passed over.

    Raises ``UsageError`` when the file cannot be read, and for a line that is not an object.
    """
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise at_line(path, number, "pas de l’UTF-8\u00a0; enregistrez le fichier en UTF-8") from error
        except (ValueError, RecursionError) as error:
            column = f" (colonne {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
            raise at_line(
                path, number, f"pas du JSON{column}\u00a0; il faut un objet JSON par ligne"
            ) from error
        if not isinstance(record, dict):
            raise at_line(path, number, "pas un objet JSON entre accolades\u00a0; corrigez cette ligne")
        yield number, record


def write_records(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    """Write one object a line, in place of the file if there is one, its folder made if needed.

    The file is complete or absent: it takes its name last. Raises ``UsageError`` when it cannot
    be written.
    """
    write_text(path, "".join(f"{_one_line(record)}\n" for record in records))


def write_text(path: Path, text: str) -> None:
    """Write a text in place of a file, complete or not at all, its folder made if needed.

    Raises ``UsageError`` when it cannot be written.
    """
    if not path.name:
        raise UsageError("le nom du fichier à écrire est vide\u00a0; donnez-en un")
    pending = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        pending.write_text(text, encoding="utf-8")
        pending.replace(path)
    except OSError as error:
        with suppress(OSError):
            pending.unlink()
        raise UsageError(
            f"impossible d’écrire {path} ({reason(error)})\u00a0; choisissez un autre endroit"
        ) from error


def at_line(path: Path, number: int, problem: str) -> UsageError:
    """Return the error that says where in a file the problem stands."""
    return UsageError(f"{path}, ligne {number}\u00a0: {problem}")


def _lines(path: Path) -> list[bytes]:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UsageError(f"{path} n’existe pas\u00a0; vérifiez le chemin") from error
    except IsADirectoryError as error:
        raise UsageError(f"{path} est un dossier\u00a0; il faut un fichier .jsonl") from error
    except OSError as error:
        raise UsageError(
            f"{path} ne peut pas être lu ({reason(error)})\u00a0; vérifiez les droits du fichier"
        ) from error
    return data.removeprefix(b"\xef\xbb\xbf").splitlines()


def _one_line(record: Mapping[str, Any]) -> str:
    text = json.dumps(record, ensure_ascii=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
