// node scripts/api-report.mjs [--check]: what each package exports, as text under `api/`, so that a change of it shows in review. Run it after a
// build; `npm run packages` checks it.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { packages, root } from './packages.mjs';

const folder = join(root, 'api');
const LONGEST = 6000;
const printer = ts.createPrinter({ removeComments: true, omitTrailingSemicolon: false });

/** Declaration files of a package's entry points, by specifier. */
function entries({ name, manifest, folder: at }) {
  return Object.entries(manifest.exports)
    .map(([path, conditions]) => [name + path.slice(1), conditions?.import?.types ?? conditions?.types])
    .filter(([, types]) => typeof types === 'string')
    .map(([specifier, types]) => [specifier, join(at, types)]);
}

/** A declaration as it is written, without its comments and what is private. */
function textOf(declaration) {
  const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  const text = printer.printNode(ts.EmitHint.Unspecified, withoutPrivate(node), node.getSourceFile());
  return short(inOrder(text.replace(/^(?:export )?(?:default )?(?:declare )?/, '').replace(/[ \t]+$/gm, '')));
}

/** The compiler writes the members of an enumeration as it happens to meet them: another order with another build. */
function inOrder(text) {
  return text
    .replace(/ZodEnum<\{\n([\s\S]*?)\n(\s*)\}>/g, (_, lines, indent) => `ZodEnum<{\n${lines.split('\n').sort().join('\n')}\n${indent}}>`)
    .replace(/["'][\w.:-]+["'](?: \| ["'][\w.:-]+["'])+/g, (union) => union.split(' | ').sort().join(' | '));
}

/** Tables of texts are documented elsewhere: here it is enough that they changed. */
function short(text) {
  if (text.length <= LONGEST) return text;
  const [first] = text.split('\n');
  return `${first.slice(0, 120)} ... /* ${String(text.length)} characters, sha256 ${createHash('sha256').update(text).digest('hex').slice(0, 16)} */`;
}

function withoutPrivate(node) {
  if (!ts.isClassDeclaration(node)) return node;
  const shown = node.members.filter((member) => !(member.name && ts.isPrivateIdentifier(member.name)) && !(ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private));
  return ts.factory.updateClassDeclaration(node, node.modifiers, node.name, node.typeParameters, node.heritageClauses, shown);
}

/** Everything that an entry point exports, by name: the package's own in full, what comes from another package of ours by name. */
function reportOf(checker, source) {
  const module = checker.getSymbolAtLocation(source);
  if (module === undefined) return [];
  return checker
    .getExportsOfModule(module)
    .map((symbol) => ({ name: symbol.name, target: symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name, target }) => (target.declarations ?? []).map((declaration) => ({ name, text: textOf(declaration) })));
}

/** The report of each package: file name and text. */
export function apiReports() {
  const files = packages.flatMap((p) => entries(p).map(([specifier, file]) => ({ p, specifier, file })));
  const program = ts.createProgram(files.map(({ file }) => file), { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ESNext, skipLibCheck: true, noEmit: true });
  const checker = program.getTypeChecker();
  return packages.map((p) => {
    const sections = files
      .filter((each) => each.p === p)
      .map(({ specifier, file }) => {
        const source = program.getSourceFile(file);
        const lines = source === undefined ? [] : reportOf(checker, source).map(({ text }) => text);
        return `## ${specifier}\n\n\`\`\`ts\n${[...new Set(lines)].join('\n')}\n\`\`\`\n`;
      });
    return { name: `${p.short}.md`, text: `# What \`${p.name}\` exports\n\nWritten by \`node scripts/api-report.mjs\`. A change here is a change for those who use the package: see CONTRIBUTING.md, "Versions".\n\n${sections.join('\n')}` };
  });
}

/** Reports that are not as the packages are. */
export function apiProblems() {
  const reports = apiReports();
  const kept = readdirSync(folder, { withFileTypes: true }).map(({ name }) => name);
  const stale = kept.filter((name) => !reports.some((report) => report.name === name)).map((name) => `api/${name} is of no package`);
  const changed = reports.filter(({ name, text }) => !kept.includes(name) || readFileSync(join(folder, name), 'utf8') !== text).map(({ name }) => `api/${name} is not what the package exports: node scripts/api-report.mjs, and look at what changed`);
  return [...stale, ...changed];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--check')) {
    const problems = apiProblems();
    for (const problem of problems) console.log(problem);
    process.exitCode = problems.length > 0 ? 1 : 0;
  } else {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    for (const { name, text } of apiReports()) writeFileSync(join(folder, name), text);
  }
}
