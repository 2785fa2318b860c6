import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

export interface WebServer {
  readonly port: number;
  close(): Promise<void>;
}

/** What a path answers with: a page, or a script where the name ends in `.js`. */
export type Files = Readonly<Record<string, string>>;

/** The built browser client, for pages to import. */
export function browserClient(): string {
  return readFileSync(createRequire(import.meta.url).resolve('@tillbridge/sdk/browser').replace(/\.cjs$/, '.js'), 'utf8');
}

/** A web server on 127.0.0.1 with a few files in memory; with `tls` an https one. */
export async function startWebServer(files: Files, tls?: { readonly cert: string; readonly key: string }): Promise<WebServer> {
  const answer: RequestListener = (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const text = files[path];
    if (text === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': path.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8' }).end(text);
  };
  const server = tls === undefined ? createHttp(answer) : createHttps(tls, answer);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
