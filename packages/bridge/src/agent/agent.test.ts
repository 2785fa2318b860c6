import { randomBytes } from 'node:crypto';
import { TillbridgeError } from '@tillbridge/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeInjector } from '../../../adapter-device/src/keyboard/testing/suites/injector.js';
import { waitFor } from '../../../../test/support/wait-for.js';
import { agentProof, decodeGreeting, encodeGreeting, WIRE } from './greeting.js';
import type { DaemonMessage } from './messages.js';
import { directionKey, Opener, Sealer } from './sealed.js';
import { ABOUT, Bench, KEY, never, Peer, STROKE } from '../../../../test/support/agent-bench.js';

let bench: Bench;
beforeEach(() => (bench = new Bench()));
afterEach(() => bench.close());

describeInjector('through the agent', async () => {
  const own = new Bench();
  await own.listen();
  own.agent();
  await waitFor('the agent', () => own.desk.occupied);
  const other = own.desktop.window('Editor');
  own.desktop.carries = (character) => character !== 'Я';
  return {
    source: own.desk.keyboard({ transport: 'xtest', options: {} }),
    guard: { title: 'Cashier' },
    front: async (window) => void (own.desktop.front = window === 'target' ? own.till : other),
    target: () => own.till.received + own.till.keys.map(({ usage, down }) => (down ? (usage === 0x28 ? '\r' : String((usage - 0x1d) % 10)) : '')).join(''),
    other: () => other.received,
    carried: 'Az-\u0416',
    notCarried: 'Я',
    dispose: () => own.close(),
  };
});

describe('daemon and agent', () => {
  it('know each other: the desk says who is there, and the agent where it is', async () => {
    await bench.listen();
    expect(bench.desk.state).toMatchObject({ status: 'retrying', reason: { code: 'TB_TILL_AGENT_MISSING' } });
    bench.agent();
    await waitFor('the agent', () => bench.desk.state.status === 'ready');
    expect(bench.desk.state.detail).toBe('pid 42, 1.2.3, Console, integrity medium');
    await waitFor('its word', () => bench.states.length === 1);
    expect(bench.states).toEqual([{ connected: bench.place, daemonVersion: '1.2.3' }]);
    bench.desk.say('front', 'expired', 'windowNotInFront');
    await waitFor('the message', () => bench.said.length === 1);
    expect(bench.said[0]).toMatchObject({ till: 'front', outcome: 'expired', reason: 'windowNotInFront' });
  });

  it('an agent of another version is said', async () => {
    await bench.listen();
    bench.agent({ about: { ...ABOUT, version: '1.2.2' } });
    await waitFor('the agent', () => bench.desk.state.status === 'ready');
    expect(bench.desk.state.reason).toMatchObject({ code: 'TB_TILL_AGENT_VERSION', params: { agent: '1.2.2', daemon: '1.2.3' } });
  });

  it('a daemon that comes later is found, and found again', async () => {
    bench.agent();
    await waitFor('the complaint', () => bench.states.length > 0);
    expect(bench.states[0]).toMatchObject({ code: 'TB_TILL_AGENT_NO_DAEMON' });
    for (let round = 0; round < 3; round += 1) {
      await bench.listen();
      await waitFor('the agent', () => bench.desk.occupied);
      await bench.server?.close();
      expect(bench.desk.occupied).toBe(false);
    }
  });

  it('a till that asks without an agent is told at once, and told again as soon as one comes', async () => {
    await bench.listen();
    const source = bench.desk.keyboard({ transport: 'xtest', options: {} });
    await expect(source.open(never)).rejects.toMatchObject({ code: 'TB_TILL_AGENT_MISSING' });
    const arrival = source.arrival?.(AbortSignal.timeout(10_000));
    bench.agent();
    await arrival;
    expect((await source.open(never)).capabilities.text).toBe('unicode');
  });

  it('what the agent cannot open is told as it is, and no reason to ask again at once', async () => {
    await bench.listen();
    bench.desktop.fault = new TillbridgeError('TB_TILL_KEYBOARD_LOST', { place: ':7', problem: 'gone' });
    const first = bench.agent();
    await waitFor('the agent', () => bench.desk.occupied);
    const source = bench.desk.keyboard({ transport: 'xtest', options: {} });
    await expect(source.open(never)).rejects.toMatchObject({ code: 'TB_TILL_KEYBOARD_LOST', params: { place: ':7' } });
    let arrived = false;
    const arrival = source.arrival?.(never).then(() => (arrived = true));
    // asked once more, there and back: whoever took this agent for a new one would have said so by then
    await expect(source.open(never)).rejects.toMatchObject({ code: 'TB_TILL_KEYBOARD_LOST' });
    expect(arrived).toBe(false);
    first.abort();
    bench.agent();
    await arrival;
  });

  it('a keyboard that ends there ends here; one that the daemon closes is let go there', async () => {
    await bench.listen();
    bench.agent();
    const keyboard = await bench.keyboard();
    bench.desktop.break(new TillbridgeError('TB_TILL_KEYBOARD_LOST', { place: ':7', problem: 'it died' }));
    expect((await keyboard.ended).code).toBe('TB_TILL_KEYBOARD_LOST');
    expect(await keyboard.type(STROKE, never)).toEqual({ result: 'refused', reason: 'notConnected' });
  });

  it('a second agent waits until the first is gone', async () => {
    await bench.listen();
    const first = bench.agent();
    await waitFor('the first', () => bench.desk.about?.pid === 42);
    bench.agent({ about: { ...ABOUT, pid: 43 } });
    await waitFor('the refusal', () => bench.states.some((state) => state instanceof TillbridgeError && state.code === 'TB_TILL_AGENT_OCCUPIED'));
    expect(bench.desk.about?.pid).toBe(42);
    first.abort();
    await waitFor('the second', () => bench.desk.about?.pid === 43);
  });

  it('hands on what a process says that takes keys, both ways, and its end', async () => {
    await bench.listen();
    bench.agent();
    await waitFor('the agent', () => bench.desk.occupied);
    const got: unknown[] = [];
    const ends: string[] = [];
    const process = bench.desk.capture()({ message: (message) => got.push(message), exit: (problem) => ends.push(problem) });
    process.send({ kind: 'setup', setup: null });
    await waitFor('the start', () => bench.captures.length === 1);
    bench.captures[0]!.events.message({ kind: 'beat' });
    await waitFor('the beat', () => got.length === 1);
    bench.captures[0]!.events.exit('it crashed');
    await waitFor('the end', () => ends.length === 1);
    expect([got, ends, bench.captures[0]!.sent]).toEqual([[{ kind: 'beat' }], ['it crashed'], [{ kind: 'setup', setup: null }]]);
    const second = bench.desk.capture()({ message: () => undefined, exit: (problem) => ends.push(problem) });
    second.send({ kind: 'setup', setup: null });
    await waitFor('the next', () => bench.captures.length === 2);
    second.kill();
    await waitFor('the kill', () => bench.captures[1]!.killed);
  });

  it('without an agent a process that takes keys ends at once; with the link it ends on both sides', async () => {
    const ends: string[] = [];
    bench.desk.capture()({ message: () => undefined, exit: (problem) => ends.push(problem) });
    await waitFor('the end', () => ends.length === 1);
    await bench.listen();
    const agent = bench.agent();
    await waitFor('the agent', () => bench.desk.occupied);
    bench.desk.capture()({ message: () => undefined, exit: (problem) => ends.push(problem) }).send({ kind: 'setup', setup: null });
    await waitFor('the start', () => bench.captures.length === 1);
    agent.abort();
    await waitFor('both ends', () => ends.length === 2 && bench.captures[0]!.killed);
  });
});

describe('the agent is killed in the middle', () => {
  /** An agent that knows the key and does what the test says. */
  async function puppet(): Promise<{ peer: Peer; say: (message: object) => void; heard: () => Promise<DaemonMessage[]> }> {
    const peer = await Peer.to(bench.place);
    const challenge = decodeGreeting(await peer.frame(0));
    if (challenge?.kind !== 'challenge') throw new Error('no challenge');
    const nonce = randomBytes(32).toString('hex');
    peer.send(encodeGreeting({ kind: 'hello', wire: WIRE, nonce, about: ABOUT, proof: agentProof(KEY, challenge.nonce, nonce, ABOUT) }));
    await peer.frame(1);
    const sealer = new Sealer(directionKey(KEY, challenge.nonce, nonce, 'toDaemon'));
    const opener = new Opener(directionKey(KEY, challenge.nonce, nonce, 'toAgent'));
    const messages: DaemonMessage[] = [];
    let read = 2;
    const heard = async (): Promise<DaemonMessage[]> => {
      await peer.frame(read);
      for (; read < peer.frames.length; read += 1) {
        const plain = String(opener.open(peer.frames[read]!));
        if (plain !== '') messages.push(JSON.parse(plain) as DaemonMessage);
      }
      return messages;
    };
    return { peer, say: (message) => peer.send(sealer.seal(Buffer.from(JSON.stringify(message)))), heard };
  }

  async function opened() {
    await bench.listen();
    const agent = await puppet();
    const opening = bench.keyboard();
    const [open] = await agent.heard();
    agent.say({ t: 'opened', n: open?.t === 'open' ? open.n : 0, capabilities: { guard: true, atomic: true, text: 'unicode' } });
    const keyboard = await opening;
    const typing = keyboard.type(STROKE, never);
    const offer = (await agent.heard()).find(({ t }) => t === 'offer');
    return { ...agent, typing, n: offer?.t === 'offer' ? offer.n : 0 };
  }

  it('before it was let go: refused, nothing was typed', async () => {
    const { peer, typing } = await opened();
    peer.socket.destroy();
    expect(await typing).toEqual({ result: 'refused', reason: 'notConnected' });
  });

  it('after it was let go: unknown, and never said again', async () => {
    const { peer, typing, say, n, heard } = await opened();
    say({ t: 'ready', n });
    expect((await heard()).at(-1)).toMatchObject({ t: 'go', n });
    peer.socket.destroy();
    expect(await typing).toEqual({ result: 'uncertain', reason: 'connectionLost' });
    await waitFor('the desk', () => !bench.desk.occupied);
    bench.agent();
    await waitFor('the next agent', () => bench.desk.occupied);
    expect(bench.till.received).toBe('');
  });

  it.each([
    ['sealed by somebody else', () => new Sealer(randomBytes(32)).seal(Buffer.from('{}'))],
    ['too short to be sealed', () => Buffer.alloc(3)],
  ])('a frame %s ends the link', async (_, frame) => {
    await bench.listen();
    const { peer } = await puppet();
    await waitFor('the agent', () => bench.desk.occupied);
    peer.send(frame());
    await peer.closed;
    await waitFor('the desk', () => !bench.desk.occupied);
    expect(bench.warned).toContainEqual({ why: 'stranger' });
  });

  it('a sealed frame said twice ends the link at the second', async () => {
    await bench.listen();
    const peer = await Peer.to(bench.place);
    const challenge = decodeGreeting(await peer.frame(0));
    if (challenge?.kind !== 'challenge') throw new Error('no challenge');
    const nonce = randomBytes(32).toString('hex');
    const hello = encodeGreeting({ kind: 'hello', wire: WIRE, nonce, about: ABOUT, proof: agentProof(KEY, challenge.nonce, nonce, ABOUT) });
    peer.send(hello);
    await peer.frame(1);
    const beat = new Sealer(directionKey(KEY, challenge.nonce, nonce, 'toDaemon')).seal(Buffer.alloc(0));
    peer.send(beat);
    expect(bench.desk.occupied).toBe(true);
    peer.send(beat);
    await peer.closed;
    expect(bench.desk.occupied).toBe(false);
    // for that, and not because nothing more was heard
    expect(bench.warned).toContainEqual({ why: 'stranger' });
    // and the whole greeting, recorded and played to the next connection
    const replayed = await Peer.to(bench.place);
    await replayed.frame(0);
    replayed.send(hello);
    expect(decodeGreeting(await replayed.frame(1))).toEqual({ kind: 'refused', reason: 'key' });
    await replayed.closed;
  });
});
