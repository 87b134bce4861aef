/** Something that a person can act on; `details` are lines to show below it. */
export class OperationError extends Error {
  readonly details: readonly string[];

  constructor(message: string, details: readonly string[] = []) {
    super(message);
    this.name = 'OperationError';
    this.details = details;
  }
}
