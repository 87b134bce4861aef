// Checks who may import whom, over the source as it stands. Prints each forbidden import and ends with 1 if there is one.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const files = ['src', 'packages', 'web'].flatMap((dir) => list(join(root, dir)));

/** Where a file may import from, by the first rule whose pattern it matches. `$1` is what the pattern captured. */
const rules = [
  [/^src\/(app|main)\.ts$/, ['src/']],
  [/^src\/app\//, ['src/']],
  [/^src\/cli\//, ['src/']],
  [/^src\/core\//, ['src/core/']],
  [/^src\/channels\/(index|accounts)\.ts$/, ['src/core/', 'src/channels/']],
  [
    /^src\/channels\/(\w+)\//,
    [
      'src/core/',
      'src/channels/$1/',
      'src/channels/meta/',
      'src/channels/phone/',
      'src/channels/staff/',
      'src/channels/render.ts',
      'src/channels/media.ts',
      'src/channels/lost.ts',
      'src/channels/upload.ts',
      'src/channels/vcard.ts',
    ],
  ],
  [/^src\/channels\//, ['src/core/', 'src/channels/']],
  [/^src\/domain\/index\.ts$/, ['src/core/', 'src/domain/']],
  [
    /^src\/domain\/(reports|dashboards)\//,
    ['src/core/', 'src/render/', 'src/domain/$1/', /^src\/domain\/[\w-]+\/contract\.ts$/],
  ],
  // Reads what callers say, by pure functions.
  [
    /^src\/domain\/calling\//,
    ['src/core/', 'src/nlu/', 'src/domain/calling/', /^src\/domain\/[\w-]+\/contract\.ts$/],
  ],
  [/^src\/domain\/([\w-]+)\//, ['src/core/', 'src/domain/$1/', /^src\/domain\/[\w-]+\/contract\.ts$/]],
  [/^src\/(flows|jobs)\//, ['src/core/', 'src/$1/', 'src/nlu/', /^src\/domain\/[\w-]+\/contract\.ts$/]],
  [/^src\/staff-chat\//, ['src/core/', 'src/staff-chat/', 'src/nlu/', /^src\/domain\/[\w-]+\/contract\.ts$/]],
  [
    /^src\/api\//,
    [
      'src/core/',
      'src/api/',
      'src/render/',
      /^src\/channels\/media-store\.ts$/,
      /^src\/domain\/[\w-]+\/(contract|sign-in)\.ts$/,
      /^src\/domain\/conversations\/model\//,
    ],
  ],
  [/^src\/llm\//, ['src/core/', 'src/llm/', 'src/nlu/']],
  [/^src\/(nlu|render)\//, ['src/core/', 'src/$1/']],
  [/^packages\/([\w-]+)\//, ['packages/$1/']],
  // The console counts a text message as the network does.
  [/^web\//, ['web/', 'types:src/', 'src/core/segments.ts']],
];

let faults = 0;
for (const file of files) {
  const name = relative(root, file);
  const rule = rules.find(([pattern]) => pattern.test(name));
  if (!rule) continue;
  for (const { target, typeOnly } of imports(file)) {
    const allowed = rule[1].some((place) => {
      if (place instanceof RegExp) return place.test(target);
      const [types, path] = place.startsWith('types:') ? [true, place.slice(6)] : [false, place];
      return target.startsWith(path.replace('$1', rule[0].exec(name)[1])) && (!types || typeOnly);
    });
    if (allowed) continue;
    faults++;
    console.error(`${name} must not import ${target}`);
  }
}
if (faults) process.exit(1);

function imports(file) {
  const found = [];
  const source = readFileSync(file, 'utf8');
  for (const [, typeOnly, path] of source.matchAll(
    /^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?from\s*)?'(\.[^']+)'/gm,
  )) {
    found.push({ target: relative(root, resolve(dirname(file), path)), typeOnly: Boolean(typeOnly) });
  }
  for (const [, path] of source.matchAll(/\bimport\('(\.[^']+)'\)/g))
    found.push({ target: relative(root, resolve(dirname(file), path)), typeOnly: false });
  return found;
}

function list(dir) {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        /\.tsx?$/.test(entry.name) &&
        !/node_modules|\/dist|\/test\b/.test(entry.parentPath),
    )
    .map((entry) => join(entry.parentPath, entry.name));
}
