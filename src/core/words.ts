/** The words of a text as a search knows them: small letters, digits and signs of one kind each; the first `most`. */
export const wordsOf = (text: string, most: number): string[] =>
  text
    .toLowerCase()
    .normalize('NFKC')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean)
    .slice(0, most);
