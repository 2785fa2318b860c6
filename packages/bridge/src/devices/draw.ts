/** Black and white of one row; true is black. */
export type Modules = readonly boolean[];

/** Quiet zones, in modules: QR needs 4 (ISO/IEC 18004), Code 128 10 (ISO/IEC 15417). */
const QR_QUIET = 4;
const BARS_QUIET = 10;
/** Lines of text that bars are high. */
const BARS_LINES = 6;

/** The modules of a QR code, its quiet zone included. */
export async function qrModules(text: string): Promise<readonly Modules[]> {
  const { encode } = await import('uqr');
  return encode(text, { ecc: 'M', border: QR_QUIET }).data;
}

/** The modules of a Code 128 bar code, its quiet zone included. */
export async function barModules(text: string): Promise<Modules> {
  const { default: encodeBars } = await import('jsbarcode');
  const drawn: { encodings?: readonly { readonly data: string }[] } = {};
  encodeBars(drawn, text, { format: 'CODE128' });
  const bars = (drawn.encodings ?? []).map(({ data }) => data).join('');
  const quiet = '0'.repeat(BARS_QUIET);
  return Array.from(`${quiet}${bars}${quiet}`, (module) => module === '1');
}

/** For a terminal of any colours: two rows of modules a line, black on white by escape sequences. */
export function drawRows(rows: readonly Modules[]): string {
  const lines: string[] = [];
  for (let y = 0; y < rows.length; y += 2) {
    const [upper = [], lower = []] = [rows[y], rows[y + 1]];
    lines.push(inBlackOnWhite(upper.map((black, x) => BLOCKS[black ? 1 : 0][lower[x] === true ? 1 : 0]).join('')));
  }
  return lines.join('\n');
}

export function drawBars(bars: Modules): string {
  const line = inBlackOnWhite(bars.map((black) => (black ? '█' : ' ')).join(''));
  return Array.from({ length: BARS_LINES }, () => line).join('\n');
}

/** Upper half, lower half. */
const BLOCKS = [
  [' ', '▄'],
  ['▀', '█'],
] as const;

function inBlackOnWhite(text: string): string {
  return `\u001b[30;107m${text}\u001b[0m`;
}

export interface SheetCode {
  readonly title: string;
  readonly rows: readonly Modules[];
  /** Of a module, in CSS pixels. */
  readonly size: number;
}

/** A page to print, complete in itself. */
export function sheet(title: string, intro: string, codes: readonly SheetCode[]): string {
  const sections = codes.map((code) => `<section><h2>${escape(code.title)}</h2>${svg(code)}</section>`);
  return `<!doctype html>
<html><head><meta charset="utf-8"><title>${escape(title)}</title>
<style>body{font:16px sans-serif;margin:2em}section{margin:2em 0;break-inside:avoid}svg{display:block;margin:1em 0}</style></head>
<body><h1>${escape(title)}</h1><p>${escape(intro)}</p>
${sections.join('\n')}
</body></html>
`;
}

function svg({ rows, size }: SheetCode): string {
  const width = rows[0]?.length ?? 0;
  // bars repeat one row: one path for each row that differs from the one above
  const path = rows.flatMap((row, y) => row.flatMap((black, x) => (black ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return `<svg width="${width * size}" height="${rows.length * size}" viewBox="0 0 ${width} ${rows.length}" shape-rendering="crispEdges"><path d="${path}"/></svg>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
