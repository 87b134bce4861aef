import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Db, Document, MongoServerError } from 'mongodb';
import { type Running, start } from './harness.ts';

let running: Running;
let db: Db;
beforeAll(async () => {
  running = await start();
});
afterAll(() => running.stop());
beforeEach(async () => {
  db = running.client.db('validation');
  await db.dropDatabase();
});

async function refusal(validator: Document, document: Document): Promise<Document> {
  await db.createCollection('c', { validator });
  const error = await db
    .collection('c')
    .insertOne(document)
    .then(
      () => undefined,
      (refused: MongoServerError) => refused,
    );
  expect(error).toMatchObject({ code: 121 });
  return error!.errInfo!;
}

// As in the manual's pages on schema validation errors.
describe('a document that fails validation', () => {
  it('is told which rules of the schema, with what was found', async () => {
    const validator = {
      $jsonSchema: {
        bsonType: 'object',
        required: ['name', 'year'],
        properties: {
          name: { bsonType: 'string', description: "'name' must be a string and is required" },
          year: { bsonType: 'int', minimum: 2017 },
        },
      },
    };
    expect(await refusal(validator, { _id: 1, name: 7 })).toEqual({
      failingDocumentId: 1,
      details: {
        operatorName: '$jsonSchema',
        schemaRulesNotSatisfied: [
          {
            operatorName: 'required',
            specifiedAs: { required: ['name', 'year'] },
            missingProperties: ['year'],
          },
          {
            operatorName: 'properties',
            propertiesNotSatisfied: [
              {
                propertyName: 'name',
                description: "'name' must be a string and is required",
                details: [
                  {
                    operatorName: 'bsonType',
                    specifiedAs: { bsonType: 'string' },
                    reason: 'type did not match',
                    consideredValue: 7,
                    consideredType: 'int',
                  },
                ],
              },
            ],
          },
        ],
      },
    });
  });

  it('is told which fields were not expected', async () => {
    const validator = { $jsonSchema: { properties: { _id: {}, a: {} }, additionalProperties: false } };
    expect((await refusal(validator, { _id: 1, a: 1, b: 2 })).details.schemaRulesNotSatisfied).toEqual([
      {
        operatorName: 'additionalProperties',
        specifiedAs: { additionalProperties: false },
        additionalProperties: ['b'],
      },
    ]);
  });

  it('is told which conditions of a filter', async () => {
    const validator = { $and: [{ a: { $gt: 5 } }, { b: { $type: 'string' } }, { c: 1 }] };
    expect((await refusal(validator, { _id: 1, a: 3, b: 2, c: 1 })).details).toEqual({
      operatorName: '$and',
      clausesNotSatisfied: [
        {
          index: 0,
          details: {
            operatorName: '$gt',
            specifiedAs: { a: { $gt: 5 } },
            reason: 'comparison failed',
            consideredValue: 3,
          },
        },
        {
          index: 1,
          details: {
            operatorName: '$type',
            specifiedAs: { b: { $type: 'string' } },
            reason: 'type did not match',
            consideredValue: 2,
            consideredType: 'int',
          },
        },
      ],
    });
  });

  it('is told that a field was missing', async () => {
    expect((await refusal({ a: { $exists: true } }, { _id: 1 })).details).toEqual({
      operatorName: '$exists',
      specifiedAs: { a: { $exists: true } },
      reason: 'path does not exist',
    });
    await db.dropDatabase();
    expect((await refusal({ a: { $gte: 1 } }, { _id: 1 })).details).toMatchObject({
      operatorName: '$gte',
      reason: 'field was missing',
    });
  });
});
