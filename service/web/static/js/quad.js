// Four corners as pure numbers: turned with the photo, put in order round the card, and whether they go round at all.

// A point of the photo (w by h) as it is seen after so many quarter turns clockwise.
export function turnedPoint([x, y], quarters, w, h) {
  return [[x, y], [h - y, x], [w - x, h - y], [y, w - x]][mod(quarters)];
}

// The way back: a point seen on the turned photo, as a point of the photo itself.
export function unturnedPoint([x, y], quarters, w, h) {
  return [[x, y], [y, h - x], [w - x, h - y], [w - y, x]][mod(quarters)];
}

// Clockwise, first the one at the top left: as the card is read on the screen.
export function inOrder(points) {
  const cx = points.reduce((sum, [x]) => sum + x, 0) / 4;
  const cy = points.reduce((sum, [, y]) => sum + y, 0) / 4;
  const around = [...points].sort((a, b) => Math.atan2(a[1] - cy, a[0] - cx) - Math.atan2(b[1] - cy, b[0] - cx));
  const first = around.reduce((best, p, at) => (p[0] + p[1] < around[best][0] + around[best][1] ? at : best), 0);
  return around.map((_, at) => around[(first + at) % 4]);
}

// Every turn to the same side, and no side next to nothing.
export function goesRound(points, shortest) {
  return points.every(([x, y], at) => {
    const [x1, y1] = points[(at + 1) % 4];
    const [x2, y2] = points[(at + 2) % 4];
    return (x1 - x) * (y2 - y1) - (y1 - y) * (x2 - x1) > 0 && Math.hypot(x1 - x, y1 - y) >= shortest;
  });
}

export const held = (number, most) => Math.min(Math.max(number, 0), most);

const mod = (quarters) => ((quarters % 4) + 4) % 4;
