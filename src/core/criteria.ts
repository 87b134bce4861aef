/** Conditions on a record's fields as people enter them: upper and lower case and blanks around do not matter. */

const plain = (text = ''): string => text.trim().toLowerCase();

/** Whether a value is among those wanted; nothing wanted: any is. */
export const isAmong = (wanted: readonly string[] | undefined, value: string | undefined): boolean =>
  !wanted || wanted.some((each) => plain(each) === plain(value));

/** All fields that are named must fit. */
export const fitsAll = <F extends string>(
  when: Partial<Record<F, readonly string[] | undefined>>,
  facts: Partial<Record<NoInfer<F>, string | undefined>>,
): boolean =>
  (Object.entries(when) as [F, readonly string[] | undefined][]).every(([name, wanted]) =>
    isAmong(wanted, facts[name]),
  );
