/** What one command gave: data, or a refusal in the server's own words. */
export type CommandResult =
  | { readonly status: 'Ok' | 'No changes'; readonly attributes?: Readonly<Record<string, string | number | boolean>>; readonly data: readonly string[] }
  | { readonly status: 'Query Executing Error' | 'Bad Query Parameters' | 'Query Parse Error'; readonly text: string; readonly number?: number };

export function ok(data: readonly string[] = [], attributes: Readonly<Record<string, string | number | boolean>> = {}): CommandResult {
  return { status: 'Ok', attributes, data };
}

export function failed(text: string, number?: number): CommandResult {
  return { status: 'Query Executing Error', text, ...(number === undefined ? {} : { number }) };
}

/** A query that cannot be understood. That it is this status is an assumption: the vendor's texts do not say. */
export function badQuery(text: string): CommandResult {
  return { status: 'Bad Query Parameters', text };
}
