from assistant.chat.markup import block_html, markdown_html, markers_in


def _button(marker: int) -> str | None:
    return f"<b>{marker}</b>" if marker <= 2 else None


def test_markdown_of_answers_becomes_html() -> None:
    assert markdown_html("# Titre\n\nUn **mot**.\n\n- un\n- deux") == (
        "<h3>Titre</h3><p>Un <strong>mot</strong>.</p><ul><li>un</li><li>deux</li></ul>"
    )


def test_links_images_and_html_stay_text() -> None:
    html = markdown_html('![x](http://evil.example) [y](http://evil.example) <img src="x"> <b>')
    assert html == (
        "<p>![x](http://evil.example) [y](http://evil.example) &lt;img src=&quot;x&quot;&gt; &lt;b&gt;</p>"
    )


def test_only_known_markers_become_buttons() -> None:
    html = block_html("Un fait [1] [3].", _button)
    assert html == '<p>Un fait<span class="together">\u00a0<b>1</b></span> [3].</p>'


def test_a_quote_is_never_markup() -> None:
    quote = "le dossier [1] est **clos**"
    block = f"« {quote} » [2]"
    assert markers_in(block, [quote]) == [2]
    html = block_html(block, _button, [quote])
    assert html == f'<p>«\u00a0{quote}\u00a0<span class="together">»\u00a0<b>2</b></span></p>'
