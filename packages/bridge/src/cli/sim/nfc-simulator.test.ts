import { generateKeyPairSync } from 'node:crypto';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isTillbridgeError } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { startControl, type ControlServer } from './control-server.js';
import { NfcSimulator } from './nfc-simulator.js';

const PEM = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const UID = { type: 'uid', uid: 'B2C124CB' };

/** The driver's end of the virtual reader: what pcscd would ask of the card. */
class Driver {
  readonly #server: Server;
  #socket: Socket | undefined;
  #seen = Buffer.alloc(0);
  #notify: () => void = () => undefined;

  constructor() {
    this.#server = createServer((socket) => {
      this.#socket = socket;
      this.#seen = Buffer.alloc(0);
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        this.#seen = Buffer.concat([this.#seen, bytes]);
        this.#notify();
      });
      socket.on('close', () => {
        if (this.#socket === socket) this.#socket = undefined;
        this.#notify();
      });
    });
  }

  listen(): Promise<number> {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', () => resolve((this.#server.address() as AddressInfo).port)));
  }

  /** The port that it listens on. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The answer to a command, in hex; `gone` when the card was taken away meanwhile. */
  async ask(hex: string): Promise<string> {
    await expect.poll(() => this.#socket !== undefined, { timeout: 10_000 }).toBe(true);
    const bytes = Buffer.from(hex, 'hex');
    this.#seen = Buffer.alloc(0);
    this.#socket?.write(Buffer.concat([Buffer.from([0, bytes.length]), bytes]));
    return new Promise((resolve) => {
      this.#notify = () => {
        if (this.#socket === undefined) resolve('gone');
        else if (this.#seen.length >= 2 && this.#seen.length >= 2 + this.#seen.readUInt16BE()) resolve(this.#seen.subarray(2).toString('hex'));
      };
      this.#notify();
    });
  }

  get card(): boolean {
    return this.#socket !== undefined;
  }

  close(): void {
    this.#socket?.destroy();
    this.#server.close();
  }
}

describe('the NFC simulator', () => {
  let driver: Driver;
  let simulator: NfcSimulator;
  let control: ControlServer;
  const clock = new VirtualClock();

  beforeEach(async () => {
    driver = new Driver();
    simulator = new NfcSimulator({ host: '127.0.0.1', port: await driver.listen() }, clock, 0);
    control = await startControl({ host: '127.0.0.1', port: 0 }, simulator.routes, 'en');
  });

  afterEach(async () => {
    await simulator.close();
    await control.close();
    driver.close();
  });

  async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${control.url}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it('lays a card on the reader, shows what was asked of it, and takes it away', async () => {
    expect(await call('GET', '/state')).toMatchObject({ status: 200, body: { inserted: false, card: null, commands: 0 } });
    expect(await call('POST', '/card', UID)).toMatchObject({ status: 200, body: { inserted: true, card: 'uid' } });
    expect(await driver.ask('FFCA000000')).toBe('b2c124cb9000');
    const log = await call('GET', '/log');
    expect(log.body).toEqual({ commands: [{ command: 'FFCA0000', dataBytes: 0, status: '9000', answerBytes: 4 }] });
    expect(await call('DELETE', '/card')).toMatchObject({ body: { inserted: false } });
    await expect.poll(() => driver.card, { timeout: 10_000 }).toBe(false);
    // the last one again
    expect(await call('POST', '/card')).toMatchObject({ body: { inserted: true, card: 'uid' } });
    expect(await driver.ask('FFCA000000')).toBe('b2c124cb9000');
  });

  it('leaves the slot empty long enough for the change of cards to be seen', async () => {
    const slow = new NfcSimulator({ host: '127.0.0.1', port: driver.port }, clock);
    await slow.insert(UID);
    const second = slow.insert({ type: 'uid', uid: '01020304' });
    await expect.poll(() => clock.pending, { timeout: 10_000 }).toBe(1);
    await clock.advance(499);
    expect(slow.state()).toMatchObject({ inserted: false });
    await clock.advance(1);
    expect(await second).toMatchObject({ inserted: true });
    await slow.close();
  });

  it('taps for as long as it is told', async () => {
    await call('POST', '/tap', { card: UID, ms: 300 });
    expect(await driver.ask('FFCA000000')).toBe('b2c124cb9000');
    await clock.advance(299);
    expect(simulator.state()).toMatchObject({ inserted: true });
    await clock.advance(1);
    await expect.poll(() => driver.card, { timeout: 10_000 }).toBe(false);
  });

  it('turns the dial of faults, also under a card that is there', async () => {
    await call('POST', '/card', UID);
    await call('PUT', '/faults', { refuse: { status: '6A82', ins: 'CA', times: 1 } });
    expect(await driver.ask('FFCA000000')).toBe('6a82');
    expect(await driver.ask('FFCA000000')).toBe('b2c124cb9000');
    await call('PUT', '/faults', { corrupt: true });
    expect(await driver.ask('FFCA000000')).toBe('b3c124cb9000');
    await call('PUT', '/faults', { endless: '61ff' });
    expect(await driver.ask('FFCA000000')).toBe('0061ff');
    await call('PUT', '/faults', {});
    expect(await driver.ask('FFCA000000')).toBe('b2c124cb9000');
    await call('PUT', '/faults', { removeAfter: 0 });
    expect(await driver.ask('FFCA000000')).toMatch(/^(gone)?$/);
    await expect.poll(() => driver.card, { timeout: 10_000 }).toBe(false);
  });

  it('makes every kind of card, and phones in a mood', async () => {
    const cards = [
      { type: 'ndef2', uri: 'https://p.example/l/42' },
      { type: 'ndef4', text: '42' },
      { type: 'classic', key: 'A0A1A2A3A4A5', blocks: { 4: '31323334' } },
      { type: 'hce', code: '98' },
      { type: 'apple', passes: [{ id: 'pass.com.example.loyalty', key: PEM, message: '77' }] },
      { type: 'google', collectorId: 1, keys: { 1: PEM }, redemptionValue: '98' },
    ];
    for (const card of cards) expect(await call('POST', '/card', card)).toMatchObject({ status: 200, body: { inserted: true, card: card.type } });
    await call('POST', '/card', { type: 'hce', code: '98' });
    await call('PUT', '/mood', { closed: true });
    await driver.ask('00A4040007F054494C4C303100');
    expect(await driver.ask('80CA010000')).toBe('6985');
    await call('PUT', '/mood', {});
    expect(await driver.ask('80CA010000')).toBe('df010239389000');
  });

  it.each([
    ['an unknown card', 'POST', '/card', { type: 'banana' }],
    ['a UID that is no hex', 'POST', '/card', { type: 'uid', uid: 'hello!!!' }],
    ['a key that is none', 'POST', '/card', { type: 'apple', passes: [{ id: 'x', key: 'secret-thing', message: '' }] }],
    ['a tag with two messages', 'POST', '/card', { type: 'ndef2', uri: 'x', text: 'y' }],
    ['a fault that does not exist', 'PUT', '/faults', { explode: true }],
    ['a tap for ever', 'POST', '/tap', { card: UID, ms: 1e9 }],
    ['no card at all', 'POST', '/tap', {}],
  ])('refuses %s with a reason that repeats no value', async (_, method, path, body) => {
    const answer = await call(method, path, body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain('TB_CONFIG_USAGE');
    expect(JSON.stringify(answer.body)).not.toMatch(/secret-thing|hello!!!/);
    expect(simulator.state()).toMatchObject({ inserted: false });
  });

  it('says when no virtual reader is there', async () => {
    driver.close();
    await expect.poll(async () => (await call('POST', '/card', UID)).status, { timeout: 10_000 }).toBe(503);
    expect(JSON.stringify((await call('POST', '/card', UID)).body)).toContain('TB_READER_NFC_NO_SLOT');
  });

  it('keeps web pages out, and bodies that are no JSON', async () => {
    const status = async (init: RequestInit): Promise<number> => (await fetch(`${control.url}/card`, { method: 'POST', ...init })).status;
    expect(await status({ body: JSON.stringify(UID), headers: { 'content-type': 'text/plain' } })).toBe(415);
    expect(await status({ body: JSON.stringify(UID), headers: { 'content-type': 'application/json', origin: 'https://evil.example' } })).toBe(403);
    expect(await status({ body: '{', headers: { 'content-type': 'application/json' } })).toBe(400);
    expect(await status({ body: JSON.stringify('x'.repeat(70_000)), headers: { 'content-type': 'application/json' } })).toBe(400);
    expect((await fetch(`${control.url}/nowhere`)).status).toBe(404);
    expect(simulator.state()).toMatchObject({ inserted: false });
  });

  it('listens on this machine only', async () => {
    const error: unknown = await startControl({ host: '0.0.0.0', port: 0 }, [], 'en').catch((thrown: unknown) => thrown);
    expect(isTillbridgeError(error) && error.code).toBe('TB_CONFIG_USAGE');
  });
});
