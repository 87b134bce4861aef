/** `FollowUp` → “Follow up”, `lostReason` → “lost reason”: what the rights call a record or a field, as people say it. */
export const inWords = (name: string): string =>
  name.replace(/([a-z])([A-Z])/g, (_, before: string, letter: string) => `${before} ${letter.toLowerCase()}`);
