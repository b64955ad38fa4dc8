// A note spoken instead of typed: recorded here, kept with the photo, heard by nobody but its owner.

const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const BITS_A_SECOND = 32_000;
const LONGEST_MS = 120_000;

export const canRecord = () => Boolean(globalThis.MediaRecorder && navigator.mediaDevices?.getUserMedia);

/** Begin; `stop` ends it, as two minutes do; `done` gives {bytes, type}, or null where nothing was said. */
export async function record() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_A_SECOND });
  const pieces = [];
  recorder.ondataavailable = ({ data }) => data.size && pieces.push(data);
  const done = new Promise((resolve) => {
    recorder.onstop = async () => {
      stream.getTracks().forEach((track) => track.stop());
      const whole = new Blob(pieces, { type: recorder.mimeType.split(";")[0] });
      resolve(whole.size ? { bytes: await whole.arrayBuffer(), type: whole.type } : null);
    };
  });
  recorder.start();
  const stop = () => recorder.state === "inactive" || recorder.stop();
  setTimeout(stop, LONGEST_MS);
  return { stop, done };
}
