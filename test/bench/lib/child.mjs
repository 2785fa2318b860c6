// Programs that are measured or measure: started with pipes, ended by their own pid.
import { spawn } from 'node:child_process';

export function start(command, argv, { env } = {}) {
  const child = spawn(command, argv, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C.UTF-8', ...env } });
  let text = '';
  let errors = '';
  let ended = false;
  const wakes = new Set();
  const wake = () => {
    for (const look of [...wakes]) look();
  };
  child.stdout.setEncoding('utf8').on('data', (chunk) => ((text += chunk), wake()));
  child.stderr.setEncoding('utf8').on('data', (chunk) => (errors = (errors + chunk).slice(-4000)));
  child.stdin.on('error', () => undefined);
  const exited = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => ((ended = true), wake(), resolve(code)));
  });
  exited.catch(() => undefined);

  /** Takes everything up to and with the first whole line that matches. */
  const until = (pattern, timeoutMs = 30_000) =>
    new Promise((resolve, reject) => {
      let from = 0;
      const settle = (finish) => {
        clearTimeout(timer);
        wakes.delete(look);
        finish();
      };
      const look = () => {
        for (let end = text.indexOf('\n', from); end >= 0; end = text.indexOf('\n', from)) {
          const line = text.slice(from, end);
          from = end + 1;
          if (!pattern.test(line)) continue;
          const before = text.slice(0, from);
          text = text.slice(from);
          return settle(() => resolve(before));
        }
        if (ended) settle(() => reject(new Error(`${command} ended before ${pattern}: ${errors}`)));
      };
      const timer = setTimeout(() => settle(() => reject(new Error(`${command}: no ${pattern} in ${timeoutMs} ms: ${errors}`))), timeoutMs);
      wakes.add(look);
      look();
    });

  return {
    pid: child.pid,
    until,
    tell: (line) => child.stdin.write(`${line}\n`),
    exited,
    errors: () => errors,
    stop: async () => {
      child.stdin.end();
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 8000);
      await exited.finally(() => clearTimeout(timer));
    },
  };
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
