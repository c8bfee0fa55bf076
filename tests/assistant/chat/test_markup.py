from assistant.chat.markup import markdown_html


def test_markdown_of_our_wording_becomes_html() -> None:
    assert markdown_html("# Titre\n\nUn **mot**.\n\n- un\n- deux") == (
        "<h3>Titre</h3><p>Un <strong>mot</strong>.</p><ul><li>un</li><li>deux</li></ul>"
    )


def test_links_images_and_html_stay_text() -> None:
    html = markdown_html('![x](http://evil.example) [y](http://evil.example) <img src="x"> <b>')
    assert html == (
        "<p>![x](http://evil.example) [y](http://evil.example) &lt;img src=&quot;x&quot;&gt; &lt;b&gt;</p>"
    )
