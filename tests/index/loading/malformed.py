"""Makes a folder of malformed files, always the same bytes: ``python malformed.py FOLDER``.

Each entry of ``MALFORMED`` is a file name, the bytes, and words that the reason must hold.
"""

import io
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

TEXT = "L’équipe accueille sans rendez-vous, à Besançon.\n"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
ODT_TYPE = b"application/vnd.oasis.opendocument.text"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
LAUGHS = (
    '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def pdf(
    content: bytes = b"BT /F 12 Tf 40 700 Td (Bonjour) Tj ET",
    *,
    filters: bytes = b"",
    media: bytes = b"0 0 595 842",
    kids: bytes = b"[3 0 R]",
    count: int = 1,
    trailer: bytes = b"",
) -> bytes:
    """Return a PDF of one page, each part of which can be made wrong."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids%b/Count %d>>" % (kids, count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[%b]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>" % media,
        b"<</Length %d%b>>stream\n%b\nendstream" % (len(content), filters, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size 6/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, start))
    return out.getvalue()


def encrypted_pdf() -> bytes:
    """Return a PDF locked with a password that nobody gave."""
    locks = b"<</Filter/Standard/V 1/R 2/P -4/O(%b)/U(%b)>>" % (b"o" * 32, b"u" * 32)
    return pdf(trailer=b"/Encrypt %b/ID[(0123456789abcdef)(0123456789abcdef)]" % locks)


def archive(members: Iterable[tuple[str, bytes | str]], first: tuple[str, bytes] | None = None) -> bytes:
    """Return a ZIP archive, always the same bytes; ``first`` is stored, not packed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        if first:
            packed.writestr(zipfile.ZipInfo(first[0]), first[1])
        for name, data in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, data)
    return stream.getvalue()


def docx(document: str | bytes | None, *others: tuple[str, bytes | str]) -> bytes:
    """Return a DOCX of this ``word/document.xml`` (none at all when it is ``None``)."""
    main = [] if document is None else [("word/document.xml", document)]
    return archive([("[Content_Types].xml", "<Types/>"), *main, *others])


def docx_text(text: str) -> str:
    return f"<w:document {W}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"


def odt(content: str | None) -> bytes:
    """Return an ODT of this ``content.xml`` (none at all when it is ``None``)."""
    members = [] if content is None else [("content.xml", content)]
    return archive(members, first=("mimetype", ODT_TYPE))


def odt_text(text: str) -> str:
    inner = f"<office:body><office:text><text:p>{text}</text:p></office:text></office:body>"
    return f'<?xml version="1.0"?><office:document-content {ODF}>{inner}</office:document-content>'


def spoilt(data: bytes, member: str) -> bytes:
    """Spoil the packed bytes of a member of an archive."""
    place = data.index(member.encode()) + len(member) + 4
    return data[:place] + bytes(byte ^ 0x55 for byte in data[place : place + 24]) + data[place + 24 :]


def locked(data: bytes) -> bytes:
    """Mark every member of an archive as encrypted."""
    out = bytearray(data)
    for magic, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = out.find(magic)
        while place >= 0:
            flags = struct.unpack_from("<H", out, place + flag)[0]
            struct.pack_into("<H", out, place + flag, flags | 1)
            place = out.find(magic, place + 4)
    return bytes(out)


def bomb_stream() -> bytes:
    """Return a page whose content unpacks to 300 MB of one drawing operation."""
    packer = zlib.compressobj(9)
    block = b"0 0 m 1 1 l S\n" * 70_000
    return b"".join(packer.compress(block) for _ in range(300)) + packer.flush()


def deep(tag: str, depth: int, text: str = "fin") -> str:
    return f"<{tag}>" * depth + text + f"</{tag}>" * depth


GOOD_DOCX, GOOD_ODT = docx(docx_text(TEXT)), odt(odt_text(TEXT))
HTML = "<!DOCTYPE html><html><head><title>t</title></head><body>%s</body></html>"

MALFORMED: list[tuple[str, Callable[[], bytes], str]] = [
    # Text formats
    ("nul.txt", lambda: b"un texte\x00coup\x00\xe9", "octets nuls"),
    ("controles.txt", lambda: bytes(range(1, 32)) * 4, "contrôle"),
    ("utf8-abime.txt", lambda: (TEXT * 3).encode() + b"\xc3 \xe2\x80 fin", "UTF-8 abîmé, ligne 4"),
    ("utf16-coupe.txt", lambda: TEXT.encode("utf-16") + b"\x00", "UTF-16 abîmé"),
    ("inconnu.txt", lambda: b"\xe9t\xe9 \x81\x8d", "encodage inconnu"),
    ("vide.txt", lambda: b"", "vide"),
    ("blanc.txt", lambda: b" \n\n\t \n", "vide"),
    ("longue-ligne.txt", lambda: b"mot " * 2_500_000, "une ligne de 10000000 caractères"),
    ("longue-ligne.md", lambda: b"# Titre\n\n" + b"a" * 10_000_000, "une ligne de 10000000 caractères"),
    ("image.txt", lambda: PNG, "image PNG"),
    ("photo.md", lambda: b"\xff\xd8\xff\xe0" + bytes(64), "image JPEG"),
    ("pdf.txt", pdf, "en réalité un PDF ; renommez-le en .pdf"),
    ("docx.txt", lambda: GOOD_DOCX, "en réalité un document DOCX"),
    ("odt.md", lambda: GOOD_ODT, "en réalité un document ODT"),
    ("page.txt", lambda: (HTML % TEXT).encode(), "en réalité une page HTML"),
    ("rtf.md", lambda: b"{\\rtf1\\ansi Bonjour}", "RTF"),
    ("gzip.txt", lambda: b"\x1f\x8b\x08" + bytes(40), "gzip"),
    ("programme.md", lambda: b"\x7fELF" + bytes(60), "un programme"),
    ("base.txt", lambda: b"SQLite format 3\x00" + bytes(80), "base de données"),
    ("yaml.md", lambda: b"---\ntitle: [a\n---\ntexte", "YAML invalide, ligne 3"),
    ("liste.md", lambda: b"---\n- a\n---\ntexte", "YAML invalide"),
    # PDF
    ("vide.pdf", lambda: b"", "vide"),
    ("bruit.pdf", lambda: bytes((n * 7919 + 13) % 251 for n in range(4_000)), "n’est pas un PDF"),
    ("texte.pdf", lambda: TEXT.encode() * 20, "n’est pas un PDF"),
    ("tronque.pdf", lambda: pdf()[:-60], "incomplet"),
    ("entete.pdf", lambda: b"%PDF-1.7\n", "incomplet"),
    ("creux.pdf", lambda: b"%PDF-1.7\n%%EOF\n", "abîmé"),
    ("protege.pdf", encrypted_pdf, "mot de passe"),
    ("sans-page.pdf", lambda: pdf(kids=b"[]", count=0), "PDF abîmé"),
    ("cycle.pdf", lambda: pdf(kids=b"[2 0 R]"), "PDF"),
    ("sans-texte.pdf", lambda: pdf(b"0 0 m 100 100 l S"), "aucun texte"),
    ("pages.pdf", lambda: pdf(kids=b"[" + b"3 0 R " * 5_001 + b"]", count=5_001), "5001 pages"),
    ("bombe.pdf", lambda: pdf(bomb_stream(), filters=b"/Filter/FlateDecode"), "page 1 : analyse arrêtée"),
    ("flux-abime.pdf", lambda: pdf(b"\x00\xff" * 50, filters=b"/Filter/FlateDecode"), "aucun texte"),
    ("docx.pdf", lambda: GOOD_DOCX, "en réalité un document DOCX"),
    ("page.pdf", lambda: (HTML % TEXT).encode(), "en réalité une page HTML"),
    # DOCX
    ("vide.docx", lambda: b"", "vide"),
    ("texte.docx", lambda: TEXT.encode() * 20, "n’est pas un document DOCX"),
    ("tronque.docx", lambda: GOOD_DOCX[:-40], "archive abîmée"),
    ("bombe.docx", lambda: docx("<a>" + " " * 60_000_000 + "</a>"), "archive piégée"),
    ("entrees.docx", lambda: many_entries(100_000), "archive de 10000"),
    ("gigogne.docx", lambda: docx(docx_text(TEXT), ("word/x.zip", GOOD_ODT)), "archive dans l’archive"),
    ("sans-corps.docx", lambda: docx(None, ("word/styles.xml", "<a/>")), "sans texte"),
    ("xml.docx", lambda: docx("<w:document><w:body>"), "XML lisible"),
    ("entites.docx", lambda: docx(LAUGHS + "<r>&c;</r>"), "entités"),
    ("profond.docx", lambda: docx(f"<w:document {W}>{deep('w:p', 100_000)}</w:document>"), "XML lisible"),
    ("muet.docx", lambda: docx(docx_text(" ")), "aucun texte"),
    ("ancien.docx", lambda: OLE, "mot de passe"),
    ("crc.docx", lambda: spoilt(GOOD_DOCX, "word/document.xml"), "archive abîmée"),
    ("verrou.docx", lambda: locked(GOOD_DOCX), "mot de passe"),
    ("pdf.docx", pdf, "en réalité un PDF"),
    ("odt.docx", lambda: GOOD_ODT, "en réalité un document ODT"),
    ("classeur.docx", lambda: archive([("xl/workbook.xml", "<a/>")]), "classeur Excel"),
    # ODT
    ("muet.odt", lambda: odt(odt_text("")), "aucun texte"),
    ("sans-contenu.odt", lambda: odt(None), "sans texte"),
    ("xml.odt", lambda: odt("<office"), "XML lisible"),
    ("entites.odt", lambda: odt(LAUGHS + "<r>&c;</r>"), "entités"),
    ("tronque.odt", lambda: GOOD_ODT[:-30], "archive abîmée"),
    ("docx.odt", lambda: GOOD_DOCX, "en réalité un document DOCX"),
    # HTML
    ("profond.html", lambda: (HTML % deep("div", 100_000)).encode(), "256 niveaux"),
    ("vide.html", lambda: b"", "vide"),
    ("script.html", lambda: (HTML % "<script>alert('x')</script>").encode(), "aucun texte"),
    ("cache.html", lambda: (HTML % "<p style='display:none'>obéis</p>").encode(), "aucun texte"),
    ("nul.html", lambda: (HTML % "a\x00b").encode(), "octets nuls"),
    ("pdf.html", pdf, "en réalité un PDF"),
    ("longue-ligne.html", lambda: (HTML % ("<p>" + "mot " * 2_500_000)).encode(), "trop long"),
]


def many_entries(count: int) -> bytes:
    """Return a DOCX that announces very many members, written without zipfile to be quick."""
    names = [b"word/document.xml", *(b"word/%06d.xml" % number for number in range(count))]
    out, entries = io.BytesIO(), []
    for name in names:
        sizes = struct.pack("<IIIHH", 0, 0, 0, len(name), 0)
        entries.append(
            b"PK\x01\x02\x14\x00\x14" + bytes(9) + sizes + bytes(10) + struct.pack("<I", out.tell())
        )
        entries.append(name)
        out.write(b"PK\x03\x04\x14" + bytes(9) + sizes + name)
    start, directory = out.tell(), b"".join(entries)
    out.write(directory)
    # More than 65,535 members ask for the ZIP64 form of the end record.
    total = len(names)
    out.write(
        struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, total, total, len(directory), start)
        + struct.pack("<4sIQI", b"PK\x06\x07", 0, start + len(directory), 1)
        + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 65_535, 65_535, len(directory), start, 0)
    )
    return out.getvalue()


def write_malformed(folder: Path) -> dict[Path, str]:
    """Write every malformed file; return the words that the reason of each must hold."""
    folder.mkdir(parents=True, exist_ok=True)
    reasons = {}
    for name, make, reason in MALFORMED:
        (folder / name).write_bytes(make())
        reasons[folder / name] = reason
    return reasons


if __name__ == "__main__":
    for path in write_malformed(Path(sys.argv[1])):
        print(path)
