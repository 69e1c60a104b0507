"""Tell from the markup of a page what stands around its text: menus, banners, heads and feet.

The page states it: by elements and roles, by the names that the makers of consent banners give
theirs, and by the few names that pages without such elements use. Names that a section of a policy
may have as well, such as "cookie-notice", count only where the element holds buttons or is said to
be a dialog.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

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
    | (?:cookies?|consent|gdpr|ccpa|cmp)[-_]{0,2}(?:bar|banner|popup|pop-up|modal|dialog|overlay
      |wall|toast|drawer|prompt|layer)
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
# Names that no part of a text has; and those that only an id says plainly, as a class of this name
# may as well set the head of a section.
_CLASSES = {
    "navigation": (
        r"(?:site|main|primary|top|global|footer|header|mobile|side|sub)[-_]?"
        r"(?:nav|navbar|navigation|menu)|navbar|breadcrumbs?|pagination"
        r"|skip-?(?:to-?)?(?:link|nav|content|main)|language-?(?:switcher|selector|picker)"
    ),
    "head of the page": r"(?:site|page|global|main|top)[-_]header|topbar|masthead",
    "foot of the page": r"(?:site|page|global|main)[-_]footer|colophon",
    "beside the text": r"(?:site|page|left|right|main)[-_]?sidebar|sidebar",
    "controls": r"(?:social|share)[-_](?:links|icons|buttons|media|bar)|back-?to-?top",
}
_IDS = {
    "navigation": r"nav|navigation|menu|breadcrumb",
    "head of the page": r"header|siteheader",
    "foot of the page": r"footer|sitefooter",
}
_NAMED = {
    reason: re.compile(rf"(?:^|\s)(?:{names})(?=\s|$)", re.IGNORECASE)
    for reason, names in _CLASSES.items()
}
_NAMED_ALONE = {
    reason: re.compile(rf"(?:{names})\Z", re.IGNORECASE) for reason, names in _IDS.items()
}
_CONTENTS = re.compile(r"(?:^|\s)(?:toc|table-of-contents|tableofcontents)(?=\s|$)", re.IGNORECASE)
_BY_NAME = frozenset("div ul ol section p a span header footer form button".split())
_MOST_NAME = 400  # characters of a name; a longer one is none

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
    if tag in _ELEMENTS and role in ("", "list"):
        return _ELEMENTS[tag]
    if attributes and (reason := _by_name(tag, attributes, role, in_section)):
        return reason
    if tag in _PAGE_ELEMENTS and not in_section:
        return _PAGE_ELEMENTS[tag]
    return ""


def _by_name(tag: str, attributes: Attributes, role: str, in_section: bool) -> str:
    names = _names(attributes)
    if _VENDORS.search(names):
        return CONSENT
    label = attributes.get("aria-label", "")[:_MOST_NAME]
    if role in (*_DIALOGS, "region") and _ABOUT_CONSENT.search(label):
        return CONSENT
    if role in _DIALOGS and _PERHAPS.search(names):
        return CONSENT
    if tag not in _BY_NAME:
        return ""
    if _CONTENTS.search(names):
        return "contents"
    own = attributes.get("id", "")[:_MOST_NAME].strip()
    for reason, pattern in _NAMED.items():
        alone = _NAMED_ALONE.get(reason)
        if in_section and reason.endswith("of the page"):
            continue
        if pattern.search(names) or (alone is not None and alone.match(own)):
            return reason
    return ""


def may_be_consent(attributes: Attributes) -> bool:
    """Tell whether an element is a consent banner if it holds buttons."""
    return bool(attributes) and bool(_PERHAPS.search(_names(attributes)))


def _names(attributes: Attributes) -> str:
    names = f"{attributes.get('id', '')} {attributes.get('class', '')}"
    return names if len(names) <= _MOST_NAME and names != " " else ""


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
    return role.startswith(("doc-footnote", "doc-endnote")) or bool(
        _NOTE.search(_names(attributes))
    )
