"""Files made by real producers: LibreOffice from a fiche of our own, ReportLab from a report."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.index.loading.report_pdf import report_pdf

FICHE = Path(__file__).parent / "data" / "fiche.fodt"


def converted(source: Path, suffix: str, folder: Path) -> Path:
    """Turn a document into another format with LibreOffice; skip where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed (apt-get install libreoffice-writer-nogui)")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [program, profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{source.stem}.{suffix}"


@pytest.fixture(scope="session")
def office_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("libreoffice")


@pytest.fixture(scope="session")
def fiche_docx(office_folder: Path) -> Path:
    return converted(FICHE, "docx", office_folder)


@pytest.fixture(scope="session")
def fiche_odt(office_folder: Path) -> Path:
    return converted(FICHE, "odt", office_folder)


@pytest.fixture(scope="session")
def fiche_html(office_folder: Path) -> Path:
    return converted(FICHE, "html", office_folder)


@pytest.fixture(scope="session")
def fiche_pdf(office_folder: Path) -> Path:
    return converted(FICHE, "pdf", office_folder)


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reportlab") / "rapport.pdf"
    path.write_bytes(report_pdf(pages=6, first_printed=11))
    return path
