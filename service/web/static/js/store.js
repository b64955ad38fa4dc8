// What the phone keeps until the server has it: small rows to list, and the bytes apart, so that a list loads none.

const NAME = "undrawer";
const VERSION = 1;
const CHANGED = new BroadcastChannel("undrawer-photos");

/** There is no room left on the phone; nothing of the photo was kept. */
export class PhoneFull extends Error {}

let opened;

export function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const db = request.result;
      db.createObjectStore("photos", { keyPath: "id" });
      db.createObjectStore("bytes");
      db.createObjectStore("facts");
    };
    request.onsuccess = () => {
      // A newer page may need to upgrade; the next use opens again.
      request.result.onversionchange = () => {
        request.result.close();
        opened = undefined;
      };
      resolve(request.result);
    };
    request.onerror = () => {
      opened = undefined;
      reject(request.error);
    };
  });
  return opened;
}

/** All or nothing, and only then an answer: `strict` and `oncomplete` mean that it survives an empty battery. */
async function write(stores, work) {
  const db = await open();
  await new Promise((resolve, reject) => {
    const tx = db.transaction(stores, "readwrite", { durability: "strict" });
    tx.oncomplete = resolve;
    // Chromium names the cause on the transaction, Firefox on the request that failed.
    tx.onabort = tx.onerror = (event) => reject(asOurs(tx.error ?? event.target.error));
    try {
      work(tx);
    } catch (error) {
      reject(asOurs(error));
    }
  });
  CHANGED.postMessage(stores[0]);
}

async function read(store, ask) {
  const request = ask((await open()).transaction(store).objectStore(store));
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function asOurs(error) {
  return error?.name === "QuotaExceededError" ? new PhoneFull() : error;
}

const spokenKey = (id) => `${id} spoken`;

/**
 * Keep a photo, and the note spoken with it. ArrayBuffers, because Safari may fail to keep a Blob, and Chromium syncs a
 * Blob's file only at times.
 */
export function keep(row, bytes, spoken) {
  return write(["photos", "bytes"], (tx) => {
    tx.objectStore("photos").put(row);
    tx.objectStore("bytes").put(bytes, row.id);
    if (spoken) tx.objectStore("bytes").put(spoken, spokenKey(row.id));
  });
}

/** All rows, in the order they were taken. */
export async function list() {
  const rows = await read("photos", (store) => store.getAll());
  return rows.sort((a, b) => a.taken - b.taken || a.at - b.at);
}

export function bytesOf(id) {
  return read("bytes", (store) => store.get(id));
}

export function spokenOf(id) {
  return read("bytes", (store) => store.get(spokenKey(id)));
}

/** Change some values of a row that is still there. */
export function change(id, values) {
  return write(["photos"], (tx) => {
    const photos = tx.objectStore("photos");
    const request = photos.get(id);
    request.onsuccess = () => request.result && photos.put({ ...request.result, ...values });
  });
}

/** The server has it, or the person threw it away: nothing of it stays. */
export function forget(id) {
  return write(["photos", "bytes"], (tx) => {
    tx.objectStore("photos").delete(id);
    tx.objectStore("bytes").delete(id);
    tx.objectStore("bytes").delete(spokenKey(id));
  });
}

/** A fact of this phone: who was here last, where the person is. */
export function fact(name) {
  return read("facts", (store) => store.get(name));
}

/** It is kept also where the page is left at once: nothing of it waits for the page any more. */
export function setFact(name, value) {
  return write(["facts"], (tx) => {
    tx.objectStore("facts").put(value, name);
    tx.commit?.();
  });
}

/** Call back whenever a photo was kept, changed or forgotten, in this page, another or the service worker. */
export function watch(callback) {
  const heard = new BroadcastChannel("undrawer-photos");
  heard.onmessage = ({ data }) => data === "photos" && callback();
}
