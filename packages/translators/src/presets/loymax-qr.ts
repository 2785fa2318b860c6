import { definePreset } from '../http/definition.js';

/**
 * Loymax's QR: the card's number and behind it a temporary code of ten characters (4 to 20 by installation). The number is cut out here
 * and nothing leaves the machine. An expired or replaced QR still names the guest; only spending is refused, by the till's own processing.
 */
export const preset = definePreset({
  id: 'loymax-qr',
  title: { en: 'Loymax, QR of the app (cut here)', ru: 'Loymax: QR приложения (разбор на месте)' },
  contract: 'vendor',
  sources: ['docs.loymax.net, "QR codes" and "Bonus card identifiers"'],
  doubts: [
    { en: 'the temporary code has 10 characters unless the operator changed it; for another length give `accept` with an expression of your own', ru: 'временный код состоит из 10 символов, если оператор не менял длину; для другой длины задайте `accept` со своим выражением' },
  ],
  accept: [
    { name: 'qr', kind: 'card', when: '^(?<value>\\d{13,19})[0-9A-Za-z]{10}$', answer: { number: '{{id}}' } },
    // where the expression under `codes:` has cut it already: shorter than any card with a code behind it
    { name: 'cut', kind: 'card', when: '^\\d{8,19}$', answer: { number: '{{id}}' } },
  ],
  response: { rules: [{ http: '2xx', then: 'badResponse' }] },
});
