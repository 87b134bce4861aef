import { BUCKETS, featuresOf, type HeadKind } from './features.ts';
import { type Head, marginsOf, softmax } from './learn.ts';

/** A head as kept on disk: weights in eight bits, a scale per class. */
export type PackedHead = {
  labels: string[];
  kind: HeadKind;
  temperature: number;
  scales: Float32Array;
  bias: Float32Array;
  weights: Int8Array;
};
export type Model = Record<string, PackedHead>;

const MAGIC = 'PNLU1\n';

/** One file: magic, length of the JSON header, header, then the weights of each head in its order. */
export function packModel(
  heads: Record<string, { head: Head; labels: string[]; kind: HeadKind }>,
): Uint8Array {
  const model: Model = {};
  for (const [name, { head, labels, kind }] of Object.entries(heads)) {
    const scales = new Float32Array(head.classes);
    for (let i = 0; i < head.weights.length; i++) {
      const size = Math.abs(head.weights[i]!);
      const k = i % head.classes;
      if (size > scales[k]!) scales[k] = size;
    }
    // a few giant weights must not cost all others their precision
    const packed = new Int8Array(head.weights.length);
    for (let k = 0; k < head.classes; k++) scales[k] = Math.fround(Math.max(scales[k]! / 127, 1e-9));
    for (let i = 0; i < packed.length; i++)
      packed[i] = Math.round(head.weights[i]! / scales[i % head.classes]!);
    const { temperature, bias } = head;
    model[name] = { labels, kind, temperature, scales, bias, weights: packed };
  }
  return repackModel(model);
}

/** The file of heads that are packed already. */
export function repackModel(model: Model): Uint8Array {
  const bodies = Object.values(model).map(({ weights }) => weights);
  const header = Object.fromEntries(
    Object.entries(model).map(([name, { weights, scales, bias, ...rest }]) => [
      name,
      { ...rest, scales: [...scales], bias: [...bias], bytes: weights.length },
    ]),
  );
  const json = new TextEncoder().encode(JSON.stringify(header));
  const size = MAGIC.length + 4 + json.length + bodies.reduce((sum, b) => sum + b.length, 0);
  const file = new Uint8Array(size);
  file.set(new TextEncoder().encode(MAGIC));
  new DataView(file.buffer).setUint32(MAGIC.length, json.length, true);
  file.set(json, MAGIC.length + 4);
  let at = MAGIC.length + 4 + json.length;
  for (const body of bodies) {
    file.set(new Uint8Array(body.buffer, body.byteOffset, body.length), at);
    at += body.length;
  }
  return file;
}

export function unpackModel(file: Uint8Array): Model {
  const text = new TextDecoder();
  if (text.decode(file.subarray(0, MAGIC.length)) !== MAGIC)
    throw new Error('not a language model of this version');
  const length = new DataView(file.buffer, file.byteOffset).getUint32(MAGIC.length, true);
  const start = MAGIC.length + 4;
  const header = JSON.parse(text.decode(file.subarray(start, start + length)));
  const model: Model = {};
  let at = start + length;
  for (const [name, h] of Object.entries<any>(header)) {
    if (h.bytes !== BUCKETS * h.labels.length) throw new Error(`head ${name} has the wrong size`);
    const weights = new Int8Array(file.buffer, file.byteOffset + at, h.bytes);
    model[name] = {
      labels: h.labels,
      kind: h.kind,
      temperature: h.temperature,
      scales: Float32Array.from(h.scales),
      bias: Float32Array.from(h.bias),
      weights,
    };
    at += h.bytes;
  }
  return model;
}

/** Probabilities of all labels of a head, in the order of its labels. */
export function probabilities(
  head: PackedHead,
  text: string,
  features = featuresOf(text, head.kind),
): Float32Array {
  const classes = head.labels.length;
  const margins = new Float32Array(classes);
  const none = new Float32Array(classes);
  marginsOf(head.weights, none, features, classes, margins);
  for (let k = 0; k < classes; k++) margins[k] = margins[k]! * head.scales[k]! + head.bias[k]!;
  const out = new Float32Array(classes);
  softmax(margins, out, head.temperature);
  return out;
}
