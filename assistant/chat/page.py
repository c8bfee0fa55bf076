"""The page Gradio serves, made French and ours: language, title, style, script, source panel.

What it holds is read before Gradio's own scripts are there: on a slow network, the first screen is
text at once.
"""

import re

from assistant.chat.assets import SCRIPTS, STYLE, asset_address
from assistant.chat.rendering import welcome_html

_SHARING_META = re.compile(r'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>')
_MANIFEST = re.compile(r'\s*<link rel="manifest"[^>]*>')
_DESCRIPTION = "Réponses citées, tirées des rapports et des fiches du travail social."

_HEAD = f"""
		<title>Tisserand</title>
		<meta name="description" content="{_DESCRIPTION}" />
		<meta name="color-scheme" content="light dark" />
		<meta name="referrer" content="no-referrer" />
		{{scripts}}
"""

_BODY = """
		<noscript><p class="noscript">Tisserand a besoin de JavaScript. Activez-le pour ce site, puis
		rechargez la page.</p></noscript>
		<p id="announcer" class="unseen" role="status" aria-live="polite"></p>
		<p id="offline" role="alert"></p>
		<div id="veil" hidden></div>
		<div id="sigle-meaning" role="tooltip" hidden></div>
		<a class="skip" href="#question">Aller à la question</a>
		<header id="masthead">
			<h1>Tisserand</h1><p class="tagline">Réponses citées pour le travail social</p>
		</header>
		<main id="early">{welcome}</main>
		<div id="source" role="dialog" aria-label="Source citée" hidden>
			<div class="source-bar">
				<p id="source-name">Source</p>
				<button type="button" id="page-before" aria-label="Page précédente">‹ Page</button>
				<button type="button" id="page-after" aria-label="Page suivante">Page ›</button>
				<button type="button" id="close-source"><span aria-hidden="true">×</span> Fermer</button>
			</div>
			<div id="source-body" role="region" aria-label="Texte de la source" tabindex="0"></div>
		</div>
"""


def french_page(html: str, nonce: str) -> str:
    """Return Gradio's page in French with our style, script and source panel.

    Every script of the page gets the nonce that the content policy asks for; what the page tells
    to social networks is taken out.
    """
    scripts = "\n\t\t".join(
        [f'<script type="module" src="{asset_address(SCRIPTS[0])}"></script>']
        + [f'<link rel="modulepreload" href="{asset_address(name)}" />' for name in SCRIPTS[1:]]
    )
    style = f'<link rel="stylesheet" href="{asset_address(STYLE)}" />'
    html = _MANIFEST.sub("", _SHARING_META.sub("", html))
    html = html.replace('lang="en"', 'lang="fr"', 1)
    html = html.replace("<head>", "<head>" + _HEAD.format(scripts=scripts), 1)
    html = html.replace("</head>", f"\t\t{style}\n</head>", 1)
    html = html.replace("<gradio-app", _BODY.format(welcome=welcome_html()) + "\t\t<gradio-app", 1)
    return html.replace("<script", f'<script nonce="{nonce}"')
