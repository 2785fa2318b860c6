import { isTillbridgeError, TillbridgeError, type ProbeRow } from '@tillbridge/core';
import type { PortTillOptions } from './options.js';
import type { SerialLine, SerialOpener } from './serial-line.js';

/** Rows of `doctor` for a port till. Without a running connection the port is opened and closed again; nothing is written. */
export async function probePort(options: PortTillOptions, running: SerialLine | undefined, opener: SerialOpener): Promise<readonly ProbeRow[]> {
  const id = `till.${options.id}`;
  const row = (level: 'warn' | 'fail', error: TillbridgeError): ProbeRow => ({ level, id, text: error.text('en'), remedy: error.remedy('en') });
  let line = running;
  try {
    line ??= await opener(options);
    const rows: ProbeRow[] = [{ level: 'ok', id, text: `${options.path} opens` }];
    const required = options.requirePeer ?? 'none';
    if (required === 'none') return rows;
    const lines = await line.peer().catch(() => undefined);
    if (lines?.[required] === true) rows.push({ level: 'ok', id, text: `the other end of ${options.path} is ready (${required})` });
    else rows.push(row('warn', new TillbridgeError('TB_TILL_PEER_NOT_READY', { path: options.path, line: required })));
    return rows;
  } catch (error) {
    if (isTillbridgeError(error)) return [row('fail', error)];
    throw error;
  } finally {
    if (running === undefined) await line?.close();
  }
}
