"""The model of inference that ships."""

import subprocess
import sys

import pytest

from assistant.verification import verify
from assistant.verification.inference import ShippedInference

PASSAGE = (
    "Le Haut Conseil recommande d’alléger les rapports d’activité. Les départements, eux, n’ont pas encore "
    "répondu. L’Uniopss soutient la proposition, que la Fehap juge trop coûteuse."
)


@pytest.fixture(scope="module")
def model() -> ShippedInference:
    return ShippedInference()


@pytest.mark.parametrize(
    ("said", "unsaid"),
    [
        ("L’Uniopss est favorable à la proposition.", "L’Uniopss est opposée à la proposition."),
        ("La réponse des départements se fait attendre.", "Les départements ont déjà répondu."),
    ],
)
def test_what_is_said_is_likelier_than_what_is_not(model: ShippedInference, said: str, unsaid: str) -> None:
    assert model.support(said, [PASSAGE]) > model.support(unsaid, [PASSAGE])


def test_apostrophes_make_no_difference(model: ShippedInference) -> None:
    sentence = "L’Uniopss est d’accord."
    assert model.support(sentence, [PASSAGE]) == model.support(sentence.replace("’", "'"), [PASSAGE])


def test_what_is_said_at_the_end_of_long_passages_is_read(model: ShippedInference) -> None:
    sentence = "L’Uniopss est favorable à la proposition."
    foreign = " ".join(f"Le marché numéro {number} ouvre le jeudi matin." for number in range(120))
    alone = model.support(sentence, [PASSAGE])
    assert model.support(sentence, [foreign, PASSAGE]) > 0 < alone


def test_what_is_far_from_its_passage_is_refused_whatever_the_model_says() -> None:
    foreign = "Le marché ouvre le jeudi matin, sauf en août, et la mairie en tire 3 000 euros par an."
    for sentence in (
        "La proposition plaît beaucoup aux élus.",
        "Un agrément suffit pour accueillir un enfant.",
    ):
        verdict = verify(sentence, [foreign])
        assert (verdict.supported, verdict.sure) == (False, True)


def test_neither_torch_nor_the_network_is_needed() -> None:
    code = (
        "import sys, socket\n"
        "socket.socket.connect = lambda *given: sys.exit('network')\n"
        "from assistant.verification.inference import ShippedInference\n"
        "ShippedInference().support('Le service ouvre.', ['Le service ouvre le lundi.'])\n"
        "sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
