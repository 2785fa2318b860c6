// What an answer of `npm audit --json` means under our policy (docs/supply-chain.md). Pure.

/** From this severity on a known weakness of a package that is installed with ours stops a release. */
const STOPS = new Set(['high', 'critical']);
/** Nothing is accepted for longer. */
const LONGEST_DAYS = 30;

/**
 * @param answer what npm printed, parsed; undefined where it printed no JSON
 * @param accepted weaknesses that were looked at: `{ id, reason, until }`, `until` a day as YYYY-MM-DD
 * @param today YYYY-MM-DD
 * @returns {{ checked: boolean, problems: string[], notes: string[] }}
 */
export function auditVerdict(answer, accepted, today) {
  if (answer?.auditReportVersion !== 2 || typeof answer.vulnerabilities !== 'object') {
    const said = answer?.error?.summary || answer?.error?.code || answer?.message || 'no answer that can be read';
    return { checked: false, problems: [], notes: [`not checked: ${String(said).split('\n')[0].slice(0, 200)}`] };
  }
  const found = advisories(answer);
  const problems = [];
  const notes = [];
  for (const { id, severity, name, title } of found) {
    const known = accepted.find((each) => each.id === id);
    const words = `${id} (${severity}) in ${name}: ${title}`;
    if (known !== undefined && known.until >= today) notes.push(`accepted until ${known.until}, ${known.reason}: ${words}`);
    else if (known !== undefined) problems.push(`accepted only until ${known.until}: ${words}`);
    else (STOPS.has(severity) ? problems : notes).push(words);
  }
  const latest = new Date(Date.parse(today) + LONGEST_DAYS * 86_400_000).toISOString().slice(0, 10);
  for (const { id, until } of accepted) if (until > latest) problems.push(`${id} is accepted until ${until}: ${LONGEST_DAYS} days are the longest`);
  for (const { id } of accepted) if (!found.some((each) => each.id === id)) problems.push(`${id} is accepted and not found any more: take it off the list`);
  return { checked: true, problems, notes };
}

/** Each advisory once, by its address or number. */
function advisories({ vulnerabilities }) {
  const all = new Map();
  for (const { via = [] } of Object.values(vulnerabilities)) {
    for (const one of via) {
      // a text is the name of another entry of the list
      if (typeof one === 'string') continue;
      const id = /GHSA(-[0-9a-z]{4}){3}/.exec(one.url ?? '')?.[0] ?? String(one.source);
      all.set(id, { id, severity: one.severity, name: one.name, title: one.title });
    }
  }
  return [...all.values()];
}
