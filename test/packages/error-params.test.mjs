import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CATALOGUE } from '@tillbridge/core';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { packages, root } from '../../scripts/packages.mjs';

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts')) yield path;
  }
}

const placeholdersOf = (code) => {
  const { en } = CATALOGUE[code];
  const text = `${en.message} ${en.remedy}`.replace(/\{\{|\}\}/g, '');
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))];
};

/** Places where an error is made with a literal code and literal parameters: what each gives. */
function* uses(path) {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    const made = ts.isNewExpression(node) && node.expression.getText() === 'TillbridgeError' ? [0, []] : undefined;
    const wrapped = ts.isCallExpression(node) && node.expression.getText() === 'asTillbridgeError' ? [1, ['problem']] : undefined;
    const [at, given] = made ?? wrapped ?? [];
    const code = node.arguments?.[at];
    const params = node.arguments?.[at + 1];
    if (code !== undefined && ts.isStringLiteral(code)) {
      const literal = params === undefined || ts.isObjectLiteralExpression(params);
      const names = literal && params !== undefined ? params.properties.map((property) => property.name?.getText()) : [];
      // parameters that are made elsewhere, or spread in, are beyond this look
      if (literal && !names.includes(undefined)) {
        const { line } = file.getLineAndCharacterOfPosition(node.getStart());
        found.push({ where: `${relative(root, path)}:${line + 1}`, code: code.text, names: [...given, ...names] });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  yield* found;
}

describe('errors', () => {
  it('are made with a value for every placeholder of their texts', () => {
    const all = packages.flatMap(({ folder }) => [...sources(join(folder, 'src'))].flatMap((path) => [...uses(path)]));
    expect(all.length).toBeGreaterThan(10);
    const missing = all.flatMap(({ where, code, names }) => {
      if (!(code in CATALOGUE)) return [`${where}: ${code} is not in the catalogue`];
      return placeholdersOf(code).filter((name) => !names.includes(name)).map((name) => `${where}: ${code} without {${name}}`);
    });
    expect(missing).toEqual([]);
  });
});
