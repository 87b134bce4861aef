import { fault, MongoServerFault } from '../../errors.ts';
import { formatDate } from '../dates/format.ts';
import { parseByFormat, parseDate } from '../dates/parse.ts';
import { UTC } from '../dates/zone.ts';
import { wantDate, zoneReader } from './date-parts.ts';
import { isNullish, named, nameOf, type OperatorTable } from './support.ts';

export const dateText: OperatorTable = {
  $dateToString: (operand, scope, name) => {
    const a = named(operand, scope, name, ['date'], ['format', 'timezone', 'onNull'], {
      notObject: 18629,
      unknown: 18534,
      missing: 18628,
    });
    const zone = zoneReader(a.timezone);
    return (env) => {
      const date = a.date!(env);
      const format = a.format?.(env);
      const z = zone(env);
      if (isNullish(date)) return a.onNull ? a.onNull(env) : null;
      if (a.format && isNullish(format)) return null;
      if (z === null) return null;
      if (format !== undefined && typeof format !== 'string')
        throw fault(
          18533,
          `${name} requires that 'format' be a string, found: ${nameOf(format)} with value ${String(format)}`,
        );
      return formatDate(
        wantDate(date),
        format ?? (z === UTC ? '%Y-%m-%dT%H:%M:%S.%LZ' : '%Y-%m-%dT%H:%M:%S.%L'),
        z,
      );
    };
  },
  $dateFromString: (operand, scope, name) => {
    const a = named(operand, scope, name, ['dateString'], ['format', 'timezone', 'onError', 'onNull'], {
      notObject: 40540,
      unknown: 40541,
      missing: 40542,
    });
    const zone = zoneReader(a.timezone);
    return (env) => {
      const text = a.dateString!(env);
      const format = a.format?.(env);
      const z = zone(env);
      if (isNullish(text)) return a.onNull ? a.onNull(env) : null;
      if (z === null || (a.format && isNullish(format))) return null;
      if (format !== undefined && typeof format !== 'string')
        throw fault(40684, `${name} requires that 'format' be a string, found: ${nameOf(format)}`);
      try {
        if (typeof text !== 'string')
          throw fault(
            'ConversionFailure',
            `${name} requires that 'dateString' be a string, found: ${nameOf(text)}`,
          );
        const given = a.timezone ? z : undefined;
        return format === undefined ? parseDate(text, given) : parseByFormat(text, format, given);
      } catch (error) {
        if (a.onError && error instanceof MongoServerFault && error.codeName === 'ConversionFailure')
          return a.onError(env);
        throw error;
      }
    };
  },
};
