// The store's CRM, as far as the example needs one. Made-up guests.
import { createServer } from 'node:http';

const GUESTS = { 12345678901234: { card: '2700001234564' }, 55555555555555: { blocked: true } };

export async function startCrm(key) {
  const server = createServer(({ url, headers }, response) => {
    const guest = GUESTS[url.split('/').pop()];
    const status = headers.authorization !== `Bearer ${key}` ? 401 : guest === undefined ? 404 : guest.blocked ? 410 : 200;
    response.writeHead(status, { 'content-type': 'application/json' }).end(status === 200 ? JSON.stringify(guest) : '{}');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/guests`, close: () => server.close() };
}
