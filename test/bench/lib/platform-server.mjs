// A loyalty platform of the bench, in a process of its own: prints its port, ends with its input.
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    const { card } = JSON.parse(body);
    const text = `{"client":{"id":"c-${card}","card":9007199254740993,"cardString":"${card}","name":"A guest","bonuses":120.5,"level":"gold"},"bonuses":[{"amount":120.5,"expireAt":"2027-01-01T00:00:00Z"}]}`;
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': text.length }).end(text);
  });
}).listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.stdin.on('end', () => process.exit(0)).resume();
