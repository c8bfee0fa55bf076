"""What a person says of an answer: the form under it."""

from assistant.feedback import CONSENT, REASONS

_THUMB = "M6 9v8H3V9zm2 0l3-7c1.5 0 2.2 1 2 2.3L12.5 8H17c.8 0 1.2.6 1 1.4l-1.7 6.6c-.2.7-.6 1-1.3 1H8z"


def say_html(number: int) -> str:
    """Return the form to say what an answer is worth; nothing is sent before consent is given."""
    choices = "".join(
        f'<label><input type="radio" name="reason-{number}" value="{reason}" required>'
        f"<span>{label}</span></label>"
        for reason, label in REASONS.items()
    )
    return (
        f'<details class="say"><summary>{_thumb("")}{_thumb(" down")}Donner mon avis</summary>'
        f'<form data-say="{number}"><fieldset><legend>Cette réponse est</legend>{choices}</fieldset>'
        f'<label class="word"><span>En un mot, si vous voulez (sans nom ni détail sur une personne)</span>'
        f'<textarea name="word" rows="2" maxlength="1000"></textarea></label>'
        '<label class="consent"><input type="checkbox" name="consent" required>'
        f"<span>{CONSENT}</span></label>"
        '<button type="submit">Envoyer mon avis</button></form></details>'
    )


def _thumb(kind: str) -> str:
    return f'<svg class="thumb{kind}" viewBox="0 0 20 20" aria-hidden="true"><path d="{_THUMB}"/></svg>'
