import { isDeepStrictEqual } from 'node:util';
import type { Db } from 'mongodb';

/** What the server says of itself. */
export interface ServerFacts {
  version: number[];
  parameters: Record<string, unknown>;
}

export async function serverFacts(admin: Db): Promise<ServerFacts> {
  const { version } = await admin.command({ buildInfo: 1 });
  const parameters = await admin.command({ getParameter: '*' }).catch(() => ({}));
  return { version: numbers(version), parameters };
}

/** Is one of the test's `runOnRequirements` met? The server is a replica set without authentication. */
export function isMet(requirements: any[] | undefined, facts: ServerFacts): boolean {
  return requirements === undefined || requirements.some((requirement) => isOneMet(requirement, facts));
}

function isOneMet(requirement: any, facts: ServerFacts): boolean {
  const { minServerVersion, maxServerVersion, topologies, serverless, auth, csfle } = requirement;
  if (minServerVersion !== undefined && compare(facts.version, numbers(minServerVersion)) < 0) return false;
  if (maxServerVersion !== undefined && compare(facts.version, numbers(maxServerVersion)) > 0) return false;
  if (topologies !== undefined && !topologies.includes('replicaset')) return false;
  if (serverless === 'require' || auth === true) return false;
  if (csfle !== undefined && csfle !== false) return false;
  return Object.entries(requirement.serverParameters ?? {}).every(([name, value]) =>
    isDeepStrictEqual(facts.parameters[name], value),
  );
}

function numbers(version: string): number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10));
}

/** As far as both say something: 4.0.99 is below 4.1, 4.2 is met by 4.2.1 as an upper limit. */
function compare(a: number[], b: number[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    if (a[index] !== b[index]) return a[index]! - b[index]!;
  }
  return 0;
}
