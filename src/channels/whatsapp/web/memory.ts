/** Memory of a browser: all the processes of its group, read from the kernel. */
import { readdirSync, readFileSync } from 'node:fs';

/** A process's page is 4 KB on every machine that Chromium is built for, but for some ARM; then it counts too little. */
const pageBytes = 4096;

/** @param leader the process group's id. @returns megabytes of resident memory; 0 where there is no /proc. */
export function groupMegabytes(leader: number): number {
  let pages = 0;
  for (const name of list('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    // The name of the program, in brackets, may hold anything: the fields begin after the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(fields[2]) === leader) pages += Number(fields[21]);
  }
  return Math.round((pages * pageBytes) / 1_000_000);
}

function list(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

/** Processes end while they are being looked at. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
