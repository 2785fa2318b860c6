// What must not be in a published file: pure functions over text.
import ts from 'typescript';

/** Lines of a declaration file at which a type is `any`, comments left out. */
export function anyTypes(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file}:${line + 1} says any: ${text.split('\n')[line].trim().slice(0, 120)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

// what runs, and what is handed to a till program as it is or built for it
const ownFolders = /^(dist|bin|station-script|addin|extension|front-plugin|keyboard-helper|template)\//;
const metaFiles = new Set(['package.json', 'LICENSE', 'README.md']);

/** Names in a tarball that do not belong there. */
export function strayFiles(names) {
  return names
    .filter((name) => !metaFiles.has(name) && (!ownFolders.test(name) || (/\.test\./.test(name) && !name.startsWith('template/')) || /\.tsbuildinfo$|\.stamp$|(^|\/)(fixtures|__tests__)\//.test(name)))
    .map((name) => `${name} should not be published`);
}

/** Places where a file names a folder of the machine that built it. */
export function machinePaths(name, text, folders) {
  return folders.filter((folder) => text.includes(folder)).map((folder) => `${name} contains ${folder}`);
}

/** Other people's packages inside a built file, by the comments that the bundler leaves: they belong in dependencies (a native one breaks). */
export function bundledPackages(name, text) {
  const found = [...text.matchAll(/^\s*\/\/ \S*node_modules\/((?:@[^/\s]+\/)?[^/\s]+)/gm)].map((match) => match[1]);
  // tsup's own shims for import.meta and __dirname
  return [...new Set(found)].filter((each) => each !== 'tsup').map((each) => `${name} contains ${each}`);
}

/** What is wrong with a package-lock.json: addresses would tie it to one registry, links to files to one machine. */
export function lockfileProblems(lock) {
  return Object.entries(lock.packages).flatMap(([path, entry]) => {
    if (entry.link === true || path === '') return [];
    const problems = [];
    if (typeof entry.resolved === 'string') problems.push(`${path} has a resolved address: keep omit-lockfile-registry-resolved in .npmrc`);
    // below a package of ours too: what could not be put at the top
    if (path.includes('node_modules/') && entry.integrity === undefined) problems.push(`${path} has no integrity`);
    if (/(^|\/)(pcsc-mini|@pcsc-mini\/[^/]+)$/.test(path)) problems.push(`${path} does not belong in the lockfile: it is not to be had for every platform`);
    return problems;
  });
}

/** Specifiers of a package's entry points: its name, and its name with each sub-path. */
export function entryPoints(manifest) {
  return Object.keys(manifest.exports)
    .filter((path) => path !== './package.json')
    .map((path) => manifest.name + path.slice(1));
}

/** Licences that the packages' users can live with; of the development's tools a few more. */
const LICENCES = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'MPL-2.0', '(MIT OR X11)', '(MIT OR CC0-1.0)', 'BlueOak-1.0.0']);

/** Told in a way that npm no longer reads (`licenses`). */
const TOLD_ELSEWHERE = { 'node_modules/x11': 'MIT' };

/** The same for what only the development uses and nobody installs with us: argparse, which the writer of the API reference has below it, and the
 * icons of the site's generator. */
const TOOL_LICENCES = new Set(['Python-2.0', 'CC0-1.0']);

/** Packages whose licence is none of those, or is not told. */
export function licenceProblems(lock) {
  return installed(lock)
    .map(([path, { license, dev }]) => [path, license ?? TOLD_ELSEWHERE[path], dev])
    .filter(([, license, dev]) => !LICENCES.has(license) && !(dev === true && TOOL_LICENCES.has(license)))
    .map(([path, license]) => `${path} has the licence ${license ?? '(none told)'}`);
}

/** What may run a program of its own when it is installed, and why a till can live with it. */
export const INSTALL_SCRIPTS = {
  '@serialport/bindings-cpp': 'looks which of its prebuilt binaries fits; only where none does it compiles. Serial scanners work without the script where one fits',
  esbuild: 'puts its prebuilt program in place; builds our packages, never comes to a till',
  koffi: 'looks which of its prebuilt binaries fits; works without the script',
  'node-hid': 'looks which of its prebuilt binaries fits; only where none does it compiles. HID scanners work without the script where one fits',
};

/** Packages that run something at installation and are not known for it, and known ones that do no more. */
export function installScriptProblems(lock, known = INSTALL_SCRIPTS) {
  const names = installed(lock).filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => [path, path.replace(/^.*node_modules\//, '')]);
  return [
    ...names.filter(([, name]) => !Object.hasOwn(known, name)).map(([path]) => `${path} runs a script when it is installed: look at it, and add it to the list with a reason if a till can live with it`),
    ...Object.keys(known).filter((name) => !names.some(([, other]) => other === name)).map((name) => `${name} runs no script any more: take it off the list`),
  ];
}

/** What is wrong with a workflow: somebody else's action that is not pinned to a commit can become another one overnight; rights that nobody needs. */
export function workflowProblems(name, text) {
  const uses = [...text.matchAll(/^\s*-?\s*uses:\s*(\S+)/gm)].map(([, action]) => action);
  return [
    ...uses.filter((action) => !action.startsWith('./') && !/@[0-9a-f]{40}$/.test(action)).map((action) => `${name}: ${action} is not pinned to a commit`),
    ...(/^permissions:/m.test(text) ? [] : [`${name}: it does not say which rights it needs`]),
    ...(/pull_request_target/.test(text) ? [`${name}: pull_request_target runs a stranger's change with our secrets`] : []),
  ];
}

const installed = (lock) => Object.entries(lock.packages).filter(([path, entry]) => path.includes('node_modules/') && entry.link !== true);
