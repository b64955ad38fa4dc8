// The app's own files on the phone, one cache a version; never anything of a person: no page, no picture, no answer.

const name = ({ version }) => `undrawer-${version}`;
const AWAY = [502, 503, 504]; // a proxy answers, the server behind it does not

export async function keepShell(app) {
  const cache = await caches.open(name(app));
  await cache.addAll(app.files);
  await keepOffline(app);
}

export async function keepOffline(app) {
  await (await caches.open(name(app))).add(new Request(app.offline, { cache: "reload" }));
}

export async function onlyThis(app) {
  const others = (await caches.keys()).filter((key) => key !== name(app));
  await Promise.all(others.map((key) => caches.delete(key)));
}

export async function fromShell(request, app) {
  const kept = await (await caches.open(name(app))).match(request);
  return kept ?? fetch(request);
}

/** The page from the server; without one, the page that can at least take photos. */
export async function fromNetwork(request, app) {
  const offline = async () => (await caches.open(name(app))).match(app.offline);
  try {
    const response = await fetch(request);
    return AWAY.includes(response.status) ? ((await offline()) ?? response) : response;
  } catch (error) {
    const page = await offline();
    if (page) return page;
    throw error;
  }
}
