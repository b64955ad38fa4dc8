// Finding the card in a small grey picture: numbers in, corners out. The straight edges of a card stand out of a desk.

import { edges } from "./edges.js";

const ANGLES = 60;
const RHO_PX = 2;
const LINES = 18;
const LINES_OF_A_WAY = 10; // the grain of a desk would take them all
const CROSSING = Math.sin((62 * Math.PI) / 180);
const PARALLEL = Math.sin((18 * Math.PI) / 180);

function votes({ turn, strong, width, height }) {
  const far = Math.ceil(Math.hypot(width, height) / RHO_PX);
  const table = new Uint16Array(ANGLES * 2 * far);
  for (const at of strong) {
    const first = Math.round((turn[at] / Math.PI) * ANGLES) - 1;
    for (let bin = first; bin < first + 3; bin += 1) {
      const angle = (bin * Math.PI) / ANGLES;
      let rho = (at % width) * Math.cos(angle) + Math.floor(at / width) * Math.sin(angle);
      if (bin < 0 || bin >= ANGLES) rho = -rho;
      table[((bin + ANGLES) % ANGLES) * 2 * far + Math.round(rho / RHO_PX) + far] += 1;
    }
  }
  return { table, far };
}

/** The line through the edge pixels near a peak, by least squares: bins of three degrees give corners too rough. */
function fitted({ turn, strong, width }, angle, rho) {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  let n = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0; // prettier-ignore
  for (const at of strong) {
    const x = at % width;
    const y = (at - x) / width;
    if (Math.abs(x * cos + y * sin - rho) > 2.5 || Math.abs(Math.sin(turn[at] - angle)) > 0.25) continue;
    n += 1; sx += x; sy += y; sxx += x * x; syy += y * y; sxy += x * y; // prettier-ignore
  }
  if (n < 8) return { cos, sin, rho };
  const a = sxx - (sx * sx) / n;
  const b = sxy - (sx * sy) / n;
  const c = syy - (sy * sy) / n;
  const along = 0.5 * Math.atan2(2 * b, a - c);
  const line = { cos: -Math.sin(along), sin: Math.cos(along) };
  return { ...line, rho: (sx * line.cos + sy * line.sin) / n };
}

const cross = (one, other) => Math.abs(one.cos * other.sin - one.sin * other.cos);

export function lines(found) {
  const { table, far } = votes(found);
  const picked = [];
  for (let peaks = 0; peaks < 60 && picked.length < LINES; peaks += 1) {
    let best = 0;
    for (let at = 1; at < table.length; at += 1) if (table[at] > table[best]) best = at;
    if (table[best] < 12) break;
    const bin = Math.floor(best / (2 * far));
    const slot = (best % (2 * far)) - far;
    const angle = (bin * Math.PI) / ANGLES;
    const way = { cos: Math.cos(angle), sin: Math.sin(angle) };
    const alike = picked.filter((other) => cross(way, other) < PARALLEL).length;
    if (alike < LINES_OF_A_WAY) picked.push(fitted(found, angle, slot * RHO_PX));
    for (let near = bin - 3; near <= bin + 3; near += 1) {
      const flipped = near < 0 || near >= ANGLES ? -slot : slot;
      const row = ((near + ANGLES) % ANGLES) * 2 * far + far + flipped;
      table.fill(0, Math.max(0, row - 2), row + 3);
    }
  }
  return picked;
}

function meet(one, other) {
  const det = one.cos * other.sin - one.sin * other.cos;
  return [(one.rho * other.sin - other.rho * one.sin) / det, (one.cos * other.rho - other.cos * one.rho) / det];
}

const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);

export function area(quad) {
  return Math.abs(quad.reduce((sum, [x, y], at) => sum + x * quad[(at + 1) % 4][1] - quad[(at + 1) % 4][0] * y, 0)) / 2;
}

/** How much of a side lies on an edge that runs its way. */
function support({ force, turn, least, width, height }, from, to) {
  const length = distance(from, to);
  const normal = [(to[1] - from[1]) / length, (from[0] - to[0]) / length];
  const angle = Math.atan2(normal[1], normal[0]);
  const steps = Math.max(8, Math.round(length / 2));
  let on = 0;
  for (let step = 1; step < steps; step += 1) {
    for (let aside = -1; aside <= 1; aside += 1) {
      const x = Math.round(from[0] + ((to[0] - from[0]) * step) / steps + normal[0] * aside);
      const y = Math.round(from[1] + ((to[1] - from[1]) * step) / steps + normal[1] * aside);
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      const at = y * width + x;
      if (force[at] <= least || Math.abs(Math.sin(turn[at] - angle)) > 0.4) continue;
      on += 1;
      break;
    }
  }
  return on / (steps - 1);
}

function judged(found, quad) {
  const { width, height } = found;
  if (quad.some(([x, y]) => x < 0 || y < 0 || x > width - 1 || y > height - 1)) return 0;
  const size = area(quad);
  if (size < 0.1 * width * height) return 0;
  const [a, b, c, d] = quad.map((corner, at) => distance(corner, quad[(at + 1) % 4]));
  const ratio = (a + c) / (b + d);
  if (Math.max(ratio, 1 / ratio) < 1.25 || Math.max(ratio, 1 / ratio) > 2.3) return 0;
  const sides = quad.map((corner, at) => support(found, corner, quad[(at + 1) % 4]));
  const worst = Math.min(...sides);
  return worst < 0.55 ? 0 : sides.reduce((sum, side) => sum + side, 0) * worst * Math.sqrt(size);
}

/** Clockwise from the one at the top left, whichever sides they were found from: looks are compared corner by corner. */
function inOrder(quad) {
  const [x, y] = [0, 1].map((axis) => quad.reduce((sum, corner) => sum + corner[axis], 0) / 4);
  const round = [...quad].sort((a, b) => Math.atan2(a[1] - y, a[0] - x) - Math.atan2(b[1] - y, b[0] - x));
  const sums = round.map((corner) => corner[0] + corner[1]);
  const first = sums.indexOf(Math.min(...sums));
  return [...round.slice(first), ...round.slice(0, first)];
}

/** The four corners of the card in view, in order, as shares of width and height; null where there is none. */
export function findCard(grey, width, height) {
  const found = edges(grey, width, height);
  const seen = lines(found);
  const pairs = [];
  seen.forEach((one, at) => seen.slice(at + 1).forEach((other) => cross(one, other) < PARALLEL && pairs.push([one, other])));
  let best = { score: 0, quad: null };
  pairs.forEach(([a, c], at) => {
    for (const [b, d] of pairs.slice(at + 1)) {
      if (cross(a, b) < CROSSING) continue;
      const quad = [meet(a, b), meet(b, c), meet(c, d), meet(d, a)];
      const score = judged(found, quad);
      if (score > best.score) best = { score, quad };
    }
  });
  return best.quad && inOrder(best.quad).map(([x, y]) => [x / (width - 1), y / (height - 1)]);
}
