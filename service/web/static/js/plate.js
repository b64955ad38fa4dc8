// A photo drawn as large as its place allows, turned by quarters. Canvas obeys the photo's own word on which way is up.

const MOST_OF_THE_SCREEN = 0.52;

export function photoAsShown(photo, canvas, bench) {
  const natural = [photo.naturalWidth, photo.naturalHeight];
  const plate = { photo, natural, quarters: 0, width: 0, height: 0 };
  const sideways = () => plate.quarters % 2 !== 0;
  plate.wide = () => natural[sideways() ? 1 : 0];
  plate.high = () => natural[sideways() ? 0 : 1];
  plate.toView = () => plate.width / plate.wide();
  plate.draw = (quarters) => {
    plate.quarters = quarters;
    const style = getComputedStyle(bench);
    const room = bench.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const scale = Math.min(room / plate.wide(), (innerHeight * MOST_OF_THE_SCREEN) / plate.high());
    [plate.width, plate.height] = [Math.round(plate.wide() * scale), Math.round(plate.high() * scale)];
    canvas.style.width = `${plate.width}px`;
    canvas.style.height = `${plate.height}px`;
    const dense = devicePixelRatio || 1;
    const [w, h] = [Math.round(plate.width * dense), Math.round(plate.height * dense)];
    if (canvas.width === w && canvas.height === h && canvas.dataset.quarters === String(quarters)) return;
    [canvas.width, canvas.height, canvas.dataset.quarters] = [w, h, quarters];
    const pen = canvas.getContext("2d");
    pen.translate(w / 2, h / 2);
    pen.rotate((quarters * Math.PI) / 2);
    pen.scale((scale * dense), (scale * dense));
    pen.drawImage(photo, -natural[0] / 2, -natural[1] / 2);
  };
  return plate;
}
