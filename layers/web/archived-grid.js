// A lattice of hexagons over the world, the classes that counts fall into, and which hexagon a place is in. Pure functions without a page.
(function (cm) {
  const ACROSS = 20, CLASSES = 5;

  // The lattice of a level, in a world of one by one (Web Mercator, y down): `columns` hexagons around the globe, each `wide`, rows `high` apart. It
  // depends on the level alone, so that a hexagon is the same one however the map is moved.
  cm.hexGrid = function (level) {
    const columns = Math.max(6, Math.round((256 * 2 ** level) / ACROSS)), wide = 1 / columns;
    return { level, columns, wide, high: (wide * Math.sqrt(3)) / 2, side: wide / Math.sqrt(3) };
  };

  // The number of the hexagon whose middle is nearest to a place.
  cm.hexOf = function ({ columns, wide, high }, x, y) {
    const first = Math.floor(y / high);
    let best = 0, least = Infinity;
    for (let row = first; row <= first + 1; row++) {
      const shift = row & 1 ? 0.5 : 0, column = Math.round(x / wide - shift);
      const dx = x - (column + shift) * wide, dy = y - row * high, away = dx * dx + dy * dy;
      if (away >= least) continue;
      least = away;
      best = row * columns + (((column % columns) + columns) % columns);
    }
    return best;
  };

  cm.hexMiddle = function ({ columns, wide, high }, id) {
    const row = Math.floor(id / columns);
    return [((id % columns) + (row & 1 ? 0.5 : 0)) * wide, row * high];
  };

  // How many metres a hexagon is across on the ground, where it lies.
  cm.hexMetres = ({ wide }, y) => (wide * 40075017) / Math.cosh(Math.PI * (1 - 2 * y));

  // Where the classes of counts begin, from 1 to the greatest: 1, 2 or 5 times a power of ten, at even steps, so that each class is about as many
  // times the one before it.
  cm.classesOf = function (greatest) {
    const nice = [];
    for (let power = 1; power <= greatest; power *= 10) for (const times of [1, 2, 5]) if (times * power <= greatest) nice.push(times * power);
    const step = Math.ceil(nice.length / CLASSES);
    return nice.filter((_, i) => i % step === 0);
  };

  cm.classOf = function (classes, n) {
    let i = classes.length - 1;
    while (i > 0 && n < classes[i]) i--;
    return i;
  };

  // The class that colours it: few classes take colours far apart.
  cm.shadeOf = (classes, i) => (classes.length < 2 ? Math.floor(CLASSES / 2) : Math.round((i * (CLASSES - 1)) / (classes.length - 1)));

  // The zoom from which places stand singly: where in a square of 256 pixels there are on average no more than `most`, seen from the places.
  cm.singleZoom = function (xs, ys, most = 48) {
    for (let zoom = 1; zoom < 8; zoom++) {
      const side = 2 ** zoom, squares = new Map();
      for (let i = 0; i < xs.length; i++) {
        const key = Math.floor(ys[i] * side) * side + Math.floor(xs[i] * side);
        squares.set(key, (squares.get(key) || 0) + 1);
      }
      let pairs = 0;
      for (const n of squares.values()) pairs += n * n;
      if (pairs / Math.max(1, xs.length) <= most) return zoom === 1 ? 0 : zoom;
    }
    return 8;
  };
})(citemap);
