"""The words that show that a name is a person's, or that it is not."""

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES = _set(
    "m mr mme mmes mlle melle mlles monsieur madame mademoiselle messieurs mesdames dr docteur me maitre "
    "veuve mgr"
)
HOUSEHOLDS = _set(
    "famille familles couple epoux consorts fratrie menage enfants parents freres soeurs jumeaux jumelles"
)
# After a title, a role and no name: « Madame la ministre », « monsieur tout le monde ».
ROLES = _set(
    """
    president presidente ministre maire prefet prefete depute deputee senateur senatrice directeur
    directrice juge procureur procureure commissaire defenseur defenseure premier premiere chef cheffe
    conseiller conseillere tout untel unetelle machin truc lambda x y z inspecteur inspectrice rapporteur
    rapporteure secretaire
    """
)
PARTICLES = _set(
    "de du des la le les d' l' van von der den el al ben bint bent ould abou abu "
    "da das do dos di della saint st sainte"
)
# Persons of whom one says the name at once: « le petit Kevin », « mon collègue Karim ».
PEOPLE = _set(
    """
    petit petite jeune enfant bebe gamin gamine fille fils garcon fillette ado adolescent adolescente mere
    pere maman papa frere soeur grand-mere grand-pere mamie papi tante oncle tata tonton cousin cousine
    neveu niece mari femme epoux epouse conjoint conjointe compagnon compagne ex copain copine ami amie
    voisin voisine collegue chef cheffe directeur directrice educateur educatrice educ assistante
    assistant stagiaire eleve collegien collegienne lyceen lyceenne etudiant etudiante usager usagere
    resident residente patient patiente locataire allocataire beneficiaire detenu detenue psychologue
    infirmiere infirmier medecin nounou assfam referent referente tuteur tutrice curateur curatrice
    mandataire proprietaire bailleur beau-pere belle-mere beau-frere belle-soeur beau-fils belle-fille
    demi-frere demi-soeur jumeau jumelle aine ainee cadet cadette filleul filleule demandeur demandeuse
    mineur mineure homme dame monsieur madame formatrice formateur apprenti apprentie benevole aidant
    aidante coordinatrice coordinateur aes aesh tisf avs kine orthophoniste pote
    """
)
# What belongs to somebody: « la situation de Lina », « le dossier de Karim ».
BELONGINGS = _set(
    """
    situation dossier cas anniversaire comportement fugue placement signalement chambre age audience
    retour depart arrivee hospitalisation deces mort disparition scolarite sante histoire parcours
    domicile logement appartement studio adresse telephone numero mail projet suivi accompagnement accueil
    expulsion dette dettes loyer compte parents enfants entourage famille avocat demande recours visite
    visites droits sortie nom prenom
    """
)
CALLED = _set(
    "appelle appelait appelons nomme nommee prenomme prenommee surnomme surnommee denomme denommee "
    "prenom nom certain certaine"
)
COMPANY = _set("avec pour chez contre")
# What a person does, in the words that follow a name.
ACTS = _set(
    """
    a avait est etait sera va vient veut voulait voudrait ne n' n se s' me m' nous lui refuse fugue dort
    pleure vit habite dit disait demande parle crie tape frappe mord boit fume mange mord attend arrive
    part sort rentre passe appelle touche percoit doit peut pourrait sait souhaite souhaiterait accepte
    insulte menace vole travaille cherche perd risque reste revient ressent subit souffre traverse
    rencontre consomme supporte inquiete trouve met tombe prend fait avance progresse sollicite vivait
    allait devait pouvait disparait raconte explique pense croit semble present presente et qui
    """
)
# A name right after these belongs to a place, a text, a body, an idea: « lycée Simone Veil », « loi Taquet ».
THINGS = _set(
    """
    loi lois plan plans rapport rapports mission missions amendement arret reforme prime primes methode
    theorie fondation association asso college lycee ecole hopital clinique chu ehpad foyer residence
    institut stade gymnase rue avenue place boulevard bd quai square quartier metro station gare cabinet
    maladie syndrome echelle test prix accord accords decret circulaire ordonnance gouvernement ministere
    comite conference commission bibliotheque mediatheque theatre universite fac campus centre cite tour
    pont parc hotel salle espace editions librairie pole chrs cada ime itep mecs esat sessad creche
    maternelle halte service programme dispositif logiciel label mutuelle caisse tribunal cour affaire
    jurisprudence article principe modele pyramide grille conseil groupe reseau collectif mouvement villa
    allee allees impasse chemin commune ville village canton departement saint sainte st ste san santa
    notre-dame abbe sociologue philosophe psychanalyste psychologue economiste historien historienne
    anthropologue psychiatre ministre president presidente depute deputee senateur senatrice rapporteur
    rapporteure auteur autrice chercheur chercheuse professeur pedagogue ecrivain romancier pere
    saint-vincent revue film livre serie chanson roman podcast concept notion approche courant pensee taxe
    niches bareme contrat cheque pass carte dechet micro-creche mas fam esms maison csapa
    """
)
# … and after these with « de »: « la théorie de Bowlby ».
THOUGHT = _set(
    """
    theorie pensee concept notion methode modele pyramide livre ouvrage article oeuvre travaux sociologie
    philosophie ecrits citation pedagogie definition lecture approche loi reforme syndrome maladie echelle
    these tribune essai textes texte film roman analyse analyses apport apports vision phrase rapport
    propos discours
    """
)
SCHOLARS = re.compile(
    r"\b(?:sociologue?s?|sociologie|philosoph\w+|psychanaly\w+|p[ée]dagogue|anthropolog\w+|th[ée]ori\w+|concept\w*|"
    r"auteure?s?|autrices?|ouvrages?|chercheu\w+|d[ée]fini(?:t|ssent|ssait)|tribune|[ée]conomistes?|historien\w*|essai|pens[ée]e|"
    r"colloque|travaux|disciple|bibliographie)\b",
    re.IGNORECASE,
)
OFFICES = re.compile(
    r"\b(?:ministre|pr[ée]sidente? (?:du|de la)|d[ée]put[ée]e?|"
    r"s[ée]nat(?:eur|rice)|sociologue|philosophe|rapporteure?)\b",
    re.IGNORECASE,
)
AGE = re.compile(
    r"\s?[,(–-]?\s?(?:qui\s)?(?:(?:a|aura|avait|âgée?|agée?|agee?|âgé\(e\))\s)?(?:de\s|"
    r"d[’'])?(?:bientôt\s|presque\s|à peine\s|environ\s)?(?:\d{1,2}|un|deux|trois|"
    r"quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|dix-sept)\s?(?:ans|"
    r"mois)\b",
    re.IGNORECASE,
)
KIN_AFTER = re.compile(
    r"\s(?:et|avec|,)\s(?:sa|son|ses)\s(?:petite?\s)?(?:fils|fille|m[èe]re|p[èe]re|fr[èe]re|s[œo]e?ur|"
    r"copine?|ami|amie|mari|femme|conjointe?|enfants?|b[ée]b[ée]|parents)\b"
)
BODY_AFTER = re.compile(
    r",?\s(?:l[’']|une |la |cette )(?:asso|association|fondation|ONG|structure)\b", re.IGNORECASE
)
BORN = re.compile(r"\s?[,(]?\s?n[ée]+(?:\(e\))?e?\s(?:le|en|vers|à|a)\b", re.IGNORECASE)
# Endings of words rather than names, for words typed without a capital.
WORD_ENDING = re.compile(
    r"(?:e[rz]|i?ons|ez|[ée]es?|és|ant|ante|ants|eurs?|euses?|trices?|tions?|sions?|ments?|iques?|"
    r"istes?|ables?|ibles?|aires?|i[fv]e?s?|eux|"
    r"ismes?|ites?|ages?|ances?|ences?|aient|ait|ais|erait|ures?|oires?|ettes?|aux|elles?)$"
)
