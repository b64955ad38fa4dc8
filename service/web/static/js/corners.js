// The corner editor: the photo as large as it fits, four corners to drag or to nudge with the arrows, quarter turns.

import { goesRound, held, inOrder, turnedPoint, unturnedPoint } from "./quad.js";
import { loupe } from "./loupe.js";
import { photoAsShown } from "./plate.js";

const NUDGE = 0.004;
const STRIDE = 10;
const SHORTEST_PX = 20;
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const form = document.querySelector("[data-corners]");
const find = (name) => form.querySelector(`[data-${name}]`);
const handles = [...form.querySelectorAll("[data-corner]")];
const outline = find("outline");
let plate;
let points; // on the photo as it is turned now, in pixels of what is shown of it
const scale = Number(form.dataset.scale); // pixels of the photo for one that is shown
let quarters = Number(form.dataset.quarters);

if (form.dataset.photo) open();
else document.body.dataset.ready = "corners";

async function open() {
  const photo = new Image();
  photo.src = form.dataset.photo;
  await photo.decode().catch(() => undefined);
  if (!photo.naturalWidth) return;
  for (const name of ["bench", "acts", "how"]) find(name).hidden = false;
  find("plain").hidden = true;
  plate = photoAsShown(photo, find("canvas"), find("bench"));
  const [w, h] = [photo.naturalWidth, photo.naturalHeight];
  const shown = JSON.parse(form.dataset.corners).map(([x, y]) => [x / scale, y / scale]);
  points = shown.map((corner) => turnedPoint(corner, quarters, w, h));
  show();
  new ResizeObserver(() => show()).observe(find("bench"));
  document.body.dataset.ready = "corners";
}

function show() {
  plate.draw(quarters);
  const view = plate.toView();
  outline.setAttribute("viewBox", `0 0 ${plate.width} ${plate.height}`);
  const drawn = points.map(([x, y]) => [x * view, y * view]);
  outline.querySelector("polygon").setAttribute("points", drawn.map((p) => p.join()).join(" "));
  const ordered = inOrder(drawn);
  const top = outline.querySelector("line");
  [["x1", 0, 0], ["y1", 0, 1], ["x2", 1, 0], ["y2", 1, 1]].forEach(([name, at, axis]) =>
    top.setAttribute(name, ordered[at][axis] + (ordered[1 - at][axis] - ordered[at][axis]) * 0.36));
  handles.forEach((handle, at) => {
    handle.style.left = `${drawn[at][0]}px`;
    handle.style.top = `${drawn[at][1]}px`;
    name(handle, at);
  });
  told();
}

// The corner's name says where it is now, not where it began.
function name(handle, at) {
  const place = inOrder(points).indexOf(points[at]);
  const share = (axis, whole) => `${Math.round((100 * points[at][axis]) / whole)} %`;
  handle.setAttribute("aria-label", `${handles[place].dataset.name}: ${share(0, plate.wide())}, ${share(1, plate.high())}`);
}

function told() {
  const [w, h] = plate.natural;
  const ordered = inOrder(points);
  const good = goesRound(ordered, SHORTEST_PX);
  find("crossed").hidden = good;
  find("read").disabled = !good;
  form.classList.toggle("crossed", !good);
  const drawn = ordered.map((point) => unturnedPoint(point, quarters, w, h));
  form.elements.corners.value = JSON.stringify(drawn.map(([x, y]) => [x * scale, y * scale]));
}

function move(at, x, y) {
  points[at] = [held(x, plate.wide()), held(y, plate.high())];
  show();
}

handles.forEach((handle, at) => {
  const glass = loupe(find("loupe"));
  handle.addEventListener("pointerdown", (event) => {
    handle.setPointerCapture(event.pointerId);
    handle.classList.add("held");
    glass.over(plate, points[at]);
  });
  handle.addEventListener("pointermove", (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const box = find("canvas").getBoundingClientRect();
    move(at, (event.clientX - box.left) / plate.toView(), (event.clientY - box.top) / plate.toView());
    glass.over(plate, points[at]);
  });
  handle.addEventListener("lostpointercapture", () => {
    handle.classList.remove("held");
    glass.away();
  });
  handle.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const far = NUDGE * Math.max(plate.wide(), plate.high()) * (event.shiftKey ? STRIDE : 1);
    move(at, points[at][0] + step[0] * far, points[at][1] + step[1] * far);
  });
});

for (const button of form.querySelectorAll("[data-turn]")) {
  button.addEventListener("click", (event) => {
    if (!plate) return;
    event.preventDefault();
    const by = Number(button.dataset.turn);
    points = points.map((point) => turnedPoint(point, by, plate.wide(), plate.high()));
    quarters += by;
    show();
  });
}

find("whole").addEventListener("click", () => {
  const [w, h] = [plate.wide(), plate.high()];
  points = [[0, 0], [w, 0], [w, h], [0, h]];
  show();
});
