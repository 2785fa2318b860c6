/** An http(s) URL of one of these hosts; a host that begins with `*.` stands for every name below it. */
export function urlOf(text: string, hosts: readonly string[] | undefined): URL | undefined {
  // the parser would quietly drop blanks, tabs and line ends inside: what holds one is not what the wallet made
  if (!/^https?:\/\/[^\s\\]+$/i.test(text)) return undefined;
  const url = URL.parse(text);
  if (url?.username !== '' || url.password !== '') return undefined;
  return hosts === undefined || hosts.some((host) => isOf(url.hostname, host.toLowerCase())) ? url : undefined;
}

function isOf(name: string, host: string): boolean {
  return host.startsWith('*.') ? name.endsWith(host.slice(1)) && name.length > host.length - 1 : name === host;
}

/** One query parameter, or one segment of the path, percent-decoded. A parameter that stands there twice is none: it could be either. */
export function urlValue(text: string, hosts: readonly string[], where: { readonly query: string } | { readonly path: number }): string | undefined {
  const url = urlOf(text, hosts);
  if (url === undefined) return undefined;
  if ('query' in where) {
    const values = queryValues(url, where.query);
    return values.length === 1 ? values[0] : undefined;
  }
  const segments = pathSegments(url);
  return decoded(where.path > 0 ? segments[where.path - 1] : segments.at(where.path));
}

export function pathSegments(url: URL): readonly string[] {
  return url.pathname.split('/').filter((segment) => segment !== '');
}

/** Not `URLSearchParams`: there a plus is a blank, and `+7...` is a phone. */
export function queryValues(url: URL, name: string): readonly (string | undefined)[] {
  return url.search
    .slice(1)
    .split(/[&;]/)
    .map((pair) => /^([^=]*)=?(.*)$/s.exec(pair))
    .filter((pair) => decoded(pair?.[1]) === name)
    .map((pair) => decoded(pair?.[2]));
}

export function decoded(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
