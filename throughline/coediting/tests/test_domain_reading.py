"""Documents as HTML and text, whatever is in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pycrdt import XmlElement, XmlText

from throughline.coediting.domain.merging import document_of, root_of
from throughline.coediting.domain.reading import html_of, text_of


def _document(*blocks):
    doc = document_of([])
    for block in blocks:
        root_of(doc).children.append(block)
    return doc


def _marked(text, **marks):
    block = XmlElement("paragraph", {}, [XmlText("")])
    doc = _document(block)
    block.children[0].insert(0, text, marks)
    return doc


def test_the_editors_words_become_html_and_text():
    doc = _document(
        XmlElement("heading", {"level": 2}, [XmlText("Aims")]),
        XmlElement("paragraph", {}, [XmlText("One")]),
        XmlElement(
            "bulletList",
            {},
            [XmlElement("listItem", {}, [XmlElement("paragraph", {}, [XmlText(word)])]) for word in ("two", "three")],
        ),
        XmlElement("paragraph", {}, [XmlText("a"), XmlElement("hardBreak", {}, []), XmlText("b")]),
        XmlElement("paragraph", {}, []),
    )
    root = root_of(doc)
    assert html_of(root) == (
        "<h2>Aims</h2><p>One</p><ul><li><p>two</p></li><li><p>three</p></li></ul><p>a<br>b</p><p></p>"
    )
    assert text_of(root) == "Aims\nOne\n- two\n- three\na\nb"


def test_marks_and_links():
    doc = _marked(
        "here", bold={}, **{"italic--x1": {}}, link={"href": "https://example.org/?a=1&b=2", "target": "_blank"}
    )
    assert html_of(root_of(doc)) == (
        '<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer nofollow">'
        "<em><strong>here</strong></em></a></p>"
    )


def test_nothing_that_a_page_could_run():
    for href in ("javascript:alert(1)", "data:text/html,x", '"><script>', " JaVaScript:x", None, 7):
        html = html_of(root_of(_marked("<script>alert(1)</script>", link={"href": href})))
        assert "<script" not in html
        assert "javascript" not in html.lower()
        assert "data:" not in html
    strange = _document(XmlElement("script", {"onload": "x"}, [XmlText("text stays")]))
    assert html_of(root_of(strange)) == "text stays"


def test_levels_and_depths_that_make_no_sense():
    for level in ("9", -1, None, "x"):
        attributes = {} if level is None else {"level": level}
        assert html_of(root_of(_document(XmlElement("heading", attributes, [XmlText("t")]))))[:2] == "<h"
    block = XmlElement("paragraph", {}, [XmlText("deep")])
    for _ in range(200):
        block = XmlElement("blockquote", {}, [block])
    assert text_of(root_of(_document(block))) == ""


@given(st.text(max_size=60))
def test_text_reads_back(words):
    doc = _document(XmlElement("paragraph", {}, [XmlText(words)]))
    assert text_of(root_of(doc)) == words.strip("\n")
