// Whether a program said what a page shows: its lines in their order, with `…` for what differs from run to run. Pure.

/** A line of the page as a pattern: `…` is anything, blanks are blanks however many. */
function patternOf(line) {
  const escaped = line.trim().split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+'));
  return new RegExp(`^\\s*${escaped.join('.*')}\\s*$`);
}

/** @returns {string | undefined} what is missing */
export function outputProblem(shown, said) {
  const lines = said.split('\n').map((line) => line.trimEnd());
  let from = 0;
  for (const line of shown.split('\n')) {
    if (line.trim() === '' || line.trim() === '…') continue;
    const at = lines.findIndex((each, i) => i >= from && patternOf(line).test(each));
    if (at < 0) return `shows a line that was not printed: "${line.trim()}"\n${lines.filter((each) => each !== '').slice(0, 30).map((each) => `    ${each.slice(0, 200)}`).join('\n')}`;
    from = at + 1;
  }
  return undefined;
}
