import { isDoc, isNumber, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { compile, type Scope } from '../expression.ts';
import { convertTo, type Target, targetOf } from './convert.ts';
import { fixed1, isNullish, nameOf, type OperatorTable } from './support.ts';

const to = (target: Target) => fixed1((v) => (isNullish(v) ? null : convertTo(v, target)));

export const conversion: OperatorTable = {
  $type: fixed1((v) => nameOf(v)),
  $isNumber: fixed1((v) => isNumber(v)),
  $toBool: to('bool'),
  $toDate: to('date'),
  $toDecimal: to('decimal'),
  $toDouble: to('double'),
  $toInt: to('int'),
  $toLong: to('long'),
  $toObjectId: to('objectId'),
  $toString: to('string'),
  $toUUID: to('binData'),
  $convert: (operand, scope) => convert(operand, scope),
};

function convert(operand: Value, scope: Scope) {
  if (!isDoc(operand))
    throw fault(
      'FailedToParse',
      `$convert expects an object of named arguments but found: ${nameOf(operand)}`,
    );
  for (const key of operand.keys())
    if (!['input', 'to', 'onError', 'onNull'].includes(key))
      throw fault(
        'FailedToParse',
        key === 'base' || key === 'format' || key === 'byteOrder'
          ? `$convert's '${key}' is not available here`
          : `$convert found an unknown argument: ${key}`,
      );
  for (const key of ['input', 'to'])
    if (!operand.has(key)) throw fault('FailedToParse', `Missing '${key}' parameter to $convert`);
  const at = (key: string) => (operand.has(key) ? compile(operand.get(key)!, scope) : undefined);
  const [input, target, onError, onNull] = [at('input')!, at('to')!, at('onError'), at('onNull')];
  return (env: Parameters<typeof input>[0]) => {
    const v = input(env);
    const t = target(env);
    if (isNullish(v)) return onNull ? onNull(env) : null;
    if (isNullish(t)) return null;
    const wanted = targetOf(t);
    if (!onError) return convertTo(v, wanted);
    try {
      return convertTo(v, wanted);
    } catch {
      return onError(env);
    }
  };
}
