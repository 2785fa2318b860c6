import { SaxesParser } from 'saxes';

/** A parsed element, loosely: the simulator takes what the real server takes. */
export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  /** Text and CDATA directly inside. */
  text: string;
}

/** The document element, or `undefined` for broken XML. */
export function parseMarkup(text: string): Node | undefined {
  let root: Node | undefined;
  const errors: Error[] = [];
  const open: Node[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => errors.push(error));
  parser.on('opentag', ({ name, attributes }) => {
    const node: Node = { name, attributes: { ...attributes }, children: [], text: '' };
    open.at(-1)?.children.push(node);
    root ??= node;
    open.push(node);
  });
  const write = (text: string): void => {
    const inside = open.at(-1);
    if (inside !== undefined) inside.text += text;
  };
  parser.on('text', write);
  parser.on('cdata', write);
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

/** A child by name, whatever its case: some programs write `Root`, others `ROOT`. */
export function childOf(node: Node, name: string): Node | undefined {
  return node.children.find((child) => child.name.toLowerCase() === name.toLowerCase());
}

/** An attribute by name, whatever its case. */
export function attributeOf(node: Node, name: string): string | undefined {
  return Object.entries(node.attributes).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}
