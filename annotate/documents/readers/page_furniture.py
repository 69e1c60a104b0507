"""Tell from the markup of a page what stands around its text: menus, banners, heads and feet.

The page states it: by elements and roles, by the names that the makers of consent banners give
theirs, and by the few names that pages without such elements use. Names that a section of a policy
may have as well, such as "cookie-notice", count only where the element holds buttons or is said to
be a dialog.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

_ROLES = {
    "navigation": "navigation",
    "menu": "navigation",
    "menubar": "navigation",
    "directory": "navigation",
    "banner": "head of the page",
    "contentinfo": "foot of the page",
    "complementary": "beside the text",
    "search": "search",
    "toolbar": "controls",
    "doc-toc": "contents",
    "doc-pagebreak": "page number",
}
_ELEMENTS = {"nav": "navigation", "aside": "beside the text", "search": "search"}
_PAGE_ELEMENTS = {"header": "head of the page", "footer": "foot of the page"}
STATING = frozenset((*_ELEMENTS, *_PAGE_ELEMENTS))
"""The elements that may be furniture without any attribute."""

_KEEPS = frozenset(
    "doc-footnote doc-endnotes doc-endnote note main article doc-tip doc-notice".split()
)
"""Roles of what is text, whatever element has them."""

CONSENT = "consent banner"
_VENDORS = re.compile(
    r"""
    (?:^|\s)(?:
      onetrust-(?:banner|consent|pc|style)[\w-]* | optanon[\w-]* | ot-sdk-(?:row|container)
    | cybotcookiebot[\w-]* | cookiebot(?:widget|dialog)?[\w-]*
    | osano-cm-[\w-]+ | cc-(?:window|banner|revoke|main|compliance) | cky-[\w-]+
    | cookie-law-info-(?:bar|again) | cli-(?:modal|bar)[\w-]* | cmplz-[\w-]+ | borlabscookie[\w-]*
    | brlbs-[\w-]+ | truste[-_][\w-]+ | consent_blackbar | teconsent | qc-cmp2?-[\w-]+
    | didomi-(?:host|popup|notice)[\w-]* | usercentrics-[\w-]+ | uc-banner[\w-]* | t-consentprompt
    | termly-[\w-]+ | iubenda-cs-[\w-]+ | klaro | sp_message_[\w-]+ | tarteaucitron[\w-]*
    | axeptio[\w-]* | cookiefirst-[\w-]+ | ccc-(?:module|notify|overlay)[\w-]* | lanyard_root
    | moove_gdpr_[\w-]+ | moove-gdpr-[\w-]+ | hs-eu-[\w-]+ | hs-banner-[\w-]+
    | shopify-pc__[\w-]+ | _evidon[\w-]* | evidon-[\w-]+ | fc-consent-root | cookieconsent[\w-]*
    | rcb-[\w-]+ | cookiescript_[\w-]+ | ketch-[\w-]+ | transcend-consent[\w-]* | cookiehub[\w-]*
    | ensighten[\w-]* | privacy-center-banner | gdpr-cookie-(?:bar|notice|message)[\w-]*
    | eu-cookie-compliance-[\w-]+ | sliding-popup[\w-]*
    | (?:[a-z]{1,12}-){0,2}(?:cookies?|consent|gdpr|ccpa|cmp)[-_]{0,2}(?:bar|banner|popup|pop-up
      |modal|dialog|overlay|wall|toast|drawer|prompt|layer)(?:-v?\d|__[\w-]{1,60})?
    )(?=\s|$)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PERHAPS = re.compile(
    r"""
    (?:^|\s)(?:js-|c-|m-|o-)?(?:cookies?|consent|gdpr|ccpa|cmp)
    (?:[-_]{0,2}(?:notice|consent|message|settings?|preferences?|manager|info|alert|container
      |wrapper|law|policy-banner|box|disclaimer|hint))(?=\s|$)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ABOUT_CONSENT = re.compile(r"\b(?:cookies?|consent)\b", re.IGNORECASE)
_DIALOGS = frozenset(("dialog", "alertdialog"))
_LABELLED = _DIALOGS | {"region"}
# What only an id says plainly, as a class of this name may as well set the head of a section.
_IDS = {
    "navigation": r"nav|navigation|menu|breadcrumb",
    "head of the page": r"header|siteheader",
    "foot of the page": r"footer|sitefooter",
}
_NAMED_ALONE = {
    reason: re.compile(rf"(?:{names})\Z", re.IGNORECASE) for reason, names in _IDS.items()
}
_BY_NAME = frozenset("div ul ol section p a span header footer form button aside table".split())
_MOST_NAME = 400  # characters of a name; a longer one is none
_MOST_NAMES = 20

Attributes = Mapping[str, str]


def furniture(tag: str, attributes: Attributes, *, in_section: bool) -> str:
    """Return why an element is furniture, "" where nothing says so.

    Args:
        tag: its name.
        attributes: its attributes.
        in_section: whether it stands in an article, a section or the main part, whose head and foot
            are not those of the page.
    """
    role = attributes.get("role", "").strip().lower()[:_MOST_NAME] if attributes else ""
    if role in _KEEPS:
        return ""
    if role in _ROLES:
        return _ROLES[role]
    if tag in _ELEMENTS and role in ("", "list") and not (tag == "aside" and in_section):
        return _ELEMENTS[tag]
    if attributes:
        own = attributes.get("id", "")[:_MOST_NAME].strip()
        label = attributes.get("aria-label", "")[:_MOST_NAME] if role in _LABELLED else ""
        if reason := _by_name(tag, _names(attributes), role, label, own, in_section):
            return reason
    if tag in _PAGE_ELEMENTS and not in_section:
        return _PAGE_ELEMENTS[tag]
    return ""


@lru_cache(maxsize=4096)  # a page names many elements alike
def _by_name(tag: str, names: str, role: str, label: str, own: str, in_section: bool) -> str:
    if _VENDORS.search(names):
        return CONSENT
    if role in _LABELLED and _ABOUT_CONSENT.search(label):
        return CONSENT
    if role in _DIALOGS and _PERHAPS.search(names):
        return CONSENT
    if tag not in _BY_NAME:
        return ""
    for reason, pattern in _NAMED_ALONE.items():
        if pattern.match(own) and not (in_section and reason.endswith("of the page")):
            return reason
    return ""


@dataclass(frozen=True, slots=True)
class Perhaps:
    """Why an element may be furniture, if it holds no more than such an element does.

    Attributes:
        most: characters outside links; more than that is text.
        buttons: whether it has to hold some.
        linked: whether more than half of it has to be links.
        acts: whether it has to hold links or buttons; and it is named so by a class, not by an id,
            which may as well be the place of a section.
    """

    reason: str
    most: int
    buttons: bool = False
    linked: bool = False
    acts: bool = False


_BANNER = Perhaps(CONSENT, 3000, buttons=True)
_ASIDE = Perhaps("beside the text", 3000, linked=True)


def perhaps(tag: str, attributes: Attributes, *, in_section: bool) -> Perhaps | None:
    """Return why an element that `furniture` does not know may be furniture after all."""
    if tag == "aside":  # in a section it may as well say in short what the section says
        return _ASIDE
    if not attributes or tag not in _BY_NAME or attributes.get("role", "") in _KEEPS:
        return None
    if not (names := _names(attributes)):
        return None
    found = named(names)
    if found is None or (in_section and found.reason.endswith("of the page")):
        return None
    if found.acts and named(attributes.get("class", "")[:_MOST_NAME]) is not found:
        return None
    return found


@lru_cache(maxsize=4096)
def named(names: str) -> Perhaps | None:
    """Return what the id and the classes of an element say of it."""
    if _PERHAPS.search(names):
        return _BANNER
    for name in names.split()[:_MOST_NAMES]:
        block = _ELEMENT_OF.split(name, maxsplit=1)[0]
        for words in {block: None, name: None, _HASH.sub("", name): None}:
            said = [word.lower() for word in _NAME_WORD.findall(words)]
            while len(said) > 1 and said[-1] in _HOLDERS:
                said.pop()
            if not said or said[0] in _QUALIFIERS:
                continue
            pair = " ".join(said[-2:])
            if found := _NAMES.get(pair) or (said[0] not in _PARTS and _NAMES.get(said[-1])):
                return found
    return None


def _names(attributes: Attributes) -> str:
    names = f"{attributes.get('id', '')} {attributes.get('class', '')}"
    return names if len(names) <= _MOST_NAME and names != " " else ""


# Names of what stands around a text, by the last word of an id or a class, or its last two. What is
# named so holds little prose, or is text all the same: a name is given by habit.
_ELEMENT_OF = re.compile(r"__|--")
_HASH = re.compile(r"_[0-9A-Za-z]{4,8}\Z")  # what builders of pages put behind a name
_NAME_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HOLDERS = frozenset(
    """
    wrapper wrap container inner outer area section block box bar list links link items item
    content desktop mobile row column col widget widgets region group fixed sticky top bottom
    left right first last second main primary secondary
    """.split()
)
_QUALIFIERS = frozenset("has with no without is not show hide hidden under below above".split())
_PARTS = frozenset("card panel modal accordion article entry quote".split())  # have feet as well
_BY_WORDS: Mapping[tuple[str, int], str] = {
    ("navigation", 1500): """
        nav navbar navi navigation menu submenu topnav subnav sidenav breadcrumb breadcrumbs crumbs
        pagination pager skip catlinks
        | language switcher | language selector | language picker | lang switcher | skip nav
        | skip to | skip main | jump link
    """,
    ("contents", 1500): "toc | table of contents | of contents | tableofcontents | contents list",
    ("head of the page", 1000): """
        topbar masthead announcement ticker | site header | page header | global header
        | main header | top header | utility | phase banner | announcement bar
    """,
    ("foot of the page", 1500): """
        footer colophon copyright printfooter | site info | site footer | page footer
        | footer credits
    """,
    ("beside the text", 1500): """
        sidebar cta relatedposts recommended recommendations
        | related posts | related articles | related content | related navigation | related
        | widget recent entries | recent posts | recent comments | widget search
        | widget categories | widget archive | widget tag cloud | you may
    """,
    ("controls", 400): """
        share sharing sharedaddy social newsletter subscribe signup feedback helpful tags toolbar
        editsection headerlink hashlink anchorlink anchorjs | hash link | anchor link
        | header anchor | share links | social icons | social media | share buttons | social buttons
        | back to | to top | go top | scroll top | sign up | cat links | tag links
    """,
    ("about the page", 150): "byline noprint | entry meta | post meta | article meta | page meta",
}


def _by_words() -> Mapping[str, Perhaps]:
    found: dict[str, Perhaps] = {}
    for (reason, most), written in _BY_WORDS.items():
        single, *pairs = written.split("|")
        for name in (*single.split(), *(pair.strip() for pair in pairs)):
            found[name] = Perhaps(reason, most, acts=reason == "controls")
    return found


_NAMES = _by_words()


_HIDES = re.compile(
    r"(?:^|[;\s{])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden)",
    re.IGNORECASE,
)
_STRIKES = re.compile(r"(?:^|[;\s])text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)


def is_hidden(attributes: Attributes) -> bool:
    """Tell whether a browser shows nothing of an element, or strikes it out.

    What is collapsed until a reader opens it, or found by searching, is text. So is what is kept
    from screen readers alone (`aria-hidden`).
    """
    hidden = attributes.get("hidden")
    if hidden is not None and hidden.strip().lower() != "until-found":
        return True
    style = attributes.get("style", "")
    return style != "" and bool(_HIDES.search(style) or _STRIKES.search(style))


_NOTE = re.compile(r"(?:^|\s)(?:foot|end)notes?(?:-\d+)?(?=\s|$)", re.IGNORECASE)


def is_note(attributes: Attributes) -> bool:
    """Tell whether an element holds notes of the text, which are text."""
    role = attributes.get("role", "").strip().lower()
    return role.startswith(("doc-footnote", "doc-endnote")) or _is_named_note(_names(attributes))


@lru_cache(maxsize=4096)
def _is_named_note(names: str) -> bool:
    return _NOTE.search(names) is not None
