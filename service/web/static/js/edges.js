// The edges in a small grey picture, which is what the corners of a card are found from.

const STRONG_SHARE = 0.14;

/** Where brightness changes most: the strongest pixels, with the direction of the change, folded to half a turn. */
export function edges(grey, width, height) {
  const force = new Float32Array(width * height);
  const turn = new Float32Array(width * height);
  const counts = new Uint32Array(1024);
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1, at = y * width + 1; x < width - 1; x += 1, at += 1) {
      const up = at - width;
      const down = at + width;
      const dx = grey[up + 1] + 2 * grey[at + 1] + grey[down + 1] - grey[up - 1] - 2 * grey[at - 1] - grey[down - 1];
      const dy = grey[down - 1] + 2 * grey[down] + grey[down + 1] - grey[up - 1] - 2 * grey[up] - grey[up + 1];
      force[at] = Math.hypot(dx, dy);
      const angle = Math.atan2(dy, dx);
      turn[at] = angle < 0 ? angle + Math.PI : angle;
      counts[Math.min(1023, force[at] | 0)] += 1;
    }
  }
  let least = 1023;
  for (let left = STRONG_SHARE * width * height; least > 24 && left > 0; least -= 1) left -= counts[least];
  const strong = [];
  for (let at = 0; at < force.length; at += 1) if (force[at] > least) strong.push(at);
  return { force, turn, strong, least, width, height };
}
