"""The page Gradio serves, made French and ours: language, title, style, script, source panel."""

import re

_SHARING_META = re.compile(r'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>')
_MANIFEST = re.compile(r'\s*<link rel="manifest"[^>]*>')
_DESCRIPTION = "Réponses citées, tirées des rapports et des fiches du travail social."

_HEAD = f"""
		<title>Tisserand</title>
		<meta name="description" content="{_DESCRIPTION}" />
		<meta name="color-scheme" content="light dark" />
		<meta name="referrer" content="no-referrer" />
		<script src="./chat.js" defer></script>
"""

_BODY = """
		<noscript><p class="noscript">Tisserand a besoin de JavaScript. Activez-le pour ce site, puis
		rechargez la page.</p></noscript>
		<p id="announcer" class="unseen" role="status" aria-live="polite"></p>
		<p id="offline" role="alert"></p>
		<div id="veil" hidden></div>
		<aside id="source" role="dialog" aria-label="Source citée" hidden>
			<div class="source-bar">
				<p>Source</p>
				<button type="button" id="close-source"><span aria-hidden="true">×</span> Fermer</button>
			</div>
			<div id="source-body" role="region" aria-label="Texte de la source" tabindex="0"></div>
		</aside>
"""


def french_page(html: str, nonce: str) -> str:
    """Return Gradio's page in French with our style, script and source panel.

    Every script of the page gets the nonce that the content policy asks for; what the page tells
    to social networks is taken out.
    """
    html = _MANIFEST.sub("", _SHARING_META.sub("", html))
    html = html.replace('lang="en"', 'lang="fr"', 1)
    html = html.replace("<head>", "<head>" + _HEAD, 1)
    html = html.replace("</head>", '\t\t<link rel="stylesheet" href="./chat.css" />\n</head>', 1)
    html = html.replace("<gradio-app", _BODY + "\t\t<gradio-app", 1)
    return html.replace("<script", f'<script nonce="{nonce}"')
