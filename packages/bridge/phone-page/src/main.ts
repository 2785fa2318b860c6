import { deadline, pageClock } from '@tillbridge/core';
import { PhoneClient } from '@tillbridge/phone-link';
import { PhoneApp } from './app/phone-app.js';
import { Camera } from './camera/camera.js';
import { DecoderThread } from './camera/decoder-thread.js';
import { readPhoto } from './camera/photo.js';
import { Scanner } from './camera/scanner.js';
import { languageOf } from './i18n/index.js';
import { PageKeyStore } from './platform/key-store.js';
import { phoneModel } from './platform/phone-model.js';
import { askPlace } from './platform/place.js';
import { post } from './platform/post.js';
import { Settings } from './platform/settings.js';
import { Awake } from './ui/awake.js';
import { bind } from './ui/bind.js';
import { element } from './ui/element.js';
import { Signals } from './ui/signals.js';
import { View } from './ui/view.js';

/** Random bytes where `crypto.subtle` is missing too: plain HTTP has this one. */
const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

function compose(): PhoneApp {
  const clock = pageClock;
  const video = element('video', HTMLVideoElement);
  const view = new View(languageOf(navigator.languages));
  const [awake, signals] = [new Awake(), new Signals()];
  const thread = new DecoderThread(clock, () => app.cameraFailed('decoder'));
  const camera = new Camera(video, { ready: () => app.cameraReady(), failed: (reason) => app.cameraFailed(reason) });
  const scanner = new Scanner(clock, video, thread, (sighting) => app.saw(sighting));
  const app: PhoneApp = new PhoneApp({
    clock,
    random: Math.random,
    client: new PhoneClient({ clock, random, post, store: new PageKeyStore(indexedDB) }),
    camera,
    scanner,
    settings: new Settings(() => localStorage),
    show: (model) => view.draw(model),
    signal: (look) => signals.signal(look),
    awake: (on) => awake.set(on),
    readPhoto: (file) => readPhoto(file, thread),
    measured: ({ frameAt: start, certainAt, answeredAt: end }) => {
      performance.measure('tillbridge.scan', { start, end, detail: { certain: certainAt - start } });
      // an observer has it; the page's list must not grow all evening
      performance.clearMeasures('tillbridge.scan');
    },
  });
  bind(app, { video, touched: () => signals.touched(), model: phoneModel(navigator.userAgent) });
  thread.start();
  return app;
}

/** What stands behind the `#`: a secret, so it leaves the address bar and the history at once. */
function takeFragment(): string {
  const fragment = location.hash.slice(1);
  if (fragment !== '') history.replaceState(null, '', location.pathname);
  return fragment;
}

const app = compose();
void app.start(takeFragment());
addEventListener('hashchange', () => {
  const fragment = takeFragment();
  if (fragment !== '') app.invited(fragment);
});

const limit = deadline(pageClock, 5_000);
void askPlace(limit.signal).then(({ secure, trust, worker }) => {
  limit.dispose();
  app.place(secure, trust);
  // only where browsers can trust the certificate: elsewhere they refuse it
  const { serviceWorker } = navigator as { readonly serviceWorker?: ServiceWorkerContainer };
  if (worker) serviceWorker?.register('/sw.js').catch(() => undefined);
});
// browsers may throw the keys away otherwise; not there on plain HTTP
const { storage } = navigator as { readonly storage?: { readonly persist?: () => Promise<boolean> } };
storage?.persist?.().catch(() => undefined);
