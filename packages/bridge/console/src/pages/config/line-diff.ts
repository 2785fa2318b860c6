/** Lines that one of two texts has and the other has not, in order. */
export interface LineDiff {
  readonly onlyMine: readonly string[];
  readonly onlyTheirs: readonly string[];
}

/** More lines than this that differ are not compared: the table would be large, and nobody would read it. */
const MAX_LINES = 1000;

/** The longest common subsequence of lines decides what is common; undefined where the texts differ too much. */
export function lineDiff(mine: string, theirs: string): LineDiff | undefined {
  const a = mine.split('\n');
  const b = theirs.split('\n');
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const x = a.slice(start, a.length - end);
  const y = b.slice(start, b.length - end);
  return x.length > MAX_LINES || y.length > MAX_LINES ? undefined : walk(x, y, lengths(x, y));
}

/** `table[i * (y + 1) + j]`: how many lines `x` from i on and `y` from j on have in common. */
function lengths(x: readonly string[], y: readonly string[]): Uint16Array {
  const width = y.length + 1;
  const table = new Uint16Array((x.length + 1) * width);
  const at = (i: number, j: number): number => table[i * width + j] ?? 0;
  for (let i = x.length - 1; i >= 0; i -= 1) {
    for (let j = y.length - 1; j >= 0; j -= 1) table[i * width + j] = x[i] === y[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  return table;
}

function walk(x: readonly string[], y: readonly string[], table: Uint16Array): LineDiff {
  const width = y.length + 1;
  const onlyMine: string[] = [];
  const onlyTheirs: string[] = [];
  let i = 0;
  let j = 0;
  while (i < x.length || j < y.length) {
    if (i < x.length && j < y.length && x[i] === y[j]) {
      i += 1;
      j += 1;
    } else if (j >= y.length || (i < x.length && (table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0))) {
      onlyMine.push(x[i] ?? '');
      i += 1;
    } else {
      onlyTheirs.push(y[j] ?? '');
      j += 1;
    }
  }
  return { onlyMine, onlyTheirs };
}
