// Coordinates come as short strings: differences of (lon, lat), in the alphabet of the polyline format.
citemap.decodeLine = function (text, digits, turn) {
  const scale = 10 ** -digits;
  const points = [];
  let at = 0, x = 0, y = 0;
  const next = () => {
    let value = 0, shift = 0, digit;
    do {
      digit = text.charCodeAt(at++) - 63;
      value += (digit & 31) * 2 ** shift;
      shift += 5;
    } while (digit >= 32);
    return value % 2 ? -(value + 1) / 2 : value / 2;
  };
  while (at < text.length) {
    x += next();
    y += next();
    points.push([y * scale, x * scale + (turn || 0)]);
  }
  return points;
};

citemap.decodePolygons = (polygons, digits, turn) =>
  polygons.map((rings) => rings.map((ring) => citemap.decodeLine(ring, digits, turn)));

// Mercator in world pixels of 256, for work that must be quick: [x, y] of a latitude and longitude at a zoom.
citemap.project = function (lat, lon, zoom) {
  const size = 256 * 2 ** zoom;
  const sin = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
  return [((lon + 180) / 360) * size, (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * size];
};
