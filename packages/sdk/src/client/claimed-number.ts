import { Masked, type NumberKind } from '@tillbridge/core';

/** A native number as the daemon gave it: core's `NativeNumber`, without the checks that the daemon has made, which would bring the whole catalogue of errors into a web page. */
export class ClaimedNumber extends Masked {
  readonly kind: NumberKind;

  constructor(kind: NumberKind, value: string) {
    super(value);
    this.kind = kind;
  }
}
