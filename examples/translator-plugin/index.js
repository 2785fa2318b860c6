// A translator of one's own: GET url/CODE answers 200 {"card": "..."}, 404, or 410 for a blocked guest.
import { defineTranslator, NativeNumber } from '@tillbridge/plugin';

export default defineTranslator(({ id, options, secrets }) => ({
  id,
  type: '@acme/tillbridge-translator-crm',
  capabilities: { remote: true, hosts: [new URL(options.url).host] },

  async translate({ value }, context, signal) {
    context.trace?.('asks the CRM');
    try {
      const answer = await fetch(`${options.url}/${encodeURIComponent(value.reveal())}`, { headers: { authorization: `Bearer ${secrets.key.reveal()}` }, signal });
      if (answer.status === 404) return { result: 'notFound' };
      if (answer.status === 410) return { result: 'blocked' };
      if (answer.status === 401) return { result: 'authError' };
      if (!answer.ok) return { result: 'unavailable', reason: 'serverError' };
      const { card } = await answer.json();
      // an answer that is none is never a number, and never "not found"
      return typeof card === 'string' ? { result: 'found', number: new NativeNumber('card', card) } : { result: 'badResponse', reason: 'noCard' };
    } catch {
      return { result: 'unavailable', reason: signal.aborted ? 'timeout' : 'unreachable' };
    }
  },

  close: () => Promise.resolve(),
}));
