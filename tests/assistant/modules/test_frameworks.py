from pathlib import Path

import pytest

from assistant.modules.frameworks import diploma_named, diploma_of, diplomas
from index.errors import UsageError


def test_every_diploma_says_its_source_and_date() -> None:
    assert {"ASS", "ES", "CESF", "ME", "EJE", "AES", "TISF", "CAFERUIS"} <= {one.code for one in diplomas()}
    for diploma in diplomas():
        assert "arrêté du" in diploma.source
        assert len(diploma.date) == 10
        assert len(diploma.domains) >= 4
        assert diploma.domain_about("person")
        assert diploma.domain_about("analysis", "project")


def test_a_diploma_is_named_by_code_or_name() -> None:
    assert diploma_named("ES 2e année").code == "ES"  # type: ignore[union-attr]
    assert diploma_named("les essais") is None
    assert diploma_named("pour des moniteurs-éducateurs").code == "ME"  # type: ignore[union-attr]


def test_an_unknown_diploma_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="CAFERUIS"):
        diploma_of("XYZ")


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "referentiels.toml"
    file.write_text('[[diploma]]\ncode = "X"\ndomains = [{ code = "1", title = "a", about = ["magie"] }]\n')
    with pytest.raises(UsageError, match="magie"):
        diplomas(file)
