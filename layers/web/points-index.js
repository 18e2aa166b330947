// Points in the order of a quadtree, so that the points of any of its cells lie side by side; and from that, which of them are one sign at a zoom.
(function (cm) {
  const DEPTH = 26;
  const NEAR = 26, CROWD = 44, FEW = 5;
  const SIZES = [[1, 9], [9, 15], [99, 18], [999, 21], [9999, 24], [Infinity, 27]];

  cm.pointRadius = (count) => SIZES.find(([most]) => count <= most)[1];

  const SPREAD = new Float64Array(8192);
  for (let i = 0; i < 8192; i++) {
    let code = 0;
    for (let bit = 0; bit < 13; bit++) code += ((i >> bit) & 1) * 4 ** bit;
    SPREAD[i] = code;
  }

  // `x` and `y` are places in a world of 2^26 by 2^26 (Web Mercator, y down), sorted by their bits interlaced; `kind` is a small number for each.
  cm.makeIndex = function (x, y, kind, kinds) {
    const code = new Float64Array(x.length);
    for (let i = 0; i < x.length; i++) {
      code[i] = (SPREAD[x[i] >> 13] + 2 * SPREAD[y[i] >> 13]) * 2 ** 26 + SPREAD[x[i] & 8191] + 2 * SPREAD[y[i] & 8191];
    }
    return { x, y, kind, kinds, code, size: x.length, world: 2 ** DEPTH };
  };

  function from(code, value, low, high) {
    while (low < high) {
      const middle = (low + high) >> 1;
      if (code[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // Hand each cell of a level that has points and touches a box (in units of the world) to `emit(low, high)`; a point alone comes without its cell.
  function visit(index, box, level, emit) {
    const { code } = index;
    const step = function (depth, left, top, base, low, high) {
      const side = 2 ** (DEPTH - depth);
      if (low === high || left >= box[2] || left + side <= box[0] || top >= box[3] || top + side <= box[1]) return;
      if (depth === level || high - low === 1) return emit(low, high);
      const part = 4 ** (DEPTH - depth - 1), half = side / 2;
      const two = from(code, base + 2 * part, low, high), one = from(code, base + part, low, two), three = from(code, base + 3 * part, two, high);
      step(depth + 1, left, top, base, low, one);
      step(depth + 1, left + half, top, base + part, one, two);
      step(depth + 1, left, top + half, base + 2 * part, two, three);
      step(depth + 1, left + half, top + half, base + 3 * part, three, high);
    };
    step(0, 0, 0, 0, 0, index.size);
  }

  // The cells of a box in pixels as small groups, each with where its points are on average and how many of each kind it has.
  function cellsIn(index, box, scale, level, hidden) {
    const { x, y, kind, kinds, world } = index;
    const cells = [];
    for (let turn = Math.floor(box[0] / scale / world); turn * world < box[2] / scale; turn++) {
      const shift = turn * world;
      visit(index, [box[0] / scale - shift, box[1] / scale, box[2] / scale - shift, box[3] / scale], level, (low, high) => {
        const counts = new Uint32Array(kinds);
        let n = 0, sx = 0, sy = 0;
        for (let i = low; i < high; i++) {
          if (hidden[kind[i]]) continue;
          counts[kind[i]] += 1;
          n += 1;
          sx += x[i];
          sy += y[i];
        }
        if (n) cells.push({ x: (sx / n + shift) * scale, y: (sy / n) * scale, n, counts, ranges: [low, high], turn });
      });
    }
    return cells;
  }

  const bigger = (a, b) => b.n - a.n || a.ranges[0] - b.ranges[0];

  function join(into, other) {
    const n = into.n + other.n;
    into.x += ((other.x - into.x) * other.n) / n;
    into.y += ((other.y - into.y) * other.n) / n;
    into.n = n;
    for (let k = 0; k < into.counts.length; k++) into.counts[k] += other.counts[k];
    for (const end of other.ranges) into.ranges.push(end);
  }

  // Groups by square of a grid, to find those near one without looking at all.
  function grid(groups, side, box) {
    const columns = Math.ceil((box[2] - box[0]) / side) + 3;
    const squares = new Map();
    const at = (group) => Math.floor((group.y - box[1]) / side + 1) * columns + Math.floor((group.x - box[0]) / side + 1);
    for (const group of groups) {
      const key = at(group), there = squares.get(key);
      if (there) there.push(group);
      else squares.set(key, [group]);
    }
    return function (group, act) {
      const key = at(group);
      for (const row of [key - columns, key, key + columns]) {
        for (let square = row - 1; square <= row + 1; square++) for (const other of squares.get(square) || []) act(other);
      }
    };
  }

  const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

  // In a crowd a sign gathers what is within CROWD pixels; where there are few, only what would hide it.
  function gather(cells, box, near, crowd) {
    cells.sort(bigger);
    const around = grid(cells, CROWD, box), made = [];
    for (const cell of cells) {
      if (cell.done) continue;
      cell.done = true;
      const [x, y] = [cell.x, cell.y], found = [];
      let total = cell.n;
      around({ x, y }, (other) => {
        if (other.done || Math.hypot(other.x - x, other.y - y) >= crowd) return;
        found.push(other);
        total += other.n;
      });
      const reach = total > FEW ? crowd : near;
      for (const other of found) {
        if (reach < crowd && Math.hypot(other.x - x, other.y - y) >= reach) continue;
        other.done = true;
        join(cell, other);
      }
      made.push(cell);
    }
    return made;
  }

  // Signs that would still touch become one, until none do.
  function settle(signs, box) {
    for (let round = 0, joined = true; joined && round < 8; round++) {
      joined = false;
      signs.sort(bigger);
      const around = grid(signs, 60, box);
      for (const sign of signs) {
        if (sign.gone) continue;
        around({ x: sign.x, y: sign.y }, (other) => {
          if (other === sign || other.gone || other.n > sign.n) return;
          if (apart(sign, other) >= cm.pointRadius(sign.n) + cm.pointRadius(other.n) + 3) return;
          join(sign, other);
          other.gone = joined = true;
        });
      }
      signs = signs.filter((sign) => !sign.gone);
    }
    return signs;
  }

  // The signs of a box [left, top, right, bottom] in pixels of the world at a zoom. `hidden[kind]` is true for what is filtered out; `deep` says
  // that the map goes no deeper, so that only what truly covers each other is one.
  cm.signsIn = function (index, box, zoom, hidden, deep) {
    const scale = (256 * 2 ** zoom) / index.world;
    const level = Math.max(0, Math.min(DEPTH, Math.ceil(zoom) + (deep ? 6 : 4)));
    const cells = cellsIn(index, box, scale, level, hidden);
    const near = deep ? 13 : NEAR, crowd = deep ? 13 : CROWD;
    return settle(gather(cells, box, near, crowd), box).sort(bigger);
  };

  // The numbers of the points that a sign stands for, by kind and then as they lie.
  cm.membersOf = function (index, sign, hidden) {
    const members = [];
    for (let r = 0; r < sign.ranges.length; r += 2) {
      for (let i = sign.ranges[r]; i < sign.ranges[r + 1]; i++) if (!hidden[index.kind[i]]) members.push(i);
    }
    return members.sort((a, b) => index.kind[a] - index.kind[b] || a - b);
  };

  // [west, north, east, south] of a sign's points in units of the world, each on the turn that is nearest to `middle`.
  cm.boundsOfSign = function (index, sign, hidden, middle) {
    const bounds = [Infinity, Infinity, -Infinity, -Infinity];
    for (const i of cm.membersOf(index, sign, hidden)) {
      const x = index.x[i] + Math.round((middle - index.x[i]) / index.world) * index.world;
      bounds[0] = Math.min(bounds[0], x);
      bounds[1] = Math.min(bounds[1], index.y[i]);
      bounds[2] = Math.max(bounds[2], x);
      bounds[3] = Math.max(bounds[3], index.y[i]);
    }
    return bounds;
  };
})(citemap);
