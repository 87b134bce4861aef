import { readdirSync, readFileSync } from 'node:fs';
import { docFromEjson, fromEjson } from '../../src/bson/ejson.ts';
import type { Doc, Value } from '../../src/bson/values.ts';

/**
 * One case of the corpus: documents, an operation on them, and what MongoDB's manual says comes out. Values are
 * Extended JSON; a plain integer is an int. The same files run on these functions and, through a driver, on any server.
 */
export interface Case {
  name: string;
  docs: Doc[];
  op: Doc;
  expect: Doc;
}

const FOLDER = new URL('./corpus/', import.meta.url);

export function corpusFiles(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
}

export function readCases(file: string): Case[] {
  return readFileSync(new URL(file, FOLDER), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const raw = JSON.parse(line);
      return {
        name: raw.name,
        docs: raw.docs.map(docFromEjson),
        op: docFromEjson(raw.op),
        expect: docFromEjson(raw.expect),
      };
    });
}

/** What a run gave: documents, a changed count where there is one, or the code of the error. */
export interface Outcome {
  docs?: Doc[];
  modified?: number;
  error?: number;
}

export function field(doc: Doc, name: string): Doc {
  const value = doc.get(name);
  if (!(value instanceof Map)) throw new Error(`the case has no ${name}`);
  return value;
}

export { fromEjson, type Value };
