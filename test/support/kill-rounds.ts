import { waitFor } from './wait-for.js';
import { numberOf, universal, type Row, type TestShop } from './shop.js';

export interface KillReport {
  readonly rounds: number;
  /** Scans that were answered 202, or whose outcome was answered. */
  readonly acknowledged: number;
  /** Of those: without a row in the journal, with more than one, or with another outcome than the one answered. */
  readonly lost: number;
  readonly doubled: number;
  readonly changed: number;
  /** Numbers that the till read more than once, or that nobody scanned. */
  readonly deliveredTwice: number;
  readonly foreign: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly verified: boolean;
}

interface Acknowledged {
  readonly scanId: string;
  readonly outcome?: string;
}

/** SIGKILL at a random moment under load, again and again, on one state folder. Every code is scanned once. */
export async function killRounds(shop: TestShop, rounds: number, random: () => number = Math.random): Promise<KillReport> {
  const acknowledged: Acknowledged[] = [];
  const scanned = new Set<string>();
  let next = 0;
  const till = { text: '' };
  for (let round = 0; round < rounds; round += 1) {
    const daemon = await shop.run();
    const port = shop.openTill();
    const killAfter = acknowledged.length + 1 + Math.floor(random() * 25);
    let killed = false;
    const kill = (): void => {
      killed = true;
      daemon.child.kill('SIGKILL');
    };
    const caller = async (wait: boolean): Promise<void> => {
      while (!killed) {
        const code = universal((next += 1));
        scanned.add(numberOf(code));
        try {
          const { status, body } = await shop.call('POST', wait ? '/v1/scans?wait=1' : '/v1/scans', { code });
          if (status === 202 || status === 200) acknowledged.push({ scanId: String(body['scanId']), ...(typeof body['outcome'] === 'string' ? { outcome: body['outcome'] } : {}) });
          // in the very moment of an answer: what it acknowledges must be on the disk by now
          if (acknowledged.length >= killAfter) kill();
        } catch {
          return;
        }
      }
    };
    const callers = [caller(false), caller(true), caller(true)];
    await waitFor('enough acknowledged scans', () => acknowledged.length >= killAfter);
    await daemon.exited;
    await Promise.all(callers);
    till.text += port.text();
    port.close();
  }
  const last = await shop.run();
  const rows = await shop.rows();
  const verify = await shop.cli(['journal', 'verify']);
  await last.stop();
  return { rounds, ...judge(acknowledged, rows, till.text, scanned), verified: verify.code === 0 };
}

function judge(acknowledged: readonly Acknowledged[], rows: readonly Row[], read: string, scanned: ReadonlySet<string>): Omit<KillReport, 'rounds' | 'verified'> {
  const byScan = new Map<string, Row[]>();
  const outcomes: Record<string, number> = {};
  for (const row of rows) {
    byScan.set(row.scanId, [...(byScan.get(row.scanId) ?? []), row]);
    const name = row.reason === undefined ? row.outcome : `${row.outcome}/${row.reason}`;
    outcomes[name] = (outcomes[name] ?? 0) + 1;
  }
  const numbers = read.split('\r').filter((text) => text !== '');
  const seen = new Map<string, number>();
  for (const number of numbers) seen.set(number, (seen.get(number) ?? 0) + 1);
  return {
    acknowledged: acknowledged.length,
    lost: acknowledged.filter(({ scanId }) => !byScan.has(scanId)).length,
    doubled: [...byScan.values()].filter((found) => found.length > 1).length,
    changed: acknowledged.filter(({ scanId, outcome }) => outcome !== undefined && byScan.get(scanId)?.[0]?.outcome !== outcome).length,
    deliveredTwice: [...seen.values()].filter((count) => count > 1).length,
    foreign: numbers.filter((number) => !scanned.has(number)).length,
    outcomes,
  };
}
