/**
 * An error as MongoDB would answer it: its numeric code, the code's name, and a sentence that says what to do.
 * Codes without a name of their own are called `Location<code>`, as MongoDB does.
 */
export class MongoServerFault extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly labels: string[] | undefined;

  constructor(code: number, codeName: string, message: string, labels?: string[]) {
    super(message);
    this.name = 'MongoServerFault';
    this.code = code;
    this.codeName = codeName;
    this.labels = labels;
  }
}

/** The codes that have names. Source: MongoDB's `error_codes.yml`. */
export const CODES = {
  InternalError: 1,
  BadValue: 2,
  NoSuchKey: 4,
  GraphContainsCycle: 5,
  UnknownError: 8,
  FailedToParse: 9,
  UserNotFound: 11,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  ProtocolError: 17,
  AuthenticationFailed: 18,
  IllegalOperation: 20,
  InvalidBSON: 22,
  LockTimeout: 24,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  NonExistentPath: 29,
  RoleNotFound: 31,
  CannotBackfillArray: 34,
  FileStreamFailed: 39,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  NotSingleValueField: 54,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  IndexAlreadyExists: 68,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  CannotIndexParallelArrays: 171,
  QueryPlanKilled: 175,
  WriteConflict: 112,
  CommandNotSupported: 115,
  DocumentValidationFailure: 121,
  CappedPositionLost: 136,
  ViewDepthLimitExceeded: 165,
  CommandNotSupportedOnView: 166,
  OptionNotSupportedOnView: 167,
  InvalidPipelineOperator: 168,
  InvalidViewDefinition: 182,
  InvalidIndexSpecificationOption: 197,
  InvalidUUID: 207,
  QueryFeatureNotAllowed: 224,
  TransactionTooOld: 225,
  SnapshotTooOld: 239,
  ConversionFailure: 241,
  SnapshotUnavailable: 246,
  NoSuchTransaction: 251,
  TransactionCommitted: 256,
  OperationNotSupportedInTransaction: 263,
  NoQueryExecutionPlans: 291,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  CannotConvertIndexToUnique: 359,
  NotImplemented: 238,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  Interrupted: 11601,
  MechanismUnavailable: 334,
} as const;

export type CodeName = keyof typeof CODES;

/** `fault('BadValue', …)` or `fault(40324, …)`. Returns, so that the caller writes `throw` and control flow is seen. */
export function fault(code: CodeName | number, message: string, labels?: string[]): MongoServerFault {
  if (typeof code === 'number') {
    const named = (Object.keys(CODES) as CodeName[]).find((name) => CODES[name] === code);
    return new MongoServerFault(code, named ?? `Location${code}`, message, labels);
  }
  return new MongoServerFault(CODES[code], code, message, labels);
}
