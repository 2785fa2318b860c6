import { TillbridgeError } from '@tillbridge/core';
import type { Machine } from '../../bench/machine.js';
import type { Judged } from '../../bench/promises.js';
import type { BenchResult } from '../../bench/run.js';
import type { Cli } from '../cli.js';
import { isRecord, table, text } from '../format.js';

/** What was measured, for people. */
export function report(cli: Cli, result: BenchResult): string {
  const rows = [['', cli.say({ en: 'promise', ru: 'обещание' }), cli.say({ en: 'measured', ru: 'измерено' }), cli.say({ en: 'bound', ru: 'предел' })], ...result.promises.map((promise) => rowOf(cli, promise))];
  const broken = result.broken.map((what) => {
    const error = new TillbridgeError('TB_SCAN_BENCH_BROKEN', what);
    return `${error.code}: ${error.text(cli.lang)}\n${error.remedy(cli.lang)}`;
  });
  const notes = result.notes.map((note) => `* ${cli.say(note)}`);
  return [machineLine(cli, result.machine), table(rows), timesTable(cli, result), notes.join('\n'), broken.join('\n')].filter((part) => part !== '').join('\n\n');
}

function rowOf(cli: Cli, promise: Judged): readonly string[] {
  const { value, bound, unit, atLeast, kept } = promise;
  return [kept ? 'PASS' : 'MISS', cli.say(promise), `${value} ${unit}`.trimEnd(), `${atLeast ? '>=' : '<='} ${bound} ${unit}`.trimEnd()];
}

function machineLine(cli: Cli, { processor, cores, virtual, memoryGiB, system, disk, node, loadAtStart }: Machine): string {
  const words = virtual ? cli.say({ en: ' of a virtual machine', ru: ' виртуальной машины' }) : '';
  const load = cli.say({ en: `load average ${loadAtStart.join(', ')} at the start`, ru: `средняя нагрузка в начале ${loadAtStart.join(', ')}` });
  return `${processor}, ${cores} ${cli.say({ en: 'cores', ru: 'ядра' })}${words}, ${memoryGiB} GiB, ${system}, ${disk}, Node.js ${node}; ${load}`;
}

const TIMES = [
  ['goods', 'tillbridge', { en: 'goods through tillbridge', ru: 'товар через tillbridge' }],
  ['goods', 'relay', { en: 'through the relay', ru: 'через ретранслятор' }],
  ['goods', 'nodeRelay', { en: 'through a bare Node.js relay', ru: 'через простой ретранслятор на Node.js' }],
  ['loyalty', 'loyalty', { en: 'loyalty scan, last byte in to last byte out', ru: 'карта гостя, от последнего байта до последнего' }],
  ['loyalty', 'beyondGoodsAndQuiet', { en: 'the same without goods (p50) and quietMs', ru: 'то же без товара (p50) и quietMs' }],
  ['loyalty', 'commit', { en: 'bare durable commit at the same pace', ru: 'запись на диск в том же темпе' }],
  ['lookups', undefined, { en: 'look-up', ru: 'поиск карты' }],
] as const;

function timesTable(cli: Cli, { figures }: BenchResult): string {
  const rows = TIMES.flatMap(([part, name, words]) => {
    const all = figures[part];
    const times = isRecord(all) && name !== undefined ? all[name] : all;
    return isRecord(times) ? [[cli.say(words), text(times['count'] ?? times['lookups']), ...['p50Us', 'p90Us', 'p99Us', 'maxUs'].map((key) => text(times[key]))]] : [];
  });
  if (rows.length === 0) return '';
  return table([[cli.say({ en: 'times in microseconds', ru: 'время в микросекундах' }), cli.say({ en: 'count', ru: 'число' }), 'p50', 'p90', 'p99', 'max'], ...rows]);
}
