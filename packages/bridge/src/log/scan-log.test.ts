import { Emitter, outcome, Scan, silentLog, type LogFields, type Pipeline, type PipelineEvents } from '@tillbridge/core';
import { describe, expect, it } from 'vitest';
import { logScans } from './scan-log.js';

describe('the log of scans', () => {
  it('has the id of each loyalty scan at both ends of its way, and nothing of the code', () => {
    const events = new Emitter<PipelineEvents>(() => undefined);
    const lines: (LogFields & { event: string })[] = [];
    const log = { ...silentLog, debug: (event: string, fields: LogFields = {}) => void lines.push({ event, ...fields }) };
    logScans({ on: events.on.bind(events) } as unknown as Pipeline, log);
    const fields = { bytes: Buffer.from('9812345678901234'), terminator: Buffer.of(13), text: '9812345678901234', aim: undefined, gs1: false, at: { mono: 0, wall: 0 } };
    const scan = (id: string): Scan => new Scan({ ...fields, id, reader: 'counter', symbology: 'qr' });
    events.emit('scan', { scan: scan('g-1'), kind: 'goods', rule: undefined, till: 'front' });
    events.emit('scan', { scan: scan('s-1'), kind: 'card', rule: 'universal', till: 'front' });
    const code = { reveal: () => '', masked: '' } as never;
    events.emit('outcome', { ...outcome('sent', undefined, 'read'), scanId: 's-1', reader: 'counter', till: 'front', kind: 'card', code, number: undefined, time: 1, tookMs: 31.4, way: { classifiedMs: 20 } });
    expect(lines.map(({ scanId, kind }) => [scanId, kind])).toEqual([
      ['s-1', 'card'],
      ['s-1', 'card'],
    ]);
    expect(lines[1]).toMatchObject({ outcome: 'sent', evidence: 'read', tookMs: 31 });
    expect(JSON.stringify(lines)).not.toContain('981234');
  });
});
