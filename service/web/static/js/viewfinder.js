// The camera screen: the card found is outlined, shot when it lies still, kept on the phone, and the next one may come.

import { available, Camera, Eye } from "./camera.js";
import { added, countWaiting } from "./pile.js";
import { recording } from "./said.js";
import { sheetIsOpen } from "./stamp.js";
import { fact, setFact } from "./store.js";
import { frontWaits, takeShot } from "./taking.js";
import { say } from "./words.js";

const BETWEEN_LOOKS_MS = 110;
const HINTS = { none: "holdInView", moving: "holdStill", taken: "kept", still: "holdStill", shoot: "holdStill" };

const screen = document.querySelector("[data-camera]");
const part = (name) => screen.querySelector(`[data-${name}]`);
const outline = part("outline");
const camera = new Camera(screen.querySelector("video"));

let eye;
let auto = true;
let opening = false;
let timer;

function hint(found) {
  if (found === "none" && side() === "back" && frontWaits()) return tell(say("turnItOver"));
  const text = say(auto || found === "none" ? (auto && found === "still" ? "shootsItself" : HINTS[found]) : "tapToTake");
  tell(text);
}

function tell(text) {
  if (part("hint").textContent !== text) part("hint").textContent = text;
}

/** The marker around the card, in pixels of the film: the drawing is cut by the screen as the film is. */
function draw(quad, { width, height }) {
  outline.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const points = (quad ?? []).map(([x, y]) => `${x * width},${y * height}`).join(" ");
  outline.firstElementChild.setAttribute("points", points);
}

async function look() {
  clearTimeout(timer);
  if (!camera.opened) return;
  const began = performance.now();
  const frame = await camera.frame().catch(() => null);
  if (frame) {
    const size = { width: frame.width, height: frame.height };
    const { found, quad } = await eye.ask("look", frame).catch(() => ({}));
    if (!camera.opened) return;
    if (eye.broken) return withoutCamera();
    draw(quad, size);
    hint(found);
    if (found === "shoot" && auto && !sheetIsOpen() && !recording()) await shoot();
  }
  timer = setTimeout(look, Math.max(20, BETWEEN_LOOKS_MS - (performance.now() - began)));
}

const side = () => screen.querySelector('[name="side"]:checked').value;

async function shoot() {
  const of = side();
  const frame = await camera.frame();
  if (!frame) return;
  const { bytes, mini } = await eye.ask("keep", frame);
  if (!(await takeShot(bytes, of))) return close(); // the phone is full: the page says it
  added(mini);
  // A back is the exception, and the next card shows its front; whoever chose the back meanwhile means the next one.
  if (of === "back") screen.querySelector('[name="side"][value="front"]').checked = true;
}

export async function open() {
  if (!screen.open) screen.showModal();
  if (camera.opened || opening) return;
  document.querySelector("[data-camera-trouble]").hidden = true;
  opening = true;
  // A tap before there is a picture would be a photo that nobody gets.
  part("shutter").disabled = true;
  let there;
  try {
    there = await camera.open();
  } catch {
    return screen.open ? withoutCamera() : camera.close();
  } finally {
    opening = false;
  }
  // Closed again before the camera was there: it must not stay on, unseen. And perhaps it is wanted once more by now.
  if (!screen.open || document.hidden) return camera.close();
  if (!there) return open();
  if (eye.broken) eye = new Eye();
  part("shutter").disabled = false;
  part("light").hidden = !camera.hasLight;
  hint("none");
  look();
}

function close() {
  camera.close();
  screen.close();
}

/** Refused, no camera, or no eye for it: the phone's own takes the photo. */
function withoutCamera() {
  close();
  document.querySelector("[data-camera-trouble]").hidden = false;
  fallBack();
}

function fallBack() {
  document.querySelector("[data-open-camera]").hidden = true;
  document.querySelector("[data-own-camera]").hidden = false;
}

function pressed(button, on) {
  button.setAttribute("aria-pressed", String(on));
}

function listen() {
  part("close").onclick = part("pile").onclick = close;
  // It is told later than it happens: by then the screen may be open again.
  screen.addEventListener("close", () => screen.open || camera.close());
  part("shutter").onclick = part("view").onclick = () => shoot();
  part("auto").onclick = () => {
    auto = !auto;
    pressed(part("auto"), auto);
    setFact("auto", auto);
  };
  part("light").onclick = async () => {
    const on = part("light").getAttribute("aria-pressed") !== "true";
    pressed(part("light"), await camera.light(on).then(() => on, () => false)); // prettier-ignore
  };
  // A phone takes the camera away from a page that is not looked at.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) camera.close();
    else if (screen.open) open();
  });
}

/** Offer the camera where there is one; say what plain http lacks. */
export async function start() {
  document.querySelector("[data-insecure]").hidden = isSecureContext;
  if (!available()) return;
  // Loaded now, for the network may be gone when the camera opens.
  eye = new Eye();
  auto = (await fact("auto")) ?? true;
  pressed(part("auto"), auto);
  listen();
  countWaiting();
  const button = document.querySelector("[data-open-camera]");
  button.hidden = false;
  button.onclick = open;
  document.querySelector("[data-own-camera]").hidden = true;
  if (new URLSearchParams(location.search).has("camera")) open();
}
