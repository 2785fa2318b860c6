import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventStream, type Socket, type StreamState } from './event-stream';

class TestSocket implements Socket {
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  closed = false;

  constructor(readonly since: number) {}

  close(): void {
    this.closed = true;
  }

  say(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  end(code: number): void {
    this.onclose?.({ code });
  }
}

function open() {
  const clock = new VirtualClock();
  const sockets: TestSocket[] = [];
  const frames: string[] = [];
  const states: StreamState[] = [];
  const told: string[] = [];
  const stream = new EventStream({
    connect: (since) => {
      const socket = new TestSocket(since);
      sockets.push(socket);
      return socket;
    },
    timer: (ms, work) => clock.timer(ms, work),
    random: () => 0,
    onFrame: (frame) => void frames.push('seq' in frame ? `${frame.type} ${String(frame.seq)}` : `gap ${String(frame.from)}-${String(frame.to)}`),
    onState: (state) => void states.push(state),
    onRevoked: () => void told.push('revoked'),
    onRefused: () => void told.push('refused'),
  });
  return { clock, sockets, frames, states, told, stream };
}

const hello = (seq: number) => ({ type: 'hello', seq, product: 'tillbridge', version: '1', wire: 1, scopes: [] });
const event = (seq: number) => ({ type: 'scan', seq });

describe('the events of the page', () => {
  it('asks for all that is kept, and after a break for what came since', async () => {
    const { clock, sockets, frames } = open();
    sockets[0]?.say(hello(7));
    // before the page there was something: that is no loss of its own
    sockets[0]?.say({ type: 'gap', from: 1, to: 4 });
    sockets[0]?.say(event(6));
    sockets[0]?.say(event(7));
    sockets[0]?.end(1006);
    await clock.advance(300);
    expect(sockets.map(({ since }) => since)).toEqual([0, 7]);
    sockets[1]?.say(hello(20));
    sockets[1]?.say({ type: 'gap', from: 8, to: 15 });
    expect(frames).toEqual(['hello 7', 'scan 6', 'scan 7', 'hello 20', 'gap 8-15']);
  });

  it('takes several events of one message in their order, and passes over what is none', async () => {
    const { clock, sockets, frames, told } = open();
    sockets[0]?.say([hello(7), event(6), null, 'text', { type: 'later' }, event(7)]);
    expect(frames).toEqual(['hello 7', 'scan 6', 'scan 7']);
    sockets[0]?.say([]);
    sockets[0]?.onmessage?.({ data: '[{' });
    sockets[0]?.end(1006);
    await clock.advance(300);
    expect(sockets[1]?.since).toBe(7);
    expect(told).toEqual([]);
  });

  it('tries again ever more slowly, from the start after a greeting, and at once when it is told to', async () => {
    const { clock, sockets, told, states } = open();
    for (const wait of [300, 1000, 2000, 5000, 10_000, 10_000]) {
      sockets.at(-1)?.end(1006);
      const before = sockets.length;
      await clock.advance(wait - 1);
      expect(sockets).toHaveLength(before);
      await clock.advance(1);
      expect(sockets).toHaveLength(before + 1);
    }
    expect(told).toEqual(Array<string>(6).fill('refused'));
    sockets.at(-1)?.say(hello(1));
    sockets.at(-1)?.end(1012);
    await clock.advance(300);
    expect(sockets).toHaveLength(8);
    expect(states.slice(-3)).toEqual(['open', 'waiting', 'connecting']);
    expect(told).toHaveLength(6);
  });

  it('comes back at once when the button is pressed, and when it was too slow', async () => {
    const { clock, sockets, stream } = open();
    sockets[0]?.end(1006);
    stream.retryNow();
    expect(sockets).toHaveLength(2);
    // nothing to do while it is connected
    stream.retryNow();
    expect(sockets).toHaveLength(2);
    sockets[1]?.say(hello(1));
    sockets[1]?.end(4008);
    await clock.advance(0);
    expect(sockets).toHaveLength(3);
  });

  it('ends when its rights are taken, and says so once', async () => {
    const { clock, sockets, told, states } = open();
    sockets[0]?.say(hello(1));
    sockets[0]?.end(4001);
    await clock.advance(60_000);
    expect(sockets).toHaveLength(1);
    expect(told).toEqual(['revoked']);
    expect(states.at(-1)).toBe('closed');
  });

  it('is deaf to a socket that it has left', async () => {
    const { clock, sockets, frames, stream } = open();
    sockets[0]?.say(hello(1));
    stream.close();
    sockets[0]?.say(event(2));
    sockets[0]?.end(1006);
    await clock.advance(60_000);
    expect(sockets[0]?.closed).toBe(true);
    expect(sockets).toHaveLength(1);
    expect(frames).toEqual(['hello 1']);
  });

  it('survives whatever is said', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.json(), fc.string())), (texts) => {
        const { sockets, stream } = open();
        for (const text of texts) sockets[0]?.onmessage?.({ data: text });
        sockets[0]?.onmessage?.({ data: new ArrayBuffer(2) });
        stream.close();
      }),
      { numRuns: 200 },
    );
  });
});
