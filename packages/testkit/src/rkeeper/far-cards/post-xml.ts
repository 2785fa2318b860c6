import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** An answer with HTTP status 200, or why there is none. */
export type Posted = { readonly body: Buffer } | { readonly failed: 'status' | 'tooLong' | 'connection' };

/** The vendor's bound of an answer. */
const MAX_ANSWER = 150 * 1024;

/** Posts one document. Never rejects; `signal` bounds the whole of it. */
export function postXml(url: URL, document: string, signal: AbortSignal): Promise<Posted> {
  const bytes = Buffer.from(document, 'utf8');
  const make = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const headers = { 'content-type': 'text/xml; charset=utf-8', 'content-length': String(bytes.length) };
  return new Promise((resolve) => {
    const request = make(url, { method: 'POST', headers, signal, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > MAX_ANSWER) {
          resolve({ failed: 'tooLong' });
          response.destroy();
        } else chunks.push(chunk);
      });
      response.on('end', () => resolve(response.statusCode === 200 ? { body: Buffer.concat(chunks) } : { failed: 'status' }));
      response.on('error', () => resolve({ failed: 'connection' }));
    });
    request.on('error', () => resolve({ failed: 'connection' }));
    request.end(bytes);
  });
}
