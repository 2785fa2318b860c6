import { TillbridgeError } from '@tillbridge/core';
import { lockHolder, stateFolderAt } from '@tillbridge/store';
import { systemClock, sleep } from '@tillbridge/core';
import type { Cli } from '../cli.js';
import { isRecord, list, table, text } from '../format.js';

/** A daemon has 5 s to finish what is in flight; beyond this we say that it did not stop. */
const STOP_BUDGET_MS = 10_000;

export async function status(cli: Cli): Promise<void> {
  const { body } = await cli.call('GET', '/v1/daemon');
  cli.result(body, () => (isRecord(body) ? statusText(cli, body) : String(body)));
}

function statusText(cli: Cli, body: Record<string, unknown>): string {
  const part = (row: Record<string, unknown>, kind: unknown): string[] => [
    text(row['id']),
    text(kind),
    text(row['status']),
    text(row['since']),
    text(row['reason'] ?? ''),
    counters(row['counters']),
  ];
  const rows = [
    ...list(body['readers']).map((row) => part(row, row['type'])),
    ...list(body['tills']).map((row) => part(row, row['adapter'])),
    ...(isRecord(body['apiProcess']) ? [part({ id: 'api', ...body['apiProcess'] }, '')] : []),
    ...(isRecord(body['agent']) ? [part({ id: 'agent', ...body['agent'] }, body['agent']['detail'] ?? '')] : []),
  ];
  const head = `tillbridge ${text(body['version'])}  pid ${text(body['pid'])}  ${text(body['health'])}  ${cli.say({ en: 'since', ru: 'с' })} ${text(body['started'])}`;
  const places = ['config', 'state', 'api', 'stations'].map((key) => `${key.padEnd(8)} ${text(body[key])}`);
  return [head, ...places, ...receiptsLine(body['receipts']), ...phonesLines(body['phones']), '', table(rows)].join('\n');
}

/** Nothing where receipts are not reported. */
function receiptsLine(value: unknown): readonly string[] {
  if (!isRecord(value) || value['mode'] !== 'report') return [];
  const platforms = Array.isArray(value['platforms']) ? value['platforms'].map(String).join(', ') : '';
  return [['receipts'.padEnd(8), platforms, counters(value['states']), text(value['reason'] ?? '')].filter((word) => word !== '').join(' ')];
}

/** Nothing where no phones are served. */
function phonesLines(value: unknown): readonly string[] {
  if (!isRecord(value)) return [];
  const places = list(value['places']).map((place) => text(place['secure']));
  const counted = ['paired', 'connected'].map((key) => `${key}=${text(value[key])}`);
  return [['phones'.padEnd(8), ...places, ...counted, counters(value['refusals'])].filter((word) => word !== '').join(' ')];
}

function counters(value: unknown): string {
  return isRecord(value)
    ? Object.entries(value)
        .map(([name, count]) => `${name}=${text(count)}`)
        .join(' ')
    : '';
}

export async function stop(cli: Cli): Promise<void> {
  const { body } = await cli.call('POST', '/v1/daemon/stop');
  const folder = stateFolderAt(cli.statePath);
  const give = systemClock.mono() + STOP_BUDGET_MS;
  while (lockHolder(folder) !== undefined) {
    if (systemClock.mono() > give) throw new TillbridgeError('TB_API_TIMEOUT', { ms: STOP_BUDGET_MS });
    await sleep(systemClock, 25);
  }
  cli.result({ stopped: true, ...(isRecord(body) ? { pid: body['pid'] } : {}) }, () => cli.say({ en: 'stopped', ru: 'остановлен' }));
}

export async function reload(cli: Cli): Promise<void> {
  const { body } = await cli.call('POST', '/v1/daemon/reload', undefined, 30_000);
  cli.result(body, () => {
    const changed = isRecord(body) && Array.isArray(body['changed']) ? body['changed'].map(String) : [];
    const later = isRecord(body) && Array.isArray(body['restartNeeded']) ? body['restartNeeded'].map(String) : [];
    const lines = changed.length === 0 ? [cli.say({ en: 'nothing changed', ru: 'изменений нет' })] : changed;
    const restart = later.map((key) => cli.say({ en: `${key}: takes effect after a restart`, ru: `${key}: вступит в силу после перезапуска` }));
    return [...lines, ...restart].join('\n');
  });
}
