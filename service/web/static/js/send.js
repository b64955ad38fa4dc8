// Sending photos: each alone, a few at a time, with its progress; a refusal comes back as the server's own sentence.

const AT_ONCE = 3;

/** Send one photo; `progress(share)` hears how much has gone. Resolves to what the server says of it. */
function post(file, words, progress) {
  const body = new FormData();
  for (const [name, value] of Object.entries(words)) body.append(name, value);
  body.append("photo", file, file.name || "photo.jpg");
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/v1/photos");
    request.setRequestHeader("X-Requested-With", "undrawer");
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => resolve({ status: request.status, body: request.response });
    request.onerror = request.ontimeout = () => reject(new Error("no network"));
    request.send(body);
  });
}

/** Send several, three at once, in order; calls `begun`, `moved`, `ended` and `failed` with each file. */
export async function sendAll(files, words, told) {
  const left = [...files];
  const lane = async () => {
    for (let file = left.shift(); file; file = left.shift()) await sendOne(file, words, told);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, left.length) }, lane));
}

export async function sendOne(file, words, told) {
  try {
    told.ended(file, await post(file, words, (share) => told.moved(file, share)));
  } catch {
    told.failed(file);
  }
}
