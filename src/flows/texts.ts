/** Texts per locale: a key has one or several wordings, each may carry `{fields}`. */
import { parseYaml } from '../core/yaml.ts';
import type { Texts } from './definition.ts';

/** Reads a texts file; nested keys are joined by dots. Faults are added to the list. */
export function readTexts(source: string, where: string, faults: string[]): Texts {
  const texts: Texts = {};
  const walk = (value: unknown, path: string) => {
    if (typeof value === 'string' && value.trim()) texts[path] = [value.trim()];
    else if (
      Array.isArray(value) &&
      value.length &&
      value.every((item) => typeof item === 'string' && item.trim())
    )
      texts[path] = value.map((item: string) => item.trim());
    else if (value && typeof value === 'object' && !Array.isArray(value))
      for (const [key, inner] of Object.entries(value)) walk(inner, path ? `${path}.${key}` : key);
    else faults.push(`${where}: ${path || '(whole)'}: must be a text or a list of texts`);
  };
  try {
    walk(parseYaml(source) ?? {}, '');
  } catch (error) {
    faults.push(`${where}: ${(error as Error).message}`);
  }
  return texts;
}

export type Fields = Record<string, string | undefined>;
/** What a field stands for; undefined where it is not known. */
export type Lookup = (name: string) => string | undefined;

/** The wordings of a key that can be said with these fields, filled in; English where the locale has none. */
export function wordings(texts: Record<string, Texts>, locale: string, key: string, field: Lookup): string[] {
  const candidates = texts[locale]?.[key] ?? texts.en?.[key] ?? [];
  return candidates.flatMap((wording) => {
    let sayable = true;
    const filled = wording.replace(/\{([\w.]+)\}/g, (_, name: string) => {
      const value = field(name);
      if (!value) sayable = false;
      return value ?? '';
    });
    return sayable ? [filled] : [];
  });
}

export const placeholders = (wording: string): string[] =>
  [...wording.matchAll(/\{([\w.]+)\}/g)].map((match) => match[1]!);
