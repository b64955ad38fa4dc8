// When to shoot by itself: a card that is found, still and sharp, and not the one that was just taken.

const STILL_MS = 200;
const STILL_SHARE = 0.02;
const SHARP = 0.12;
const HAND_SHARE = 0.03;
const AWAY_MS = 450;
const LOOKS_OF_A_HAND = 3;
const SAME_CARD = 0.85;
const SAME_AFTER_ALL = 0.92; // it was out of sight, so it must be very much alike to be no new one: colleagues' cards are

/** How different two grey pictures are on average, from 0 to 1. */
export function change(one, other) {
  if (!one || one.length !== other.length) return 1;
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += Math.abs(one[at] - other[at]);
  return sum / one.length / 255;
}

/** Fine detail against all contrast: the variance of the Laplacian over that of the grey. */
export function sharpness(grey, width, height) {
  let n = 0, sum = 0, squares = 0, bends = 0, bendSquares = 0; // prettier-ignore
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const bend = grey[at - 1] + grey[at + 1] + grey[at - width] + grey[at + width] - 4 * grey[at];
      n += 1; sum += grey[at]; squares += grey[at] ** 2; bends += bend; bendSquares += bend ** 2; // prettier-ignore
    }
  }
  const spread = squares / n - (sum / n) ** 2;
  return spread > 0 ? (bendSquares / n - (bends / n) ** 2) / spread : 0;
}

/** The card squared up to a few grey values, so that the same one is known again wherever it lies. */
export function thumb({ grey, width, height, quad }) {
  const [a, b, c, d] = quad;
  const values = [];
  for (let v = 0.5; v < 12; v += 1) {
    for (let u = 0.5; u < 18; u += 1) {
      const [s, t] = [u / 18, v / 12];
      const mix = (i) => (1 - t) * ((1 - s) * a[i] + s * b[i]) + t * ((1 - s) * d[i] + s * c[i]);
      values.push(grey[Math.round(mix(1) * (height - 1)) * width + Math.round(mix(0) * (width - 1))]);
    }
  }
  return values;
}

export function likeness(one, other) {
  const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [m, n] = [mean(one), mean(other)];
  let both = 0, left = 0, right = 0; // prettier-ignore
  one.forEach((value, at) => {
    both += (value - m) * (other[at] - n);
    left += (value - m) ** 2;
    right += (other[at] - n) ** 2;
  });
  return both / Math.sqrt(left * right || 1);
}

const moved = (one, other) => Math.max(...one.map(([x, y], at) => Math.hypot(x - other[at][0], y - other[at][1])));

/** Remembers the looks before this one. `look` answers none, moving, taken (this card is done), still or shoot. */
export class Watcher {
  #last = null;
  #shot = null;
  #armed = true;
  #gone = false;
  #away = Infinity;
  #hand = 0;
  #since = 0;

  /** One look: {grey, width, height, quad, sharp, now}; `sharp` is a function, for it is asked only of a still card. */
  look(seen) {
    const before = this.#last;
    const changed = change(before?.grey, seen.grey);
    this.#last = seen;
    this.#rearm(seen, changed);
    if (!seen.quad) return "none";
    const still = before?.quad && changed < STILL_SHARE && moved(before.quad, seen.quad) < STILL_SHARE;
    if (!still) this.#since = seen.now;
    if (!this.#armed || (this.#shot && likeness(this.#shot, thumb(seen)) > this.#alike)) return "taken";
    if (!still) return "moving";
    return seen.now - this.#since >= STILL_MS && seen.sharp() > SHARP ? "shoot" : "still";
  }

  /** A photo was taken, by itself or by hand. */
  shot() {
    this.#armed = this.#gone = false;
    this.#away = Infinity;
    this.#hand = 0;
    this.#shot = this.#last?.quad ? thumb(this.#last) : null;
  }

  get #alike() {
    return this.#gone ? SAME_AFTER_ALL : SAME_CARD;
  }

  #rearm(seen, changed) {
    this.#away = seen.quad ? Infinity : Math.min(this.#away, seen.now);
    if (changed > HAND_SHARE) this.#hand += 1;
    if (seen.now - this.#away >= AWAY_MS) this.#gone = true;
    if (this.#gone || this.#hand >= LOOKS_OF_A_HAND) this.#armed = true;
  }
}
