// A plugin as a stranger makes one: the template out of its package, built and tested from tarballs, packed, installed, and sold with.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run, runOk } from './run.mjs';
import { withNode } from './runtimes.mjs';

const NAME = '@acme/tillbridge-adapter-lines';
/** What its author has of ours. */
const NEEDED = ['core', 'child-host', 'plugin', 'testkit'].map((name) => `@tillbridge/${name}`);

/** Makes the adapter's template with the installed command, runs its own tests, and gives its tarball. */
export async function testedTemplate(work, project, tarballs) {
  const folder = join(work, 'plugin');
  await runOk(process.execPath, [join(project, 'node_modules/create-tillbridge-plugin/bin/create-tillbridge-plugin.mjs'), 'adapter', NAME, folder], { cwd: work });
  const file = join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  // ours come from the tarballs wherever they are asked for: nothing of them is looked up in a registry
  const ours = Object.fromEntries(Object.entries(tarballs).filter(([name]) => NEEDED.includes(name)).map(([name, path]) => [name, `file:${path}`]));
  const devDependencies = { ...manifest.devDependencies, ...ours };
  // a peer that is ours as well has to be the same file
  const peerDependencies = { '@tillbridge/plugin': '*' };
  writeFileSync(file, JSON.stringify({ ...manifest, devDependencies, peerDependencies, overrides: Object.fromEntries(Object.keys(ours).map((name) => [name, `$${name}`])) }, null, 2));
  await runOk('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--no-package-lock'], { cwd: folder });
  const { stdout } = await runOk('npm', ['test'], { cwd: folder, timeoutMs: 300_000 });
  if (!/Tests\s+\S*10 passed/.test(plain(stdout))) throw new Error(`the template's own tests did not all run:\n${stdout}`);
  await runOk('npm', ['pack', '--pack-destination', work], { cwd: folder });
  const tarball = readdirSync(work).find((name) => name.startsWith('acme-tillbridge-adapter-lines'));
  return join(work, tarball);
}

/** Installs the packed plugin into an empty folder and sells with the installed daemon. Problems, if any. */
export async function sellsWithPlugin(work, project, tarball, nodeFolder) {
  const shop = join(work, `shop-${String(Math.random()).slice(2)}`);
  mkdirSync(shop);
  writeFileSync(join(shop, 'package.json'), '{ "private": true }\n');
  await runOk('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--no-package-lock', tarball], { cwd: shop });
  const along = readdirSync(join(shop, 'node_modules')).filter((name) => name === '@tillbridge' || name === 'tillbridge');
  if (along.length > 0) return [`installing the plugin brought ${along.join(', ')} along`];
  const { TillSimulator } = await import(pathToFileURL(join(shop, 'node_modules', NAME, 'dist/simulator.js')).href);
  const till = await TillSimulator.start();
  const config = join(shop, 'tillbridge.yaml');
  writeFileSync(config, `version: 1
readers: [ { id: counter, type: tcp, listen: 127.0.0.1:0 } ]
codes: [ { name: universal, kind: card, match: '^98(?<value>\\d{14})$' } ]
translators: [ { type: rule, number: "{value}" } ]
tills: [ { id: front, adapter: "${NAME}", options: { port: ${String(till.port)} } } ]
api: off
`);
  const env = { ...withNode(nodeFolder), LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8' };
  const bin = join(project, 'node_modules/tillbridge/bin/tillbridge.cjs');
  const node = join(nodeFolder, process.platform === 'win32' ? 'node.exe' : 'node');
  const where = [bin, '--config', config, '--state', join(shop, 'state')];
  const daemon = spawn(node, [...where, 'run'], { cwd: shop, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  daemon.stderr.setEncoding('utf8').on('data', (text) => (said += text));
  try {
    const [ready] = await Promise.race([once(createInterface(daemon.stdout), 'line'), once(daemon, 'exit').then(() => ['it ended'])]);
    if (!ready.startsWith('READY')) return [`${ready}\n${said}`];
    const { stdout, stderr } = await run(node, [...where, '--json', 'scan', '9812345678901234', '--wait'], { cwd: shop, env, timeoutMs: 60_000 });
    const outcome = stdout === '' ? stderr : JSON.parse(stdout).outcome;
    const taken = Buffer.from(till.taken).toString('utf8');
    return outcome === 'applied' && taken === '12345678901234' ? [] : [`the sale ended ${outcome}, the till took ${JSON.stringify(taken)}\n${said}`];
  } finally {
    daemon.kill('SIGTERM');
    if (daemon.exitCode === null && daemon.signalCode === null) await once(daemon, 'exit');
    await till.close();
  }
}

/** Without the colours of a terminal. */
const plain = (text) => text.replace(/\u001b\[[\d;]*m/g, ''); // eslint-disable-line no-control-regex -- the escape is what is taken out
