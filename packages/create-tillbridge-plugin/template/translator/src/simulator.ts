import { createServer, type Server } from 'node:http';
import { pathToFileURL } from 'node:url';

/** A loyalty system to test against. `npm run simulator` runs it with one card. */
export class CardServiceSimulator {
  readonly #server: Server;

  private constructor(cards: Readonly<Record<string, string>>) {
    this.#server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const { code } = JSON.parse(body === '' ? '{}' : body) as { readonly code?: string };
        const card = code !== undefined && Object.hasOwn(cards, code) ? cards[code] : undefined;
        response.writeHead(card === undefined ? 404 : 200, { 'content-type': 'application/json' });
        response.end(card === undefined ? '{}' : JSON.stringify({ card }));
      });
    });
  }

  static async start(cards: Readonly<Record<string, string>>, port = 0): Promise<CardServiceSimulator> {
    const simulator = new CardServiceSimulator(cards);
    await new Promise<void>((resolve) => simulator.#server.listen(port, '127.0.0.1', resolve));
    return simulator;
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? String(address.port) : ''}/cards`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const simulator = await CardServiceSimulator.start({ '12345678901234': '2000000000015' }, Number(process.argv[2] ?? 9152));
  console.log(`a card service answers on ${simulator.url}; it knows the code 12345678901234`);
}
