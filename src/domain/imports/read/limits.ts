/** What an upload may be at most. Beyond it a file is refused in words, not cut. */
export const limits = {
  fileBytes: 50 * 1024 * 1024,
  rows: 200_000,
  columns: 500,
  /** Of one cell, as spreadsheets have it. */
  cell: 32_767,
  /** Of all cells together. */
  text: 200 * 1024 * 1024,
  /** What a workbook may unpack to. */
  unpacked: 400 * 1024 * 1024,
  /** Rows that cannot be read as CSV; with more, something is wrong with the whole file. */
  brokenRows: 1000,
  /** A quotation mark that is not closed for so long was never meant to be. */
  recordBytes: 256 * 1024,
  /** Rows stored, and later worked on, together. */
  pageRows: 500,
  pageText: 1024 * 1024,
  memoryMb: 512,
  seconds: 300,
} as const;

/** Why a file cannot be taken, in words for whoever uploads it. */
export class Unreadable extends Error {}
