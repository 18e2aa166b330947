// Time as numbers: days, the span of an axis, its ticks, bars packed in rows. Pure functions without a page, so that they can be tested alone.
// A day is counted from 1 January 1970; a range is [first, last] in ISO days, "" where it is open, as Python's `day_range` gives it.
(function (cm) {
  const DAY = 86400000;

  cm.dayNumber = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
  cm.isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  cm.dateOf = (day) => new Date(day * DAY);

  // Steps of a calendar, from fine to coarse, each [unit, how many].
  cm.STEPS = [
    ["day", 1], ["day", 2], ["day", 7], ["day", 14], ["month", 1], ["month", 2], ["month", 3], ["month", 6],
    ["year", 1], ["year", 2], ["year", 5], ["year", 10], ["year", 20], ["year", 50], ["year", 100], ["year", 200], ["year", 500], ["year", 1000],
  ];
  // Steps by which a hand moves, which a reader has a word for: a day, a month, a quarter, a year, a decade, a century.
  const WORDED = [["day", 1], ["month", 1], ["month", 3], ["year", 1], ["year", 10], ["year", 100]];
  const LENGTH = { day: 1, month: 30.44, year: 365.24 };

  cm.stepDays = ([unit, count]) => LENGTH[unit] * count;

  // The first day of the step that a day lies in. Weeks begin on a Monday.
  cm.floorTo = function (day, [unit, count]) {
    if (unit === "day") return Math.floor((day - 4) / count) * count + 4;
    const date = cm.dateOf(day), made = new Date(0);
    const months = date.getUTCFullYear() * 12 + (unit === "year" ? 0 : date.getUTCMonth());
    const first = Math.floor(months / (unit === "year" ? 12 * count : count)) * (unit === "year" ? 12 * count : count);
    made.setUTCFullYear(Math.floor(first / 12), ((first % 12) + 12) % 12, 1);
    return Math.round(made.getTime() / DAY);
  };

  // The first day of the step `n` steps after the one that a day lies in.
  cm.moveBy = function (day, [unit, count], n) {
    const start = cm.floorTo(day, [unit, count]);
    if (unit === "day") return start + n * count;
    const made = cm.dateOf(start);
    if (unit === "year") made.setUTCFullYear(made.getUTCFullYear() + n * count);
    else made.setUTCMonth(made.getUTCMonth() + n * count);
    return Math.round(made.getTime() / DAY);
  };

  // The first and the last day that ranges state. Null without any.
  cm.statedDays = function (ranges) {
    const days = ranges.flat().filter(Boolean).sort();
    return days.length ? [cm.dayNumber(days[0]), cm.dayNumber(days[days.length - 1])] : null;
  };

  // The days that an axis spans for ranges: all their ends with some air, more where one goes on without an end. Null without any.
  cm.timeSpan = function (ranges) {
    const stated = cm.statedDays(ranges);
    if (!stated) return null;
    const [low, high] = stated, before = ranges.some(([first]) => !first), after = ranges.some(([, last]) => !last);
    const long = Math.max(28, high + 1 - low);
    const air = (open) => Math.ceil(long * (open ? 0.08 : 0.025)) + 1;
    const spare = Math.max(0, Math.ceil((28 - (high + 1 - low)) / 2));
    return [low - air(before) - spare, high + 1 + air(after) + spare];
  };

  cm.xOf = ([start, end], width, day) => ((day - start) / (end - start)) * width;
  cm.dayAt = ([start, end], width, x) => Math.floor(start + (Math.max(0, Math.min(width, x)) / width) * (end - start));

  // The step by which the hand moves on this axis: the finest that is at least `least` wide.
  cm.handStep = ([start, end], width, least) =>
    WORDED.find((step) => (cm.stepDays(step) / (end - start)) * width >= least) || WORDED[WORDED.length - 1];

  // Ticks as fine as their labels allow: {step, ticks: [{day, label}]}. `label(day, step, first)` words a tick, `wide(label)` is its width in px.
  cm.timeTicks = function (span, width, label, wide, gap = 12) {
    for (const step of cm.STEPS) {
      if ((cm.stepDays(step) / (span[1] - span[0])) * width < 14) continue;
      const ticks = [];
      for (let day = cm.moveBy(span[0] - 1, step, 1); day < span[1]; day = cm.moveBy(day, step, 1)) ticks.push({ day, label: label(day, step, ticks.length === 0) });
      const fits = ticks.every((tick, i) => {
        if (i === 0) return true;
        const room = cm.xOf(span, width, tick.day) - cm.xOf(span, width, ticks[i - 1].day);
        return room >= (wide(tick.label) + wide(ticks[i - 1].label)) / 2 + gap;
      });
      if (fits) return { step, ticks };
    }
    return { step: cm.STEPS[cm.STEPS.length - 1], ticks: [] };
  };

  // What a range is on the axis, in px: a dot for one day, else a bar of its extent; an open end goes on for `tail` px and no further.
  cm.barOf = function (span, width, [first, last], { dot = 12, least = 5, tail = 60 } = {}) {
    const at = (day) => cm.xOf(span, width, day);
    if (first && first === last) {
      const x = at(cm.dayNumber(first) + 0.5);
      return { kind: "dot", left: x - dot / 2, right: x + dot / 2 };
    }
    if (!last) return { kind: "after", left: at(cm.dayNumber(first)), right: Math.max(at(cm.dayNumber(first)) + 18, Math.min(width, at(cm.dayNumber(first)) + tail)) };
    if (!first) return { kind: "before", left: Math.min(at(cm.dayNumber(last) + 1) - 18, Math.max(0, at(cm.dayNumber(last) + 1) - tail)), right: at(cm.dayNumber(last) + 1) };
    const [left, right] = [at(cm.dayNumber(first)), at(cm.dayNumber(last) + 1)];
    const lacks = Math.max(0, least - (right - left)) / 2;
    return { kind: "bar", left: left - lacks, right: right + lacks };
  };

  // Bars in rows without overlap, what is shortest first, so that the vaguest are those left over. Returns the row of each, -1 for left over.
  cm.packBars = function (bars, most, gap = 2) {
    const rows = [], placed = new Array(bars.length).fill(-1);
    const order = bars.map((_, i) => i).sort((a, b) => bars[a].right - bars[a].left - (bars[b].right - bars[b].left) || bars[a].left - bars[b].left || a - b);
    for (const i of order) {
      const { left, right } = bars[i];
      for (let row = 0; row < most; row++) {
        const taken = rows[row] || (rows[row] = []);
        if (taken.some(([from, to]) => left < to + gap && right > from - gap)) continue;
        taken.push([left, right]);
        placed[i] = row;
        break;
      }
    }
    return placed;
  };

  // The days by which a report is surely out, each once, in order: the last day that its date can mean.
  cm.knownDays = (ranges) => [...new Set(ranges.map(([first, last]) => last || first).filter(Boolean))].sort();

  // Where a day stands among the days of reports: the last that is not after it; all of them for "" (no day asked).
  cm.knownIndex = (days, known) => (known ? days.reduce((n, day) => (day <= known ? n + 1 : n), 0) - 1 : days.length);
})(citemap);
