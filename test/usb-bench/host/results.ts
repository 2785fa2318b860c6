/** One check as it went in the guest. */
export interface CheckResult {
  readonly group: string;
  readonly check: string;
  readonly ok: boolean;
  /** Milliseconds in the guest: emulation makes that mean nothing for the product. */
  readonly ms: number;
  /** What was seen, or why it failed. */
  readonly note: string;
}

export interface GroupSpan {
  readonly group: string;
  readonly beginS: number;
  readonly endS: number;
}

export interface BenchResults {
  readonly checks: readonly CheckResult[];
  /** What failed outside of any check: a group that crashed or was killed, a guest that never came to its end. */
  readonly failures: readonly string[];
  /** When each group began and ended, seconds since its machine was switched on. */
  readonly spans: readonly GroupSpan[];
  /** What a group gave back, by name: recordings. */
  readonly files: ReadonlyMap<string, string>;
}

type Line =
  | { readonly begin: string; readonly at: number }
  | { readonly end: string; readonly code: number; readonly at: number }
  | ({ readonly check: string } & Omit<CheckResult, 'check'>)
  | { readonly file: string; readonly content: string }
  | { readonly done: true };

function parseLine(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}

/**
 * Reads what the guest reported, a JSON object a line. Whatever is missing is a failure: a group that never began or ended, that ended
 * badly, that checked nothing, and a guest that did not say that it is done.
 */
export function readResults(text: string, groups: readonly string[]): BenchResults {
  const checks: CheckResult[] = [];
  const failures: string[] = [];
  const files = new Map<string, string>();
  const began = new Map<string, number>();
  const spans: GroupSpan[] = [];
  const ended = new Map<string, number>();
  let done = false;
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const parsed = parseLine(line);
    if (parsed === undefined) failures.push(`a line that is no result: ${line.slice(0, 200)}`);
    else if ('check' in parsed) checks.push(parsed);
    else if ('file' in parsed) files.set(parsed.file, parsed.content);
    else if ('begin' in parsed) began.set(parsed.begin, parsed.at);
    else if ('end' in parsed) {
      ended.set(parsed.end, parsed.code);
      spans.push({ group: parsed.end, beginS: began.get(parsed.end) ?? 0, endS: parsed.at });
    }
    else if ('done' in parsed) done = true;
  }
  for (const group of groups) {
    const code = ended.get(group);
    if (code === undefined) failures.push(`the group ${group} did not come to its end`);
    else if (code !== 0) failures.push(`the group ${group} ended with ${code === 137 ? 'its time over' : `code ${String(code)}`}`);
    if (!checks.some((check) => check.group === group)) failures.push(`the group ${group} checked nothing`);
  }
  if (!done) failures.push('the guest did not come to its end');
  return { checks, failures, spans, files };
}
