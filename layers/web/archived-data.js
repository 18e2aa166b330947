// The counts of an archive: out of their bytes into columns, and summed up as the reader asks.
(function (cm) {
  cm.POINT = 0;
  cm.AREA = 1;
  cm.SMALL = 2;
  cm.UNDRAWN = 3;

  const parsed = async (text) => JSON.parse(new TextDecoder().decode(await cm.inflate(text)));

  // Everything that `Gathered.packed` wrote, in the same order.
  cm.unpackArchive = async function (own) {
    const [bytes, names, areas] = await Promise.all([cm.inflate(own.bytes), parsed(own.names), parsed(own.areas)]);
    const { places, rows, values, degree } = own, kinds = own.statuses.length;
    let at = 0;
    const read = (count, out) => { at = cm.readNumbers(bytes, at, count, out); return out; };
    const take = (count) => bytes.subarray(at, (at += count));
    const lon = read(places, new Float64Array(places)), lat = read(places, new Float64Array(places));
    const kind = take(places), precision = take(places);
    const radius = read(places, new Int32Array(places)), country = read(places, new Int32Array(places)), authority = read(places, new Int32Array(places));
    const ends = read(places, new Int32Array(places)), period = read(rows, new Int32Array(rows)), documents = read(rows, new Float64Array(rows));
    const bits = take(rows), each = read(values, new Float64Array(values));
    const x = new Float64Array(places), y = new Float64Array(places);
    for (let i = 0; i < places; i++) {
      lon[i] /= degree;
      lat[i] /= degree;
      const { xy } = cm.ringOf([lon[i], lat[i]]);
      x[i] = xy[0];
      y[i] = xy[1];
    }
    for (let i = rows - 1; i > 0; i--) documents[i] -= documents[i - 1];
    // Of each row the statuses that it has: the numbers up to `stops[row]`, each of a status.
    const status = new Uint8Array(values), stops = new Int32Array(rows);
    for (let row = 0, v = 0; row < rows; row++) {
      for (let k = 0; k < kinds; k++) if ((bits[row] >> k) & 1) status[v++] = k;
      stops[row] = v;
    }
    for (let v = values - 1; v > 0; v--) each[v] -= each[v - 1];
    return { own, places, rows, kinds, names, areas, lon, lat, x, y, kind, precision, radius, country, authority, ends, period, documents, status, stops, each };
  };

  // What is left of the counts under what is asked: `plans` and `documents` a place, `months` a period (whatever period is asked), `statuses` (whatever
  // status is asked), and the sum. `from` and `to` are periods from 1 on; `undated` keeps those without one.
  cm.sumUp = function (data, { hidden, from, to, undated }) {
    const { places, kinds, ends, period, documents, status, stops, each, own } = data;
    const plans = new Float64Array(places), docs = new Float64Array(places), months = new Float64Array(own.periods + 1), statuses = new Float64Array(kinds);
    let total = 0, row = 0, v = 0;
    for (let place = 0; place < places; place++) {
      for (; row < ends[place]; row++) {
        const p = period[row], inside = p ? p >= from && p <= to : undated;
        let n = 0;
        for (; v < stops[row]; v++) {
          if (inside) statuses[status[v]] += each[v];
          if (!hidden[status[v]]) n += each[v];
        }
        months[p] += n;
        if (!inside || !n) continue;
        plans[place] += n;
        docs[place] += documents[row];
        total += n;
      }
    }
    return { plans, documents: docs, months, statuses, total };
  };

  // The plans by status of some places, under the period that is asked.
  cm.statusesOf = function (data, at, { from, to, undated }) {
    const { kinds, ends, period, status, stops, each } = data, found = new Float64Array(kinds);
    for (const place of at) {
      for (let row = place ? ends[place - 1] : 0; row < ends[place]; row++) {
        const p = period[row];
        if (p ? p < from || p > to : !undated) continue;
        for (let v = row ? stops[row - 1] : 0; v < stops[row]; v++) found[status[v]] += each[v];
      }
    }
    return found;
  };

  // Which hexagon each place is in at a level; -1 for what no hexagon may hold: areas, but for those that are far smaller than it.
  cm.hexesAt = function (data, grid) {
    const hex = new Int32Array(data.places).fill(-1);
    for (let i = 0; i < data.places; i++) {
      const fits = data.kind[i] === cm.POINT || (data.kind[i] === cm.SMALL && cm.hexMetres(grid, data.y[i]) > 2 * Math.max(25000, data.radius[i]));
      if (fits) hex[i] = cm.hexOf(grid, data.x[i], data.y[i]);
    }
    return hex;
  };

  // The quotes in the page: their numbers, and a way to their texts.
  cm.unpackQuotes = async function (app, own) {
    const quotes = own.quotes, n = quotes.count, bytes = await cm.inflate(quotes.bytes);
    let at = 0;
    const read = () => { const out = new Int32Array(n); at = cm.readNumbers(bytes, at, n, out); return out; };
    const place = read(), period = read(), status = bytes.subarray(at, (at += n)), reports = read(), origins = read();
    const numbers = Object.fromEntries(quotes.columns.map((column) => [column, read()]));
    const whole = document.readyState === "loading" ? new Promise((done) => document.addEventListener("DOMContentLoaded", done)) : Promise.resolve();
    const block = (part) => whole.then(() => cm.inflate(document.getElementById(`${own.id}-${part}`).textContent));
    let words = null, ids = null;
    const list = () => (words = words || block("words").then((found) => JSON.parse(new TextDecoder().decode(found))));
    const text = cm.textStore(list, quotes.first, block);
    const starts = new Map();
    for (let i = 0; i < n; i++) if (!starts.has(place[i])) starts.set(place[i], i);
    return {
      count: n,
      ids: () => (ids = ids || block("ids").then((found) => JSON.parse(new TextDecoder().decode(found)))),
      // The numbers of the quotes of a place that are left under what is asked, best first.
      of(here, { hidden, from, to, undated }) {
        const found = [];
        for (let i = starts.has(here) ? starts.get(here) : n; i < n && place[i] === here; i++) {
          if (!hidden[status[i]] && (period[i] ? period[i] >= from && period[i] <= to : undated)) found.push(i);
        }
        return found;
      },
      async tell(i) {
        const said = await Promise.all(quotes.columns.map((column) => text(numbers[column][i])));
        return { place: place[i], period: period[i], status: own.statuses[status[i]], reports: reports[i], origins: origins[i], ...Object.fromEntries(quotes.columns.map((column, k) => [column, said[k]])) };
      },
    };
  };
})(citemap);
