/** `@priya` in a note: whoever is meant, by their whole name, their first name where nobody else has it, or their address. */
type Named = { id: string; name: string; email: string };

export function mentioned<P extends Named>(text: string, people: P[]): P[] {
  const said = text.toLowerCase();
  const first = ({ name }: Named) => name.toLowerCase().split(/\s+/)[0]!;
  const alone = (one: Named) => people.filter((other) => first(other) === first(one)).length === 1;
  return people.filter((one) => {
    const names = [
      one.name.toLowerCase(),
      one.email.toLowerCase().split('@')[0]!,
      ...(alone(one) ? [first(one)] : []),
    ];
    return names.some((name) => isSaid(said, `@${name}`));
  });
}

/** Not as a part of a longer word: `@ravi` is not in `@ravindra`, nor in `sales@ravi.example`. */
function isSaid(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text.slice(at + name.length);
    if (!/[\p{L}\p{N}._-]/u.test(before) && !/^(?:[\p{L}\p{N}_@-]|\.[\p{L}\p{N}])/u.test(after)) return true;
  }
  return false;
}
