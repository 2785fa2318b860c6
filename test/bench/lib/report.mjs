// The same figures for the terminal, for bench/README.md, for the plots and for the README of the repository. Pure: a result in, texts out.
import { bounds, shares, spreads } from './plot.mjs';
import { PEERS } from './peers.mjs';

const cell = ({ text, value, bound, unit, atLeast, kept }) =>
  bound === undefined ? ['', text, `${value} ${unit}`.trim(), ''] : [kept ? 'PASS' : 'MISS', text, `${value} ${unit}`.trim(), `${atLeast ? '>=' : '<='} ${bound} ${unit}`.trim()];

export function table(promises) {
  const rows = [['', 'promise', 'measured', 'bound'], ...promises.map(cell)];
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) => row.map((text, i) => text.padEnd(widths[i])).join('  ').trimEnd()).join('\n');
}

const markdown = (head, rows) => [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

function latencies(figures) {
  const row = (name, times) => (times === undefined ? [] : [[name, times.count, times.p50Us, times.p90Us, times.p99Us, times.maxUs]]);
  const head = ['what', 'count', 'p50 us', 'p90 us', 'p99 us', 'max us'];
  const { goods, loyalty } = figures;
  return markdown(head, [
    ...row('goods through tillbridge', goods.tillbridge),
    ...row('through socat', goods.socat),
    ...row('through a minimal C relay', goods.cRelay),
    ...row('through a bare Node.js tty relay', goods.nodeTtyRelay),
    ...row('loyalty scan, last byte in to last byte out', loyalty.loyalty),
    ...row('the same without goods (p50) and quietMs', loyalty.beyondGoodsAndQuiet),
    ...row('bare durable commit at the same pace', loyalty.commit),
  ]);
}

const times = (a, b) => `${(a / b).toFixed(2)} x`;

/** Programs on the same job, the quickest first; then those that could not be had. */
function peerRows({ sides, missing }) {
  const there = PEERS.filter(({ id }) => sides[id] !== undefined).map((peer) => ({ ...peer, ...sides[peer.id] }));
  there.sort((a, b) => a.p50Us - b.p50Us);
  return { there, absent: PEERS.filter(({ id }) => missing[id] !== undefined).map((peer) => ({ ...peer, why: missing[peer.id] })) };
}

function peersTable(peers) {
  const { there, absent } = peerRows(peers);
  const { socat } = peers.sides;
  return markdown(
    ['program between scanner and till', 'p50', 'p99', 'p50 us', 'p99 us', 'max us'],
    [
      ...there.map((peer) => [peer.id === 'tillbridge' ? `**${peer.name}**` : peer.name, times(peer.p50Us, socat.p50Us), times(peer.p99Us, socat.p99Us), peer.p50Us, peer.p99Us, peer.maxUs]),
      ...absent.map(({ name, why }) => [name, `not measured: ${why}`, '', '', '', '']),
    ],
  );
}

const on = ({ machine: m, time }) => `${m.processor}, ${m.cores} cores${m.virtual ? ' of a virtual machine' : ''}, ${m.memoryGiB} GiB, ${m.system}, ${m.disk}, Node.js ${m.node}; ${time.slice(0, 10)}`;

/** Names of the plots in bench/results, each with what draws it. */
export function plots({ figures, promises }) {
  const drawn = {};
  if (figures.peers !== undefined) {
    const { there } = peerRows(figures.peers);
    const { socat } = figures.peers.sides;
    drawn['goods.svg'] = spreads({
      title: 'Goods from the scanner’s last byte in to the till’s last byte out',
      axis: 'time, logarithmic; dot: median (p50), bar: to p90, whisker: to p99; ratio to socat in the same run',
      rows: there.map((peer) => ({ ...peer, ours: peer.id === 'tillbridge', note: times(peer.p50Us, socat.p50Us) })),
    });
  }
  if (figures.scans?.loyalty.commit.percentilesUs !== undefined) {
    const { commit, beyondGoodsAndQuiet: beyond } = figures.scans.loyalty;
    drawn['loyalty.svg'] = shares({
      title: 'A loyalty scan beside bare durable commits on the same disk',
      axis: 'time, logarithmic; up: part of the scans and commits that were done within it',
      curves: [
        { name: 'loyalty scan, beyond goods and quietMs', ours: true, percentilesUs: beyond.percentilesUs },
        { name: 'one durable commit of a row', ours: false, percentilesUs: commit.percentilesUs },
      ],
    });
  }
  const bound = promises.filter((promise) => promise.bound !== undefined);
  if (bound.length > 0) drawn['promises.svg'] = bounds({ title: 'What is promised, and how much of each bound was used', axis: 'measured, as part of the bound; where more is better the other way round', promises: bound });
  return drawn;
}

/** bench/README.md. Errors of a part that broke stand in `result.broken`. */
export function readme(result) {
  const { machine: m, figures } = result;
  const later = Object.entries(result.parts ?? {}).filter(([, part]) => part.apart === true);
  return `# The last run of \`npm run bench\`

Written by the run; what is measured and how is in [docs/performance.md](../docs/performance.md), every figure in [results/latest.json](results/latest.json).

${on(result)};
load average ${m.loadAtStart.join(', ')} at the start and ${m.loadAtEnd.join(', ')} at the end.
${later.map(([name, part]) => `\nPart \`${name}\` was measured apart, at ${part.time.slice(0, 16).replace('T', ' ')} UTC, load average ${part.loadAtStart.join(', ')} at its start.\n`).join('')}
${markdown(['', 'promise', 'measured', 'bound'], result.promises.map(cell))}
${result.broken.map((problem) => `\nBROKEN: ${problem}\n`).join('')}
![Each promise as part of its bound](results/promises.svg)
${figures.peers === undefined ? '' : `\n## Goods through other programs, in the same run\n\nRatios to socat.\n\n${peersTable(figures.peers)}\n\n![Times of goods by program](results/goods.svg)\n`}${figures.scans === undefined ? '' : `\n## Times\n\n${latencies(figures.scans)}\n\n![Loyalty scans beside commits](results/loyalty.svg)\n`}`;
}

/** The part of the repository's README between its marks: what stands between us and the floor, and where others stand. */
export function readmePart(result) {
  const { figures, promises } = result;
  const { sides } = figures.peers;
  const bound = promises.filter((promise) => promise.bound !== undefined);
  const missed = bound.filter(({ kept }) => !kept);
  const floor = sides.cRelay;
  const words =
    missed.length === 0
      ? `All ${bound.length} measured promises were kept.`
      : `${bound.length - missed.length} of ${bound.length} measured promises were kept; missed: ${missed.map(({ text, value, unit, bound: most, atLeast }) => `${text.startsWith('the same') ? before(bound, text, value) : text} (${value} ${unit}, promised ${atLeast ? '>=' : '<='} ${most})`).join('; ')}.`;
  return `A product takes ${times(sides.tillbridge.p50Us, floor.p50Us)} the median time of a minimal C relay, the floor, and ${times(sides.tillbridge.p50Us, sides.socat.p50Us)} that of socat: ${sides.tillbridge.p50Us} us
from the scanner's last byte to the till's, PTY to PTY. Other programs on the same job in the same run:

${peersTable(figures.peers)}

![Times of goods by program](bench/results/goods.svg)

${words} [All figures and plots](bench/README.md), [method](docs/performance.md); on a machine of yours: \`tillbridge bench\`.
Measured on ${on(result)}.`;
}

/** "The same" in full: what it refers to stands in the line before. */
function before(promises, text, value) {
  const i = promises.findIndex((promise) => promise.text === text && promise.value === value);
  const subject = promises[i - 1]?.text.replace(/, p50\b/, '') ?? '';
  return `${subject}${text.replace(/^the same/, '')}`;
}
