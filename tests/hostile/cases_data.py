"""Hostile markup and data: HTML, JSON, YAML, streams and ledgers."""

# fmt: off
# ruff: noqa: E501 (a case a line)
from __future__ import annotations

import json

from tests.hostile.cases import PLAN, Case, page, text


def html(sort: str, content: str | bytes, codes: str = "", says: str = "", *, read: str = PLAN, heavy: bool = False) -> Case:
    """A page, whose article is read where nothing is told."""
    return text(sort, content, codes, says, name="a.html", read=read if not codes else "", heavy=heavy)


ENTITIES = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "yyyyyyyyyy">{}]>'
LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
SCRIPT = "<script>alert(1)</script>"
PAGES = [
    html("entities of other files", page("<p>&x; &y;</p>").replace("<!DOCTYPE html>", ENTITIES.format(""))),
    html("entities of other files", page("<p>&x;</p>").replace("<!DOCTYPE html>", ENTITIES.format('<!ENTITY % p SYSTEM "http://127.0.0.1:9/d">%p;'))),
    html("entities of other files", '<?xml version="1.0" encoding="utf-8"?>' + page("<p>&x;</p>")),
    html("entities of other files", '<!DOCTYPE html SYSTEM "file:///etc/passwd">' + page("")),
    html("billion laughs", page("<p>&l9;</p>").replace("<!DOCTYPE html>", ENTITIES.format('<!ENTITY l0 "ha">' + LAUGHS))),
    html("quadratic blow-up", page("<p>" + "&y;" * 50_000 + "</p>").replace("<!DOCTYPE html>", ENTITIES.format(""))),
    html("includes", page('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>')),
    html("includes", page('<iframe src="file:///etc/passwd"></iframe><embed src="file:///etc/passwd"><object data="file:///etc/passwd"></object>')),
    html("includes", page("<p>x</p>", '<base href="file:///"><link rel="stylesheet" href="file:///etc/passwd"><link rel="import" href="/x">')),
    html("includes", page("<!--#include file='/etc/passwd'--><?php system('id') ?><p>x</p>")),
    html("refresh to elsewhere", page("<p>x</p>", '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">')),
    html("scripts in a page", page(SCRIPT + "<p onclick=alert(1)>x</p><svg onload=alert(1)><a href='javascript:alert(1)'>more</a>")),
    html("scripts in a page", page("<p>x</p>", f'<meta property="og:title" content="{SCRIPT}"><meta name="author" content="&lt;img onerror=alert(1)&gt;">')),
    html("scripts in a page", page("<p>x</p>", '<link rel="canonical" href="javascript:alert(1)"><meta name="date" content="2024-99-99">')),
    html("scripts in a page", page("<p>x</p>", '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"' + "9" * 5000 + '"}</script>')),
    html("scripts in a page", page("<p>x</p>", '<script type="application/ld+json">' + "[" * 100_000 + "</script>")),
    html("tags by the thousand", page("<div>" * 200 + "x" + "</div>" * 200), read=""),
    html("tags by the thousand", page("<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">x</p>")),
    html("tags by the thousand", page("<b>" * 200), read=""),
    html("tags by the thousand", page("<div>" * 5_000), read="", heavy=True),
    html("tags by the thousand", "<div>" * 1_000_000, "no-text-in-page", heavy=True),
    html("tags by the thousand", page("<br>" * 300_000), heavy=True),
    html("tags by the thousand", page("<table><tr><td>" * 500), read=""),
    html("attributes by the million", page("<p " + "a=1 " * 1_000_000 + ">x</p>"), heavy=True),
    html("one long attribute", page(f'<p title="{"x" * 2_000_000}">x</p>')),
    html("tags left open", page("<p><b><i><u><a href='x'><ul><li><blockquote>x")[:-30]),
    html("tags left open", page("<!-- ") , read=""),
    html("tags left open", page("<p title='x>x</p>"), read=""),
    html("tags left open", page("<![CDATA[ ]]><![if IE]><p>x</p><![endif]>")),
    html("tags left open", page("</p></div></body></html><p>x</p>" * 50)),
    html("no article", "<html></html>", "no-text-in-page"),
    html("no article", "<", "no-text-in-page"),
    html("no article", "plain words, no tag", "no-text-in-page"),
    html("no article", "<html><body><script>" + "x" * 100_000, "no-text-in-page"),
    html("no article", '{"text": "JSON"}', "no-text-in-page"),
    html("no article", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "not-a-text"),
    html("encoding that the page gets wrong", page("<p>x</p>", '<meta charset="utf-16"><meta charset="shift_jis">')),
    html("encoding that the page gets wrong", '<?xml version="1.0" encoding="utf-16"?>' + page("<p>é</p>")),
    html("encoding that the page gets wrong", page("<p>caf\xe9</p>").encode("latin-1"), "not-utf8"),
    html("page with NUL and control characters", page("<p>a&#0;b&#x1b;c&#x85;d&#xd800;e&#x110000;f&#99999999999;</p>"), "no-text-in-page"),
    text("page as plain text", page("<p>x</p>"), "looks-like-html", read=PLAN),
    text("page as plain text", "<HTML><body>" + PLAN, "looks-like-html", name="a.md", read=PLAN),
]
DEEP = 100_000
JSON = {
    "truncated JSON": [("{", "not-json"), ('{"text": "A pier', "not-json"), ('[{"text": "A pier."}', "not-json"), ('{"text": "A pier."}}', "not-json"),
                       ('{"text": "\\u12"}', "not-json"), ('{"text": "A\npier"}', "not-json"), ("{'text': 'A'}", "not-json"), ('{"text": "A",}', "not-json")],
    "nested JSON": [("[" * DEEP + "]" * DEEP, "too-deep"), ('{"a":' * DEEP + "1" + "}" * DEEP, "too-deep"), ("[" * DEEP, "too-deep"),
                    ('{"text": "A pier.", "x": ' + "[" * 500 + "]" * 500 + "}", "")],
    "names that stand twice": [('{"text": "A pier.", "text": "A road."}', "named-twice"), ('{"text": "A pier.", "title": 1, "title": 2}', "named-twice")],
    "numbers that are none": [('{"text": "A pier.", "title": NaN}', "not-a-number"), ('{"text": "A pier.", "date": Infinity}', "not-a-number"),
                              ('{"text": "A pier.", "title": 1e999}', "not-a-number"), ('{"text": NaN}', "no-text"), ('{"text": "A pier.", "x": NaN}', "")],
    "numbers of 10,000 digits": [('{"text": "A pier.", "x": ' + "9" * 10_000 + "}", "not-a-number"), ('{"text": "A.", "id": ' + "9" * 10_000 + "}", "not-a-number"),
                                 ('{"text": "A pier.", "x": 1e99999999}', ""), ('{"text": "A pier.", "x": 0.' + "1" * 10_000 + "}", "")],
    "wrong types": [("3", "no-text"), ("null", "no-text"), ('"text"', "no-text"), ("true", "no-text"), ("[[]]", "no-text"), ("[1, null, true]", "no-text"),
                    ('{"text": 3}', "no-text"), ('{"text": ["A pier."]}', "no-text"), ('{"text": {"a": 1}}', "no-text"), ('{"title": "A pier"}', "no-text"),
                    ('{"text": "A pier.", "title": ["a"]}', "field-not-text"), ('{"text": "A pier.", "date": {"y": 1}}', "field-not-text"),
                    ('{"text": "A pier.", "author": [["a"]]}', "field-not-text"), ('{"text": "A pier.", "id": ["a"]}', ""), ('{"text": "A.", "title": true}', "")],
    "empty JSON": [("[]", "empty"), ("{}", "no-text"), ('{"text": ""}', "no-text"), ('{"text": " \\n "}', "no-text")],
    "halves of characters": [('{"text": "A pier \\ud800 at Kilifi."}', ""), ('{"text": "\\udc00\\ud800"}', ""), ('{"text": "A.", "title": "\\ud83d", "id": "\\ud83d"}', ""),
                             ('{"text": "A pier.", "publisher": "\\udfff"}', "")],
    "NUL in JSON": [('{"text": "A pier \\u0000 at Kilifi."}', "hidden-characters"), ('{"text": "A.", "title": "\\u0000\\u001b[2J"}', "hidden-characters")],
    "scripts in every field": [(json.dumps({"text": PLAN + SCRIPT} | dict.fromkeys(("id", "title", "publisher", "author", "licence", "origin"), bad)), "")
                               for bad in (SCRIPT, "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "{{7*7}}${7*7}", "'; DROP TABLE place; --", "=cmd|' /C calc'!A0",
                                           "../../../etc/passwd", "%00%0a%0d", "</script><!--", "]]>", "\\")],
    "addresses that are none": [(json.dumps({"text": PLAN, "url": url}), "unsafe-address") for url in (
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "ftp://x", "//x", "x", " javascript:alert(1)", "blob:x")],
    "too many articles": [("[" + ",".join(['{"text":"A"}'] * 50_001) + "]", "too-many-articles"), ("[" + ",".join(["1"] * 200_000) + "]", "too-many-articles")],
}
DATA = [text(sort, content, codes, name="a.json") for sort, cases in JSON.items() for content, codes in cases]
LINES = [
    text("broken JSON lines", '{"text": "One pier."}\n{"text": \n{"text": "Three."}\n', "not-json", "line 2", name="a.jsonl", read="Three."),
    text("broken JSON lines", '\n\nnull\n{"text": "Two."}', "no-text", "line 3", name="a.jsonl", read="Two."),
    text("broken JSON lines", "[" * DEEP + '\n{"text": "Two."}', "too-deep", "line 1", name="a.jsonl", read="Two."),
    text("broken JSON lines", '{"text": "One."}\r{"text": "Two."}\r\n', name="a.jsonl", read="Two."),
    text("broken JSON lines", '{"text": "One."}{"text": "Two."}', "not-json", "Extra data", name="a.jsonl"),
    text("broken JSON lines", "{}\n" * 2_000, "no-text", name="a.jsonl"),
]


def front(sort: str, head: str, codes: str = "", says: str = "", *, read: str = PLAN) -> Case:
    """A Markdown file with front matter."""
    return text(sort, f"---\n{head}\n---\n{PLAN}", codes, says, name="a.md", read=read if not codes else "")


FRONT = [
    front("YAML tags", "title: !!python/object/apply:os.system ['touch owned']", "yaml-tag", "line 2"),
    front("YAML tags", "title: !!python/name:os.system", "yaml-tag"),
    front("YAML tags", "date: !!timestamp 2024-01-01", "yaml-tag"),
    front("YAML tags", "title: !<tag:yaml.org,2002:python/module:os> x", "yaml-tag"),
    front("YAML aliases", "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\ntitle: *c", "yaml-alias"),
    front("YAML aliases", "a: &a {x: 1}\ntitle:\n  <<: *a", "yaml-alias"),
    front("YAML aliases", "a: &a [*a]", "yaml-alias"),
    front("YAML merge keys", "<<: {title: x}"),
    front("nested YAML", "title: " + "[" * 500 + "]" * 500, "too-deep"),
    front("nested YAML", "a: " + "{a: " * 50_000, "too-large"),
    front("broken YAML", "title: A pier: for Kilifi", "not-yaml", "quotation marks"),
    front("broken YAML", "title: 'open", "not-yaml"),
    front("broken YAML", "\ttitle: tabs", "not-yaml"),
    front("broken YAML", "title: a\n- b", "not-yaml"),
    front("broken YAML", "title: \x07", "not-yaml"),
    front("broken YAML", "? [a]\n: b", "field-not-text"),
    front("broken YAML", "title: a\n...\ntitle: b", "not-yaml"),
    front("YAML names twice", "title: a\ntitle: b", "named-twice", "stands twice"),
    front("front matter that is no list", "- a\n- b", "front-matter-not-a-list"),
    front("front matter that is no list", "just words", "front-matter-not-a-list"),
    front("front matter that is no list", ""),
    front("front matter that is no list", "# only a comment"),
    text("front matter left open", f"---\ntitle: A pier\n{PLAN}", "front-matter-not-closed", name="a.md"),
    text("front matter left open", "---\n" * 20_000, name="a.md"),
    text("front matter left open", "---\n", "front-matter-not-closed", name="a.md"),
    front("fields of front matter", "title: [a, b]", "field-not-text"),
    front("fields of front matter", "url: javascript:alert(1)", "unsafe-address"),
    front("fields of front matter", "title: " + "x" * 90_000),
    front("fields of front matter", "title: " + "x" * 200_000, "too-large"),
    front("fields of front matter", "author: [" + ", ".join(f"A{n}" for n in range(5_000)) + "]"),
    front("fields of front matter", "title: NO\ndate: 2024-01-01\npublisher: 0o17\norigin: .nan\nlicence: 1_000"),
]


def stream(sort: str, sent: str | bytes, codes: str = "", says: str = "", *, verb: tuple[str, ...] = ("extract", "--jsonl"), read: str = "",
           heavy: bool = False) -> Case:
    """Articles on standard input: the line of the case stands between two good ones where it is JSON."""
    raw = sent.encode("utf-8", "surrogatepass") if isinstance(sent, str) else sent
    good = [json.dumps({"id": name, "text": f"Norway will build a {name} at Bergen."}).encode() for name in ("pier", "harbour")]
    return Case(sort=sort, stdin=b"\n".join([good[0], raw, good[1]]), inputs=("-",), codes=frozenset(codes.split()), says=says, verb=verb, heavy=heavy,
                read=read or "a harbour at Bergen")


BAD_LINES = {
    "": ("{", '{"text": "open', "[1]", "null", "nonsense", "NaN", '"text"'), "mentions": ("{}", '"x"', "[[1]]", "[[1, 2, 3]]", "[[5, 2]]", "[[-1, 2]]", "[[0, 99]]",
    '[["0", "1"]]', "[[0.5, 2]]", "[[true, 2]]", "[[1e3, 2e3]]", "[[1, NaN]]"), "home": ("[]", "[91, 0]", "[0, 181]", "[NaN, 0]", "[Infinity, 0]", '["1", 2]', "{}", "[1e999, 1]"),
    "id": ("[]", "{}", "true"),
}
STREAM = [
    *(stream("lines of a stream that are no articles", bad, "no-text" if bad in ("[1]", "null", "NaN", '"text"') else "not-json", "line 2") for bad in BAD_LINES[""]),
    *(stream(f"wrong {field} in a stream", f'{{"text": "Crews met.", "{field}": {bad}}}', f"wrong-{field}", "line 2")
      for field in ("mentions", "home", "id") for bad in BAD_LINES[field]),
    stream("lines of a stream that are no articles", b'{"text": "caf\xe9"}', "not-utf8"),
    stream("lines of a stream that are no articles", "[" * DEEP, "too-deep"),
    stream("lines of a stream that are no articles", '{"text": "a", "text": "b"}', "named-twice"),
    stream("lines of a stream that are no articles", b"\0\0\0\0", "not-json"),
    stream("lines of a stream that are no articles", '{"text": "' + "a " * 12_000_000 + '"}', "too-large", heavy=True),
    stream("lines of a stream that are no articles", '{"text": "' + "a " * 1_100_000 + '"}', "text-too-long"),
    stream("empty articles in a stream", '{"text": ""}'),
    stream("empty articles in a stream", '{"text": " "}\n\n\n\r\n'),
    Case(sort="a stream that is no text", stdin=b"\x89PNG\0\0", inputs=("-",), codes=frozenset({"not-a-text"})),
    Case(sort="a stream that is no text", stdin=b"", inputs=("-",), codes=frozenset({"empty"})),
    Case(sort="a stream that is no text", stdin=b"\xff\xfe\0\xd8", inputs=("-",), codes=frozenset({"not-utf8"})),
    Case(sort="a stream that is no text", stdin=b"a" * 21_000_000, inputs=("-",), codes=frozenset({"too-large"})),
    Case(sort="a stream that is no text", stdin=b"---\ntitle: [\n---\nx", inputs=("-",), codes=frozenset({"not-yaml"})),
]
TOP = "citemap-ledger: 1\nplans:\n"
LEDGERS = {
    "broken ledgers": {"": None, "x": "not-a-ledger", "citemap-ledger: 99\n": "not-a-ledger", "[]": "not-a-ledger", TOP + "  a: b": "ledger-rule",
                       "citemap-ledger: 1\nother: 1": "ledger-rule", TOP + "- key: [x]": "ledger-rule", TOP + "- 3": "ledger-rule", "a: [": "not-yaml", "\0": "not-yaml"},
    "YAML bombs in a ledger": {TOP + "- &a {key: x}\n- *a": "yaml-alias", TOP + "- !!python/object:os.system {}": "yaml-tag", TOP + "- " + "[" * 500: "too-deep",
                               "citemap-ledger: 1\n---\nx: 1": "not-yaml", "? {a: b}\n: c": "field-not-text", TOP + "- key: a\n  key: b": "named-twice", "[" * DEEP: "too-deep"},
    "wrong decisions in a ledger": {TOP + "- key: p-68166ff3e7-000000-build-pier\n  decision: maybe": "ledger-rule", TOP + "- key: ../../x\n  decision: accept": "ledger-rule",
                                    TOP + "- key: p-68166ff3e7-000000-build-pier\n  decision: correct\n  correct:\n    lat: 91\n    lon: NaN": "ledger-rule",
                                    TOP + "- key: p-68166ff3e7-000000-build-pier\n  decision: correct\n  correct:\n    lat: 1e999\n    lon: 3,5\n    authority: x": "ledger-rule"},
}
LEDGER_CASES = [
    Case(sort=sort, files={"bad.yaml": content, "c.txt": PLAN}, inputs=("c.txt",), verb=("extract", "--jsonl", "--ledger", "bad.yaml"), status=2 if code else 0, alone=bool(code),
         codes=frozenset({code} if code else set())) for sort, cases in LEDGERS.items() for content, code in cases.items()
] + [
    Case(sort="ledgers that are no tables", files={"bad.csv": content, "c.txt": PLAN}, inputs=("c.txt",), verb=("extract", "--jsonl", "--ledger", "bad.csv"), status=2, codes=frozenset({code}))
    for content, code in ((b"\xff\xfe", "not-utf8"), (b"key,key,decision\n", "ledger-rule"), (b"key,decision\n\"a,b", "not-csv"),
                          (b"key,decision\na,b,c\n", "ledger-rule"), (b"x" * 300_000, "not-csv"))
]
CASES = [*PAGES, *DATA, *LINES, *FRONT, *STREAM, *LEDGER_CASES]
