import {
  MongoBulkWriteError,
  MongoClientBulkWriteError,
  MongoOperationTimeoutError,
  MongoServerError,
} from 'mongodb';
import type { Entities } from './entities.ts';
import { Mismatch, match } from './match.ts';

/** Throws Mismatch unless the error is what the test's `expectError` says. */
export function checkError(error: any, expected: any, entities: Entities): void {
  const server = serverErrors(error);
  if (expected.isClientError !== undefined && expected.isClientError !== (server.length === 0)) {
    fail(error, expected.isClientError ? "an error of the client's" : "an error of the server's");
  }
  if (expected.isTimeoutError !== undefined) {
    const isTimeout = error instanceof MongoOperationTimeoutError;
    if (isTimeout !== expected.isTimeoutError) fail(error, 'a time-out or none');
  }
  if (expected.errorContains !== undefined) {
    const wanted = String(expected.errorContains).toLowerCase();
    const texts = [error, error?.cause, ...server].map((one) => String(one?.message ?? one?.errmsg ?? ''));
    if (!texts.some((text) => text.toLowerCase().includes(wanted))) fail(error, `the words ${wanted}`);
  }
  if (expected.errorCode !== undefined && !server.some((one) => one.code === expected.errorCode)) {
    fail(error, `the code ${expected.errorCode}`);
  }
  if (expected.errorCodeName !== undefined) {
    const wanted = String(expected.errorCodeName).toLowerCase();
    const names = server.map((one) => String(one.codeName ?? one.errorResponse?.codeName).toLowerCase());
    if (!names.includes(wanted)) fail(error, `the name ${wanted}`);
  }
  for (const label of expected.errorLabelsContain ?? []) {
    if (!hasLabel(error, label)) fail(error, `the label ${label}`);
  }
  for (const label of expected.errorLabelsOmit ?? []) {
    if (hasLabel(error, label)) fail(error, `no label ${label}`);
  }
  if (expected.errorResponse !== undefined) {
    match(
      error.cause?.errorResponse ?? error.errorResponse ?? error,
      expected.errorResponse,
      entities,
      true,
      'errorResponse',
    );
  }
  checkBulk(error, expected, entities);
}

function checkBulk(error: any, expected: any, entities: Entities): void {
  if (expected.expectResult !== undefined) {
    const result =
      error instanceof MongoClientBulkWriteError ? plainResult(error.partialResult) : error.result;
    match(result, expected.expectResult, entities, true, 'the result within the error');
  }
  if (expected.writeErrors !== undefined) {
    const found = error.writeErrors as Map<number, unknown>;
    if (found?.size !== Object.keys(expected.writeErrors).length) fail(error, 'as many write errors');
    for (const [index, wanted] of Object.entries(expected.writeErrors)) {
      match(found.get(Number(index)), wanted, entities, true, `writeErrors.${index}`);
    }
  }
  if (expected.writeConcernErrors !== undefined) {
    match(error.writeConcernErrors, expected.writeConcernErrors, entities, true, 'writeConcernErrors');
  }
}

/** What the server itself said: bulk writes wrap several of its errors. */
function serverErrors(error: any): any[] {
  if (error instanceof MongoClientBulkWriteError) {
    const cause = (error as { cause?: unknown }).cause;
    if (cause !== undefined) return serverErrors(cause);
    return [error, ...error.writeErrors.values(), ...error.writeConcernErrors];
  }
  if (error instanceof MongoBulkWriteError)
    return [error, ...[error.writeErrors].flat(), error.errorResponse];
  return error instanceof MongoServerError ? [error] : [];
}

/** Results by index come as maps; the test format writes them as documents. */
export function plainResult(result: any): any {
  if (result === undefined || result === null) return result;
  const fields: Record<string, unknown> = {};
  for (const field of ['insertResults', 'updateResults', 'deleteResults']) {
    if (result[field] instanceof Map) {
      // `didUpsert` is this driver's own addition.
      fields[field] = Object.fromEntries(
        [...result[field]].map(([index, { didUpsert, ...rest }]) => [index, rest]),
      );
    }
  }
  return { ...result, ...fields };
}

function hasLabel(error: any, label: string): boolean {
  return [error, error?.cause].some((one) => one?.hasErrorLabel?.(label) === true);
}

function fail(error: any, wanted: string): never {
  throw new Mismatch(
    `expected ${wanted}, got ${error?.name} ${error?.code ?? ''} ${error?.message ?? error}`,
  );
}
