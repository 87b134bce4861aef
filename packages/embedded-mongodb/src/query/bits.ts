import { show } from '../bson/ejson.ts';
import { toExactBigInt } from '../bson/numbers.ts';
import { Binary, isNumber, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import type { Leaf } from './match.ts';

/** `$bitsAllSet`, `$bitsAllClear`, `$bitsAnySet`, `$bitsAnyClear` over whole numbers and binary data. */
export function bitsLeaf(name: string, operand: Value): Leaf {
  const positions = positionsOf(name, operand);
  const wantSet = name.endsWith('Set');
  const wantAll = name.startsWith('$bitsAll');
  return (v) => {
    const isSet = bitReader(v);
    if (!isSet) return false;
    return wantAll
      ? positions.every((p) => isSet(p) === wantSet)
      : positions.some((p) => isSet(p) === wantSet);
  };
}

function positionsOf(name: string, operand: Value): number[] {
  if (Array.isArray(operand))
    return operand.map((item) => {
      const n = isNumber(item) ? toExactBigInt(item) : undefined;
      if (n === undefined)
        throw fault('BadValue', `Failed to parse bit position. Expected a number in: ${show(item)}`);
      if (n < 0n)
        throw fault(
          'BadValue',
          `Failed to parse bit position. Expected a non-negative number in: ${show(item)}`,
        );
      return Number(n);
    });
  if (operand instanceof Binary) {
    const out: number[] = [];
    for (let i = 0; i < operand.bytes.length * 8; i++) if (byteBit(operand.bytes, i)) out.push(i);
    return out;
  }
  if (!isNumber(operand))
    throw fault('BadValue', `${name} takes an Array, a number, or a BinData but received: ${show(operand)}`);
  const mask = toExactBigInt(operand);
  if (mask === undefined) throw fault('FailedToParse', `Expected an integer: ${name}: ${show(operand)}`);
  if (mask < 0n) throw fault('FailedToParse', `Expected a non-negative number in: ${name}: ${show(operand)}`);
  const out: number[] = [];
  for (let i = 0; i < 64; i++) if ((mask >> BigInt(i)) & 1n) out.push(i);
  return out;
}

/** Reads bits of a value; a negative number is in two's complement with its sign carried on for ever. */
function bitReader(v: Value | undefined): ((position: number) => boolean) | undefined {
  if (v instanceof Binary) return (p) => byteBit(v.bytes, p);
  if (!isNumber(v)) return undefined;
  const n = toExactBigInt(v);
  if (n === undefined || BigInt.asIntN(64, n) !== n) return undefined;
  return (p) => (p >= 64 ? n < 0n : ((n >> BigInt(p)) & 1n) === 1n);
}

function byteBit(bytes: Uint8Array, position: number): boolean {
  const byte = bytes[position >> 3];
  return byte !== undefined && ((byte >> (position & 7)) & 1) === 1;
}
