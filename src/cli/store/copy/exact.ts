import { BSON, type Document } from 'mongodb';

/** Types are kept as they are stored: no int becomes a double, no long a number. */
const EXACT = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true } as const;

/**
 * A stored document in a form that the driver sends as exactly the same bytes. Plain objects would move fields
 * whose names are numbers to the front, and lose one called `__proto__`; such documents become Maps. Throws when
 * a document has what cannot be sent unchanged.
 */
export function exact(bytes: Uint8Array): Document {
  const plain = BSON.deserialize(bytes, EXACT);
  if (isSame(plain, bytes)) return plain;
  const ordered = asMap(bytes) as unknown as Document;
  if (isSame(ordered, bytes)) return ordered;
  throw new Error('A document has a value of a kind that the driver cannot send unchanged.');
}

/** The `_id` of a stored document, exact. */
export function idOf(bytes: Uint8Array): unknown {
  const document = exact(bytes);
  return document instanceof Map ? document.get('_id') : document._id;
}

function isSame(document: Document, bytes: Uint8Array): boolean {
  try {
    return Buffer.compare(BSON.serialize(document, { ignoreUndefined: false }), bytes) === 0;
  } catch {
    return false;
  }
}

const OBJECT = 3;
const ARRAY = 4;

function asMap(bytes: Uint8Array): Map<string, unknown> {
  const map = new Map<string, unknown>();
  for (const [type, nameOffset, nameLength, offset, length] of BSON.onDemand.parseToElements(bytes)) {
    const name = Buffer.from(bytes.buffer, bytes.byteOffset + nameOffset, nameLength).toString('utf8');
    const value = bytes.subarray(offset, offset + length);
    if (type === OBJECT) map.set(name, asMap(value));
    else if (type === ARRAY) map.set(name, [...asMap(value).values()]);
    else map.set(name, scalar(type, value));
  }
  return map;
}

/** One value, read as the only field of a document. */
function scalar(type: number, value: Uint8Array): unknown {
  const document = Buffer.alloc(4 + 1 + 2 + value.length + 1);
  document.writeInt32LE(document.length, 0);
  document[4] = type;
  document.write('v', 5);
  document.set(value, 7);
  return BSON.deserialize(document, EXACT).v;
}
