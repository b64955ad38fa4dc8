// The camera itself: open, close, light, one frame; and the eye that looks at frames beside the page.

const WANTED = { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1080 } };

/** Whether this browser can have the camera in the page: not over plain http, and not without canvases in workers. */
export const available = () => Boolean(isSecureContext && navigator.mediaDevices?.getUserMedia && globalThis.OffscreenCanvas);

export class Camera {
  #video;
  #stream;
  #awake;
  #closings = 0;

  constructor(video) {
    this.#video = video;
  }

  /** False where it was closed again before it was open; throws where there is none to be had. */
  async open() {
    const before = this.#closings;
    try {
      await this.#start();
    } catch (error) {
      if (before === this.#closings) throw error;
    }
    if (before === this.#closings) return true;
    this.close();
    return false;
  }

  async #start() {
    this.#stream = await navigator.mediaDevices.getUserMedia({ video: WANTED, audio: false });
    this.#video.srcObject = this.#stream;
    await this.#video.play();
    // Some systems refuse; the screen may then go dark, and that is all.
    this.#awake = await navigator.wakeLock?.request("screen").catch(() => null);
  }

  close() {
    this.#closings += 1;
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#awake?.release().catch(() => {});
    this.#stream = this.#video.srcObject = null;
  }

  get opened() {
    return Boolean(this.#stream);
  }

  get hasLight() {
    return Boolean(this.#stream?.getVideoTracks()[0].getCapabilities?.().torch);
  }

  light(on) {
    return this.#stream.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: on }] });
  }

  /** The frame of this moment; whoever gets it closes it. */
  async frame() {
    return this.#video.readyState >= 2 ? createImageBitmap(this.#video) : null;
  }
}

/** Asks the worker: a frame goes there for good, the answer comes back as a promise. */
export class Eye {
  #worker = new Worker(new URL("./eye.js", import.meta.url), { type: "module" });
  #asked = new Map();
  #count = 0;
  broken = false;

  constructor() {
    // Its files did not come: the network was gone, and the app not yet on the phone.
    this.#worker.onerror = () => {
      this.broken = true;
      for (const { reject } of this.#asked.values()) reject(new Error("no worker"));
      this.#asked.clear();
    };
    this.#worker.onmessage = ({ data: { id, said, error } }) => {
      const { resolve, reject } = this.#asked.get(id);
      this.#asked.delete(id);
      if (error) reject(new Error(error));
      else resolve(said);
    };
  }

  ask(is, frame) {
    const id = (this.#count += 1);
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#worker.postMessage({ id, is, frame }, [frame]);
    });
  }

  close() {
    this.#worker.terminate();
  }
}
