"""Which plans and toponyms of a reading a ledger's entries are about: by their keys, and where a key is gone, by what it was made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sources._keys import NO_CONTEXT, PlanKey, plain_words, split_key, twin
from sources._ledger import LedgerEntry
from sources._model import ReportedPlan

GONE = "no article says it any more"
_POINTING = frozenset({"it", "its", "they", "them", "their", "there", "he", "she", "his", "her", "this", "these", "that", "those", "here"})


class PlanIndex:
    """The plans of a reading by their keys and by the hashes of their sentences."""

    def __init__(self, plans: Sequence[ReportedPlan]) -> None:
        """Index ``plans``; they are named by their place in it."""
        self.plans = plans
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_sentence: dict[str, list[tuple[PlanKey, int]]] = defaultdict(list)
        for k, plan in enumerate(plans):
            for key in plan.keys:
                self._by_key[key].append(k)
                parts = split_key(key)
                if parts:
                    self._by_sentence[parts.sentence].append((parts, k))

    def find(self, entry: LedgerEntry) -> tuple[list[int], str]:
        """Return the plans that an entry is about, or none and why.

        Those with its own key; else the one with a key that stood beside it; else the one that quotes its sentence for the same thing.
        """
        if entry.key in self._by_key:
            return sorted(set(self._by_key[entry.key])), ""
        beside = sorted({k for key in entry.keys for k in self._by_key.get(key, [])})
        if len(beside) == 1:
            return beside, ""
        why = "its sentences now tell several plans" if beside else GONE
        hits: set[int] = set()
        for parts in [p for p in (split_key(key) for key in entry.keys[:1] if not beside) if p]:
            same = self._by_sentence.get(parts.sentence, [])
            why = "its sentence is read as another plan now" if same else why
            fit = {k for other, k in same if _same_thing(parts, other, self.plans[k], entry)}
            why = "its sentence now tells several such plans" if len(fit) > 1 else why
            near = {k for other, k in same if k in fit and (_beside(parts, other) or _stands_alone(self.plans[k], entry))}
            why = "its sentence now stands in another text" if len(fit) == 1 and not near else why
            hits = near if len(fit) == 1 else set()
        return sorted(hits), "" if hits else why


def _same_thing(old: PlanKey, new: PlanKey, plan: ReportedPlan, entry: LedgerEntry) -> bool:
    """Whether two keys of one sentence are of one plan: the same thing with the same verb, or, where one is not told, one of both."""
    if old.twin and old.twin != twin(plan):
        return False
    named = "none" not in (old.thing, new.thing)
    same_thing = old.thing == new.thing or (named and old.thing in plain_words(plan.asset))
    if old.verb == new.verb:
        return same_thing or not named
    return same_thing and named


def _beside(old: PlanKey, new: PlanKey) -> bool:
    """Whether the words before, or those after, are the same ones."""
    return (old.before == new.before != NO_CONTEXT) or (old.after == new.after != NO_CONTEXT)


def _stands_alone(plan: ReportedPlan, entry: LedgerEntry) -> bool:
    """Whether the sentence says the same in any text: it points at nothing outside of it, or what it points at is what it was."""
    places = place_list(plan)
    if places and places == dict(entry.found).get("places", ""):
        return True
    quote = dict(entry.found).get("quote", "")
    words = set(plain_words(quote))
    own = all(set(plain_words(p.said)) <= words for p in plan.places)
    actor = plan.actor.split()
    named = bool(actor) and actor[0][:1].isupper() and actor[0] in quote and actor[0].casefold() != "the"
    return named and own and not (words & _POINTING) and not plan.antecedents


def place_list(plan: ReportedPlan) -> str:
    """The places of a plan as a ledger shows them."""
    return "; ".join(f"{p.place.name} ({p.place.id})" for p in plan.places)


def find_plans(entries: Iterable[LedgerEntry], index: PlanIndex) -> dict[str, tuple[list[int], str]]:
    """Return, by the entries' keys, the plans that each is about, or none and why.

    Where an entry is about a plan only by what its key was made of, and another one by its key, the plan is the other one's.
    """
    found = {e.key: index.find(e) for e in entries}
    owned = {k for e in entries for k in found[e.key][0] if set(e.keys) & set(index.plans[k].keys)}
    for entry in entries:
        plans, _ = found[entry.key]
        if plans and all(k in owned and not set(entry.keys) & set(index.plans[k].keys) for k in plans):
            found[entry.key] = ([], "its sentence is read as another plan now")
    return found
