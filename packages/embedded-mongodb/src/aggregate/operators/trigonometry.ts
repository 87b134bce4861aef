import { toNumber } from '../../bson/numbers.ts';
import { Decimal128 } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { fixed1, fixed2, isNullish, type OperatorTable, wantNumber } from './support.ts';

const unary = (
  f: (n: number) => number,
  low = Number.NEGATIVE_INFINITY,
  high = Number.POSITIVE_INFINITY,
  isOpen = false,
) =>
  fixed1((v, _scope, name) => {
    if (isNullish(v)) return null;
    const n = wantNumber(v, name);
    refuseDecimal(n, name);
    const x = toNumber(n);
    const isOutside = isOpen ? x <= low || x >= high : x < low || x > high;
    if (isOutside)
      throw fault(
        50989,
        `cannot apply ${name} to ${x}, value must be in ${isOpen ? '(' : '['}${low},${high}${isOpen ? ')' : ']'}`,
      );
    return f(x);
  });

const finite = (f: (n: number) => number) =>
  fixed1((v, _scope, name) => {
    if (isNullish(v)) return null;
    const n = wantNumber(v, name);
    refuseDecimal(n, name);
    const x = toNumber(n);
    if (x === Infinity || x === -Infinity)
      throw fault(50989, `cannot apply ${name} to ${x > 0 ? 'inf' : '-inf'}, value must be in (-inf,inf)`);
    return f(x);
  });

/** On ints, longs and doubles. Decimals are refused, because doubles would lose their digits without saying so. */
export const trigonometry: OperatorTable = {
  $sin: finite(Math.sin),
  $cos: finite(Math.cos),
  $tan: finite(Math.tan),
  $asin: unary(Math.asin, -1, 1),
  $acos: unary(Math.acos, -1, 1),
  $atan: unary(Math.atan),
  $sinh: unary(Math.sinh),
  $cosh: unary(Math.cosh),
  $tanh: unary(Math.tanh),
  $asinh: unary(Math.asinh),
  $acosh: unary(Math.acosh, 1),
  $atanh: unary(Math.atanh, -1, 1),
  $atan2: fixed2((a, b, _scope, name) => {
    if (isNullish(a) || isNullish(b)) return null;
    const y = wantNumber(a, name);
    const x = wantNumber(b, name);
    refuseDecimal(y, name);
    refuseDecimal(x, name);
    return Math.atan2(toNumber(y), toNumber(x));
  }),
  $degreesToRadians: unary((n) => n * (Math.PI / 180)),
  $radiansToDegrees: unary((n) => n * (180 / Math.PI)),
};

function refuseDecimal(v: unknown, name: string): void {
  if (v instanceof Decimal128)
    throw fault(
      'NotImplemented',
      `${name} of a decimal is not available here: convert it with $toDouble first.`,
    );
}
