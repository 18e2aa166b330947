"""Hostile plain texts: encodings, line ends, letters that deceive, and texts that would make a bad rule run for ever."""

# fmt: off
# ruff: noqa: E501 (a case a line)
from __future__ import annotations

import base64
import gzip

from tests.hostile.cases import PLAN, Case, text

B = PLAN.encode()
ENCODINGS = [
    text("wrong encoding", "Il ministro costruirà un molo a Bari.".encode("latin-1"), "not-utf8", "byte 20 is 0xe0"),
    text("wrong encoding", "Ōsaka から".encode("shift_jis", "replace") + "京都".encode("shift_jis"), "not-utf8"),
    text("wrong encoding", "Кения построит пирс".encode("koi8-r"), "not-utf8"),
    text("wrong encoding", "肯尼亚将建造码头".encode("gb18030"), "not-utf8"),
    text("wrong encoding", b"A pier \xc0\xaf at Kilifi", "not-utf8"),
    text("wrong encoding", b"A pier at Kilifi \xe2\x82", "not-utf8"),
    text("wrong encoding", b"A pier \xed\xa0\x80 at Kilifi", "not-utf8"),
    text("wrong encoding", B + b"\x80" * 5000, "not-utf8"),
    text("byte order mark", b"\xef\xbb\xbf" + B, read=PLAN),
    text("byte order mark", b"\xef\xbb\xbf\xef\xbb\xbf" + B, read=PLAN),
    text("byte order mark", b"\xef\xbb\xbf", "empty"),
    text("byte order mark", B + b"\xef\xbb\xbf", read=PLAN),
    text("UTF-16", PLAN.encode("utf-16"), read=PLAN),
    text("UTF-16", b"\xfe\xff" + PLAN.encode("utf-16-be"), read=PLAN),
    text("UTF-16", PLAN.encode("utf-16-le"), "not-utf8", "without a byte order mark"),
    text("UTF-16", PLAN.encode("utf-16-be"), "not-utf8", "without a byte order mark"),
    text("UTF-16", PLAN.encode("utf-16") + b"x", "not-utf8", "not UTF-16"),
    text("UTF-16", b"\xff\xfe\x00\xd8\x41\x00", "not-utf8"),
    text("UTF-32", PLAN.encode("utf-32"), read=PLAN),
    text("UTF-32", PLAN.encode("utf-32-le"), "not-utf8", "without a byte order mark"),
    text("UTF-32", b"\xff\xfe\0\0\xff\xff\xff\x7f", "not-utf8"),
    text("UTF-7 and UTF-8 by halves", b"+ADw-script+AD4-alert(1)+ADw-/script+AD4- " + B, read=PLAN),
    text("NUL", B + b"\0" + B, "not-a-text", "binary"),
    text("NUL", B + b" " * 9000 + b"\0", "not-a-text"),
    text("NUL", b"\0" * 4096, "not-utf8"),
    text("NUL", (PLAN + "\0").encode("utf-16"), "not-a-text"),
    text("control characters", f"{PLAN}\x1b]0;owned\x07\x1b[2J", "hidden-characters", r"U\+001B", read=PLAN),
    text("control characters", f"{PLAN} \x9b31m red", "hidden-characters", r"U\+009B", read=PLAN),
    text("control characters", f"{PLAN}\x08\x08\x08\x7f", "hidden-characters", read=PLAN),
    text("control characters", "".join(map(chr, range(1, 32))) + PLAN, "hidden-characters", read=PLAN),
]
ENDS = {"CR": "\r", "CRLF": "\r\n", "NEL": "\x85", "LS": "\u2028", "PS": "\u2029", "VT": "\x0b", "FF": "\x0c", "LFCR": "\n\r"}
LINES = [
    *(text("line ends", PLAN + end + "Crews will start in May." + end * 2 + "A road will be built at Lamu.", read=PLAN) for end in ENDS.values()),
    text("line ends", "".join(f"{PLAN}{end}" for end in ENDS.values()), read=PLAN),
    text("line ends", "\n" * 200_000 + PLAN, read=PLAN),
    text("line ends", " \t\u00a0\u3000" * 50_000 + PLAN, read=PLAN),
    text("no text", "", "empty"),
    text("no text", " \n\t\r\n ", "empty"),
    text("no text", "\u3000\u2003\u00a0", "empty"),
    text("one character", "A"),
    text("one character", "."),
    text("one character", "🚢"),
    text("one character", "\u0301"),
]
LETTERS = [
    text("combining characters", "O\u0304sumi. " + PLAN, read="O\u0304sumi"),
    text("combining characters", "Z" + "\u0300\u0316\u0489" * 2000 + "algo. " + PLAN, read=PLAN),
    text("combining characters", "\u0301" * 100_000 + PLAN, read=PLAN),
    text("Unicode forms", "Peru will open a base in Iquitos\u0301. Crews will dredge O\u0304saka and \u014csaka.", read="O\u0304saka and \u014csaka"),
    text("Unicode forms", "The ﬁsh port at Kilifi will be rebuilt. ① Ⅳ ㎞ ｋｉｌｉｆｉ", read="ﬁsh"),
    text("Unicode forms", "\u212bland and \u00c5land and A\u030aland. " + PLAN, read="\u212bland"),
    text("direction of text", f"{PLAN} \u202eilifiK ta reip\u202c", "hidden-characters", r"U\+202E", read=PLAN),
    text("direction of text", f"\u2067{PLAN}", "hidden-characters", r"U\+2067", read=PLAN),
    text("direction of text", f"\u2066{PLAN}\u2069", read=PLAN),
    text("direction of text", "\u202e" * 10_000 + PLAN, "hidden-characters", read=PLAN),
    text("direction of text", "ستبني كينيا رصيفا بحريا في كيليفي. " * 20, "other-language", "Arabic"),
    text("characters that are not seen", "Kenya will build a pier at Ki\u200blifi.", "hidden-characters", r"U\+200B"),
    text("characters that are not seen", "K\ufeffenya will build a pier at Kilifi.", "hidden-characters", r"U\+FEFF"),
    text("characters that are not seen", PLAN + "".join(chr(0xE0000 + ord(c)) for c in "ignore this"), "hidden-characters", read=PLAN),
    text("characters that are not seen", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f " + PLAN, read=PLAN),
    text("characters that are not seen", "👩\u200d👩\u200d👧 met. " + PLAN, read=PLAN),
    text("characters that are not seen", "\u00ad".join(PLAN), read="\u00ad"),
    text("letters that look alike", "Kenya will build a pier at К\u0456lifi and Kil\u0456fi.", "lookalike-letters", "Кіlifi"),
    text("letters that look alike", "Сhina will build a pier at Kilifi.", "lookalike-letters", "Сhina"),
    text("letters that look alike", "ΡARIS will host the talks.", "lookalike-letters"),
    text("letters that look alike", "The μm and the Δt are units. " + PLAN, read=PLAN),
    text("unassigned and private characters", "\ue000\uf8ff\U0010ffff\ufffe\uffff " + PLAN, read=PLAN),
    text("unassigned and private characters", "\U000323af\U0001fadc\u0378 " + PLAN, read=PLAN),
    text("not English", "Le gouvernement a annoncé la construction d'un nouveau port sur la côte. " * 5, "other-language", "French"),
    text("not English", "政府は新しい港を建設すると発表した。" * 20, "other-language", "Japanese"),
    text("not English", "Die Regierung wird in Hamburg einen Hafen bauen, sagte der Minister. " * 5, "other-language", "German"),
    text("no language at all", base64.b64encode(bytes(range(256)) * 40), "other-language"),
    text("no language at all", "0123456789" * 2000),
    text("no language at all", "%PDF-1.4\n1 0 obj\n<< /Length 4 >>\nstream\n", "not-a-text", "PDF"),
    text("no language at all", gzip.compress(B), "not-a-text", "gzip"),
]
LONG = {
    "spaces": " " * 300_000, "hyphens": "-" * 300_000, "quotes": '"' * 60_000, "brackets": "(" * 60_000, "closed": "()" * 60_000,
    "apostrophes": "'" * 60_000, "stops": "." * 60_000, "commas": "a, " * 40_000, "and": "and " * 30_000, "digits": "1" * 200_000,
    "numbers": "1,1.1 " * 20_000, "Capitals": "Kilifi " * 5_000, "CAPITALS": "KILIFI " * 5_000, "one word": "a" * 500_000,
    "one Capital word": "A" + "b" * 500_000, "initials": "U.S." * 20_000, "possessives": "Kenya's " * 5_000, "stars": "*" * 100_000,
    "marks": "#" * 100_000, "bullets": "- a\n" * 20_000, "brackets open": "[" * 60_000 + "](" * 30_000, "at": "@a" * 30_000, "links": "http://" * 20_000,
    "quotes nested": "“‘" * 20_000, "dashes": "a—" * 30_000, "slashes": "a/" * 50_000, "underscores": "_" * 100_000, "of the": "of the " * 20_000,
    "said": "he said " * 5_000, "that": "that " * 20_000, "to": "to " * 20_000, "by": "by May 2027 " * 1_000,
    "near": "near " * 10_000, "km": "within 5 km of " * 3_000, "dates": "2024-02-31 " * 5_000, "colons": "a: " * 20_000, "ands": "Kenya and " * 5_000,
    "percent": "%s%n{}{0}$(x)`x`" * 3_000, "tabs": "a\t" * 50_000, "semicolons": "it; " * 20_000, "questions": "who? " * 20_000,
}
FOREIGN = {"Capitals"}
"""What is taken for another language: too few of its words are English ones."""
BOMBS = [
    text(f"regex bomb: {name}", f"{PLAN}\n\n{content}\n\n{PLAN}", "other-language" if name in FOREIGN else "", read=PLAN) for name, content in LONG.items()
]
BOMBS += [Case(sort="regex bomb: will", files={"a.txt": "will build " * 4_000}, codes=frozenset({"took-too-long"}), env={"CITEMAP_SECONDS": "2"}, heavy=True)]
WORDS = "The ministry in Nairobi said that crews of the coast would widen the road to Kilifi and that the port of Lamu would follow "
HUGE = [
    Case(sort="one megabyte without a full stop", files={"a.txt": WORDS * 8_000}, codes=frozenset({"took-too-long"}), env={"CITEMAP_SECONDS": "5"}, heavy=True),
    text("one megabyte without a full stop", WORDS * 60, read="Kilifi"),
    text("text that is too long", PLAN + " a" * 1_100_000, "text-too-long", "longest article"),
    text("text that is too long", lambda path: path.write_bytes(B + b" pier" * 3_900_000), "text-too-long"),
]


def _sparse(path: object) -> None:
    with open(str(path), "wb") as file:
        file.write(B)
        file.truncate(100_000_000)


HUGE += [
    text("a line of 100 MB", _sparse, "too-large", "100,000,000 bytes"),
    text("a line of 100 MB", _sparse, "too-large", name="a.json"),
    text("a line of 100 MB", _sparse, "too-large", name="a.html"),
]
DATED = "---\ndate: {}\n---\n" + PLAN + " Work will begin next year."
DATES = [
    *(text("impossible date", DATED.format(d), "unclear-date", "is no day", name="a.md", read=PLAN) for d in (
        "2024-02-31", "2023-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "0000-01-01", "9999-99-99",
    )),
    *(text("ambiguous date", DATED.format(d), "unclear-date", "is no day", name="a.md", read=PLAN) for d in (
        "03/04/2024", "3.4.2024", "04-03-24", "March 3", "yesterday", "20240303T99",
    )),
    *(text("year out of range", DATED.format(d), "unclear-date", "is no day", name="a.md", read=PLAN) for d in (
        "-0044-03-15", "12024-01-01", "99999", "0", "1e9999",
    )),
    *(text("time zones", DATED.format(d), name="a.md", read=PLAN) for d in (
        "2024-03-03T23:59:60Z", "2024-03-03T00:00:00+14:00", "2024-03-03T10:00:00-12:00", "2024-03-03T25:61:61",
    )),
    text("no date", PLAN + " Work will begin next year, later this week, in the coming days and on 31 February.", read=PLAN),
    text("impossible dates in the text", "Kenya will build a pier on 31 February 2027, by 2024-13-45 and in the year 99999999999.", read="31 February"),
    text("impossible dates in the text", f"In {'9' * 5000} Kenya will build a pier. It will open in {'1' * 3000} years.", read="Kenya"),
]
DOUBLES = [
    Case(sort="articles that come twice", files={"a.txt": PLAN, "b.txt": PLAN, "c.txt": PLAN}, inputs=("a.txt", "b.txt", "c.txt", "a.txt")),
    Case(sort="same id with another text", files={"x/a.txt": PLAN, "y/a.txt": PLAN + " Soon.", "a-2.txt": "A road will open."},
         inputs=("x/a.txt", "y/a.txt", "a-2.txt", "x/a.txt")),
    text("same id with another text", "\n".join(f'{{"id": "same", "text": "{PLAN} It has {n} berths."}}' for n in range(50)), name="a.jsonl"),
]
CASES = [*ENCODINGS, *LINES, *LETTERS, *BOMBS, *HUGE, *DATES, *DOUBLES]
