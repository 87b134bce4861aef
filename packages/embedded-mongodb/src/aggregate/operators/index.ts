import { arithmetic } from './arithmetic.ts';
import { arrays } from './arrays.ts';
import { arraysOfN } from './arrays-n.ts';
import { bitwise } from './bitwise.ts';
import { comparison } from './comparison.ts';
import { control } from './control.ts';
import { conversion } from './conversion.ts';
import { dateMath } from './date-math.ts';
import { dateParts } from './date-parts.ts';
import { dateText } from './date-text.ts';
import { iteration } from './iteration.ts';
import { objects } from './objects.ts';
import { refused } from './refused.ts';
import { regex } from './regex.ts';
import { sets } from './sets.ts';
import { statistics } from './statistics.ts';
import { strings } from './strings.ts';
import type { MakeOperator } from './support.ts';
import { text } from './text.ts';
import { trigonometry } from './trigonometry.ts';

/** Every expression operator by its name. To add one: put it into the table of its subject. */
export const expressionOperators: ReadonlyMap<string, MakeOperator> = new Map(
  [
    arithmetic,
    arrays,
    arraysOfN,
    bitwise,
    comparison,
    control,
    conversion,
    dateMath,
    dateParts,
    dateText,
    iteration,
    objects,
    refused,
    regex,
    sets,
    statistics,
    strings,
    text,
    trigonometry,
  ].flatMap((table) => Object.entries(table)),
);
