// The same table for the terminal and for bench/README.md.
const cell = ({ text, value, bound, unit, atLeast, kept }) =>
  bound === undefined ? ['', text, `${value} ${unit}`, ''] : [kept ? 'PASS' : 'MISS', text, `${value} ${unit}`, `${atLeast ? '>=' : '<='} ${bound} ${unit}`];

export function table(promises) {
  const rows = [['', 'promise', 'measured', 'bound'], ...promises.map(cell)];
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) => row.map((text, i) => text.padEnd(widths[i])).join('  ').trimEnd()).join('\n');
}

const markdown = (head, rows) => [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

function latencies(figures) {
  const row = (name, times) => [name, times.count, times.p50Us, times.p90Us, times.p99Us, times.maxUs];
  const head = ['what', 'count', 'p50 us', 'p90 us', 'p99 us', 'max us'];
  const { goods, loyalty } = figures;
  return markdown(head, [
    row('goods through tillbridge', goods.tillbridge),
    row('through socat', goods.socat),
    row('through a minimal C relay', goods.cRelay),
    row('through a bare Node.js tty relay', goods.nodeTtyRelay),
    row('loyalty scan, last byte in to last byte out', loyalty.loyalty),
    row('the same without goods (p50) and quietMs', loyalty.beyondGoodsAndQuiet),
    row('bare durable commit at the same pace', loyalty.commit),
  ]);
}

/** Errors of a part that broke stand in `result.broken`. */
export function readme(result) {
  const { machine: m, figures } = result;
  return `# The last run of \`npm run bench\`

Written by the run; what is measured and how is in [docs/performance.md](../docs/performance.md), every figure in [results/latest.json](results/latest.json).

${m.processor}, ${m.cores} cores${m.virtual ? ' of a virtual machine' : ''}, ${m.memoryGiB} GiB, ${m.system}, ${m.disk}, Node.js ${m.node};
load average ${m.loadAtStart.join(', ')} at the start and ${m.loadAtEnd.join(', ')} at the end. ${result.time.slice(0, 10)}.

${markdown(['', 'promise', 'measured', 'bound'], result.promises.map(cell))}
${result.broken.map((problem) => `\nBROKEN: ${problem}\n`).join('')}${figures.scans === undefined ? '' : `\n${latencies(figures.scans)}\n`}`;
}
