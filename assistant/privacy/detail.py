"""What an identifying detail is: its kind, its words, where it stands."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a detail gives away."""

    NAME = "name"
    NIR = "nir"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    BIRTH_DATE = "birth_date"
    IBAN = "iban"
    FILE_NUMBER = "file_number"
    ACCOUNT = "account"

    @property
    def label(self) -> str:
        """The kind in French, as the interface names it."""
        return _LABELS[self]


_LABELS = {
    Kind.NAME: "nom d’une personne",
    Kind.NIR: "numéro de sécurité sociale",
    Kind.PHONE: "numéro de téléphone",
    Kind.EMAIL: "adresse électronique",
    Kind.ADDRESS: "adresse postale",
    Kind.BIRTH_DATE: "date de naissance",
    Kind.IBAN: "coordonnées bancaires",
    Kind.FILE_NUMBER: "numéro de dossier ou de document",
    Kind.ACCOUNT: "compte en ligne",
}


@dataclass(frozen=True, slots=True)
class Detail:
    """One identifying detail; ``start`` and ``end`` are offsets in characters, its words between."""

    kind: Kind
    text: str
    start: int
    end: int


def detail(kind: Kind, text: str, start: int, end: int) -> Detail:
    """Return the detail that stands at ``text[start:end]``, the blanks around it left out."""
    found = text[start:end]
    start += len(found) - len(found.lstrip())
    return Detail(kind, found.strip(), start, start + len(found.strip()))
