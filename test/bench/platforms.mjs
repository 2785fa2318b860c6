// Look-ups at a loyalty platform on the loopback: how many on one core, what goods notice of them, what a remembered one costs, and what an
// unreachable platform costs. Linux (taskset).
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { promise, ratio, summary } from './lib/kit.mjs';

const child = fileURLToPath(new URL('lib/platform-load.mjs', import.meta.url));
const TIMEOUT_MS = 300;
const PER_SECOND = 2000;

export async function run({ lookUps, cached, down }) {
  const options = JSON.stringify({ lookUps, cached, down, timeoutMs: TIMEOUT_MS, perSecond: PER_SECOND });
  // translator and goods share one core; the platform has the next
  const { stdout } = await promisify(execFile)('taskset', ['-c', '0', process.execPath, child, options], { maxBuffer: 1 << 26 });
  const seen = JSON.parse(stdout);
  const goods = { idle: summary(seen.goodsIdle), bare: summary(seen.goodsBare), busy: summary(seen.goodsBusy), unreachable: summary(seen.goodsDown) };
  const remembered = summary(seen.remembered);
  const waits = summary(seen.waits);
  const figures = { perSecondFastest: Math.round(seen.fastest), perSecondKept: Math.round(seen.kept), goods, goodsBusyToBareP50: ratio(goods.busy.p50Us, goods.bare.p50Us), goodsBusyToBareP99: ratio(goods.busy.p99Us, goods.bare.p99Us), remembered, unreachable: { timeoutMs: TIMEOUT_MS, waits, breaker: seen.breaker } };
  const promises = [
    promise('lookUpsPerSecond', 'look-ups at a loopback platform, on one core', figures.perSecondFastest, PER_SECOND, '/s', { atLeast: true }),
    promise('goodsBesideLookUps', `goods beside ${PER_SECOND} look-ups/s on that core: how late at the till, p99, against as many bare requests of the HTTP library`, figures.goodsBusyToBareP99, 3, 'x'),
    promise('lookUpRemembered', 'a remembered look-up, p99', remembered.p99Us, 50, 'us'),
    promise('lookUpUnreachable', `a loyalty scan while the platform is silent (timeoutMs ${TIMEOUT_MS}), longest`, waits.maxUs, (TIMEOUT_MS + 100) * 1000, 'us'),
    promise('goodsUnreachable', 'goods while the platform is silent: how late at the till, p99 against idle', ratio(goods.unreachable.p99Us, Math.max(goods.idle.p99Us, 1000)), 2, 'x'),
  ];
  return { figures, promises };
}
