/** A model as kept in one file: magic, length of the JSON header, header; then the numbers, each at its own size. */
import type { GeneralModel } from './model.ts';
import { lightened, type Network } from './network.ts';
import { rarestOf } from './vectors.ts';

const MAGIC = 'PNLG2\n';

export function packGeneral(model: GeneralModel): Uint8Array {
  const { labels, terms, linearTerms, vocabulary, linear, spread, temperature, trust } = model;
  const { weights, bias, classes } = linear;
  const columns = vocabulary.rarity.length;
  const scales = new Float32Array(classes);
  for (let i = 0; i < weights.length; i++)
    scales[i % classes] = Math.max(scales[i % classes]!, Math.abs(weights[i]!));
  for (let k = 0; k < classes; k++) scales[k] = Math.fround(Math.max(scales[k]! / 127, 1e-9));
  const bytes = Int8Array.from(weights, (w, i) => Math.round(w / scales[i % classes]!));
  const keys = new Uint32Array(columns);
  for (const [term, column] of vocabulary.column) keys[column] = term;
  const networks = model.networks.map(lightened);
  const units = networks.map((network) => network.units);
  const header = { labels, terms, linearTerms, spread, temperature, trust, columns, units };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const head = Buffer.concat([Buffer.from(MAGIC), Buffer.alloc(4), json]);
  head.writeUInt32LE(json.length, MAGIC.length);
  // numbers of four bytes begin at a multiple of four: they come first
  const pad = Buffer.alloc((4 - (head.length % 4)) % 4);
  const wide = [keys, vocabulary.rarity, bias, scales, ...networks.flatMap(wideOf)];
  const narrow = [bytes, ...networks.map((network) => network.hidden)];
  return Buffer.concat([head, pad, ...[...wide, ...narrow].map((list) => Buffer.from(list.buffer))]);
}

const wideOf = ({ scale, hiddenBias, out, outBias }: Network) => [scale, hiddenBias, out, outBias];

export function unpackGeneral(file: Uint8Array): GeneralModel {
  const text = new TextDecoder();
  if (text.decode(file.subarray(0, MAGIC.length)) !== MAGIC)
    throw new Error('not a model of `nlu train --data`, or of another version');
  const own = new Uint8Array(file); // from the start of a buffer of its own
  const length = new DataView(own.buffer).getUint32(MAGIC.length, true);
  const start = MAGIC.length + 4;
  const { columns, units, ...header } = JSON.parse(text.decode(own.subarray(start, start + length)));
  const classes: number = header.labels.length;
  let at = Math.ceil((start + length) / 4) * 4;
  const next = <T>(Kind: new (b: ArrayBuffer, from: number, n: number) => T, n: number, size: number): T => {
    const list = new Kind(own.buffer, at, n);
    at += n * size;
    return list;
  };
  const floats = (n: number) => next(Float32Array, n, 4);
  const keys = next(Uint32Array, columns, 4);
  const rarity = floats(columns);
  const bias = floats(classes);
  const scales = floats(classes);
  const networks: Network[] = units.map((own: number) => ({
    units: own,
    classes,
    scale: floats(own),
    hiddenBias: floats(own),
    out: floats(classes * own),
    outBias: floats(classes),
    hidden: new Int8Array(),
  }));
  const bytes = next(Int8Array, columns * classes, 1);
  for (const network of networks) network.hidden = next(Int8Array, columns * network.units, 1);
  const column = new Map<number, number>();
  keys.forEach((term, c) => {
    column.set(term, c);
  });
  return {
    ...header,
    vocabulary: { column, rarity, rarest: rarestOf(rarity) },
    linear: { weights: Float32Array.from(bytes, (b, i) => b * scales[i % classes]!), bias, classes },
    networks,
  };
}
