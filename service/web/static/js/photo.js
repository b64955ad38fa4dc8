// One photo as the phone keeps it: its own id, where it was taken, whose it is.

/** A random UUID, also where plain http leaves `crypto.randomUUID` out. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** A picture by its type or by its name: some systems give HEIC no type. What it really is, the server says. */
export const isPicture = (file) => file.type.startsWith("image/") || /\.(jpe?g|png|webp|tiff?|hei[cf])$/i.test(file.name);

const UNSAID = { gathering: "", place: "", metOn: "", note: "", promise: "", promiseOn: "", spoken: "", side: "", pair: null };

/**
 * The row that waits for the server. `at` keeps the order of photos that came in the same moment, `spoken` is the type of
 * the note that lies beside the bytes, `pair` the front of which this is the back.
 */
export function rowOf(about) {
  const fresh = { id: uuid(), taken: Date.now(), state: "waiting", tries: 0, due: 0, error: "" };
  return { at: 0, ...UNSAID, ...about, ...fresh, name: about.name.slice(-200) };
}
