"""Why the system refused a file, in French."""

import errno

_REASONS = {
    errno.EACCES: "droits insuffisants",
    errno.EPERM: "opération interdite",
    errno.ENOENT: "chemin introuvable",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.EISDIR: "c’est un dossier",
    errno.ENOTDIR: "un élément du chemin n’est pas un dossier",
    errno.ENOSPC: "disque plein",
    errno.EDQUOT: "quota de disque atteint",
    errno.EROFS: "disque en lecture seule",
    errno.ENAMETOOLONG: "nom trop long",
    errno.EIO: "erreur de lecture ou d’écriture du disque",
}


def reason(error: OSError) -> str:
    """Return the cause of an error in French, in the system's own words when it is a rare one."""
    if error.errno in _REASONS:
        return _REASONS[error.errno]
    return error.strerror or type(error).__name__
