// The service worker, served as /sw.js: without a line, a page that says what still works, in place of the browser's own.
// It keeps that page and what it is drawn with, and nothing else: no page of a person is ever stored here.
// The server writes `self.kept = { version, page, files }` above these lines (throughline/home/installing.py).

interface Kept {
  version: string; // changes with the files: the old store is dropped when the new one is filled
  page: string;
  files: string[];
}

interface Waits extends Event {
  waitUntil(done: Promise<unknown>): void;
}

interface Asked extends Waits {
  request: Request;
  preloadResponse: Promise<Response | undefined>;
  respondWith(answer: Promise<Response>): void;
}

interface Pushed extends Waits {
  data: { json(): unknown } | null;
}

interface Tapped extends Waits {
  notification: Notification;
}

interface Page {
  url: string;
  focus(): Promise<unknown>;
  navigate(url: string): Promise<unknown>;
}

interface Worker extends EventTarget {
  kept: Kept;
  registration: {
    navigationPreload?: { enable(): Promise<void> };
    showNotification(title: string, options: NotificationOptions): Promise<void>;
  };
  clients: {
    claim(): Promise<void>;
    matchAll(options: { type: "window" }): Promise<Page[]>;
    openWindow(url: string): Promise<unknown>;
  };
  location: { origin: string };
  skipWaiting(): Promise<void>;
}

const worker = self as unknown as Worker;
const { version, page, files } = worker.kept;
const STORE = `throughline-offline-${version}`;

function on<E extends Event>(name: string, listen: (event: E) => void): void {
  worker.addEventListener(name, (event) => listen(event as E));
}

on<Waits>("install", (event) => {
  event.waitUntil(fill().then(() => worker.skipWaiting()));
});

on<Waits>("activate", (event) => {
  event.waitUntil(takeOver());
});

on<Asked>("fetch", (event) => {
  const { mode, method, url } = event.request;
  if (mode === "navigate" && method === "GET") event.respondWith(opened(event));
  else if (files.includes(new URL(url).pathname)) event.respondWith(drawn(event.request));
});

// News: who, and where to look. What was written is never in a push; an address elsewhere is not opened.
on<Pushed>("push", (event) => {
  const { title, url, tag } = news(event.data?.json());
  event.waitUntil(worker.registration.showNotification(title, { tag, data: url, icon: "/static/icons/app-192.png" }));
});

on<Tapped>("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(shown(String(event.notification.data)));
});

function news(said: unknown): { title: string; url: string; tag: string } {
  const words = (said ?? {}) as Record<string, unknown>;
  const url = typeof words["url"] === "string" ? words["url"] : "/";
  const own = new URL(url, worker.location.origin).origin === worker.location.origin;
  return { title: String(words["title"] ?? "Throughline"), url: own ? url : "/", tag: String(words["tag"] ?? "") };
}

async function shown(url: string): Promise<void> {
  const [open] = await worker.clients.matchAll({ type: "window" });
  if (!open) await worker.clients.openWindow(url);
  else await open.focus().then(() => open.navigate(url));
}

async function fill(): Promise<void> {
  const store = await caches.open(STORE);
  // Asked for by nobody in particular: what is kept carries no name.
  await Promise.all([page, ...files].map((path) => store.add(new Request(path, { credentials: "omit" }))));
}

async function takeOver(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith("throughline-offline-") && name !== STORE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.registration.navigationPreload?.enable();
  await worker.clients.claim();
}

async function opened(event: Asked): Promise<Response> {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch (error) {
    const kept = await caches.match(page);
    if (!kept) throw error;
    return new Response(kept.body, { status: 503, headers: kept.headers }); // not the page that was asked for
  }
}

async function drawn(request: Request): Promise<Response> {
  return (await caches.match(new URL(request.url).pathname)) ?? fetch(request);
}
