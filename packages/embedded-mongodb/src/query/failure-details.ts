import { getPath, int } from '../bson/index.ts';
import { type Doc, isDoc, typeName, type Value } from '../bson/values.ts';
import { compileFilter, type FilterOptions, isOperators } from './filter.ts';
import { schemaCheck } from './json-schema.ts';

/**
 * Why a document does not satisfy a validator, in the form in which MongoDB tells it (`errInfo.details`): the
 * operator that failed, what it was given, and what it found. The document must not satisfy it.
 */
export function failureDetails(filter: Doc, document: Doc, options: FilterOptions): Doc {
  const clauses = [...filter].filter(([key]) => key !== '$comment');
  if (clauses.length !== 1) {
    return unsatisfied(
      '$and',
      clauses.map(([key, value]) => new Map([[key, value]])),
      document,
      options,
    );
  }
  const [key, value] = clauses[0]!;
  switch (key) {
    case '$jsonSchema':
      return details('$jsonSchema', ['schemaRulesNotSatisfied', schemaFailures(value as Doc, document)]);
    case '$and':
    case '$or':
      return unsatisfied(key, value as Doc[], document, options);
    case '$nor': {
      const satisfied = (value as Doc[]).flatMap((part, index) =>
        compileFilter(part, options)(document)
          ? [details(undefined, ['index', int(index)], ['details', part])]
          : [],
      );
      return details('$nor', ['clausesSatisfied', satisfied]);
    }
    case '$expr':
      return details(
        '$expr',
        ['specifiedAs', new Map([[key, value]])],
        ['reason', 'expression did not match'],
        ['expressionResult', false],
      );
    default:
      return fieldDetails(key, value, document, options);
  }
}

function unsatisfied(operator: string, parts: Doc[], document: Doc, options: FilterOptions): Doc {
  const failed = parts.flatMap((part, index) =>
    compileFilter(part, options)(document)
      ? []
      : [details(undefined, ['index', int(index)], ['details', failureDetails(part, document, options)])],
  );
  return details(operator, ['clausesNotSatisfied', failed]);
}

function fieldDetails(field: string, condition: Value, document: Doc, options: FilterOptions): Doc {
  if (isDoc(condition) && isOperators(condition) && condition.size > 1) {
    const parts = [...condition].map(
      ([name, operand]): Doc => new Map([[field, new Map([[name, operand]])]]),
    );
    // `$options` stands beside its `$regex`.
    if (!condition.has('$regex')) return unsatisfied('$and', parts, document, options);
  }
  const operator = isDoc(condition) && isOperators(condition) ? condition.keys().next().value! : '$eq';
  const found = getPath(document, field, 'whole');
  const specified: [string, Value] = ['specifiedAs', new Map([[field, condition]])];
  const [value] = found;
  if (value === undefined) {
    const reason = operator === '$exists' ? REASONS.$exists! : 'field was missing';
    return details(operator, specified, ['reason', reason]);
  }
  const considered: [string, Value] =
    found.length > 1 ? ['consideredValues', found as Value[]] : ['consideredValue', value];
  const reason: [string, Value] = ['reason', REASONS[operator] ?? 'comparison failed'];
  if (operator !== '$type') return details(operator, specified, reason, considered);
  return details(operator, specified, reason, considered, ['consideredType', typeName(value)]);
}

/** Source: MongoDB's manual on document validation errors. */
const REASONS: Record<string, string> = {
  $type: 'type did not match',
  $in: 'no matching value found in array',
  $nin: 'matching value found in array',
  $regex: 'regular expression did not match',
  $exists: 'path does not exist',
  $size: 'array length was not equal to given size',
  $mod: '$mod did not evaluate to expected remainder',
  $elemMatch: 'array did not satisfy the child predicate',
  $not: 'child expression matched',
};

function schemaFailures(schema: Doc, value: Value): Doc[] {
  const failed: Doc[] = [];
  for (const [keyword, operand] of schema) {
    const alone = new Map([...schema].filter(([key]) => key === keyword || BESIDE[keyword]?.includes(key)));
    if (keyword === 'additionalProperties') alone.set('properties', loosened(schema.get('properties')));
    if (schemaCheck(alone)(value)) continue;
    failed.push(ruleDetails(keyword, operand, schema, value));
  }
  return failed;
}

/** Keywords that are read together. */
const BESIDE: Record<string, string[]> = {
  minimum: ['exclusiveMinimum'],
  maximum: ['exclusiveMaximum'],
  additionalProperties: ['patternProperties'],
  items: ['additionalItems'],
  additionalItems: ['items'],
};

/** The properties with nothing asked of them. */
function loosened(properties: Value | undefined): Doc {
  return new Map(
    isDoc(properties) ? [...properties.keys()].map((name): [string, Value] => [name, new Map()]) : [],
  );
}

function ruleDetails(keyword: string, operand: Value, schema: Doc, value: Value): Doc {
  const specified: [string, Value] = ['specifiedAs', new Map([[keyword, operand]])];
  switch (keyword) {
    case 'properties': {
      const wrong = [...(operand as Doc)].flatMap(([name, part]) => {
        const found = isDoc(value) ? value.get(name) : undefined;
        const failures = found === undefined ? [] : schemaFailures(part as Doc, found);
        if (failures.length === 0) return [];
        const description = (part as Doc).get('description');
        const described: [string, Value][] = description === undefined ? [] : [['description', description]];
        return [details(undefined, ['propertyName', name], ...described, ['details', failures])];
      });
      return details(keyword, ['propertiesNotSatisfied', wrong]);
    }
    case 'required': {
      const missing = (operand as string[]).filter((name) => !(isDoc(value) && value.has(name)));
      return details(keyword, specified, ['missingProperties', missing]);
    }
    case 'additionalProperties': {
      const known = schema.get('properties');
      const others = isDoc(value)
        ? [...value.keys()].filter((name) => !(isDoc(known) && known.has(name)))
        : [];
      return details(keyword, specified, ['additionalProperties', others]);
    }
    case 'bsonType':
    case 'type':
      return details(
        keyword,
        specified,
        ['reason', 'type did not match'],
        ['consideredValue', value],
        ['consideredType', typeName(value)],
      );
    default: {
      const reason = RULE_REASONS[keyword] ?? 'schema was not satisfied';
      return details(keyword, specified, ['reason', reason], ['consideredValue', value]);
    }
  }
}

const RULE_REASONS: Record<string, string> = {
  enum: 'value was not found in enum',
  minimum: 'comparison failed',
  maximum: 'comparison failed',
  minLength: 'specified string length was not satisfied',
  maxLength: 'specified string length was not satisfied',
  pattern: 'regular expression did not match',
  minItems: 'array did not match specified length',
  maxItems: 'array did not match specified length',
  uniqueItems: 'found a duplicate item',
  minProperties: 'specified number of properties was not satisfied',
  maxProperties: 'specified number of properties was not satisfied',
  multipleOf: 'considered value is not a multiple of the specified value',
};

function details(operator: string | undefined, ...fields: [string, Value][]): Doc {
  return new Map<string, Value>(operator === undefined ? fields : [['operatorName', operator], ...fields]);
}
