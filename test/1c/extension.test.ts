import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';

// What can be checked without a platform: that the export is whole and well-formed, and that it says what driver and daemon expect.
const root = fileURLToPath(new URL('../../packages/adapter-1c/extension/src/', import.meta.url));
const read = (path: string): string => readFileSync(root + path, 'utf8').replace(/^\uFEFF/, '');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
const modules = files.filter((path) => path.endsWith('.bsl'));

function elements(xml: string): { readonly name: string; readonly uuid: string | undefined; text: string }[] {
  const found: { name: string; uuid: string | undefined; text: string }[] = [];
  const open: { text: string }[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, uuid: attributes['uuid'], text: '' };
    found.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return found;
}

test('the export is whole: every object that the configuration names has its files, and the other way round', () => {
  const children = elements(read('Configuration.xml')).filter(({ name, text }) => (name === 'CommonModule' || name === 'Language') && text.trim() !== '');
  const named = children.map(({ name, text }) => `${name}s/${text}.xml`).sort();
  expect(named).toEqual(files.filter((path) => /^(CommonModules|Languages)\/[^/]+\.xml$/.test(path)).sort());
  for (const { text } of children.filter(({ name }) => name === 'CommonModule')) {
    expect(existsSync(`${root}CommonModules/${text}/Ext/Module.bsl`)).toBe(true);
    expect(elements(read(`CommonModules/${text}.xml`)).find(({ name }) => name === 'Name')?.text).toBe(text);
  }
});

test('identifiers are there once', () => {
  const ids = files.filter((path) => path.endsWith('.xml')).flatMap((path) => elements(read(path)).flatMap(({ name, uuid, text }) => uuid ?? (name === 'xr:ObjectId' ? text : [])));
  expect(ids.length).toBeGreaterThan(10);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

test.each(modules)('%s: what is opened is closed', (path) => {
  const code = read(path).replace(/\/\/.*$/gm, '').replace(/"(?:[^"]|"")*"/g, '""');
  const count = (word: string): number => [...code.matchAll(new RegExp(`(?<![\\p{L}\\p{N}_#])${word}(?![\\p{L}\\p{N}_])`, 'gu'))].length;
  for (const [from, to] of [['Процедура', 'КонецПроцедуры'], ['Функция', 'КонецФункции'], ['Если', 'КонецЕсли'], ['Попытка', 'КонецПопытки'], ['Цикл', 'КонецЦикла']] as const) expect([from, count(from)]).toEqual([from, count(to)]);
  expect([...code.matchAll(/#Область/g)].length).toBe([...code.matchAll(/#КонецОбласти/g)].length);
});

test('it hears our event, and answers with states that the driver takes', () => {
  const all = modules.map(read).join('\n');
  expect(all).toContain('"TillbridgeCard"');
  expect(all).toContain('НачатьВызовПодтвердить(Оповещение, Идентификатор, Итог.Состояние, Итог.Пояснение)');
  const states = [...all.matchAll(/НовыйИтог\("(\w+)"/g)].map(([, state]) => state);
  expect(new Set(states)).toEqual(new Set(['applied', 'alreadyApplied', 'rejected']));
  // every call of another module of ours meets an exported method there
  for (const [, name = '', method = ''] of all.matchAll(/(Тб_Карты[\p{L}]+)\.([\p{L}]+)\(/gu)) {
    expect(read(`CommonModules/${name}/Ext/Module.bsl`)).toMatch(new RegExp(`(Процедура|Функция) ${method}\\(.*\\) Экспорт`));
  }
});
