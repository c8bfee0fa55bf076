"""The domains of competence of the diplomas of social work, from ``data/referentiels.toml``."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.errors import UsageError

FILE = Path(__file__).parent / "data" / "referentiels.toml"
ABOUTS = frozenset({"person", "project", "team", "network", "analysis", "management"})


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain (or block) of competence, and what it is about (see the data file)."""

    code: str
    title: str
    about: frozenset[str]


@dataclass(frozen=True, slots=True)
class Diploma:
    """A diploma with its domains; ``source`` is the text that sets them, ``date`` that of the text."""

    code: str
    title: str
    source: str
    date: str
    names: tuple[str, ...]
    domains: tuple[Domain, ...]

    def domain_about(self, *abouts: str) -> Domain | None:
        """Return the first domain about one of these, the first named counting most."""
        for about in abouts:
            for domain in self.domains:
                if about in domain.about:
                    return domain
        return None


@cache
def diplomas(file: Path = FILE) -> tuple[Diploma, ...]:
    """Return the diplomas known. Raises ``UsageError`` naming the file and what is wrong in it."""
    try:
        records = tomllib.loads(file.read_text(encoding="utf-8"))["diploma"]
        return tuple(_diploma(record) for record in records)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise UsageError(f"le fichier des référentiels {file} ne peut pas être lu : {error}") from error


def _diploma(record: dict[str, object]) -> Diploma:
    domains = []
    for one in record["domains"]:  # type: ignore[attr-defined]
        if unknown := set(one["about"]) - ABOUTS:
            raise ValueError(f"« {sorted(unknown)[0]} » n’est pas un champ de compétence connu")
        domains.append(Domain(one["code"], one["title"], frozenset(one["about"])))
    names = tuple(str(name) for name in record.get("names", ()))  # type: ignore[attr-defined]
    code, title, source, date = (str(record[key]) for key in ("code", "title", "source", "date"))
    return Diploma(code, title, source, date, names, tuple(domains))


def diploma_of(code: str) -> Diploma | None:
    """Return the diploma of a code, ``None`` for the empty one. Raises ``UsageError`` when unknown."""
    if not code:
        return None
    for diploma in diplomas():
        if diploma.code == code.upper():
            return diploma
    known = ", ".join(diploma.code for diploma in diplomas())
    raise UsageError(f"diplôme inconnu : {code} ; connus : {known}")


def diploma_named(text: str) -> Diploma | None:
    """Return the diploma that a text names, by its code in capitals or by one of its names."""
    for diploma in diplomas():
        if re.search(rf"\b{diploma.code}\b", text):
            return diploma
    folded = text.casefold().replace("'", "’")
    for diploma in diplomas():
        if any(re.search(rf"\b{re.escape(name)}\b", folded) for name in diploma.names):
            return diploma
    return None
