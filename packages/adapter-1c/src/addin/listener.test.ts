import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { instant, NativeNumber, Secret, silentLog, compileOutput, type DeliveryRequest } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AddinTill } from './addin-till.js';
import { AddinListeners } from './listener.js';
import { WrongTokens } from './wrong-tokens.js';

const TOKEN = 'made-up-token-of-the-test';
const never = new AbortController().signal;

describe('the port for drivers', () => {
  let clock: VirtualClock;
  let till: AddinTill;
  let sockets: Socket[];
  let dropped: [number, string][];

  beforeEach(async () => {
    clock = new VirtualClock();
    sockets = [];
    dropped = [];
    const listeners = new AddinListeners({ clock, log: silentLog, version: '0' });
    const options = { id: 'front', listen: { host: '127.0.0.1', port: 0 }, token: new Secret(TOKEN), output: compileOutput({ suffix: 'none' }), charset: 'ascii' as const };
    till = new AddinTill({ ...options, gapMs: 0, backlogMs: 2000, expireMs: 5000, keepAim: false }, { clock, log: silentLog, listeners });
    await till.open({ state: () => undefined, goodsDropped: (...what) => void dropped.push(what), order: () => undefined }, never);
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    const closed = till.close();
    await clock.advance(5000);
    await closed;
  });

  /** A connection, and what it hears; `lines` waits for so many. */
  const join = async () => {
    const socket = connect(Number(till.address?.split(':')[1]), '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    let text = '';
    socket.on('data', (chunk) => (text += String(chunk)));
    await once(socket, 'connect');
    const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
    const lines = async (count: number): Promise<readonly Record<string, unknown>[]> => {
      const heard = (): string[] => text.split('\n').slice(0, -1);
      while (heard().length < count && !socket.destroyed) await new Promise((resolve) => setImmediate(resolve));
      return heard().map((line) => JSON.parse(line) as Record<string, unknown>);
    };
    return { socket, closed, lines, say: (message: unknown) => void socket.write(typeof message === 'string' ? message : `${JSON.stringify(message)}\n`) };
  };
  const hello = (over: Record<string, unknown> = {}) => ({ type: 'hello', protocol: 1, token: TOKEN, driver: '0.1.0', device: 'd', instance: '5f0c2a9be1d47788', client: { host: 'K', pid: 7, name: '1cv8c.exe' }, test: false, ...over });
  const request = (): DeliveryRequest => ({ id: 'd1', scanId: 's', till: 'front', number: new NativeNumber('card', '2000000001234'), at: instant(clock), expired: () => false });

  it('lets the right token in, gives a number and takes its status', async () => {
    const driver = await join();
    driver.say(hello());
    expect((await driver.lines(1))[0]).toMatchObject({ type: 'welcome', protocol: 1, till: 'front', pingMs: 5000 });
    expect(till.state).toMatchObject({ status: 'ready', detail: 'driver 0.1.0 in 1cv8c.exe on K (pid 7)' });
    const sent = till.deliver(request(), never);
    expect((await driver.lines(2))[1]).toEqual({ type: 'deliver', id: 'd1', seq: 1, event: 'barcode', data: '2000000001234', expiresInMs: 5000 });
    driver.say({ type: 'status', id: 'd1', state: 'waiting' });
    driver.say({ type: 'status', id: 'd1', state: 'queued' });
    expect(await sent).toEqual({ outcome: 'sent', evidence: 'queued' });
  });

  it.each([
    ['version', hello({ protocol: 2 }), 'protocol'],
    ['token', hello({ token: 'x' }), 'token'],
    ['first word', { type: 'status', id: 'a', state: 'queued' }, 'malformed'],
    ['language', 'GET / HTTP/1.1\r\n\r\n', 'malformed'],
    ['length', 'x'.repeat(5000), 'malformed'],
  ])('refuses a wrong %s', async (_name, message, code) => {
    const driver = await join();
    driver.say(message);
    expect((await driver.lines(1))[0]).toMatchObject({ type: 'refuse', code });
    await driver.closed;
  });

  it('another instance is busy while the first lives; the same one takes its own place', async () => {
    const first = await join();
    first.say(hello());
    await first.lines(1);
    const second = await join();
    second.say(hello({ instance: '00000000000000aa' }));
    expect((await second.lines(1))[0]).toMatchObject({ type: 'refuse', code: 'busy', text: 'connected from K (pid 7)' });
    const again = await join();
    again.say(hello());
    expect((await again.lines(1))[0]).toMatchObject({ type: 'welcome' });
    await first.closed;
    expect(till.state.status).toBe('ready');
  });

  it('hangs up on who says nothing, and on who answers no ping', async () => {
    const silent = await join();
    silent.say('{"type":');
    const driver = await join();
    driver.say(hello());
    await driver.lines(1);
    await clock.advance(3000);
    await silent.closed;
    await clock.advance(2000);
    expect((await driver.lines(2))[1]).toEqual({ type: 'ping', n: 1 });
    driver.say({ type: 'pong', n: 1 });
    driver.say({ type: 'ping', n: 9 });
    expect((await driver.lines(3))[2]).toEqual({ type: 'pong', n: 9 });
    await clock.advance(5000);
    expect((await driver.lines(4))[3]).toEqual({ type: 'ping', n: 2 });
    await clock.advance(5000);
    await driver.closed;
    expect(till.state).toMatchObject({ status: 'retrying', reason: { code: 'TB_TILL_ONEC_NO_DRIVER' } });
  });

  it('a flood of connections that say nothing keeps no driver out', async () => {
    await Promise.all(Array.from({ length: 60 }, () => join()));
    const driver = await join();
    driver.say(hello());
    expect((await driver.lines(1))[0]).toMatchObject({ type: 'welcome' });
  });

  it('guessing is locked, also for the right token; an instance that was let in before is heard', async () => {
    const known = await join();
    known.say(hello());
    await known.lines(1);
    known.socket.destroy();
    for (let i = 0; i < 5; i += 1) {
      const guess = await join();
      guess.say(hello({ token: `guess ${String(i)}`, instance: '00000000000000aa' }));
      await guess.closed;
    }
    const locked = await join();
    locked.say(hello({ instance: '00000000000000aa' }));
    expect((await locked.lines(1))[0]).toMatchObject({ type: 'refuse', code: 'token', retryMs: 30_000 });
    const again = await join();
    again.say(hello());
    expect((await again.lines(1))[0]).toMatchObject({ type: 'welcome' });
  });

  it('a port that is taken: said so, by doctor too, and taken over as soon as it is free', async () => {
    const port = Number(till.address?.split(':')[1]);
    const listeners = new AddinListeners({ clock, log: silentLog, version: '0' });
    const options = { id: 'back', listen: { host: '127.0.0.1', port }, token: new Secret(TOKEN), output: compileOutput({ suffix: 'none' }), charset: 'ascii' as const };
    const second = new AddinTill({ ...options, gapMs: 0, backlogMs: 2000, expireMs: 5000, keepAim: false }, { clock, log: silentLog, listeners });
    expect(await second.probe()).toEqual([expect.objectContaining({ level: 'fail', text: expect.stringContaining('EADDRINUSE') as unknown })]);
    await second.open({ state: () => undefined, goodsDropped: () => undefined, order: () => undefined }, never);
    expect(second.state).toMatchObject({ status: 'retrying', reason: { code: 'TB_TILL_ONEC_PORT' } });
    const freed = till.close();
    await clock.advance(1000);
    await freed;
    expect(await second.probe()).toMatchObject([{ level: 'fail' }]);
    await clock.advance(2000);
    while (second.state.reason?.code === 'TB_TILL_ONEC_PORT') await new Promise((resolve) => setImmediate(resolve));
    expect(second.state).toMatchObject({ status: 'retrying', reason: { code: 'TB_TILL_ONEC_NO_DRIVER' } });
    const closed = second.close();
    await clock.advance(5000);
    await closed;
    expect(await second.probe()).toMatchObject([{ level: 'ok' }]);
  });

  it('goods wait for the driver for so long, and are counted then', async () => {
    till.goods({ reader: 'r', bytes: Buffer.from('1'), terminator: Buffer.from('\r'), withSuffix: false, at: instant(clock) });
    await clock.advance(1999);
    expect(dropped).toEqual([]);
    await clock.advance(1);
    expect(dropped).toEqual([[1, 'notConnected']]);
  });

  it('a number that was given and lost with its connection: the driver is asked, and another one cannot know', async () => {
    const driver = await join();
    driver.say(hello());
    await driver.lines(1);
    const sent = till.deliver(request(), never);
    await driver.lines(2);
    driver.socket.destroy();
    while (till.state.status === 'ready') await new Promise((resolve) => setImmediate(resolve));
    const other = await join();
    other.say(hello({ instance: '00000000000000aa' }));
    expect(await sent).toEqual({ outcome: 'unknown', reason: 'notReported' });
    const verified = till.verify({ id: 'd1', scanId: 's', till: 'front', time: 0 }, never);
    expect((await other.lines(2))[1]).toEqual({ type: 'withdraw', id: 'd1' });
    other.say({ type: 'status', id: 'd1', state: 'none' });
    expect(await verified).toEqual({ outcome: 'unknown', reason: 'notRemembered' });
  });
});

describe('wrong tokens', () => {
  it('the same one again and again is a mistake in the settings, and locks nobody out', () => {
    const wrong = new WrongTokens(new VirtualClock());
    for (let i = 0; i < 100; i += 1) wrong.failed('old');
    expect(wrong.lockedFor('a')).toBe(0);
  });

  it('locks double up to two minutes', async () => {
    const clock = new VirtualClock();
    const wrong = new WrongTokens(clock);
    const locks: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      for (let i = 0; i < 5; i += 1) wrong.failed(`${String(round)} ${String(i)}`);
      locks.push(wrong.lockedFor('a'));
      await clock.advance(wrong.lockedFor('a'));
    }
    expect(locks).toEqual([30_000, 60_000, 120_000, 120_000]);
  });
});
