import { silentLog } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HostProcess, ProcessEvents } from './spawn.js';
import { HOST_STATES, type HostEvent, type HostState } from './states.js';
import { superviseHost, type SupervisedHost } from './supervise.js';
import type { HostProtocol } from './wire.js';

interface Echo extends HostProtocol {
  readonly setup: { readonly name: string };
  readonly command: string;
  readonly report: string;
}

class PlayedProcess implements HostProcess {
  readonly sent: unknown[] = [];
  alive = true;
  /** False: the kernel does not let go of it. */
  mortal = true;
  constructor(readonly events: ProcessEvents) {}
  send(message: unknown): boolean {
    this.sent.push(message);
    return this.alive;
  }
  kill(): void {
    if (this.mortal) this.exit('killed');
  }
  exit(problem: string): void {
    if (!this.alive) return;
    this.alive = false;
    this.events.exit(problem);
  }
  beat(): void {
    this.events.message({ kind: 'beat' });
  }
  report(report: string): void {
    this.events.message({ kind: 'report', report });
  }
}

function setup(): { clock: VirtualClock; processes: PlayedProcess[]; story: string[]; host: SupervisedHost<Echo>; last: () => PlayedProcess } {
  const clock = new VirtualClock();
  const processes: PlayedProcess[] = [];
  const story: string[] = [];
  const host = superviseHost<Echo>({
    entry: new URL('file:///nowhere.js'),
    setup: { name: 'x' },
    clock,
    log: silentLog,
    random: () => 0,
    onMessage: (report) => story.push(report),
    onUp: () => story.push(`up ${String(clock.mono())}`),
    onDown: (problem) => story.push(`down ${String(clock.mono())} ${problem}`),
    spawn: (events) => {
      const made = new PlayedProcess(events);
      processes.push(made);
      story.push(`start ${String(clock.mono())}`);
      return made;
    },
  });
  return { clock, processes, story, host, last: () => processes.at(-1)! };
}

describe('superviseHost', () => {
  test('hands the setup over first, and commands only to a process that answers', () => {
    const { host, last } = setup();
    expect(host.post('early')).toBe(false);
    last().beat();
    expect(host.post('hello')).toBe(true);
    expect(last().sent).toEqual([{ kind: 'setup', setup: { name: 'x' } }, { kind: 'command', command: 'hello' }]);
  });

  test('a process that dies is followed by another after 0.2 s, then later and later, at most 10 s', async () => {
    const { clock, story, last } = setup();
    for (const delay of [200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]) {
      last().exit('crashed');
      await clock.advance(delay - 1);
      expect(last().alive).toBe(false);
      await clock.advance(1);
      expect(last().alive).toBe(true);
    }
    expect(story.filter((line) => line.startsWith('start'))).toHaveLength(9);
  });

  test('the delay is short again after a sound run', async () => {
    const { clock, story, last } = setup();
    for (let round = 0; round < 6; round += 1) {
      last().exit('crashed');
      await clock.advance(10_000);
    }
    for (let beat = 0; beat < 70; beat += 1) {
      last().beat();
      await clock.advance(500);
    }
    const at = clock.mono();
    last().exit('crashed');
    await clock.advance(200);
    expect(story.at(-1)).toBe(`start ${String(at + 200)}`);
  });

  test('silence kills: after 15 s the first time', async () => {
    const { clock, story, processes } = setup();
    await clock.advance(14_999);
    expect(story).toEqual(['start 0']);
    await clock.advance(1);
    expect(story).toEqual(['start 0', 'down 15000 it gave no sign of life for 15000 ms']);
    expect(processes[0]!.alive).toBe(false);
    await clock.advance(200);
    processes[1]!.beat();
    // it was too slow once: it gets twice the time
    await clock.advance(9999);
    expect(processes[1]!.alive).toBe(true);
    await clock.advance(1);
    expect(processes[1]!.alive).toBe(false);
    expect(story.at(-1)).toBe('down 25200 it gave no sign of life for 10000 ms');
  });

  test('5 s of silence kill one that was heard', async () => {
    const { clock, story, processes } = setup();
    processes[0]!.beat();
    await clock.advance(4900);
    processes[0]!.beat();
    await clock.advance(4999);
    expect(processes[0]!.alive).toBe(true);
    await clock.advance(1);
    expect(story.at(-1)).toBe('down 9900 it gave no sign of life for 5000 ms');
  });

  test('a machine that takes a minute to start one gets there, and a sound run makes the watch strict again', async () => {
    const { clock, processes, last } = setup();
    // each process beats for the first time 60 s after its start
    for (let round = 0; round < 10; round += 1) {
      const one = last();
      await clock.advance(60_000);
      if (one.alive) break;
      // the back-off, too
      while (processes.at(-1) === one || !last().alive) await clock.advance(100);
    }
    expect(last().alive).toBe(true);
    for (let beat = 0; beat < 70; beat += 1) {
      last().beat();
      await clock.advance(500);
    }
    last().exit('crashed');
    await clock.advance(200);
    last().beat();
    await clock.advance(5000);
    expect(last().alive).toBe(false);
  });

  test('a message that is already here when the time is over counts', async () => {
    const { clock, processes, host } = setup();
    processes[0]!.beat();
    // the parent was busy for 5 s: both are due, and the timer comes first
    clock.timer(5000, () => processes[0]!.beat());
    await clock.advance(9999);
    expect(host.state).toBe('running');
    await clock.advance(1);
    expect(host.state).toBe('restarting');
  });

  test('what one process sent before its death is handed on once; nothing comes from it afterwards', async () => {
    const { clock, story, processes } = setup();
    processes[0]!.beat();
    processes[0]!.report('a');
    processes[0]!.exit('killed');
    processes[0]!.report('late');
    await clock.advance(200);
    processes[1]!.report('b');
    processes[0]!.report('later');
    expect(story).toEqual(['start 0', 'up 0', 'a', 'down 0 killed', 'start 200', 'up 200', 'b']);
  });

  test('a last word is the reason', () => {
    const { story, last } = setup();
    last().events.message({ kind: 'fatal', problem: 'no such symbol' });
    last().exit('exit code 1');
    expect(story.at(-1)).toBe('down 0 no such symbol');
  });

  test('never two processes: one that cannot be killed is waited for', async () => {
    const { clock, processes, story } = setup();
    processes[0]!.mortal = false;
    await clock.advance(60_000);
    expect(processes).toHaveLength(1);
    processes[0]!.exit('at last');
    await clock.advance(10_000);
    expect(processes).toHaveLength(2);
    expect(story.filter((line) => line.startsWith('down'))).toHaveLength(1);
  });

  test('recycle replaces one that beats but does not work', async () => {
    const { clock, processes, story, host } = setup();
    processes[0]!.beat();
    host.recycle('an open hangs');
    expect(processes[0]!.alive).toBe(false);
    await clock.advance(200);
    expect(story).toEqual(['start 0', 'up 0', 'down 0 an open hangs', 'start 200']);
    expect(host.restarts).toBe(1);
  });

  test('stop lets it end in order, and kills it after a second', async () => {
    const { clock, host, last } = setup();
    last().beat();
    const stopped = host.stop();
    expect(last().sent.at(-1)).toEqual({ kind: 'stop' });
    await clock.advance(999);
    expect(last().alive).toBe(true);
    await clock.advance(1);
    expect(last().alive).toBe(false);
    await stopped;
    await host.stop();
    expect(clock.pending).toBe(0);
  });

  test('stop does not wait for ever for one that cannot be killed', async () => {
    const { clock, host, last } = setup();
    last().mortal = false;
    let over = false;
    void host.stop().then(() => (over = true));
    await clock.advance(2000);
    expect(over).toBe(true);
    expect(clock.pending).toBe(0);
  });

  test('whatever happens in whatever order: one process at most, ups and downs in turn, nothing after stop', async () => {
    const event = fc.constantFrom('beat', 'report', 'exit', 'immortal', 'recycle', 'wait', 'long', 'stop');
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 40 }), async (events) => {
        const { clock, processes, story, host, last } = setup();
        let stoppedAt: number | undefined;
        for (const what of events) {
          if (what === 'beat') last().beat();
          else if (what === 'report') last().report('r');
          else if (what === 'exit') last().exit('x');
          else if (what === 'immortal') last().mortal = false;
          else if (what === 'recycle') host.recycle('y');
          else if (what === 'stop') {
            void host.stop();
            stoppedAt ??= story.length;
          } else await clock.advance(what === 'wait' ? 300 : 6000);
          expect(processes.filter((one) => one.alive).length).toBeLessThanOrEqual(1);
        }
        if (stoppedAt !== undefined) expect(story.length).toBe(stoppedAt);
        const turns = story.filter((line) => line !== 'r').map((line) => line.split(' ')[0]);
        for (const [index, turn] of turns.entries()) {
          if (turn === 'start') expect([undefined, 'down']).toContain(turns[index - 1]);
          if (turn === 'up') expect(turns[index - 1]).toBe('start');
          if (turn === 'down') expect(['start', 'up']).toContain(turns[index - 1]);
        }
        void host.stop();
        await clock.advance(3000);
        expect(clock.pending).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});

test('stopped is final, and only what runs can be heard', () => {
  for (const event of Object.keys(HOST_STATES.stopped) as HostEvent[]) expect(HOST_STATES.stopped[event]).toBe('stopped');
  for (const state of Object.keys(HOST_STATES) as HostState[]) expect(HOST_STATES[state].stop).toBe('stopped');
  expect(HOST_STATES.restarting.heard).toBe('restarting');
});
