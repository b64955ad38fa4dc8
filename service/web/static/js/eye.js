// A worker that looks at frames and encodes the kept ones: neither waits for the page, nor does the page for them.

import { findCard } from "./look.js";
import { sharpness, Watcher } from "./still.js";

const LOOK_PX = 192;
const PATCH = [320, 180];
const QUALITY = 0.9;
const watcher = new Watcher();

function canvas(width, height, often) {
  return new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: often });
}

function greyOf(context) {
  const { width, height } = context.canvas;
  const { data } = context.getImageData(0, 0, width, height);
  const grey = new Float32Array(width * height);
  for (let at = 0; at < grey.length; at += 1) {
    grey[at] = 0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2];
  }
  return grey;
}

let small;

function lookAt(frame) {
  const scale = LOOK_PX / Math.max(frame.width, frame.height);
  const [width, height] = [Math.round(frame.width * scale), Math.round(frame.height * scale)];
  if (small?.canvas.width !== width || small.canvas.height !== height) small = canvas(width, height, true);
  small.drawImage(frame, 0, 0, width, height);
  const grey = greyOf(small);
  return { grey, width, height, quad: findCard(grey, width, height) };
}

/** The box around a card, in pixels of the frame. */
function around(quad, { width, height }) {
  const xs = quad.map(([x]) => x * width);
  const ys = quad.map(([, y]) => y * height);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return [left, top, Math.max(1, Math.max(...xs) - left), Math.max(1, Math.max(...ys) - top)];
}

const patch = canvas(...PATCH, true);

function sharp(frame, quad) {
  patch.drawImage(frame, ...around(quad, frame), 0, 0, ...PATCH);
  return sharpness(greyOf(patch), ...PATCH);
}

async function jpeg(context, quality) {
  return (await context.canvas.convertToBlob({ type: "image/jpeg", quality })).arrayBuffer();
}

async function keep(frame) {
  const whole = canvas(frame.width, frame.height, false);
  whole.drawImage(frame, 0, 0);
  const bytes = await jpeg(whole, QUALITY);
  // The corners of this frame, not of the one looked at before it.
  const { quad } = lookAt(frame);
  const mini = canvas(168, 108, false);
  const cut = quad ? around(quad, frame) : [0, 0, frame.width, frame.height];
  mini.drawImage(frame, ...cut, 0, 0, 168, 108);
  watcher.shot();
  return { bytes, mini: await jpeg(mini, 0.7), quad };
}

async function answer({ is, frame }) {
  if (is === "keep") return keep(frame);
  const seen = lookAt(frame);
  const found = watcher.look({ ...seen, now: performance.now(), sharp: () => sharp(frame, seen.quad) });
  return { found, quad: seen.quad };
}

addEventListener("message", async ({ data }) => {
  try {
    const said = await answer(data);
    postMessage({ id: data.id, said }, said.bytes ? [said.bytes, said.mini] : []);
  } catch (error) {
    postMessage({ id: data.id, error: String(error) });
  } finally {
    data.frame.close();
  }
});
