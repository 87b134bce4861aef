import { expect } from '@jest/globals';
import type { Collection, Db, Document } from 'mongodb';
import { RawClient } from '../harness.ts';
import { type Account, indexed, START, type Ticket, type Told, type Transfer } from './traffic.ts';

/** Everything acknowledged is there, every transfer is whole, and the indexes say what the documents say. */
export async function check(db: Db, uri: string, told: Told): Promise<void> {
  await checkTransfers(db, told);
  const notes = new Set(await db.collection('notes').distinct('_id'));
  expect([...told.notes].filter((id) => !notes.has(id as never))).toEqual([]);
  await checkTickets(db, told);
  await checkIncrements(uri, db, told);
  for (const name of ['accounts', 'ledger', 'notes', 'tickets']) await checkIndexes(db.collection(name));
}

async function checkTransfers(db: Db, told: Told): Promise<void> {
  const accounts = await db.collection<Account>('accounts').find().toArray();
  const ledger = await db.collection<Transfer>('ledger').find().toArray();
  const balances = new Map(accounts.map((account) => [account._id, START]));
  for (const { from, to, amount } of ledger) {
    balances.set(from, balances.get(from)! - amount);
    balances.set(to, balances.get(to)! + amount);
  }
  const expected = [...balances].map(([_id, balance]) => ({ _id, ...indexed(balance) }));
  expect(accounts).toEqual(expected);
  expect(accounts.reduce((sum, account) => sum + account.balance, 0)).toBe(accounts.length * START);
  const written = new Set(ledger.map((entry) => entry._id));
  expect([...told.transfers].filter((id) => !written.has(id))).toEqual([]);
}

async function checkTickets(db: Db, told: Told): Promise<void> {
  const tickets = await db.collection<Ticket>('tickets').find().toArray();
  const owners = new Map(tickets.map((ticket) => [ticket.number, ticket._id]));
  expect(owners.size).toBe(tickets.length);
  for (const [number, id] of told.tickets) expect([number, owners.get(number)]).toEqual([number, id]);
}

/** Each increment is sent again: it counts once, and who had an answer gets the same one. */
async function checkIncrements(uri: string, db: Db, told: Told): Promise<void> {
  const raw = await RawClient.connect(uri);
  // A session remembers its latest write; earlier ones of the same session were acknowledged before.
  const latest = new Map(told.increments.map((sent) => [lsidOf(sent.command), sent]));
  for (const sent of latest.values()) {
    const reply = await raw.command(sent.command);
    expect(reply).toMatchObject({ ok: 1 });
    if (sent.value !== undefined) expect(reply.value.n).toBe(sent.value);
    sent.value = reply.value.n;
  }
  raw.close();
  const total = await db.collection<{ _id: string; n: number }>('counters').findOne({ _id: 'total' });
  expect(total?.n ?? 0).toBe(told.increments.length);
  expect(new Set(told.increments.map((sent) => sent.value)).size).toBe(told.increments.length);
}

const lsidOf = (command: Record<string, any>): string => command.lsid.id.toString('hex');

/** Every index gives each document once for each of its keys: the same documents as looking at all. */
async function checkIndexes(collection: Collection<any>): Promise<void> {
  const byScan = await collection.find({}, { hint: { $natural: 1 } }).toArray();
  expect(await collection.estimatedDocumentCount()).toBe(byScan.length);
  for (const { key, name } of await collection.indexes()) {
    const byIndex = await collection.find({}, { hint: name }).toArray();
    expect(byIndex.sort(byId)).toEqual(byScan.sort(byId));
    const [field] = Object.keys(key) as [string];
    const values = new Set(byScan.flatMap((document) => document[field]));
    // A value's documents by the index are those that have it.
    for (const value of [...values].slice(0, 12)) {
      const found = await collection.find({ [field]: value }, { hint: name }).toArray();
      const wanted = byScan.filter((document) => [document[field]].flat().includes(value));
      expect(found.sort(byId)).toEqual(wanted);
    }
  }
}

const byId = (a: Document, b: Document): number => (a._id < b._id ? -1 : a._id > b._id ? 1 : 0);
