"""The plans of all articles as one list: tellings of one plan joined, its reports and origins counted, its conflicts kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sources._blocking import likely_pairs
from sources._conflicts import agreed_status, conflicts, neutral, opposed
from sources._copies import clusters, find_copies
from sources._credits import outlet_key
from sources._likeness import ENOUGH, Telling, excludes, likeness, relation, telling
from sources._merge import joined
from sources._model import Article, Copy, Report, ReportedPlan
from sources._origins import Credit, chain, credit

SHOWN = 3
"""Members of two groups that are looked at before these are joined: a chain of likes must not join plans that exclude each other."""
CLOSE = 0.03
"""Two plans of one article that a third telling is alike to within this are both meant, or neither: it is joined with none."""


def corroborate(articles: Sequence[Article], plans: Sequence[ReportedPlan]) -> tuple[list[ReportedPlan], tuple[Copy, ...]]:
    """Join the tellings of one plan in several articles; return the plans in the order of their first telling, and the copies.

    Sets ``reports``, ``origins`` and ``conflicts``. Two plans of one article stay two: the article has told them apart. An article that
    comes twice is read once. What is joined does not depend on the order of the articles, nor on what else is read.
    """
    by_id = {a.id: a for a in articles}
    copies = find_copies(articles)
    twice = {c.article_id for c in copies if c.how == "same"}
    tellings = [telling(i, p) for i, p in enumerate(plans) if p.quotes[0].article_id not in twice]
    groups, denials = _group(tellings)
    families = clusters(copies)
    credits = {t.at: [credit(by_id[q.article_id], q.start, q.end) for q in t.plan.quotes] for t in tellings}
    names = _Names([*(a.citation.publisher for a in articles), *(o for found in credits.values() for c in found for o in c.outlets)])
    found: list[ReportedPlan] = []
    at: dict[int, int] = {}
    told: list[dict[str, str]] = []
    for members in sorted(groups, key=lambda g: g[0].at):
        for t in members:
            at[t.at] = len(found)
        reports = _reports(members, credits, by_id, families, names)
        origins = {r.article_id: r.origin for r in reports}
        told.append(origins)
        found.append(_one(members, reports, origins))
    for i, j in denials:
        one, two = at[i], at[j]
        if one != two:
            origins = told[one] | told[two]
            found[one], found[two] = opposed(found[one], found[two], origins), opposed(found[two], found[one], origins)
    return found, copies


def _one(members: list[Telling], reports: tuple[Report, ...], origins: dict[str, str]) -> ReportedPlan:
    differing = conflicts(members, origins) if len(members) > 1 else ()
    plan = joined([t.plan for t in members], status=agreed_status(differing))
    named = tuple(dict.fromkeys(r.origin for r in reports if r.origin))
    return neutral(replace(plan, reports=reports, origins=named, conflicts=differing), members)


def alike_plans(plans: Sequence[ReportedPlan], pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, float]]:
    """Yield those of ``pairs``, by their places in ``plans``, that tell of one plan, with their likeness from 0.6 to 1.

    Pairs from one article are left out: it has told them apart. Pure.

    >>> from sources import Quote
    >>> q = [Quote(article_id=a, exact="Kenya will build a pier.", start=0, end=24) for a in "ab"]
    >>> told = [ReportedPlan(id="", number=1, summary="", status="planned", quotes=(one,), actor="Kenya", asset="a pier") for one in q]
    >>> [(i, j) for i, j, likeness in alike_plans(told, [(0, 1)])]
    [(0, 1)]
    """
    tellings: dict[int, Telling] = {}
    for i, j in pairs:
        for n in (i, j):
            if n not in tellings:
                tellings[n] = telling(n, plans[n])
        if tellings[i].article_id != tellings[j].article_id and (alike := _alike(tellings[i], tellings[j])) >= ENOUGH:
            yield i, j, alike


def group_plans(plans: Sequence[ReportedPlan]) -> list[list[int]]:
    """Return which of ``plans``, of any articles, are one plan, by their places; :func:`corroborate` joins them likewise. Pure.

    >>> group_plans([])
    []
    """
    groups, _ = _group([telling(n, plan) for n, plan in enumerate(plans)])
    return sorted([t.at for t in members] for members in groups)


def join_plans(plans: Sequence[ReportedPlan], origins: Mapping[str, str]) -> ReportedPlan:
    """Return the tellings of one plan as one, what differs in them beside one another and no side taken; all versions in ``conflicts``.

    ``origins`` gives the origin behind each article by its id, "" for none. Raises ValueError where there are no ``plans``. Pure.

    >>> from sources import Quote
    >>> q = Quote(article_id="a", exact="Kenya will build a pier.", start=0, end=24)
    >>> join_plans([ReportedPlan(id="a-1", number=1, summary="A pier.", status="planned", quotes=(q,))], {}).summary
    'A pier.'
    """
    if not plans:
        raise ValueError("there are no plans to join")
    members = [telling(n, plan) for n, plan in enumerate(plans)]
    differing = conflicts(members, dict(origins)) if len(members) > 1 else ()
    return neutral(replace(joined(list(plans), status=agreed_status(differing)), conflicts=differing), members)


def _alike(a: Telling, b: Telling) -> float:
    """Their likeness, a little less where one of them denies."""
    return likeness(a, b) - (CLOSE if (a.plan.status == "denied") != (b.plan.status == "denied") else 0.0)


def _group(tellings: list[Telling]) -> tuple[list[list[Telling]], list[tuple[int, int]]]:
    """Sort tellings into plans, the likest pairs first; return the groups, and the pairs of one article of which one denies the other."""
    scored: list[tuple[float, str, str, int, int]] = []
    denials: list[tuple[int, int]] = []
    for i, j in likely_pairs(tellings):
        a, b = tellings[i], tellings[j]
        alike = _alike(a, b)
        if alike < ENOUGH:
            continue
        if a.article_id == b.article_id:
            denials.append((a.at, b.at))
        else:
            one, two = sorted((_name(a), _name(b)))
            scored.append((-alike, one, two, i, j))
    torn = _torn(scored, tellings)
    groups = {i: [i] for i in range(len(tellings))}
    of = list(range(len(tellings)))
    within = {i: {t.article_id} for i, t in enumerate(tellings)}
    for _, _, _, i, j in sorted(scored):
        big, small = of[i], of[j]
        if big == small or (i, tellings[j].article_id) in torn or (j, tellings[i].article_id) in torn or within[big] & within[small]:
            continue
        if not _agree([tellings[k] for k in groups[big]], [tellings[k] for k in groups[small]]):
            continue
        if len(groups[big]) < len(groups[small]):
            big, small = small, big
        for k in groups[small]:
            of[k] = big
        groups[big] += groups.pop(small)
        within[big] |= within.pop(small)
    return [sorted((tellings[k] for k in g), key=lambda t: t.at) for g in groups.values()], denials


def _name(t: Telling) -> str:
    return f"{t.article_id} {t.plan.quotes[0].start:09}"


def _torn(scored: list[tuple[float, str, str, int, int]], tellings: list[Telling]) -> set[tuple[int, str]]:
    """The tellings that go with two plans of one article alike, because they say less: (telling, article)."""
    best: dict[tuple[int, str], list[tuple[float, int]]] = defaultdict(list)
    for less, _, _, i, j in scored:
        best[i, tellings[j].article_id].append((less, j))
        best[j, tellings[i].article_id].append((less, i))
    torn = set()
    for (i, article), found in best.items():
        if len(found) > 1:
            (first, a), (second, b) = sorted(found)[:2]
            apart = relation(tellings[a].plan.places, tellings[b].plan.places) not in ("same", "nested", "unknown")
            exact = relation(tellings[i].plan.places, tellings[a].plan.places) == "same"
            if second - first < CLOSE and apart and not exact:
                torn.add((i, article))
    return torn


def _agree(one: list[Telling], two: list[Telling]) -> bool:
    """Whether two groups tell of one plan as wholes: no two sites, and no two members that have nothing in common."""
    sites = [frozenset().union(*(t.sites for t in group)) for group in (one, two)]
    if sites[0] and sites[1] and not sites[0] & sites[1]:
        return False
    return len(one) == len(two) == 1 or not any(excludes(a, b) for a in one[:SHOWN] for b in two[:SHOWN])


class _Names:
    """One way to write each outlet: the shortest that the articles use, the first of these by letters."""

    def __init__(self, written: Sequence[str]) -> None:
        self._by_key: dict[str, str] = {}
        for name in sorted(set(written), key=lambda n: (len(n), n)):
            self._by_key.setdefault(outlet_key(name), name)

    def in_one_way(self, given: Credit) -> Credit:
        """Return a credit with its outlets as all reports write them."""
        return replace(given, outlets=tuple(self.of(outlet_key(o)) for o in given.outlets))

    def of(self, key: str) -> str:
        """Return the name to show for a key."""
        return self._by_key.get(key, "")


def _reports(
    members: list[Telling], credits: dict[int, list[Credit]], articles: dict[str, Article], families: dict[str, str], names: _Names
) -> tuple[Report, ...]:
    """Return one report for each article that tells the plan, in the order of the articles, each with its chain and its origin."""
    given: dict[str, Credit] = {t.article_id: names.in_one_way(_credit(credits[t.at])) for t in members}
    told = list(given)
    credited = [outlet_key(given[a].outlets[-1]) if given[a].outlets else "" for a in told]
    origins, firsts = shared_origins(
        credited, [outlet_key(articles[a].citation.publisher) for a in told], [families.get(a, a) for a in told]
    )
    return tuple(
        Report(
            article_id=a,
            origin=names.of(origin),
            chain=_with_copied(chain(articles[a], given[a]), names.of(origin), a in families),
            copy_of=told[first] if told[first] != a else "",
        )
        for a, origin, first in zip(told, origins, firsts, strict=True)
    )


def shared_origins(credited: Sequence[str], publishers: Sequence[str], families: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return for each report of one plan the key of its origin, "" for none, and which report is the first of its family.

    Reports are given by the key of the outlet that each credits, "" for none, by its publisher's key, and by what all that repeat one text
    have in common. Who credits nobody is an origin of its own, unless others credit it or it reports twice.

    >>> shared_origins(["kyodo", "", ""], ["herald", "kyodo", ""], ["a", "b", "a"])
    (['kyodo', 'kyodo', 'kyodo'], [0, 1, 0])
    """
    keys = list(credited)
    silent = Counter(publisher for key, publisher in zip(keys, publishers, strict=True) if not key)
    known = set(keys)
    for n, publisher in enumerate(publishers):
        if not keys[n] and publisher and (publisher in known or silent[publisher] > 1):
            keys[n] = publisher
            known.add(publisher)
    first: dict[str, int] = {}
    named: dict[str, str] = {}
    for n, (key, family) in enumerate(zip(keys, families, strict=True)):
        first.setdefault(family, n)
        if key:
            named.setdefault(family, key)
    return [named.get(family, "") for family in families], [first[family] for family in families]


def _with_copied(credit_chain: tuple[str, ...], origin: str, copies: bool) -> tuple[str, ...]:
    """The chain of an article that repeats another's text without a word of credit, with the origin that stands behind that text."""
    if copies and origin and outlet_key(origin) not in {outlet_key(n) for n in credit_chain if n}:
        return (credit_chain[0], origin, *credit_chain[1:])
    return credit_chain


def _credit(found: list[Credit]) -> Credit:
    """Whom an article credits for a plan: the first of its quotes that credits an outlet, else the first that credits anybody."""
    return next((c for c in found if c.outlets), next((c for c in found if c.sources), found[0]))


def report_words(plan: ReportedPlan) -> str:
    """Say how many reports and how many independent origins a plan has.

    >>> from sources import Quote
    >>> q = Quote(article_id="a", exact="One.", start=0, end=4)
    >>> both = (Report(article_id="a", origin="Kyodo"), Report(article_id="b", origin="Kyodo"), Report(article_id="c"))
    >>> report_words(ReportedPlan(id="a-1", number=1, summary="s", status="planned", quotes=(q,), reports=both))
    '3 reports, 2 origins: Kyodo and one that names none'
    """
    count = max(1, len(plan.reports))
    reports = "1 report" if count == 1 else f"{count} reports"
    named = list(dict.fromkeys(r.origin for r in plan.reports if r.origin))
    silent = sum(not r.origin and not r.copy_of for r in plan.reports)
    if not named and plan.origin_count == 1:
        return f"{reports}, " + ("no origin named" if count == 1 else "1 origin: none named")
    origins = "1 origin" if plan.origin_count == 1 else f"{plan.origin_count} origins"
    if not named:
        return f"{reports}, {origins}: none named"
    parts = [*named, *(["one that names none"] if silent == 1 else [f"{silent} that name none"] if silent else [])]
    return f"{reports}, {origins}: " + (", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else parts[0])


def chain_words(report: Report) -> str:
    """Say the chain of credit of a report, the publisher first.

    >>> chain_words(Report(article_id="a", chain=("The Herald", "Kyodo", "government sources")))
    'The Herald ← Kyodo ← government sources'
    """
    publisher, *rest = report.chain or ("",)
    return " ← ".join([publisher or "publisher not stated", *rest])
