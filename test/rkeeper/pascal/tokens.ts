export interface Token {
  readonly kind: 'word' | 'text' | 'number' | 'sign' | 'end';
  /** Words in lower case: Pascal does not tell the cases apart. */
  readonly text: string;
  readonly line: number;
}

const PATTERN = /(\/\/[^\n]*|\{[^}]*\})|([A-Za-z_]\w*)|((?:'(?:[^'\n]|'')*'|#\d+)+)|(\d+)|(:=|<>|<=|>=|[-+=<>();:,.])|(\s+)|([^])/g;

/** The tokens of a Pascal text. @throws {Error} for a character that is none of Pascal */
export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (const match of source.matchAll(PATTERN)) {
    const [whole, , word, text, number, sign, , wrong] = match;
    if (wrong !== undefined) throw new Error(`line ${String(line)}: ${JSON.stringify(wrong)} is no Pascal`);
    if (word !== undefined) tokens.push({ kind: 'word', text: word.toLowerCase(), line });
    else if (text !== undefined) tokens.push({ kind: 'text', text: literal(text), line });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, line });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, line });
    line += whole.split('\n').length - 1;
  }
  return [...tokens, { kind: 'end', text: '', line }];
}

/** `'it''s'#13#10` */
function literal(text: string): string {
  return text.replace(/'((?:[^'\n]|'')*)'|#(\d+)/g, (_all, quoted: string | undefined, code: string | undefined) => (quoted === undefined ? String.fromCharCode(Number(code)) : quoted.replaceAll("''", "'")));
}
