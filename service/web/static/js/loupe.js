// The pixels under the finger, enlarged, with a cross where the corner will be.

const ENLARGED = 3;
const AWAY_PX = 96;

export function loupe(canvas) {
  const size = canvas.width;
  return {
    over(plate, [x, y]) {
      const view = plate.toView();
      const side = size / (ENLARGED * view); // so much of the photo fits in
      canvas.hidden = false;
      // Above the finger, or below it where there is no room above.
      const above = y * view > AWAY_PX + size / 2 ? -1 : 1;
      canvas.style.left = `${Math.min(Math.max(x * view - size / 2, 0), Math.max(plate.width - size, 0))}px`;
      canvas.style.top = `${y * view + above * AWAY_PX - size / 2}px`;
      const pen = canvas.getContext("2d");
      pen.reset();
      pen.translate(size / 2, size / 2);
      pen.save();
      pen.scale(size / side, size / side);
      pen.translate(-x, -y);
      pen.translate(plate.wide() / 2, plate.high() / 2);
      pen.rotate((plate.quarters * Math.PI) / 2);
      pen.drawImage(plate.photo, -plate.natural[0] / 2, -plate.natural[1] / 2);
      pen.restore();
      pen.strokeStyle = "#ffcf4f";
      pen.lineWidth = 1.5;
      pen.beginPath();
      for (const [dx, dy] of [[14, 0], [0, 14]]) {
        pen.moveTo(-dx, -dy);
        pen.lineTo(dx, dy);
      }
      pen.stroke();
    },
    away() {
      canvas.hidden = true;
    },
  };
}
