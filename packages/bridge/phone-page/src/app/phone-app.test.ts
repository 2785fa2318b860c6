import { PhoneClient, keyPairOf, readPath, TillLink, type PhoneRecord, type PhoneTaken, type StoredTill } from '@tillbridge/phone-link';
import { VirtualClock } from '@tillbridge/testkit';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Read } from '../recognition/formats.js';
import type { Model } from './model.js';
import { PhoneApp } from './phone-app.js';

const qr = (text: string): Read => ({ text, symbology: 'qr', linear: false });
const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const APPLIED: PhoneTaken = { is: 'loyalty', kind: 'card', ended: Promise.resolve({ outcome: 'applied', signal: 'good' }) };

/** The page's behaviour against a real till's end of the link, with no browser: time stands still until a test moves it. */
class Bench {
  readonly clock = new VirtualClock();
  readonly arrived: string[] = [];
  readonly signals: string[] = [];
  readonly cameraIs = { open: false, works: true, looking: false };
  taken: PhoneTaken = APPLIED;
  away = false;
  photo: Read | undefined;
  readonly #phones = new Map<string, PhoneRecord>();
  readonly #kept = new Map<string, StoredTill>();
  readonly link = new TillLink({
    clock: this.clock,
    random,
    identity: keyPairOf(random(32)),
    phones: {
      get: (id) => this.#phones.get(id),
      add: async (phone) => {
        this.#phones.set(phone.id, phone);
      },
      remove: async (id) => {
        this.#phones.delete(id);
      },
      seen: () => undefined,
    },
    card: () => ({ name: 'Bar', tills: [{ id: 'front', name: 'Bar' }], formats: [] }),
    scan: ({ bytes }) => {
      this.arrived.push(Buffer.from(bytes).toString());
      return this.taken;
    },
  });
  readonly app: PhoneApp = new PhoneApp({
    clock: this.clock,
    random: () => 0.5,
    client: new PhoneClient({
      clock: this.clock,
      random,
      post: async (path, body, signal) => {
        const target = readPath(path);
        if (this.away || target === undefined) throw new Error('nobody answers');
        return this.link.answer(target.path, body, signal);
      },
      store: {
        all: async () => [...this.#kept.values()],
        put: async (till) => {
          this.#kept.set(till.tillId, till);
        },
        remove: async (id) => {
          this.#kept.delete(id);
        },
      },
    }),
    camera: {
      view: { torch: 'none', cameras: [], current: undefined, zooms: false },
      open: async () => {
        this.cameraIs.open = this.cameraIs.works;
        if (this.cameraIs.works) this.app.cameraReady();
        else this.app.cameraFailed('denied');
      },
      choose: async () => undefined,
      torch: async () => undefined,
      zoom: async () => undefined,
      close: () => {
        this.cameraIs.open = false;
      },
    },
    scanner: {
      zoom: 1,
      start: () => {
        this.cameraIs.looking = true;
      },
      stop: () => {
        this.cameraIs.looking = false;
      },
    },
    settings: { get: () => undefined, set: () => undefined },
    show: () => undefined,
    signal: (look) => this.signals.push(look),
    awake: () => undefined,
    readPhoto: async () => this.photo,
  });

  get state(): Model['state'] {
    return this.app.model.state;
  }

  /** Paired, and at the camera. */
  static async paired(works = true): Promise<Bench> {
    const bench = new Bench();
    bench.cameraIs.works = works;
    await bench.app.start(bench.link.invite().fragment);
    expect(bench.state).toBe('naming');
    bench.app.pair('Anna', 'Phone');
    await bench.clock.advance(1_000);
    expect(bench.state).toBe(works ? 'scanning' : 'noCamera');
    return bench;
  }

  /** In small steps: what waits for several answers in a row needs them. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 50) await this.clock.advance(50);
  }

  /** The same code is in sight for so long, 30 frames a second; frames are looked at only while the page wants them. */
  async hold(text: string, ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 33) {
      if (this.cameraIs.looking) this.app.saw({ read: qr(text), frameAt: this.clock.mono() });
      await this.clock.advance(33);
    }
  }
}

describe('PhoneApp', () => {
  it('sends a code once for as long as it is in sight, and again when a person says so', async () => {
    const bench = await Bench.paired();
    await bench.hold('a', 20_000);
    expect(bench.arrived).toEqual(['a']);
    expect(bench.state).toBe('asking');
    bench.app.press('confirm');
    bench.app.press('confirm');
    await bench.clock.advance(100);
    expect(bench.arrived).toEqual(['a', 'a']);
    await bench.hold('a', 20_000);
    expect(bench.arrived).toEqual(['a', 'a']);
    expect(bench.signals).toEqual(['good', 'good']);
  });

  it('sends it again by itself after five seconds out of sight, and another one at once', async () => {
    const bench = await Bench.paired();
    await bench.hold('a', 500);
    await bench.clock.advance(2_000);
    await bench.hold('b', 500);
    await bench.clock.advance(7_000);
    await bench.hold('a', 500);
    expect(bench.arrived).toEqual(['a', 'b', 'a']);
  });

  it('shows what is uncertain until somebody has read it, and does not send it again then', async () => {
    const bench = await Bench.paired();
    bench.taken = { is: 'loyalty', kind: 'card', ended: Promise.resolve({ outcome: 'unknown', signal: 'bad' }) };
    await bench.hold('a', 60_000);
    expect(bench.state).toBe('answered');
    bench.app.press('done');
    await bench.hold('a', 10_000);
    expect(bench.arrived).toEqual(['a']);
    expect(bench.signals).toEqual(['unsure']);
  });

  it('says that nothing was sent while the till is away, and sends what is still in sight when it is back', async () => {
    const bench = await Bench.paired();
    bench.away = true;
    await bench.pass(30_000);
    expect(bench.app.model.link).toBe('offline');
    await bench.hold('a', 20_000);
    expect(bench.arrived).toEqual([]);
    bench.away = false;
    await bench.hold('a', 40_000);
    expect(bench.arrived).toEqual(['a']);
    expect(bench.app.model.link).toBe('online');
  });

  it('is told of a revocation in the middle of a scan, and gives the camera back', async () => {
    const bench = await Bench.paired();
    bench.taken = { is: 'loyalty', kind: 'card', ended: new Promise(() => undefined) };
    const [phone = ''] = bench.link.connected();
    await bench.hold('a', 100);
    expect(bench.state).toBe('sending');
    await bench.link.revoke(phone);
    await bench.pass(30_000);
    expect(bench.state).toBe('forgotten');
    expect(bench.cameraIs.open).toBe(false);
    expect(bench.app.model.link).toBe('none');
    await bench.app.forget();
    await bench.pass(30_000);
    expect(bench.state).toBe('unpaired');
  });

  it('gives the camera back while the page is not on the screen, also when that happens in the middle of a scan', async () => {
    const bench = await Bench.paired();
    bench.app.visible(false);
    expect([bench.state, bench.cameraIs.open]).toEqual(['hidden', false]);
    bench.app.visible(true);
    expect([bench.state, bench.cameraIs.open]).toEqual(['scanning', true]);
    bench.app.saw({ read: qr('a'), frameAt: bench.clock.mono() });
    bench.app.visible(false);
    await bench.pass(10_000);
    expect([bench.state, bench.cameraIs.open, bench.arrived]).toEqual(['hidden', false, ['a']]);
  });

  it('sends a typed number once, whatever an impatient thumb does, and tells what is wrong with one', async () => {
    const bench = await Bench.paired();
    bench.app.typeIt();
    bench.app.submit('card', ' ');
    expect(bench.app.model.typingProblem).toBe('badNumber');
    for (let n = 0; n < 3; n += 1) bench.app.submit('card', '12 34');
    await bench.clock.advance(100);
    expect(bench.arrived).toEqual(['1234']);
  });

  it('reads a photo where there is no camera', async () => {
    const bench = await Bench.paired(false);
    await bench.app.photo(new Blob([]));
    expect(bench.app.model.photo).toBe('nothing');
    bench.photo = qr('p');
    await bench.app.photo(new Blob([]));
    await bench.clock.advance(100);
    expect(bench.arrived).toEqual(['p']);
  });

  it('refuses a text that no till takes without sending it', async () => {
    const bench = await Bench.paired();
    bench.app.saw({ read: qr('x'.repeat(3_073)), frameAt: bench.clock.mono() });
    expect(bench.app.model.answer?.title).toBe('tooLong');
    await bench.pass(10_000);
    expect(bench.arrived).toEqual([]);
  });

  it.each(['', '!!!', 'AAAA', 'x'.repeat(5_000)])('a QR code that is none of a till is refused: %.8s', async (fragment) => {
    const bench = new Bench();
    await bench.app.start(fragment);
    expect(bench.state).toBe(fragment === '' ? 'unpaired' : 'pairFailed');
    if (fragment !== '') expect(bench.app.model.problem).toBe('badCode');
  });

  it('another QR code does not change the digits that are being compared', async () => {
    const bench = new Bench();
    await bench.app.start(bench.link.invite({ confirm: true }).fragment);
    bench.app.pair('A', '');
    await bench.clock.advance(100);
    expect(bench.state).toBe('confirming');
    const { digits } = bench.app.model;
    bench.app.invited(bench.link.invite().fragment);
    expect([bench.state, bench.app.model.digits]).toEqual(['confirming', digits]);
  });

  it('a QR code that was used is refused, and the way back is open', async () => {
    const bench = new Bench();
    const { fragment } = bench.link.invite();
    await bench.app.start(fragment);
    bench.link.withdraw('');
    bench.app.pair('A', '');
    await bench.clock.advance(100);
    expect(bench.state).toBe('scanning');
    bench.app.invited(fragment);
    bench.app.pair('B', '');
    await bench.pass(10_000);
    expect([bench.state, bench.app.model.problem]).toEqual(['pairFailed', 'expired']);
    bench.app.press('cancel');
    await bench.clock.advance(1_000);
    expect(bench.state).toBe('scanning');
  });
});
