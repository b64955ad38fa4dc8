// One upload: how far it is, and what was answered. A page has XMLHttpRequest, which tells; a service worker has fetch.

const channel = new BroadcastChannel("undrawer-progress");

/** Send bytes; {status, retryAfter, said}. Status 0 is no answer, 401 also one that another address gave. */
export function carry(id, url, { bytes, headers, patience }) {
  return globalThis.XMLHttpRequest ? byRequest(id, url, bytes, headers, patience) : byFetch(url, bytes, headers, patience);
}

/** Call back with the id and the share of its bytes that went. */
export function onProgress(callback) {
  const heard = new BroadcastChannel("undrawer-progress");
  heard.onmessage = ({ data }) => callback(data.id, data.share);
}

function byRequest(id, url, bytes, headers, patience) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    request.timeout = patience;
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => total && channel.postMessage({ id, share: loaded / total });
    request.onload = () => {
      const here = new URL(request.responseURL).pathname === new URL(url, location.href).pathname;
      const retryAfter = request.getResponseHeader("Retry-After") ?? "";
      resolve({ status: here ? request.status : 401, retryAfter, said: parsed(request.responseText) });
    };
    request.onerror = request.ontimeout = request.onabort = () => resolve({ status: 0 });
    request.send(bytes);
  });
}

async function byFetch(url, body, headers, patience) {
  try {
    const answer = await fetch(url, { method: "PUT", body, headers, redirect: "manual", signal: AbortSignal.timeout?.(patience) });
    const status = answer.type === "opaqueredirect" ? 401 : answer.status;
    return { status, retryAfter: answer.headers.get("Retry-After") ?? "", said: parsed(await answer.text()) };
  } catch {
    return { status: 0 };
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
