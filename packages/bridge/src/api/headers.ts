import type { IncomingHttpHeaders } from 'node:http';

/** On every answer: nothing of ours is a page, is guessed at, framed or kept. */
export const HARDENING: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  vary: 'Origin',
};

/** Lets a listed page read the answer: its own origin to the letter, never `*`. Call it for origins that the guard let through. */
export function corsHeaders(origin: string | undefined): Record<string, string> {
  if (origin === undefined) return {};
  return { 'access-control-allow-origin': origin, 'access-control-expose-headers': 'retry-after', 'cross-origin-resource-policy': 'cross-origin' };
}

/** The answer to a listed page's question whether it may call. */
export function preflightHeaders(asked: IncomingHttpHeaders): Record<string, string> {
  return {
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-max-age': '600',
    // Chromium before its local-network permission asks this way (Private Network Access); later ones ask the user
    ...(asked['access-control-request-private-network'] === 'true' ? { 'access-control-allow-private-network': 'true' } : {}),
  };
}
