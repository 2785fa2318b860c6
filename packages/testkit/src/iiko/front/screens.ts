/** What stands on a terminal. Only `orderEdit` takes edits from plugins, and only there scans reach them before V10. */
export type FrontScreen =
  | { readonly kind: 'lock' }
  | { readonly kind: 'orderEdit'; readonly order: string }
  | { readonly kind: 'payment'; readonly order: string }
  | { readonly kind: 'deliveryEdit' }
  /** A pop-up; `accepts`: the tab that is in front. */
  | { readonly kind: 'dialog'; readonly order?: string; readonly accepts: 'barcode' | 'card' | 'both' | 'nothing' }
  | { readonly kind: 'unknown' };

export const SCREEN_KINDS = ['lock', 'orderEdit', 'payment', 'deliveryEdit', 'dialog', 'unknown'] as const satisfies readonly FrontScreen['kind'][];

/** The order that the screen holds: nobody else can edit it. */
export function orderOn(screen: FrontScreen): string | undefined {
  return 'order' in screen ? screen.order : undefined;
}
