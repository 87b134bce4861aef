/** `{name}` in a text becomes what it stands for; what is not known is a dash, or nothing where that is no gap. */
export function fillIn(
  text: string,
  fields: Record<string, string | undefined>,
  mayBeEmpty: ReadonlySet<string> = new Set(),
): string {
  return text
    .replace(/\{([^{}]*)\}/g, (_, name: string) => fields[name] || (mayBeEmpty.has(name) ? '' : '—'))
    .replace(/ {2,}/g, ' ')
    .trim();
}
