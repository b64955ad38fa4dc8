// Notices in the service worker: shown as they come, and a tap on one opens Today.

const ICON = new URL("../icons/icon-192.png", import.meta.url).href;

function read(data) {
  try {
    return data?.json() ?? {};
  } catch {
    return {};
  }
}

/** A browser wants something shown for every push, also for one that cannot be read. */
export function tell(data) {
  const { title = "Undrawer", body = "", tag = "undrawer", lang = "", url = "/today" } = read(data);
  return self.registration.showNotification(title, { body, tag, lang, icon: ICON, badge: ICON, data: { url } });
}

export async function open(notification) {
  notification.close();
  const { pathname, search } = new URL(notification.data?.url ?? "/today", location.origin);
  const windows = await self.clients.matchAll({ type: "window" });
  for (const one of windows) {
    // A window that is not this worker's own cannot be led elsewhere: then a new one opens.
    const led = await one.navigate(pathname + search).catch(() => null);
    if (led) return led.focus();
  }
  return self.clients.openWindow(pathname + search);
}

/** The browser changed the address by itself: the server learns it, as long as somebody is signed in. */
export async function subscribeAgain({ oldSubscription, newSubscription }) {
  const key = oldSubscription?.options.applicationServerKey;
  const made =
    newSubscription ?? (key && (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })));
  if (!made) return;
  await fetch("/api/v1/devices", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Requested-With": "undrawer" },
    body: JSON.stringify(made),
  });
}
