"""What stands around the text of a page: found by what the page states, and never the text."""

import pytest

from annotate.documents.readers.html import read_page

TEXT = (
    "<main><h1>Tea Policy</h1><section id=cookie-notice><h2>Cookies</h2><p>We set one.</p>"
    "</section></main>"
)


def furniture(html: str) -> list[tuple[str, str]]:
    text, layout = read_page(html, "a")
    layout.check(len(text))
    return [(each.reason, text[each.start : each.end]) for each in layout.furniture]


@pytest.mark.parametrize(
    ("opening", "reason"),
    [
        ("nav", "navigation"),
        ("div role=navigation", "navigation"),
        ("ul class='site-nav'", "navigation"),
        ("ol class=breadcrumb", "navigation"),
        ("a class=skip-link href=#main", "navigation"),
        ("div id=menu", "navigation"),
        ("header", "head of the page"),
        ("div role=banner", "head of the page"),
        ("div id=header", "head of the page"),
        ("footer", "foot of the page"),
        ("div role=contentinfo", "foot of the page"),
        ("div class='x site-footer'", "foot of the page"),
        ("aside", "beside the text"),
        ("div role=complementary", "beside the text"),
        ("form role=search", "search"),
        ("search", "search"),
        ("div class='toc'", "contents"),
        ("nav role=doc-toc", "contents"),
        ("div id=onetrust-banner-sdk", "consent banner"),
        ("div id=CybotCookiebotDialog", "consent banner"),
        ("div class='cky-consent-container x'", "consent banner"),
        ("div class=cmplz-cookiebanner", "consent banner"),
        ("div id=didomi-host", "consent banner"),
        ("div id=usercentrics-root", "consent banner"),
        ("div class=osano-cm-window", "consent banner"),
        ("div id=truste-consent-track", "consent banner"),
        ("div class='qc-cmp2-container'", "consent banner"),
        ("div id=iubenda-cs-banner", "consent banner"),
        ("div class='cc-window cc-banner'", "consent banner"),
        ("div id=BorlabsCookieBox", "consent banner"),
        ("div id=tarteaucitronRoot", "consent banner"),
        ("div id=sp_message_container_1", "consent banner"),
        ("div class=cookie-banner", "consent banner"),
        ("div id=cookieBar", "consent banner"),
        ("div role=dialog aria-label='Cookie consent'", "consent banner"),
        ("dialog open class=cookie-notice role=dialog", "consent banner"),
    ],
)
def test_what_the_page_states_to_be_around_its_text_is_furniture(opening: str, reason: str) -> None:
    name = opening.split()[0]
    assert furniture(f"<{opening}>x <b>y</b></{name}>{TEXT}") == [(reason, "x y")]
    assert furniture(f"{TEXT}<{opening}><p>x</p><ul><li>y</ul></{name}>z")[0][0] == reason


def test_a_name_that_sections_have_too_is_a_banner_only_with_buttons() -> None:
    banner = "<div class=cookie-notice><p>We set cookies.</p><button>Yes</button></div>"
    assert furniture(banner + TEXT) == [("consent banner", "We set cookies.\n\nYes")]
    assert furniture(TEXT) == []


@pytest.mark.parametrize(
    "html",
    [
        "<article><header><h2>Tea</h2></header><p>a</p><footer>b</footer></article>",
        "<main><header><p>Tea</p></header></main>",
        "<header><h1>Tea Policy</h1><p>Last changed in May.</p></header>",
        "<div class=header>1. Tea</div><p>a",
        "<section class=footnotes><ol><li>a</ol></section>",
        "<aside role=doc-footnote>a</aside>",
        "<div class=menu-policy>a</div><div class=cookie-policy>b</div>",
        "<h2 id=navigation-data>c</h2><p class=consent>d",
        "<p>a<aside hidden>b</aside>",
        "<body class='site-header no-js'><p>a",
    ],
)
def test_what_is_text_stays_text(html: str) -> None:
    assert furniture(html) == []


def test_the_title_in_the_head_of_a_page_is_text_and_its_menu_is_not() -> None:
    html = "<header><p>Logo</p><h1>Tea</h1><p>Intro.</p><nav>Home</nav></header><p>We brew."
    assert furniture(html) == [("head of the page", "Logo"), ("navigation", "Home")]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("div class=utility-bar", "head of the page"),
        ("div class='c-site-footer__inner footer'", "foot of the page"),
        ("div class=legal-sidebar", "beside the text"),
        ("div class=tableOfContents_bqdL", "contents"),
        ("div class='toc-wrapper'", "contents"),
        ("p class=entry-meta", "about the page"),
        ("div class=sqs-cookie-banner-v2", "consent banner"),
        ("div id=sliding-popup", "consent banner"),
    ],
)
def test_a_name_says_what_stands_around_the_text(name: str, reason: str) -> None:
    assert furniture(f"{TEXT}<{name}>By us</{name.split()[0]}>") == [(reason, "By us")]


@pytest.mark.parametrize(
    "html",
    [
        f"<div class='container has-sidebar'>{TEXT}</div>",
        f"<div class=sidebar>{TEXT}{'<p>We brew tea for all who drink it.' * 60}</div>",
        f"<div class=site-nav><h1>Tea</h1>{TEXT}</div>",
        "<div class=social><p>We share tea with social networks.</p></div>",
        "<div id=newsletter><p>We send one. <a href=/a>Stop it</a>.</p></div>",
        "<div class=card-footer>We brew until May.</div>",
        "<section><p>We brew.</p><aside><p>In short: tea.</p></aside></section>",
    ],
)
def test_a_name_that_holds_text_makes_no_furniture_of_it(html: str) -> None:
    assert furniture(html) == []


def test_what_acts_on_a_heading_is_no_word_of_it() -> None:
    html = "<h2>Tea<span class=mw-editsection>[<a href=/e>edit</a>]</span></h2><p>We brew."
    assert furniture(html) == [("controls", "[edit]")]
    text, layout = read_page(html, "a")
    assert text[layout.blocks[0].start : layout.blocks[0].end] == "Tea"
