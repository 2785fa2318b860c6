/** What can be made to go wrong on the way to a server, whatever it is. */
export interface HttpFaults {
  /** Takes requests and never answers. */
  silent: boolean;
  /** How long the work takes, in milliseconds. */
  latencyMs: number;
  /** Work that the caller was told takes too long is done all the same. */
  worksLate: boolean;
  /** How many of the next requests are dropped without having been carried out. */
  dropBeforeWork: number;
  /** How many of the next requests are carried out and then answered by a dropped connection. */
  dropAfterWork: number;
  /** Everything is answered with this HTTP status and no body; 0: off. */
  status: number;
  /** What is answered instead of the truth. */
  answer: 'normal' | 'garbage' | 'html' | 'huge' | 'truncated' | 'empty' | 'otherShape';
}

export function noHttpFaults(): HttpFaults {
  return { silent: false, latencyMs: 0, worksLate: false, dropBeforeWork: 0, dropAfterWork: 0, status: 0, answer: 'normal' };
}

const HUGE = 10_000_000;
const JSON_TYPE = 'application/json; charset=utf-8';

const WRONG: Readonly<Record<HttpFaults['answer'], (text: string) => { readonly type: string; readonly text: string }>> = {
  normal: (text) => ({ type: JSON_TYPE, text }),
  garbage: () => ({ type: JSON_TYPE, text: '\u0000\u0001{{{"' }),
  // what a proxy or the page of a guest network says, with 200
  html: () => ({ type: 'text/html; charset=utf-8', text: '<html><body>Please log in</body></html>' }),
  huge: () => ({ type: JSON_TYPE, text: `"${'x'.repeat(HUGE)}"` }),
  truncated: (text) => ({ type: JSON_TYPE, text: text.slice(0, Math.floor(text.length / 2)) }),
  empty: () => ({ type: JSON_TYPE, text: '' }),
  otherShape: () => ({ type: JSON_TYPE, text: '{"data":[null,{"orders":42}],"token":17,"userData":[]}' }),
};

export function misleading(text: string, answer: HttpFaults['answer']): { readonly type: string; readonly text: string } {
  return WRONG[answer](text);
}
