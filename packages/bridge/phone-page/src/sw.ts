// Served only where the store's own authority, or a certificate of its own, is trusted. It keeps the page's files, so that it opens at once;
// what goes to a till never passes through it.
declare const __FILES__: readonly string[];
declare const __BUILD__: string;

interface WorkerScope {
  readonly location: { readonly origin: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate' | 'fetch', listener: (event: LifeEvent & FetchLike) => void): void;
}
interface LifeEvent {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchLike {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

const scope = globalThis as unknown as WorkerScope;
const NAME = `tillbridge-${__BUILD__}`;

async function fill(): Promise<void> {
  const cache = await caches.open(NAME);
  await cache.addAll(__FILES__);
  await scope.skipWaiting();
}

async function clear(): Promise<void> {
  for (const name of await caches.keys()) if (name !== NAME) await caches.delete(name);
  await scope.clients.claim();
}

/** The page itself comes from the till where it answers, so that a new version is seen at once; the rest is named by its content. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(NAME);
  const kept = await cache.match(request, { ignoreSearch: true });
  if (request.mode !== 'navigate') return kept ?? fetch(request);
  try {
    return await fetch(request);
  } catch (error) {
    if (kept !== undefined) return kept;
    throw error;
  }
}

scope.addEventListener('install', (event) => event.waitUntil(fill()));
scope.addEventListener('activate', (event) => event.waitUntil(clear()));
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method === 'GET' && url.origin === scope.location.origin && __FILES__.includes(url.pathname)) event.respondWith(answer(request));
});
