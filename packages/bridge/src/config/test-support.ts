import { formatProblem, parseConfig, type LoadedConfig, type ParseOptions } from './index.js';

/** The smallest configuration that works as one should. */
export const VALID = withLines({});

/** A valid configuration with the lines of some sections replaced. */
export function withLines(sections: { readers?: string; codes?: string; translators?: string; tills?: string; rest?: string }): string {
  return `version: 1
readers:
${sections.readers ?? '  - { id: counter, type: serial, path: /dev/ttyACM0 }'}
codes:
${sections.codes ?? "  - { name: universal, kind: card, match: '^98(?<value>\\d{14})$' }"}
translators:
${sections.translators ?? '  - { type: table }'}
tills:
${sections.tills ?? '  - { id: front, adapter: virtual-com, transport: pty, link: /run/tillbridge/front }'}
${sections.rest ?? ''}
`;
}

const nothing: ParseOptions = { path: 'tillbridge.yaml', env: {}, readFile: () => new Uint8Array() };

/** The problems as lines; none when the text is valid. */
export function lines(text: string | Uint8Array, options: Partial<ParseOptions> = {}): readonly string[] {
  const parsed = parseConfig(text, { ...nothing, ...options });
  return parsed.ok ? [] : parsed.problems.map(formatProblem);
}

export function fails(text: string | Uint8Array, options: Partial<ParseOptions> = {}): readonly string[] {
  const problems = lines(text, options);
  if (problems.length === 0) throw new Error('accepted');
  return problems;
}

export function load(text: string, options: Partial<ParseOptions> = {}): LoadedConfig {
  const parsed = parseConfig(text, { ...nothing, ...options });
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed;
}
