import { expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { createCatalogue } from '../../../src/core/catalogue.ts';
import { modules } from '../../../src/domain/index.ts';

/** What names a contact or a lead and stays behind when it is merged: each with its reason. */
const stays: Record<string, string> = {
  Notification: 'tells of a moment; its link and buttons are understood under the old id',
  NoticeDelivery: 'tells of a moment, as its notification does',
  CallingSkip: 'is over with the hour',
  FollowUpPlanned: 'marks that a plan has taken a lead up; the one that is kept has marks of its own',
  Merge: 'is the record of merges itself',
  Move: 'is the record of merges itself',
};

it('whatever points at a contact or a lead goes along when it is merged [M16]', () => {
  const catalogue = createCatalogue(modules(() => catalogue));
  const declared = new Map(catalogue.pointers.map((pointer) => [pointer.model.modelName, pointer]));
  const forgotten = Object.values(mongoose.models).flatMap((model) =>
    (['contact', 'lead'] as const)
      .filter((kind) => model.schema.path(`${kind}Id`) && !(model.modelName in stays))
      .filter((kind) => declared.get(model.modelName)?.[kind]?.field !== `${kind}Id`)
      .map(
        (kind) => `${model.modelName}.${kind}Id: declare it with definePointer in its module’s pointers.ts`,
      ),
  );
  expect(forgotten).toEqual([]);
});

it('is found by an index, so that merging two of a million takes no longer [M16]', () => {
  const catalogue = createCatalogue(modules(() => catalogue));
  for (const { name, model, contact, lead } of catalogue.pointers) {
    const first = model.schema.indexes().map(([fields]) => Object.keys(fields)[0]);
    if (contact && !contact.via)
      expect([name, first]).toEqual([name, expect.arrayContaining([contact.field])]);
    if (lead && !lead.within) expect([name, first]).toEqual([name, expect.arrayContaining([lead.field])]);
  }
});
