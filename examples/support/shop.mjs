// What the examples share: a folder of their own, the command `tillbridge`, and a daemon that ends with the example.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { connect, pair } from '@tillbridge/sdk';

const bin = join(fileURLToPath(import.meta.resolve('tillbridge')), '../../bin/tillbridge.cjs');

/** A shop in a temporary folder. `env` is what its configuration refers to as `${env:NAME}`. */
export function openShop({ env = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tillbridge-example-'));
  const config = join(folder, 'tillbridge.yaml');
  const running = [];

  const start = (args) => {
    const child = spawn(process.execPath, [bin, '--state', join(folder, 'state'), '--config', config, '--lang', 'en', ...args], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } });
    running.push(child);
    return child;
  };
  const ended = (child) => new Promise((resolve) => (child.exitCode === null && child.signalCode === null ? child.once('exit', resolve) : resolve(child.exitCode)));

  return {
    folder,
    configure: (yaml) => writeFileSync(config, yaml),

    /** Runs a command to its end and gives what it printed. */
    async run(...args) {
      const child = start(args);
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (part) => (text += part));
      const code = await ended(child);
      return { code, text: text.trim() };
    },

    /** Starts a command that prints READY and goes on: the daemon, a simulator. Gives the `name=value` words of that line. */
    async background(...args) {
      const child = start(args);
      for await (const line of createInterface({ input: child.stdout })) {
        if (line.startsWith('READY')) {
          child.stdout.resume();
          return Object.fromEntries([...line.matchAll(/(\S+?)=(\S+)/g)].map(([, name, value]) => [name, value]));
        }
      }
      throw new Error(`tillbridge ${args.join(' ')} did not start`);
    },

    /** Pairs a program with the daemon and connects it. */
    async client(api, name, scope, till = 'front') {
      const { text } = await this.run('clients', 'pair', '--name', name, '--scope', scope, '--till', till);
      const code = /\b\d{8}\b/.exec(text)?.[0] ?? '';
      const { token } = await pair({ url: api, code, name });
      return connect({ url: api, token });
    },

    /** Ends what is still running, youngest first, and takes the folder away. */
    async close() {
      for (const child of running.reverse()) {
        child.kill('SIGTERM');
        await ended(child);
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const post = async (url, body, method = 'POST') => {
  const answer = await fetch(url, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status}`);
  return answer;
};
