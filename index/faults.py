"""What went wrong with a language model: told in French, with the setting to look at.

The words of the server are left out, since they may quote what was sent to it.
"""

from index.config import LLM_VARIABLE, LanguageModel
from index.errors import ModelFault

_LONGEST_WAIT = 10.0  # seconds, whatever the server asks for


def fault_of(error: Exception, settings: LanguageModel, place: str) -> ModelFault:
    """Return what an error of a provider's client means, for a model that stands at ``place``."""
    status, kinds = _status(error), _kinds(error)
    where = f"{settings.provider}:{settings.name} ({place})"
    if status is not None:
        return _refusal(status, settings, where)
    if "Timeout" in kinds:
        return late(settings, place)
    if "ProtocolError" in kinds or "ReadError" in kinds:
        return ModelFault(f"{where} a coupé avant la fin de sa réponse ; réessayez", "réponse coupée")
    if "Connect" in kinds:
        return ModelFault(
            f"{where} ne répond pas ; vérifiez que le serveur tourne et {LLM_VARIABLE}_URL, ou retirez"
            f" {LLM_VARIABLE} pour vous passer de modèle",
            "serveur injoignable",
        )
    return ModelFault(f"{where} a envoyé une réponse illisible ({type(error).__name__})", "réponse illisible")


def late(settings: LanguageModel, place: str) -> ModelFault:
    """Return the fault of a model that does not answer in time."""
    return ModelFault(
        f"{settings.provider}:{settings.name} ({place}) n’a pas répondu à temps ; si la machine est lente,"
        f" donnez plus de secondes dans {LLM_VARIABLE}_TIMEOUT (à présent {settings.silence})",
        "délai dépassé",
    )


def wait_before(error: Exception, pause: float | None) -> float | None:
    """Return the seconds to wait before another try, ``None`` when none is worth it.

    ``pause`` is the least to wait, ``None`` after the last try; the server may ask for more. Only a
    server that says it is overloaded or failing is tried again: one that is down stays so for a while.
    """
    status = _status(error) or 0
    if pause is None or not (status == 429 or status >= 500):
        return None
    headers = getattr(getattr(error, "response", None), "headers", {})
    asked = str(headers.get("retry-after", ""))
    return min(max(pause, float(asked) if asked.isdigit() else 0.0), _LONGEST_WAIT)


def _refusal(status: int, settings: LanguageModel, where: str) -> ModelFault:
    if status in (401, 403):
        return ModelFault(
            f"{where} refuse la clé (erreur {status}) ; vérifiez {LLM_VARIABLE}_KEY, ou la clé du"
            " fournisseur dans l’environnement",
            "accès refusé",
        )
    if status == 404:
        ollama = settings.provider == "ollama"
        pull = f" ; pour l’installer : ollama pull {settings.name}" if ollama else ""
        return ModelFault(
            f"{where} ne connaît pas ce modèle (erreur 404) ; vérifiez {LLM_VARIABLE} et"
            f" {LLM_VARIABLE}_URL{pull}",
            "modèle introuvable",
        )
    if status == 429:
        return ModelFault(f"{where} reçoit trop de demandes (erreur 429) ; réessayez plus tard", "saturé")
    return ModelFault(f"{where} a refusé la demande ou est en panne (erreur {status})", "en panne")


def _status(error: Exception) -> int | None:
    """Return the HTTP status that an error tells of."""
    found = getattr(error, "status_code", None)
    found = getattr(getattr(error, "response", None), "status_code", None) if found is None else found
    return found if isinstance(found, int) and found > 0 else None


def _kinds(error: BaseException) -> str:
    """Return the names of an error's kinds and of those of its causes."""
    names = [kind.__name__ for kind in type(error).__mro__]
    cause = error.__cause__ or error.__context__
    return " ".join(names) + (f" {_kinds(cause)}" if cause is not None else "")
