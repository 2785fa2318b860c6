// npm run packages: packs every package as it would be published, checks what is in it, installs it into empty projects and uses it there,
// on the oldest and the newest Node.js that it promises to work on.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { buildable, buildAll, TARGETS, zipName } from '../packages/adapter-1c/addin/build.mjs';
import { loadBothWays, makeConsumer, tillbridge, tooOldProblems } from './package-checks/consumer.mjs';
import { apiProblems } from './api-report.mjs';
import { anyTypes, bundledPackages, entryPoints, installScriptProblems, licenceProblems, lockfileProblems, machinePaths, strayFiles } from './package-checks/files.mjs';
import { inParallel, Report } from './package-checks/report.mjs';
import { changedPaths, noteProblems } from './package-checks/notes.mjs';
import { fetchNode, oldNodeOnPath } from './package-checks/runtimes.mjs';
import { run, runOk } from './package-checks/run.mjs';
import { browserBundleProblems, sellsBothWays } from './package-checks/sdk.mjs';
import { sellsWithPlugin, testedTemplate } from './package-checks/template.mjs';
import { packages, root } from './packages.mjs';

const report = new Report();
const width = Math.max(1, Math.min(4, availableParallelism()));
const read = (path) => readFileSync(join(root, path), 'utf8');
const work = mkdtempSync(join(tmpdir(), 'tillbridge-packages-'));

/** The driver for 1C goes along as the ZIP that 1C takes; true where the compilers for it are there. */
async function buildDriver() {
  const name = 'the driver for 1C is built';
  const missing = Object.keys(TARGETS).filter((target) => !buildable().includes(target));
  if (missing.length > 0 && process.env.TILLBRIDGE_REQUIRE !== 'all') {
    report.skip(name, `no compiler for ${missing.join(', ')} (sh test/setup-debian.sh)`);
    return false;
  }
  await report.check(name, async () => {
    const out = join(root, 'packages/adapter-1c/addin/dist');
    rmSync(out, { recursive: true, force: true });
    await buildAll(Object.keys(TARGETS), out);
  });
  return true;
}

/** Packs all packages; gives, by name, the tarball and the names in it. */
async function pack() {
  const folder = join(work, 'tarballs');
  mkdirSync(folder);
  const { stdout } = await runOk('npm', ['pack', '--workspaces', '--json', '--pack-destination', folder], { cwd: root });
  // npm 12 gives an object by name, npm 11 a list
  return Object.fromEntries(
    Object.values(JSON.parse(stdout)).map(({ name, filename, files }) => [name, { path: join(folder, filename), files: files.map((file) => file.path) }]),
  );
}

async function checkContents(p, tarball) {
  await report.check(`${p.name}: contents`, () => {
    const text = (name) => readFileSync(join(p.folder, name), 'utf8');
    const wanted = ['LICENSE', 'README.md'].filter((name) => !tarball.files.includes(name)).map((name) => `${name} is missing`);
    const inside = (name) => [...machinePaths(name, text(name), [root, tmpdir() + '/']), ...bundledPackages(name, text(name))];
    return [...wanted, ...strayFiles(tarball.files), ...tarball.files.flatMap(inside)];
  });
  await report.check(`${p.name}: no any in its types`, () => {
    const declarations = tarball.files.filter((name) => /\.d\.c?ts$/.test(name));
    if (declarations.length === 0) return ['it has no types'];
    return declarations.flatMap((name) => anyTypes(relative(root, join(p.folder, name)), readFileSync(join(p.folder, name), 'utf8')));
  });
}

async function checkManifest(p, tarball) {
  await report.check(`${p.name}: publint`, async () => {
    const file = readFileSync(tarball.path);
    const { messages, pkg } = await publint({ strict: true, pack: { tarball: file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) } });
    return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
  });
  await report.check(`${p.name}: types resolve (attw)`, async () => {
    const cli = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    // the suites import vitest, which is ES module only: CommonJS gets that module too, as Node.js >= 22.12 can require it
    const accepted = p.short === 'testkit' ? ['--ignore-rules', 'cjs-resolves-to-esm'] : [];
    await runOk(process.execPath, [cli, tarball.path, '--profile', 'node16', '--no-color', '--no-emoji', ...accepted], { cwd: work });
  });
}

/** The Node.js versions to try: the promised minimum, the repository's own, the next line. */
async function runtimes() {
  const own = { version: process.versions.node, folder: dirname(process.execPath) };
  const minimum = packages[0].manifest.engines.node.replace(/^>=/, '');
  const fetched = await Promise.all([`${minimum}.0`, '26'].map(async (version) => ({ version, folder: await fetchNode(version) })));
  return [own, ...fetched];
}

async function checkConsumers(tarballs) {
  const paths = Object.fromEntries(Object.entries(tarballs).map(([name, { path }]) => [name, path]));
  const manifest = JSON.parse(read('package.json'));
  const bare = join(work, 'bare');
  const full = join(work, 'full');
  const nodes = await runtimes();
  await report.check('installs without native packages', () => makeConsumer(bare, paths, {}, ['--omit=optional']));
  await report.check('no native package came along', () => {
    const natives = ['koffi', 'serialport', '@serialport/bindings-cpp'];
    return readdirSync(join(bare, 'node_modules'), { recursive: true }).filter((path) => natives.includes(path));
  });
  await report.check('installs with native packages and the test runner', () => makeConsumer(full, paths, { vitest: manifest.devDependencies.vitest }, []));

  const jobs = [];
  const add = (name, job) => jobs.push(() => report.check(name, job));
  for (const { version, folder } of nodes) {
    for (const entry of packages.flatMap((p) => entryPoints(p.manifest))) {
      add(`Node ${version}: ${entry}`, () => loadBothWays(full, entry, folder));
      // the suites are for a test runner, so they need one
      if (!entry.endsWith('/suites')) add(`Node ${version}, no natives: ${entry}`, () => loadBothWays(bare, entry, folder));
    }
    for (const [name, project] of Object.entries({ bare, full })) {
      add(`Node ${version}, ${name}: tillbridge --version`, () => printsVersion(project, folder));
    }
    add(`Node ${version}: tillbridge demo --once`, () => runsDemo(full, folder));
    add(`Node ${version}, no natives: a sale with the bridge inside the program`, () => sellsBothWays(bare, folder));
  }
  let plugin;
  await report.check('the plugin template, made, built and tested by itself', async () => {
    plugin = await testedTemplate(work, full, paths);
  });
  if (plugin !== undefined) for (const { version, folder } of nodes) add(`Node ${version}: a sale with the packed plugin`, () => sellsWithPlugin(work, full, plugin, folder));
  add('the browser client, bundled', () => browserBundleProblems(bare));
  await inParallel(width, jobs);
  await checkOldNode(full);
}

/** Where the advisories cannot be had nothing was checked, and that is what is said. A release must have them. */
async function auditOrSay() {
  const { code, stdout } = await run(process.execPath, [join(root, 'scripts/audit.mjs')], { cwd: root });
  if (code === 3) report.skip('npm audit', stdout.trim().replaceAll('\n', '; '));
  else await report.check('npm audit', () => (code === 0 ? [] : stdout.trim().split('\n')));
}

/** Seen in a branch whose history goes back to the main one; a clone of the last commit alone shows no change. */
async function noteOrSay() {
  const name = 'a note for what the packages export anew';
  const changed = await changedPaths(root);
  if (changed === undefined) report.skip(name, 'no main branch in this clone to compare with');
  else await report.check(name, () => noteProblems(changed));
}

async function printsVersion(project, nodeFolder) {
  const { code, stdout, stderr } = await tillbridge(project, ['--version'], nodeFolder);
  const wanted = packages.find((p) => p.name === 'tillbridge').manifest.version;
  return code === 0 && stdout.trim() === wanted ? [] : [`exit code ${code}, printed "${stdout.trim()}" and not ${wanted}\n${stderr}`];
}

async function runsDemo(project, nodeFolder) {
  const { code, stdout, stderr } = await tillbridge(project, ['demo', '--once'], nodeFolder);
  return code === 0 ? [] : [`exit code ${code}\n${stdout}\n${stderr}`];
}

async function checkOldNode(project) {
  const name = 'an older Node is told in one line what is needed';
  const node = oldNodeOnPath();
  if (node === undefined) report.skip(name, 'no older node on PATH');
  else await report.check(name, () => tooOldProblems(project, node));
}

try {
  await runOk(process.execPath, [join(root, 'scripts/build.mjs'), '--quiet'], { cwd: root, timeoutMs: 600_000 });
  await report.check('package-lock.json', () => lockfileProblems(JSON.parse(read('package-lock.json'))));
  await report.check('licences', () => licenceProblems(JSON.parse(read('package-lock.json'))));
  await report.check('install scripts', () => installScriptProblems(JSON.parse(read('package-lock.json'))));
  await auditOrSay();
  await report.check('what the packages export', () => apiProblems());
  await noteOrSay();
  const driver = await buildDriver();
  const tarballs = await pack();
  if (driver) {
    const { files } = tarballs['@tillbridge/adapter-1c'];
    await report.check('the driver for 1C is in its package', () => (files.includes(`addin/dist/${zipName}`) ? [] : [`addin/dist/${zipName} is missing`]));
  }
  await inParallel(width, packages.map((p) => () => checkContents(p, tarballs[p.name])));
  await inParallel(width, packages.map((p) => () => checkManifest(p, tarballs[p.name])));
  await checkConsumers(tarballs);
} catch (error) {
  await report.check('the checks themselves', () => Promise.reject(error));
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(report.line);
process.exit(report.failed > 0 ? 1 : 0);
