import type { PipeProcess, ProcessEvents } from '@tillbridge/child-host';
import { silentLog } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventHub } from '../../events/index.js';
import type { StationServices } from '../../stations/services.js';
import { hashToken } from '../clients/token.js';
import { testRegistry } from '../clients/test-support.js';
import { LockOut } from '../limits/index.js';
import { ApiProcess } from './api-process.js';
import type { ApiCommand, ApiReport } from './protocol.js';

/** Lives as long as nobody kills it; takes over what it is told while it is `willing`. */
class PlayedProcess implements PipeProcess {
  readonly pid = 1;
  readonly told: ApiCommand[] = [];
  pending = 0;
  willing = true;
  alive = true;

  constructor(private readonly events: ProcessEvents) {}

  send(message: unknown): boolean {
    const { command } = message as { readonly command?: ApiCommand };
    if (command === undefined) return this.alive;
    this.told.push(command);
    if (command.do === 'listen') this.say({ say: 'listening', url: 'http://127.0.0.1:7843' });
    if (this.willing && 'ack' in command) this.say({ say: 'done', ack: command.ack });
    return this.alive;
  }

  say(report: ApiReport): void {
    this.events.message({ kind: 'report', report });
  }

  beat(): void {
    this.events.message({ kind: 'beat' });
  }

  kill(): void {
    if (!this.alive) return;
    this.alive = false;
    this.events.exit('killed');
  }
}

describe('the process of the API, as the daemon has it', () => {
  let clock: VirtualClock;
  let clients: ReturnType<typeof testRegistry>['registry'];
  let processes: PlayedProcess[];
  let api: ApiProcess;
  const last = (): PlayedProcess => processes.at(-1) ?? expect.fail('no process');

  beforeEach(async () => {
    clock = new VirtualClock();
    clients = testRegistry(clock, [{ id: 'old1', name: 'old', scopes: [], tokenHash: hashToken('x'), created: 0 }]).registry;
    processes = [];
    api = new ApiProcess({
      clock,
      log: silentLog,
      random: () => 0,
      spawn: (_drained, made) => (events) => {
        const played = new PlayedProcess(events);
        processes.push(played);
        made(played);
        return played;
      },
    });
    last().beat();
    const plugins: Pick<StationServices, 'secrets' | 'onSecrets'> = { secrets: () => [], onSecrets: () => () => undefined };
    await api.open({
      host: '127.0.0.1', port: 0, origins: () => [], console: () => false, version: '1', calls: [], clients, plugins: plugins as StationServices,
      locks: new LockOut(clock), hub: new EventHub({ clock, log: silentLog, version: '1' }), board: { onChange: () => () => undefined },
      refused: () => undefined, strange: () => undefined, turn: (go) => clock.afterInput(go),
    });
  });
  afterEach(async () => {
    last().willing = true;
    const closed = api.close();
    last().kill();
    await closed;
  });

  async function live(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 500) {
      await clock.advance(500);
      if (last().alive) last().beat();
    }
  }

  it('hears of a new client at once, and is left alone where it takes its time over it', async () => {
    const first = last();
    first.willing = false;
    const { code } = clients.offer('till', ['status:read']);
    await clients.pair(code);
    expect(first.told.at(-1)).toMatchObject({ do: 'trust', trust: { clients: [{ id: 'old1' }, { name: 'till' }] } });
    await live(3000);
    expect([first.alive, api.state.status]).toEqual([true, 'ready']);
  });

  it('that does not say that it cut a client off is killed, and the revocation is over then', async () => {
    const first = last();
    first.willing = false;
    let over = false;
    const revoked = clients.revoke('old1').then(() => (over = true));
    await live(500);
    expect([over, first.alive]).toEqual([false, true]);
    await live(1000);
    await revoked;
    expect([over, first.alive, processes.length]).toEqual([true, false, 2]);
    expect(last().told[0]).toMatchObject({ do: 'open', trust: { clients: [] } });
  });

  it('that has cut a client off is not killed', async () => {
    await clients.revoke('old1');
    await live(3000);
    expect(last().alive).toBe(true);
    expect(processes).toHaveLength(1);
  });

  it('that reads nothing of very much is replaced', () => {
    const first = last();
    first.pending = 33 * 1024 * 1024;
    api.attempted('strangers', false);
    expect(first.alive).toBe(false);
  });
});
