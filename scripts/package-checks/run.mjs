import { spawn } from 'node:child_process';

/**
 * Runs a program to its end, without input, and gives what it printed. Never rejects on an exit code.
 * @returns {Promise<{ code: number | null, stdout: string, stderr: string }>}
 */
export function run(command, argv, { cwd, env = process.env, timeoutMs = 180_000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, argv, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs, killSignal: 'SIGKILL' });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** The same, but anything except exit code 0 is an error that shows what was printed. */
export async function runOk(command, argv, settings) {
  const result = await run(command, argv, settings);
  if (result.code !== 0) {
    throw new Error(`${command} ${argv.join(' ').slice(0, 200)} exited with ${result.code}\n${result.stdout}\n${result.stderr}`);
  }
  return result;
}
