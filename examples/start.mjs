// Runs the web examples with everything around them: a daemon, a web server for the pages, a pairing for each.
//   node examples/start.mjs [--port 8080] [--api-port 7843] [--scanner-port 7841]     (0: any free port)
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** What each page may do: a tablet in front of guests learns no numbers and sees no scans. */
const PAGES = { 'web-till': 'scan:read,goods:read,delivery', tablet: 'scan:inject' };

const { values } = parseArgs({
  options: { port: { type: 'string', default: '8080' }, 'api-port': { type: 'string', default: '7843' }, 'scanner-port': { type: 'string', default: '7841' } },
});
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const client = fileURLToPath(import.meta.resolve('@tillbridge/sdk/browser'));
const bin = join(fileURLToPath(import.meta.resolve('tillbridge')), '../../bin/tillbridge.cjs');
const folder = mkdtempSync(join(tmpdir(), 'tillbridge-example-'));
const where = ['--state', join(folder, 'state'), '--config', join(folder, 'tillbridge.yaml')];

const server = createServer((request, response) => {
  const [, page, file] = new URL(request.url, 'http://localhost').pathname.split('/');
  const known = Object.hasOwn(PAGES, page);
  if (known && file === '') response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(readFileSync(here(`${page}/index.html`)));
  else if (known && file === 'tillbridge.js') response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(client));
  else response.writeHead(404).end();
});
await new Promise((resolve) => server.listen(Number(values.port), '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

writeFileSync(
  join(folder, 'tillbridge.yaml'),
  readFileSync(here('tillbridge.yaml'), 'utf8')
    .replace('http://127.0.0.1:8080', origin)
    .replace('port: 7843', `port: ${values['api-port']}`)
    .replace('127.0.0.1:7841', `127.0.0.1:${values['scanner-port']}`),
);

const tillbridge = (...args) => spawn(process.execPath, [bin, ...where, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
const firstLine = async (child) => {
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('it ended without a word');
};

const daemon = tillbridge('--log-level', 'warn', 'run');
const end = () => {
  daemon.kill('SIGTERM');
  server.close();
  server.closeAllConnections();
};
process.on('SIGINT', end);
process.on('SIGTERM', end);
daemon.on('exit', () => {
  rmSync(folder, { recursive: true, force: true });
  end();
});

const api = /api=(\S+)/.exec(await firstLine(daemon))?.[1];
for (const [page, scopes] of Object.entries(PAGES)) {
  const code = await firstLine(tillbridge('clients', 'pair', '--name', page, '--scope', scopes, '--till', 'front'));
  console.log(`${page}: open ${origin}/${page}/?api=${api} and enter the code ${code}`);
}
console.log(`a scan: node ${bin} ${where.join(' ')} scan 9812345678901234`);
