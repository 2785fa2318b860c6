import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli, startCli, type CliResult } from './cli.js';
import type { RunningChild } from './child.js';

export interface TestDaemon {
  /** The address of its API. */
  readonly url: string;
  readonly child: RunningChild;
  /** Runs another command on the same state and configuration. */
  cli(...args: string[]): Promise<CliResult>;
  /** A code to pair with. */
  pairingCode(name: string, scopes: string): Promise<string>;
  /** A token, paired over the API. */
  token(name: string, scopes: string): Promise<string>;
  stop(): Promise<void>;
}

/** Runs the built daemon on a configuration, in `folder`; its state lies there too. */
export async function startDaemon(folder: string, config: string): Promise<TestDaemon> {
  const file = join(folder, 'tillbridge.yaml');
  writeFileSync(file, config);
  const where = ['--state', join(folder, 'state'), '--config', file];
  const child = startCli([...where, '--log-level', 'warn', 'run']);
  const [, url = ''] = await child.waitForLine(/^READY pid=\d+ api=(\S+)$/, 60_000);
  const cli = (...args: string[]): Promise<CliResult> => runCli([...where, ...args]);
  const pairingCode = async (name: string, scopes: string): Promise<string> => {
    const { code, stdout, stderr } = await cli('--json', 'clients', 'pair', '--name', name, '--scope', scopes, '--till', 'front');
    if (code !== 0) throw new Error(`clients pair: ${stdout}${stderr}`);
    return (JSON.parse(stdout) as { code: string }).code;
  };
  return {
    url,
    child,
    cli,
    pairingCode,
    token: async (name, scopes) => {
      const body = JSON.stringify({ code: await pairingCode(name, scopes), name });
      const answer = await fetch(`${url}/v1/pair`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      const { token } = (await answer.json()) as { token?: string };
      if (token === undefined) throw new Error(`pairing was refused: ${String(answer.status)}`);
      return token;
    },
    stop: async () => {
      await child.stop();
    },
  };
}
