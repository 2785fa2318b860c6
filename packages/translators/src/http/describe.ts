import type { PlatformDefinition } from './definition.js';

/** A call as the description has it: with the names of its values, and none of them. */
export function describeCall({ calls }: PlatformDefinition, name: string): string {
  const call = calls[name];
  if (call === undefined) return 'no such call';
  const method = call.method ?? ((call.json ?? call.xml ?? call.form) === undefined ? 'GET' : 'POST');
  const query = Object.entries(call.query ?? {}).map(([key, value]) => `${key}=${value}`).join('&');
  return `${method} ${call.path}${query === '' ? '' : `?${query}`}`;
}

/** A rule as the description has it. */
export function describeRule({ response, responses }: PlatformDefinition, call: string, number: number): string {
  const rule = (responses[call] ?? response).rules[number - 1];
  return JSON.stringify(rule ?? {});
}
