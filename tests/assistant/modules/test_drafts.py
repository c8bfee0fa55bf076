import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.modules import Module
from assistant.modules.drafts import FORMAT, draft_from, draft_json, no_longer_verbatim, read_draft
from index.errors import UsageError
from index.library import Library


def test_a_draft_is_opened_as_it_was_saved(module: Module) -> None:
    assert draft_from(draft_json(module)) == module


def test_quotes_no_longer_in_the_library_are_told(empowerment: Module, fiches: Library) -> None:
    assert no_longer_verbatim(fiches, empowerment) == ()
    quote = empowerment.reserve[0]
    changed = replace(quote, text=quote.text.replace("e", "o", 1))
    edited = replace(empowerment, reserve=(changed, *empowerment.reserve[1:]))
    assert no_longer_verbatim(fiches, edited) == (changed,)


_BARE = '{"kind": "tisserand-module", "format": 1, "module": {"title": 3}}'


@pytest.mark.parametrize("text", ["", "[]", "{}", _BARE])
def test_what_is_no_draft_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        draft_from(text)


def test_a_draft_with_a_value_of_another_kind_is_refused(empowerment: Module) -> None:
    values = json.loads(draft_json(empowerment))
    values["module"]["sequences"][0]["minutes"] = "dix"
    with pytest.raises(UsageError, match="abîmé"):
        draft_from(json.dumps(values))


def test_another_version_is_named(empowerment: Module, tmp_path: Path) -> None:
    values = {**json.loads(draft_json(empowerment)), "format": FORMAT + 1}
    file = tmp_path / "module.json"
    file.write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(UsageError, match=f"module.json.*format {FORMAT + 1}"):
        read_draft(file)
