/** One record of RFC 4180 text: its fields and where the next one begins. */
export interface CsvRecord {
  readonly fields: readonly string[];
  readonly next: number;
}

/** `open`: a quoted field does not end in this text. `broken`: quotation marks where RFC 4180 allows none, or a record beyond `limit`. */
export type CsvResult = CsvRecord | 'open' | 'broken';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** Reads the record that begins at `start`. `limit` bounds its length, in UTF-16 units. */
export function csvRecord(text: string, start: number, delimiter: string, limit: number): CsvResult {
  const separator = delimiter.charCodeAt(0);
  const fields: string[] = [];
  let position = start;
  for (;;) {
    const field = text.charCodeAt(position) === QUOTE ? quoted(text, position, start + limit) : plain(text, position, separator);
    if (typeof field === 'string') return field;
    fields.push(field.value);
    position = field.end;
    if (text.charCodeAt(position) === separator) {
      position += 1;
      continue;
    }
    const next = lineEnd(text, position);
    return next === undefined ? 'broken' : { fields, next };
  }
}

interface Field {
  readonly value: string;
  readonly end: number;
}

function quoted(text: string, start: number, limit: number): Field | 'open' | 'broken' {
  let value = '';
  let position = start + 1;
  for (;;) {
    const quote = text.indexOf('"', position);
    if ((quote < 0 ? text.length : quote) > limit) return 'broken';
    if (quote < 0) return 'open';
    value += text.slice(position, quote);
    if (text.charCodeAt(quote + 1) !== QUOTE) return { value, end: quote + 1 };
    value += '"';
    position = quote + 2;
  }
}

function plain(text: string, start: number, separator: number): Field | 'broken' {
  let position = start;
  for (; position < text.length; position += 1) {
    const unit = text.charCodeAt(position);
    if (unit === QUOTE) return 'broken';
    if (unit === separator || unit === LF || (unit === CR && lineEnd(text, position) !== undefined)) break;
  }
  return { value: text.slice(start, position), end: position };
}

/** Where the next line begins when a line ends at `position`: LF, CR LF, or the end of the text. */
function lineEnd(text: string, position: number): number | undefined {
  if (position >= text.length) return position;
  const at = text.charCodeAt(position) === CR ? position + 1 : position;
  if (at >= text.length) return at;
  return text.charCodeAt(at) === LF ? at + 1 : undefined;
}
