import type { OutcomeName } from '@tillbridge/core';
import type { Health } from '../ui';

// What the daemon answers, as far as the page looks at it. The daemon's own schemas are in the OpenAPI document.

export interface PartState {
  readonly status: string;
  readonly health: Health;
  readonly since: string;
  readonly reason?: string;
  readonly code?: string;
  readonly remedy?: string;
  readonly detail?: string;
}

export type Counters = Readonly<Record<string, number>>;

export interface Readers {
  readonly readers: readonly (PartState & { readonly id: string; readonly type: string; readonly counters: Counters })[];
}

export interface Tills {
  readonly tills: readonly (PartState & { readonly id: string; readonly adapter: string; readonly goods: boolean; readonly underWay: number; readonly counters: Counters })[];
}

export interface Translators {
  readonly translators: readonly {
    readonly id: string;
    readonly type: string;
    readonly health: Health;
    readonly since?: string;
    readonly reason?: string;
    readonly code?: string;
    readonly remedy?: string;
    readonly preset?: string;
    readonly host?: string;
    readonly breaker?: 'closed' | 'trying' | 'open';
    readonly lastAnswer?: string | null;
    readonly counters: Counters;
  }[];
}

export interface HealthAnswer {
  readonly status: Health;
  readonly parts: readonly (PartState & { readonly part: string; readonly id: string })[];
}

export interface Translation {
  readonly kind: 'card' | 'coupon' | 'phone' | 'goods';
  readonly value: string;
  readonly steps: readonly string[];
  readonly result: string;
  readonly number: string | null;
  readonly reason?: string;
}

export interface ScanAnswer {
  readonly scanId: string;
  readonly kind: 'card' | 'coupon' | 'phone' | 'goods';
  readonly duplicate?: boolean;
  readonly handled?: boolean;
  readonly outcome?: OutcomeName;
  readonly reason?: string;
  readonly evidence?: string;
}
