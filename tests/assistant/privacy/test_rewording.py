"""The neutral wording, read as product text."""

import pytest

from assistant.privacy import details, reworded


@pytest.mark.parametrize(
    ("text", "neutral"),
    [
        (
            "M. Karim Benali, né le 12/03/1984, n’ouvre pas et son numéro est le 06 12 34 56 78, que dire ?",
            "Un homme n’ouvre pas, que dire\u202f?",
        ),
        (
            "La mère d’Amina est placée par Mme Roux ?",
            "La mère d’une personne est placée par une femme\u202f?",
        ),
        ("Le petit Mathis a des bleus", "Un enfant a des bleus"),
        ("Que dire au petit Mathis ?", "Que dire à un enfant\u202f?"),
        ("La famille Diallo vit à l’hôtel", "Une famille vit à l’hôtel"),
        ("Chez les Hoffmann, le père crie", "Chez une famille, le père crie"),
        ("Les enfants Bouvier sont placés", "Les enfants sont placés"),
        ("M. et Mme Schneider sont expulsés", "Un homme et une femme sont expulsés"),
        ("Ma collègue Sandrine part", "Ma collègue part"),
        ("Théo dit qu’il va fuguer", "Quelqu’un dit qu’il va fuguer"),
        ("Elle s’appelle Rosa et dort dehors", "Elle dort dehors"),
        ("Elle est née le 14 juillet 1937 et vit seule", "Elle vit seule"),
        ("Née le 3 mars 1999 à Conakry, Mariama attend", "Née à Conakry, une personne attend"),
        ("Il habite 3 impasse des Mimosas à Marmande, seul", "Il habite à une certaine adresse, seul"),
        (
            "Kevin a frappé Lina, que dire à Kevin ?",
            "Une personne a frappé une autre personne, que dire à cette personne\u202f?",
        ),
        ("Le Dr Chaumont refuse", "Un médecin refuse"),
        ("Dossier MDPH n° 59-2021-004587 sans réponse", "Dossier MDPH sans réponse"),
        ("C’est quoi l’aller-vers ?", "C’est quoi l’aller-vers ?"),
    ],
)
def test_a_rewording_reads_as_french(text: str, neutral: str) -> None:
    assert reworded(text, details(text)) == neutral
