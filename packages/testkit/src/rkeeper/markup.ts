import { SaxesParser } from 'saxes';

/** A parsed element, loosely: the simulator takes what the real server takes. */
export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
}

/** The document element, or `undefined` for broken XML. */
export function parseMarkup(text: string): Node | undefined {
  let root: Node | undefined;
  const errors: Error[] = [];
  const open: Node[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => errors.push(error));
  parser.on('opentag', ({ name, attributes }) => {
    const node: Node = { name, attributes: { ...attributes }, children: [] };
    open.at(-1)?.children.push(node);
    root ??= node;
    open.push(node);
  });
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  return errors.length > 0 ? undefined : root;
}

type Value = string | number | boolean | undefined;

/** Writes an element; values are escaped, children are markup already. Booleans are 1 and 0, undefined is left out. */
export function tag(name: string, attributes: Readonly<Record<string, Value>>, ...children: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => (value === undefined ? '' : ` ${key}="${escape(value)}"`));
  const head = `${name}${written.join('')}`;
  return children.length === 0 ? `<${head}/>` : `<${head}>${children.join('')}</${name}>`;
}

function escape(value: string | number | boolean): string {
  const text = typeof value === 'boolean' ? String(Number(value)) : String(value);
  return text.replace(/[&<>"]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
