// Methods that every Node Buffer has and Node's own typings leave out. They skip the look-up of the encoding's
// name, which counts when millions of small strings are read.
interface Buffer {
  latin1Slice(start?: number, end?: number): string;
  utf8Slice(start?: number, end?: number): string;
  latin1Write(text: string, offset?: number, length?: number): number;
  utf8Write(text: string, offset?: number, length?: number): number;
}
