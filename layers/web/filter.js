// Which plans the reader wants to see: pure functions of a plan and of what was asked, so that they can be tested without a page.
(function (cm) {
  // Letters as they are compared: without accents, case, width; Japanese and Chinese stay as they are.
  cm.fold = (text) => String(text).normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[’‘`´]/g, "'").replace(/\s+/gu, " ").trim();

  // What is asked when nothing is asked. `hidden` are statuses; `facets` a value for each of actor, type, source, origin, precision, reviewed;
  // `from` and `to` days of the planned date; `known` the day whose knowledge is shown; `undated` whether plans without a date stay.
  cm.nothingAsked = () => ({ hidden: [], facets: {}, query: "", from: "", to: "", known: "", undated: true });

  cm.isAsked = (state) =>
    state.hidden.length > 0 || Object.values(state.facets).some(Boolean) || state.query.trim() !== "" || Boolean(state.from || state.to || state.known) || !state.undated;

  // All that a search looks through, folded once a plan.
  cm.haystack = (plan, quotes) => cm.fold([plan.number, plan.summary, ...plan.names, ...plan.facets.actor, ...plan.facets.origin, ...quotes].join(" \n "));

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
    const words = cm.fold(state.query).split(" ").filter(Boolean);
    return words.every((word) => haystack.includes(word));
  };
})(citemap);
