import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock, within } from '@tillbridge/core';
import { unzipSync } from 'fflate';
import { Findings, type Finding } from './judge/findings.js';
import { judgeGoods, type GoodsReport } from './judge/goods.js';
import { findLeaks, type Printed } from './judge/leaks.js';
import { judgeLoyalty, type LoyaltyReport } from './judge/loyalty.js';
import type { Observed } from './judge/observed.js';
import { loyaltyCode, READERS } from './plan/codes.js';
import { FAULTS, isFault, type TroubleName } from './plan/faults.js';
import type { DamageStep, Plan, Round } from './plan/plan.js';
import { Cashiers } from './world/cashiers.js';
import { DOES, USES_DISK } from './world/faults.js';
import { before, damage, judgeDamaged, keepJournal, tryDamages } from './world/journal-damage.js';
import { moment, World } from './world/world.js';

export interface ChaosReport {
  readonly seed: number;
  /** Reads sent: goods, loyalty, and what the program handed over. */
  readonly scans: number;
  readonly seconds: number;
  readonly goods: GoodsReport;
  readonly loyalty: LoyaltyReport;
  /** How often each fault was there. */
  readonly troubles: Readonly<Record<string, number>>;
  /** Ways to damage the journal that were tried on copies, and how many of them were noticed; the others changed nothing that counts. */
  readonly damages: { readonly tried: number; readonly noticed: number };
  /** Characters of logs, journals and bundles that were searched for codes, numbers and secrets. */
  readonly searched: number;
  /** What is wrong; empty is good. */
  readonly findings: readonly Finding[];
  readonly wrong: number;
}

export interface ChaosOptions {
  readonly say?: (line: string) => void;
  /** Ends the run after the round that is under way; it is judged as far as it came. */
  readonly signal?: AbortSignal;
  /** Given to what is found before it is judged: what breaks a promise on purpose. */
  readonly seen?: (observed: Observed) => Observed;
}

/** Within this a journal that works again has all outcomes, in ms: ten seconds is the longest pause between two attempts. */
const CATCH_UP_MS = 30_000;
/** Ways to damage the journal that are tried on copies beside each one that a daemon is started on. */
const COPIES = 12;
/** Within this a daemon that was started on a damaged journal says so, in ms: it looks at all of it a minute after its start. */
const SAYS_IT_MS = 150_000;
/** A fault that is over and not well after this, in ms, is a finding of its own. */
const STUCK_MS = 150_000;

/** Plays a plan against the built daemon and judges what was seen from outside. */
export async function chaos(plan: Plan, { say = () => undefined, signal, seen = (observed) => observed }: ChaosOptions = {}): Promise<{ readonly report: ChaosReport; readonly observed: Observed }> {
  const begun = performance.now();
  const findings = new Findings();
  const world = await World.open(worldFor(plan));
  const damages = { tried: 0, noticed: 0 };
  const played: Round[] = [];
  const watched = world.record.watchLag();
  try {
    const cashiers = new Cashiers(world);
    for (const [at, round] of plan.rounds.entries()) {
      if (signal?.aborted === true) break;
      played.push(round);
      await playRound(world, cashiers, round, findings);
      for (const [n, step] of round.damages.entries()) {
        const { tried, noticed } = await damageJournal(world, step, plan.seed * 1009 + at * 31 + n, findings);
        damages.tried += tried;
        damages.noticed += noticed;
      }
      say(`round ${String(at + 1)} of ${String(plan.rounds.length)}: ${String(cashiers.sent)} reads, ${String(Math.round((performance.now() - begun) / 1000))} s, ${String(findings.count)} findings`);
    }
    await settle(world);
    const printed = await everythingPrinted(world, findings);
    const observed = seen(world.record.seen(world.simulators.onOrders()));
    const goods = judgeGoods(observed, findings);
    const loyalty = judgeLoyalty(observed, findings);
    const secrets = observed.shown.flatMap(({ source, kind, n }) => {
      const { code, number } = loyaltyCode(source, kind, n);
      return [code, number];
    });
    const searched = findLeaks(printed, secrets, world.simulators.secrets, findings);
    const troubles: Record<string, number> = {};
    for (const { name } of observed.troubles) troubles[name] = (troubles[name] ?? 0) + 1;
    for (const [name, planned] of Object.entries(countOf(played))) if ((troubles[name] ?? 0) !== planned) findings.add('stuck', `${name}: done ${String(troubles[name] ?? 0)} times, and the plan has it ${String(planned)} times`);
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    return { observed, report: { seed: plan.seed, scans: cashiers.sent, seconds, goods, loyalty, troubles, damages, searched, findings: findings.list, wrong: findings.count } };
  } finally {
    watched();
    await world.close();
  }
}

/** How often each trouble is in these rounds. */
export function countOf(rounds: readonly Round[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { faults, damages } of rounds) for (const name of [...faults.map(({ fault }) => fault), ...damages.map((step) => step.damage)]) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** What the faults of a plan need. */
function worldFor(plan: Plan): Parameters<typeof World.open>[0] {
  const names = new Set<TroubleName>(plan.rounds.flatMap(({ faults, damages }) => [...faults.map(({ fault }) => fault), ...damages.map((step) => step.damage)]));
  const needs = new Set([...names].map((name) => (isFault(name) ? FAULTS[name].needs : 'nothing')));
  return { disk: needs.has('root'), preload: needs.has('preload'), hid: names.has('kill-reader'), logLevel: plan.scans > 50_000 ? 'info' : 'debug' };
}

async function playRound(world: World, cashiers: Cashiers, round: Round, findings: Findings): Promise<void> {
  const start = cashiers.sent;
  let disk: Promise<void> = Promise.resolve();
  const faults = round.faults.map(async (step) => {
    await cashiers.whenSent(start + step.afterReads);
    await moment(step.delayMs);
    const work = (): Promise<void> => bounded(() => DOES[step.fault](world, step), step.fault, findings);
    if (!USES_DISK.has(step.fault)) return work();
    const mine = disk.then(work);
    disk = mine;
    return mine;
  });
  await Promise.all([...READERS.map((reader) => cashiers.play(reader, round.scripts[reader])), cashiers.program(round.program), ...faults]);
  await world.collectRows();
}

/** A fault that does not end is told, and the run goes on. */
function bounded(work: () => Promise<void>, what: string, findings: Findings): Promise<void> {
  return within(systemClock, STUCK_MS, work, () => new Error(`not well after ${String(STUCK_MS)} ms`)).catch((error: unknown) => findings.add('stuck', `${what}: ${String(error)}`));
}

/** Damages the journal while no daemon runs; one is started on it, and must say so and work. Then it is put right again. */
async function damageJournal(world: World, step: DamageStep, seed: number, findings: Findings): Promise<{ readonly tried: number; readonly noticed: number }> {
  let counts = { tried: 0, noticed: 0 };
  await world.idle();
  await world.stopped(step.killed ? 'kill' : 'stop', async () => {
    const { state } = world.shop;
    counts = tryDamages(state, world.shop.path('scratch'), seed, COPIES, !step.killed, findings);
    const whole = before(state, !step.killed);
    const putBack = keepJournal(state, world.shop.path('kept'));
    // a daemon that ended in order leaves no log: its database is always there
    const what = damage(state, step) ?? damage(state, { ...step, file: 'db' });
    if (what === undefined) findings.add('stuck', `${step.damage}: there is no journal to damage`);
    else {
      const over = world.record.trouble(step.damage);
      await startOnDamaged(world, whole, what, findings);
      over();
      counts = { ...counts, tried: counts.tried + 1 };
    }
    putBack();
  });
  return counts;
}

async function startOnDamaged(world: World, whole: Parameters<typeof judgeDamaged>[1], what: string, findings: Findings): Promise<void> {
  const first = await world.cli('journal', 'verify');
  const result = judgeDamaged(world.shop.state, whole, what, findings);
  if (result !== undefined && (first.code === 0) !== result.ok) findings.add('chain', `${what}: \`journal verify\` ended with ${String(first.code)}`);
  await world.start();
  if (first.code !== 0) await world.daemon.waitForErrorLine(/TB_JOURNAL_(BROKEN|MOVED_ASIDE)/, SAYS_IT_MS).catch(() => findings.add('chain', `${what}: the daemon says nothing of it`));
  // a code that the platform does not know: it leaves a row and no number
  const { status, body } = await world.shop.call('POST', '/v1/scans?wait=1', { code: '96900000000000', reader: 'program' });
  if (status !== 200 || typeof body['outcome'] !== 'string') findings.add('chain', `${what}: a scan afterwards was answered ${String(status)}`);
  await world.end('stop');
  const second = await world.cli('journal', 'verify');
  if (second.code !== first.code) findings.add('chain', `${what}: \`journal verify\` ended with ${String(first.code)} before the daemon ran on it and with ${String(second.code)} after: ${second.stdout.trim()}`);
}

/** Everything under way has ended, the last products are out, and the journal has what it could not take at the time. */
async function settle(world: World): Promise<void> {
  await world.whenUp();
  await world.idle();
  await moment(100);
  for (const end = performance.now() + CATCH_UP_MS; performance.now() < end; ) {
    await world.collectRows();
    if (judgeLoyalty(world.record.seen([]), new Findings()).notWritten === 0) return;
    await moment(300);
  }
}

/** Stops the daemon, proves its journal, and gathers all that it left: logs, files, the support bundle. */
async function everythingPrinted(world: World, findings: Findings): Promise<readonly Printed[]> {
  const bundle = world.shop.path('support.zip');
  const made = await world.cli('support', bundle);
  const metrics = await world.metrics();
  if (!metrics.includes('# HELP') || !metrics.includes('tillbridge_')) findings.add('stuck', 'the metrics were not to be had: there is nothing to search');
  await world.end('stop');
  const verify = await world.cli('journal', 'verify');
  if (verify.code !== 0) findings.add('chain', `journal verify: ${verify.stdout.trim()} ${verify.stderr.trim()}`);
  const rows = await world.cli('journal', '--json', '--limit', '1000');
  const { state } = world.shop;
  const files = readdirSync(state, { recursive: true, withFileTypes: true })
    // cards.db alone holds codes in clear
    .filter((entry) => entry.isFile() && !entry.name.startsWith('cards.db'))
    .map(({ parentPath, name }) => ({ where: name, text: readFileSync(join(parentPath, name), 'latin1') }));
  const packed = Object.entries(unzipSync(readFileSync(bundle))).map(([name, bytes]) => ({ where: `bundle ${name}`, text: Buffer.from(bytes).toString('utf8') }));
  return [...world.record.printed, ...files, ...packed, { where: 'support', text: made.stdout + made.stderr }, { where: 'metrics', text: metrics }, { where: 'journal', text: rows.stdout + rows.stderr }];
}
