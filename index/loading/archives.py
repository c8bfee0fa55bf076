"""Opening a DOCX or an ODT, which are ZIP archives, without trusting what they announce."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from index.config import LIMIT_PREFIX, Limits
from index.errors import UnreadableDocument

if TYPE_CHECKING:
    from lxml.etree import _Element

_MEGABYTE = 1_000_000
_RATIO_FLOOR = 10 * _MEGABYTE  # below this, a high ratio harms nothing
_NESTED = (".zip", ".7z", ".rar", ".gz", ".tar", ".bz2", ".xz", ".jar")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, KeyError)


class Archive:
    """A checked ZIP archive whose members are read one by one."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def xml(self, name: str) -> "_Element | None":
        """Return the root of a member, ``None`` when there is none of that name.

        Entities, external files and the network are never reached. Raises ``UnreadableDocument``
        when the member is cut, encrypted or not well-formed.
        """
        from lxml import etree

        if name not in self._names:
            return None
        try:
            data = self._archive.read(name)
        except RuntimeError as error:  # what zipfile raises for an encrypted member
            raise UnreadableDocument("document protégé par un mot de passe") from error
        except _BROKEN as error:
            raise UnreadableDocument(f"archive abîmée : {name} est illisible") from error
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:65_536]:
            raise UnreadableDocument(f"{name} déclare des entités XML, ce qui est refusé")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise UnreadableDocument(f"{name} n’est pas du XML lisible : fichier abîmé") from error


@contextmanager
def open_archive(data: bytes, limits: Limits) -> Iterator[Archive]:
    """Open an archive whose members are within the limits.

    Raises ``UnreadableDocument`` when it is no archive, is cut, holds too many members, would
    unpack to too much, or holds another archive.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise UnreadableDocument(
            "archive abîmée ou incomplète : enregistrez le fichier de nouveau"
        ) from error
    with archive:
        _check(archive.infolist(), len(data), limits)
        yield Archive(archive)


def _check(members: list[zipfile.ZipInfo], packed: int, limits: Limits) -> None:
    if len(members) > limits.archive_entries:
        raise UnreadableDocument(
            f"archive de {len(members)} éléments, plus que les {limits.archive_entries} permis"
            f" ({LIMIT_PREFIX}ARCHIVE_ENTRIES)"
        )
    size = sum(member.file_size for member in members)
    if size > limits.archive_mb * _MEGABYTE:
        raise UnreadableDocument(
            f"archive de {size // _MEGABYTE} Mo une fois ouverte, plus que les {limits.archive_mb} permis"
            f" ({LIMIT_PREFIX}ARCHIVE_MB)"
        )
    if size > _RATIO_FLOOR and size > limits.archive_ratio * packed:
        raise UnreadableDocument(
            f"archive piégée : {size // max(packed, 1)} fois plus grosse une fois ouverte"
            f" ({LIMIT_PREFIX}ARCHIVE_RATIO)"
        )
    for member in members:
        if member.flag_bits & 0x1:
            raise UnreadableDocument("document protégé par un mot de passe")
        if member.filename.lower().endswith(_NESTED):
            raise UnreadableDocument(f"archive dans l’archive, refusée : {member.filename[:80]}")
