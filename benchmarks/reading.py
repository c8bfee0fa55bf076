"""How fast PDFs are read: a report of 1,000 pages, in pages a minute, with the peak memory.

Run as ``python benchmarks/reading.py [--pages 1000]``. Beside our reading (columns, notes, headers,
page numbers, headings) the same file is read the naive way, raw text page by page, in the same run.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

WORDS = (
    "l’accompagnement des personnes demande du temps, une équipe stable et des lieux où parler du travail ; "
    "les professionnelles décrivent des dossiers repris trois fois, des délais inconnus et des appels sans "
    "réponse, quand la polyvalence de secteur suppose une présence régulière auprès des habitants"
).split()
TARGET = 1_000  # pages a minute


def write_report(path: Path, pages: int) -> None:
    """Write a report of two-column pages with headers, footnotes, headings and printed numbers."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    width, height = A4
    for page in range(pages):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, height - 40, "Rapport d’essai – lecture des PDF")
        canvas.drawRightString(width - 60, 30, str(page + 1))
        if page % 5 == 0:
            canvas.setFont("Helvetica-Bold", 15)
            canvas.drawString(60, height - 70, f"{page // 5 + 1}. Chapitre de l’essai")
        for column, x in enumerate((60, 315)):
            lines = canvas.beginText(x, height - 100)
            lines.setFont("Helvetica", 10)
            lines.setLeading(13)
            for row in range(44):
                start = 7 * page + 11 * row + 5 * column
                lines.textLine(_line([WORDS[(start + k) % len(WORDS)] for k in range(9)]))
            canvas.drawText(lines)
        canvas.setFont("Helvetica", 7.5)
        canvas.drawString(60, 100, f"{page + 1} Entretien de l’essai, relu par la personne interrogée.")
        canvas.showPage()
    canvas.save()


def _line(words: list[str]) -> str:
    """Keep the words that fill a column of the page."""
    while len(" ".join(words)) > 47:
        words = words[:-1]
    return " ".join(words)


def read_ours(path: Path) -> int:
    """Read with the product's reader, child process included; return the characters found."""
    from index.loading import read_document

    return len(read_document(path).text)


def read_naively(path: Path) -> int:
    """Read the raw text of each page, in the order of the file; return the characters found."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return sum(len(page.get_textpage().get_text_range()) for page in pdf)


READERS: dict[str, Callable[[Path], int]] = {"ours": read_ours, "naive": read_naively}


def measure(name: str, path: Path) -> dict[str, float]:
    """Read in a fresh process; return seconds, characters, and the peak memory of it and its child."""
    command = [sys.executable, __file__, "--measure", name, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def _measured(name: str, path: Path) -> None:
    from index.loading.isolation import stop_child

    began = time.perf_counter()
    characters = READERS[name](path)
    seconds = time.perf_counter() - began
    stop_child()  # so that its memory is counted
    peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({"seconds": seconds, "characters": characters, "megabytes": peak / 1024}))


def main() -> int:
    """Print the table; return 1 when our reading misses the target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--measure", nargs=2, metavar=("READER", "PDF"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        _measured(options.measure[0], Path(options.measure[1]))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        write_report(path, options.pages)
        results = {name: measure(name, path) for name in READERS}
    print(f"{options.pages} pages of two columns, {os.cpu_count()} cores")
    print("| reader | seconds | pages a minute | characters | peak MB |\n|---|---|---|---|---|")
    for name, found in results.items():
        rate = 60 * options.pages / found["seconds"]
        cells = f"{found['seconds']:.1f} | {rate:,.0f} | {found['characters']:,} | {found['megabytes']:.0f}"
        print(f"| {name} | {cells} |")
    ratio = results["ours"]["seconds"] / results["naive"]["seconds"]
    reached = 60 * options.pages / results["ours"]["seconds"] >= TARGET
    print(f"ours / naive: {ratio:.1f} times the time; target of {TARGET:,} pages a minute", end="")
    print(" reached" if reached else " missed")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
