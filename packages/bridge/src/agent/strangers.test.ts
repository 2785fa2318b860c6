import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { TillbridgeError } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../../../test/support/wait-for.js';
import { framed, MAX_GREETING } from './frames.js';
import { agentProof, decodeGreeting, encodeGreeting, WIRE } from './greeting.js';
import { GREETING_MS, SILENCE_MS } from './link.js';
import { ABOUT, Bench, KEY, Peer } from '../../../../test/support/agent-bench.js';

let bench: Bench;
beforeEach(() => (bench = new Bench()));
afterEach(() => bench.close());

describe('a peer that is not ours', () => {
  it.each([
    ['speaks HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['sends a frame that is too long', Buffer.from([0, 0, (MAX_GREETING >> 8) + 1, 0])],
    ['sends nonsense', framed(Buffer.from('{"kind":"hello"}'))],
    ['answers with a welcome', framed(encodeGreeting({ kind: 'welcome', version: '1', proof: '0'.repeat(64) }))],
  ])('%s: hung up on, told of once', async (_, bytes) => {
    await bench.listen();
    for (let i = 0; i < 3; i += 1) {
      const peer = await Peer.to(bench.place);
      peer.socket.write(bytes);
      await peer.closed;
    }
    await waitFor('the warning', () => bench.warned.length > 0);
    expect(bench.warned).toHaveLength(1);
    expect(bench.desk.occupied).toBe(false);
  });

  it('says nothing, or half a frame: hung up on after 3 s', async () => {
    const clock = new VirtualClock();
    const own = new Bench(clock);
    await own.listen();
    const peers = await Promise.all([Peer.to(own.place), Peer.to(own.place)]);
    peers[1].socket.write(Buffer.from([0, 0, 0, 100, 1, 2]));
    await Promise.all(peers.map((peer) => peer.frame(0)));
    await clock.advance(GREETING_MS);
    await Promise.all(peers.map((peer) => peer.closed));
    await own.close();
  });

  it('any number of silent ones, and they keep no agent out', async () => {
    // on a clock that stands still: what makes room is not that their time is over
    const own = new Bench(new VirtualClock());
    await own.listen();
    const peers: Peer[] = [];
    for (let i = 0; i < 40; i += 1) peers.push(await Peer.to(own.place));
    // those that came first have made room
    await Promise.all(peers.slice(0, 8).map((peer) => peer.closed));
    const keyboard = own.keyboard();
    own.agent();
    await keyboard;
    expect(peers.filter(({ socket }) => !socket.destroyed).length).toBeLessThanOrEqual(32);
    // nor do they push out the one that serves
    for (let i = 0; i < 40; i += 1) peers.push(await Peer.to(own.place));
    expect(own.desk.occupied).toBe(true);
    for (const { socket } of peers) socket.destroy();
    await own.close();
  });

  it('an agent with another key is refused, and says what to do', async () => {
    await bench.listen();
    bench.agent({ key: () => randomBytes(32) });
    await waitFor('the refusal', () => bench.states.length > 0);
    expect(bench.states[0]).toMatchObject({ code: 'TB_TILL_AGENT_STRANGER', params: { why: 'key' } });
    expect(bench.desk.occupied).toBe(false);
  });

  it('an agent that has no key yet waits for it', async () => {
    await bench.listen();
    const given: { key?: Buffer } = {};
    bench.agent({
      key: () => {
        if (given.key === undefined) throw new TillbridgeError('TB_TILL_AGENT_NO_KEY', { places: 'x' });
        return given.key;
      },
    });
    await waitFor('the complaint', () => bench.states.length > 0);
    given.key = KEY;
    await waitFor('the agent', () => bench.desk.occupied);
  });

  it('whatever sits in the daemon’s place without the key gets no word out of the agent but its greeting', async () => {
    const heard: Buffer[] = [];
    const impostor: Server = createServer((socket) => {
      const peer = new Peer(socket);
      peer.send(encodeGreeting({ kind: 'challenge', wire: WIRE, nonce: randomBytes(32).toString('hex') }));
      void peer.frame(0).then((frame) => {
        heard.push(frame);
        peer.send(encodeGreeting({ kind: 'welcome', version: '1.2.3', proof: randomBytes(32).toString('hex') }));
      });
    });
    await new Promise<void>((resolve) => impostor.listen(bench.place, resolve));
    bench.agent();
    await waitFor('the complaint', () => bench.states.length > 0);
    expect(bench.states[0]).toMatchObject({ code: 'TB_TILL_AGENT_STRANGER', params: { why: 'stranger' } });
    expect(decodeGreeting(heard[0]!)?.kind).toBe('hello');
    await new Promise((resolve) => impostor.close(resolve));
  });

  it('another version of the protocol is refused by name', async () => {
    await bench.listen();
    const peer = await Peer.to(bench.place);
    await peer.frame(0);
    peer.send(encodeGreeting({ kind: 'hello', wire: WIRE + 1, nonce: '0'.repeat(64), about: ABOUT, proof: '0'.repeat(64) }));
    expect(decodeGreeting(await peer.frame(1))).toEqual({ kind: 'refused', reason: 'wire' });
  });

  it('an agent that falls silent is given up after 8 s', async () => {
    const clock = new VirtualClock();
    const own = new Bench(clock);
    await own.listen();
    const peer = await Peer.to(own.place);
    const challenge = decodeGreeting(await peer.frame(0));
    if (challenge?.kind !== 'challenge') throw new Error('no challenge');
    const nonce = randomBytes(32).toString('hex');
    peer.send(encodeGreeting({ kind: 'hello', wire: WIRE, nonce, about: ABOUT, proof: agentProof(KEY, challenge.nonce, nonce, ABOUT) }));
    await peer.frame(1);
    expect(own.desk.occupied).toBe(true);
    await clock.advance(SILENCE_MS);
    await peer.closed;
    expect(own.desk.occupied).toBe(false);
    await own.close();
  });
});
