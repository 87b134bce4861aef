/** What this module asks of language understanding and of the channels; the composition root hands it in. */

export type Passage = { id: string; wordings: string[]; text: string };
export type PassageIndex = {
  /** Most likely first; `confidence` is 0 … 1. */
  find(question: string, most?: number): { id: string; confidence: number }[];
};
export type KnowledgeReader = {
  createIndex(passages: Passage[]): PassageIndex;
  /** A question's words by what they stand for. */
  keysOf(text: string): string[];
  /** What two questions have in common by these, 0 … 1. */
  likeness(one: string[], other: string[]): number;
  /** From here on an answer is given; from here on in place of what else a message could be. */
  answersAt: number;
  surelyAt: number;
  /** How a text looks on each channel. */
  preview(text: string): Promise<{ channel: string; text: string; limits: { text: number } }[]>;
};
