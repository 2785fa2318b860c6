import { request } from 'node:http';

export interface ControlReply {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Calls a daemon on its control socket as any HTTP client could. `body`: sent as JSON; a string or bytes as they are. */
export function callSocket(socketPath: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<ControlReply> {
  const raw = typeof body === 'string' || body instanceof Uint8Array ? body : body === undefined ? '' : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, method, path, timeout: 15_000, headers: { 'content-length': Buffer.byteLength(raw), ...headers } }, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      reply.on('error', reject);
      reply.on('end', () => {
        try {
          resolve({ status: reply.statusCode ?? 0, body: JSON.parse(text) as Record<string, unknown> });
        } catch {
          reject(new Error(`not JSON: ${text}`));
        }
      });
    });
    call.on('timeout', () => call.destroy(new Error('no answer')));
    call.on('error', reject);
    call.end(raw);
  });
}
