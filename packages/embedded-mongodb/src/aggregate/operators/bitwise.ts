import { Int32, int, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { fixed1, isNullish, nameOf, type OperatorTable, variadic } from './support.ts';

const fold = (start: number, combine: (a: bigint, b: bigint) => bigint) =>
  variadic((values, _scope, name) => {
    let result = BigInt(start);
    let isLong = false;
    for (const v of values) {
      if (isNullish(v)) return null;
      result = combine(result, whole(v, name));
      isLong ||= typeof v === 'bigint';
    }
    return isLong ? BigInt.asIntN(64, result) : int(Number(BigInt.asIntN(32, result)));
  });

export const bitwise: OperatorTable = {
  $bitAnd: fold(-1, (a, b) => a & b),
  $bitOr: fold(0, (a, b) => a | b),
  $bitXor: fold(0, (a, b) => a ^ b),
  $bitNot: fixed1((v, _scope, name) => {
    if (isNullish(v)) return null;
    const n = whole(v, name);
    return v instanceof Int32 ? int(Number(~n)) : ~n;
  }),
};

function whole(v: Value, name: string): bigint {
  if (v instanceof Int32) return BigInt(v.value);
  if (typeof v === 'bigint') return v;
  throw fault('TypeMismatch', `${name} only supports int and long operands, not ${nameOf(v)}.`);
}
