/** The vendor's exceptions that a plugin has to expect (front.api.doc, "Data editing"; front.api.sdk docs). */
export type FrontErrorKind =
  | 'NotSupportedException'
  | 'OperationCanceledException'
  | 'EntityAlreadyInUseException'
  | 'EntityModifiedException'
  | 'EntityNotFoundException'
  | 'PermissionDeniedException'
  | 'InsufficientLicenseException'
  | 'ConstraintViolationException'
  /** A call that this version of the API does not have: cannot even be compiled against it. */
  | 'MissingMethodException'
  | 'InvalidOperationException';

/** What the simulated iikoFront throws at a plugin. */
export class FrontError extends Error {
  readonly kind: FrontErrorKind;

  constructor(kind: FrontErrorKind, message: string) {
    super(message);
    this.name = 'FrontError';
    this.kind = kind;
  }
}
