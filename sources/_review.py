"""A reading as a ledger to review, and an older ledger brought up to date with it: nothing that a person wrote is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from geo import Toponym
from sources._decisions import changed_since
from sources._keys import is_of, plain_words, toponym_keys
from sources._ledger import Ledger, LedgerEntry, cut
from sources._ledger_rules import FOUND
from sources._matching import PlanIndex, find_plans, place_list
from sources._model import Article, Reading, ReportedPlan

_LONGEST = 600
"""Characters of a quote that the ledger shows; the article has the rest."""
_AROUND = 70
"""Characters on either side of a name that the ledger shows."""


def review(reading: Reading, ledger: Ledger | None = None) -> Ledger:
    """Return what was read as a ledger: an entry for each plan, and one for each name as an article uses it.

    With ``ledger`` that one is brought up to date. What a person wrote in it stays, and so does what citemap showed when a decision was
    made. New entries are put behind the others; entries that no one has touched go where no article has them any more; ``applies`` says
    for each decision whether it still applies, or why not. The order of the articles changes nothing. No disk, no network.

    >>> from geo import Gazetteer; from sources import read_plans, read_text
    >>> reading = read_plans([read_text("Kenya will build a naval pier at Kilifi.")], Gazetteer())
    >>> [dict(e.found)["name"] for e in review(reading).entries if not e.is_plan]
    ['Kenya', 'Kilifi']
    """
    articles = {a.id: a for a in reading.articles}
    rank = {a.id: (a.citation.date, a.citation.title, a.citation.sha256) for a in reading.articles}
    plans = sorted((*reading.plans, *reading.rejected), key=lambda p: _first(p, rank))
    old = ledger or Ledger()
    told = _plan_entries([p for p in plans if p.keys], articles, rank)
    names = _toponym_entries(reading, sorted(reading.articles, key=lambda a: rank[a.id]))
    index = PlanIndex([p for p in plans if p.keys])
    kept_plans = [e for e in old.entries if e.is_plan and e.touched]
    matched = find_plans(kept_plans, index)
    held = {k for found, _ in matched.values() for k in found}
    new_plans = _joined([e for e in old.entries if e.is_plan], [e for k, e in told if k not in held])
    here = {k for e in names for k in e.keys}
    owned = {k for e in old.entries if not e.is_plan and e.touched for k in e.keys}
    new_names = _joined([e for e in old.entries if not e.is_plan], [e for e in names if not owned & set(e.keys)])
    groups = {k: e for e in names for k in e.keys}
    entries = [_marked_plan(e, matched, index) for e in new_plans] + [_marked_name(e, here, groups) for e in new_names]
    return replace(old, entries=tuple(entries))


def _first(plan: ReportedPlan, rank: dict[str, tuple[str, str, str]]) -> tuple[tuple[str, str, str], int, str]:
    return min(((rank[q.article_id], q.start, plan.key) for q in plan.quotes), default=(("", "", ""), 0, plan.key))


def _joined(old: list[LedgerEntry], fresh: list[LedgerEntry]) -> list[LedgerEntry]:
    """The old entries in their order, without what is gone and untouched, then the new ones; an old one has what is found now."""
    by_key = {k: e for e in reversed(fresh) for k in e.keys}
    used: set[str] = set()
    out = []
    for entry in old:
        if entry.touched:
            out.append(entry)
            continue
        now = by_key.get(entry.key)
        if now is not None and now.key not in used:
            used.add(now.key)
            out.append(replace(entry, found=_with_keys(now, entry.key), applies=""))
    taken = {e.key for e in out}
    return [*out, *(e for e in fresh if e.key not in used and e.key not in taken)]


def _with_keys(entry: LedgerEntry, key: str) -> tuple[tuple[str, str], ...]:
    """What was found, for an entry that keeps its older key."""
    also = " ".join(k for k in entry.keys if k != key)
    return _found(dict(entry.found) | {"also": also})


def _found(said: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((n, said[n]) for n in FOUND if said.get(n))


def _plan_entries(
    plans: list[ReportedPlan], articles: dict[str, Article], rank: dict[str, tuple[str, str, str]]
) -> list[tuple[int, LedgerEntry]]:
    """An entry for each plan, with its place in the list; plans that nothing but what other sentences say tells apart share one."""
    out: list[tuple[int, LedgerEntry]] = []
    owned: set[str] = set()
    for k, plan in enumerate(plans):
        key = min((x for x in plan.keys if x not in owned), default="")
        if key:
            owned.update(plan.keys)
            out.append((k, _plan_entry(plan, key, articles, rank)))
    return out


def _plan_entry(plan: ReportedPlan, key: str, articles: dict[str, Article], rank: dict[str, tuple[str, str, str]]) -> LedgerEntry:
    quote = min(plan.quotes, key=lambda q: (not is_of(key, q), rank[q.article_id], q.start))
    said = {
        "summary": plan.summary,
        "status": plan.status,
        "actor": plan.actor,
        "asset": plan.asset,
        "action": plan.action,
        "when": plan.when or "",
        "places": place_list(plan),
        "quote": cut(quote.exact, _LONGEST),
        "source": _source(articles[quote.article_id]),
        "also": " ".join(k for k in plan.keys if k != key),
    }
    return LedgerEntry(key=key, found=_found(said))


def _source(article: Article) -> str:
    c = article.citation
    return cut("; ".join(x for x in (c.publisher, c.date, c.title) if x), 200)


def _toponym_entries(reading: Reading, articles: Iterable[Article]) -> list[LedgerEntry]:
    """An entry for each name of each article and the place that it was taken for; a key stands in one entry only."""
    out: dict[str, LedgerEntry] = {}
    owner: dict[str, str] = {}
    for article in articles:
        toponyms = sorted(reading.toponyms.get(article.id, ()), key=lambda t: (t.mention.start, t.mention.end))
        reviews = reading.toponym_reviews.get(article.id, {})
        groups: dict[tuple[str, str, bool], list[tuple[str, Toponym]]] = {}
        for key, toponym in zip(toponym_keys(article.text, toponyms), toponyms, strict=True):
            name = " ".join(plain_words(toponym.mention.text))
            decided = toponym.mention.start in reviews
            groups.setdefault((name, toponym.place.id if toponym.place else "", decided), []).append((key, toponym))
        for members in groups.values():
            free = [key for key, _ in members if key not in owner]
            if not free:
                continue
            into = next((out[owner[key]] for key, _ in members if key in owner), None)
            entry = _toponym_entry(free, members, article) if into is None else _more(into, free)
            out[entry.key] = entry
            owner.update(dict.fromkeys(free, entry.key))
    return list(out.values())


def _more(entry: LedgerEntry, keys: list[str]) -> LedgerEntry:
    """The entry of a name in an article, with what another printing of the article adds."""
    said = dict(entry.found)
    count = str(int(said.get("occurrences", "1")) + len(keys))
    return replace(entry, found=_found(said | {"also": " ".join([*entry.keys[1:], *keys]), "occurrences": count}))


def _toponym_entry(keys: list[str], members: list[tuple[str, Toponym]], article: Article) -> LedgerEntry:
    first = members[0][1]
    kinds = Counter(t.mention.kind for _, t in members)
    place = first.place
    said = {
        "name": " ".join(first.mention.text.split()),
        "place": place.id if place else "",
        "place_name": ", ".join(x for x in (place.name, place.country) if x) if place else f"none: {first.reason}",
        "kind": first.mention.kind if len(kinds) == 1 else ", ".join(f"{kind} {n}" for kind, n in sorted(kinds.items())),
        "occurrences": str(len(members)),
        "quote": _around(article, first.mention.start, first.mention.end),
        "source": _source(article),
        "also": " ".join(keys[1:]),
    }
    return LedgerEntry(key=keys[0], found=_found(said))


def _around(article: Article, start: int, end: int) -> str:
    """The words around a name, within its paragraph."""
    first, last = next(((s, e) for s, e in article.paragraphs if s <= start < e), (0, len(article.text)))
    left, right = max(first, start - _AROUND), min(last, end + _AROUND)
    before = article.text[left:start] if left == first else "…" + article.text[left:start].partition(" ")[2]
    after = article.text[end:right] if right == last else article.text[end:right].rpartition(" ")[0] + "…"
    return " ".join(f"{before}{article.text[start:end]}{after}".split())


def ledger_report(reading: Reading, ledger: Ledger) -> list[str]:
    """Return in lines what became of a ledger: how many decisions it has, then each on nothing here, or on what reads otherwise now.

    >>> ledger_report(Reading(articles=()), Ledger(name="review.yaml"))
    ['review.yaml: 0 decisions']
    """
    idle = reading.unapplied
    count = f"{len(ledger.decided)} decision{'' if len(ledger.decided) == 1 else 's'}"
    lines = [f"{ledger.name}: {count}" + (f", {len(idle)} of them on nothing in these articles" if idle else "")]
    lines += [f"{ledger.name}, {said}" for _, said in idle]
    for plan in (*reading.plans, *reading.rejected):
        if plan.review and plan.review.note:
            lines.append(f"{ledger.name}: {plan.review.decision} {plan.key}: read otherwise since: {plan.review.note}")
    return lines


# what became of a decision ---------------------------------------------------------------------------------------------------


def _marked_plan(entry: LedgerEntry, matched: dict[str, tuple[list[int], str]], index: PlanIndex) -> LedgerEntry:
    if not entry.decision:
        return replace(entry, applies="")
    found, why = matched[entry.key]
    if not found:
        return replace(entry, applies=f"no: {why}")
    plan = index.plans[found[0]]
    filled = entry.found or _plan_found(plan)
    note = plan.review.note if plan.review else changed_since(replace(entry, found=filled), plan)
    return replace(entry, found=filled, applies=f"yes, but read otherwise since: {note}" if note else "yes")


def _plan_found(plan: ReportedPlan) -> tuple[tuple[str, str], ...]:
    said = {n: str(getattr(plan, n) or "") for n in ("summary", "status", "actor", "asset", "action", "when")}
    return _found(said | {"places": place_list(plan), "quote": cut(plan.quotes[0].exact, _LONGEST)})


def _marked_name(entry: LedgerEntry, here: set[str], groups: dict[str, LedgerEntry]) -> LedgerEntry:
    if not entry.decision:
        return replace(entry, applies="")
    keys = entry.keys[:1] if entry.scope else entry.keys
    found = next((k for k in keys if k in here), None)
    if found is None:
        return replace(entry, applies="no: no article has it any more")
    return replace(entry, found=entry.found or groups[found].found, applies="yes")
