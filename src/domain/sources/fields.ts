/** Whatever shape a lead comes in → plain fields by name. Pure. */

export type Field = { from: string; value: string };
const most = 200;
const longest = 8000;
const deepest = 6;

/** Nested objects become dotted names; lists of named values (forms send them) become fields of these names. */
export function fieldsOf(payload: unknown): Field[] {
  const found: Field[] = [];
  const take = (from: string, value: unknown, depth: number): void => {
    if (found.length >= most || value === null || value === undefined || depth > deepest) return;
    if (Array.isArray(value)) {
      const named = value.map(namedValue);
      if (named.length && named.every((one) => one !== undefined))
        for (const one of named) take(one.name, one.value, depth + 1);
      else if (value.every((one) => typeof one !== 'object')) add(from, value.filter(Boolean).join(', '));
      else for (const [n, one] of value.entries()) take(`${from}.${n}`, one, depth + 1);
      return;
    }
    if (typeof value === 'object') {
      for (const [name, inner] of Object.entries(value))
        take(from ? `${from}.${name}` : name, inner, depth + 1);
      return;
    }
    add(from, String(value));
  };
  const add = (from: string, value: string): void => {
    if (value.trim()) found.push({ from: from.slice(0, 200), value: value.trim().slice(0, longest) });
  };
  take('', payload, 0);
  return found;
}

/** `{column_id, string_value}` (Google), `{name, values}` (Meta), `{key|label|question, value|answer}` (form builders). */
function namedValue(one: unknown): { name: string; value: unknown } | undefined {
  if (!one || typeof one !== 'object') return undefined;
  const fields = one as Record<string, unknown>;
  const name = [
    fields.column_id,
    fields.name,
    fields.key,
    fields.label,
    fields.question,
    fields.column_name,
  ].find((given) => typeof given === 'string' && given);
  const value = [fields.string_value, fields.value, fields.values, fields.answer].find(
    (given) => given !== undefined,
  );
  return name === undefined || value === undefined ? undefined : { name: name as string, value };
}
