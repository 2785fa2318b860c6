import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { asTillbridgeError, TillbridgeError, type ProbeRow } from '@tillbridge/core';
import { loadPtyBinding } from '../pty/binding.js';
import { mayReplace, targetOf } from '../pty/stable-link.js';
import type { PtyTillOptions } from './options.js';

/** Rows of `doctor` for a PTY till. Without `running` nothing is created: only what a start would need is looked at. */
export async function probePty(
  options: PtyTillOptions,
  running: { readonly path: string; readonly open: boolean } | undefined,
): Promise<readonly ProbeRow[]> {
  const id = `till.${options.id}`;
  const rows: ProbeRow[] = [];
  const fail = (error: TillbridgeError): void => void rows.push({ level: 'fail', id, text: error.text('en'), remedy: error.remedy('en') });
  try {
    await loadPtyBinding();
    rows.push({ level: 'ok', id, text: 'virtual ports can be made' });
  } catch (error) {
    fail(asTillbridgeError(error, 'TB_TILL_PTY_FAILED'));
    return rows;
  }
  if (running !== undefined) {
    rows.push(
      running.open
        ? { level: 'ok', id, text: `the cashier program has ${options.link} open` }
        : warning(id, new TillbridgeError('TB_TILL_NOT_LISTENING', { path: options.link })),
    );
    if (targetOf(options.link) !== running.path) fail(new TillbridgeError('TB_TILL_LINK_TAKEN', { path: options.link }));
    return rows;
  }
  if (!mayReplace(options.link)) fail(new TillbridgeError('TB_TILL_LINK_TAKEN', { path: options.link }));
  const problem = folderProblem(options.link);
  if (problem === undefined) rows.push({ level: 'ok', id, text: `${options.link} can be made` });
  else fail(new TillbridgeError('TB_TILL_LINK_FAILED', { path: options.link, problem }));
  return rows;
}

function warning(id: string, error: TillbridgeError): ProbeRow {
  return { level: 'warn', id, text: error.text('en'), remedy: error.remedy('en') };
}

/** Why `link` cannot be made: the nearest folder that exists must be writable. */
function folderProblem(link: string): string | undefined {
  let folder = dirname(link);
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch {
    return `the folder ${folder} is not writable for this user`;
  }
}
