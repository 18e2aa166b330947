// Which plans the reader wants to see: pure functions of a plan and of what was asked, so that they can be tested without a page.
(function (cm) {
  // Letters as they are compared: without accents, case, width, forms of apostrophes and dashes. Marks that make another letter (が is not か) or
  // a vowel (as in Hindi and Thai) stay; those that a writer may leave out (accents, Arabic and Hebrew vowel points) go.
  const bare = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]+/gu, "").normalize("NFC").toLowerCase().replace(/ς/g, "σ").replace(/[’‘`´]/g, "'").replace(/[\u2010-\u2015\u2212]/g, "-");
  cm.fold = (text) => bare(String(text)).replace(/\s+/gu, " ").trim();
  cm.wordsOf = (query) => cm.fold(query).split(" ").filter(Boolean);

  // Where folded words stand in a text as it is written: [start, end] in its code units, in order, joined where they meet.
  cm.found = function (text, words) {
    let folded = "";
    const from = [], to = [];
    for (const { 0: letter, index: at } of text.matchAll(/.\p{M}*/gsu)) {
      const part = bare(letter);
      for (let i = 0; i < part.length; i++) { from.push(at); to.push(at + letter.length); }
      folded += part;
    }
    const spans = [];
    for (const word of words) for (let i = folded.indexOf(word); i >= 0; i = folded.indexOf(word, i + word.length)) spans.push([from[i], to[i + word.length - 1]]);
    spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const joined = [];
    for (const [start, end] of spans) {
      const last = joined[joined.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else joined.push([start, end]);
    }
    return joined;
  };

  // How many plans have each value of a facet, and how many of these are left under whatever else is asked: value → [all, left].
  cm.facetCounts = function (plans, facet, state, haystackOf) {
    const others = { ...state, facets: { ...state.facets, [facet]: "" } }, counts = new Map();
    for (const plan of plans) {
      const left = cm.matches(plan, others, state.query ? haystackOf(plan) : "") ? 1 : 0;
      for (const value of plan.facets[facet] || []) {
        const count = counts.get(value) || [0, 0];
        counts.set(value, [count[0] + 1, count[1] + left]);
      }
    }
    return counts;
  };

  // What is asked when nothing is asked. `hidden` are statuses; `facets` a value for each of actor, type, source, origin, precision, reviewed;
  // `from` and `to` days of the planned date; `known` the day whose knowledge is shown; `undated` whether plans without a date stay.
  cm.nothingAsked = () => ({ hidden: [], facets: {}, query: "", from: "", to: "", known: "", undated: true });

  cm.isAsked = (state) =>
    state.hidden.length > 0 || Object.values(state.facets).some(Boolean) || state.query.trim() !== "" || Boolean(state.from || state.to || state.known) || !state.undated;

  // All that a search looks through, folded once a plan.
  cm.haystack = (plan, quotes) => cm.fold([
    plan.number, plan.summary, ...plan.names, ...plan.where.map((place) => place.name), ...plan.distances.map((distance) => distance.words), ...plan.facets.actor, ...plan.facets.origin, ...quotes,
  ].join(" \n "));

  const overlaps = ([first, last], from, to) => (!to || !first || first <= to) && (!from || !last || last >= from);

  // Whether a report of a plan was surely out by a day: an undated report is known by none, one of a month only when the month is over.
  cm.knownBy = (plan, day) => plan.reported.some(([first, last]) => (last || first) <= day);

  // A plan without a date is neither inside nor outside a span: it stays while the undated are wished for.
  cm.inTime = function (plan, state) {
    if (!(plan.time ? overlaps(plan.time, state.from, state.to) : state.undated)) return false;
    return !state.known || cm.knownBy(plan, state.known);
  };

  cm.matches = function (plan, state, haystack) {
    if (state.hidden.includes(plan.status)) return false;
    for (const [facet, value] of Object.entries(state.facets)) if (value && !(plan.facets[facet] || []).includes(value)) return false;
    if (!cm.inTime(plan, state)) return false;
    return cm.wordsOf(state.query).every((word) => haystack.includes(word));
  };
})(citemap);
