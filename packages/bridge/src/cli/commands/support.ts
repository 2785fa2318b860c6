import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TillbridgeError } from '@tillbridge/core';
import { makeSupportBundle } from '../../support/bundle.js';
import type { Cli } from '../cli.js';

/** Packs what a helper needs into a file that is not there yet. @throws {TillbridgeError} `TB_API_SUPPORT_FILE` */
export async function support(cli: Cli, file: string | undefined): Promise<void> {
  const { name, bytes } = await makeSupportBundle(cli);
  const path = resolve(file ?? name);
  try {
    writeFileSync(path, bytes, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const problem = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
    throw new TillbridgeError('TB_API_SUPPORT_FILE', { path, problem }, { cause: error });
  }
  cli.result({ path, bytes: bytes.byteLength }, () => path);
}
