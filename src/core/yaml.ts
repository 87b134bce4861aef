import { dump, loadAll, YAMLException } from 'js-yaml';

/** YAML 1.2 (dates stay words). @returns undefined when there is nothing in it. @throws YAMLException with line and column. */
export function parseYaml(text: string): unknown {
  const [document, another] = loadAll(text);
  if (another !== undefined) throw new YAMLException('there is more than one document ("---") in it');
  return document;
}

/** What is undefined is left out. */
export const toYaml = (value: unknown): string =>
  dump(value, { lineWidth: 110, noRefs: true, skipInvalid: true });
