import type { Answer } from '../core/define.ts';
import type { Again, Content } from '../core/messaging.ts';

/** A command's answer as content. `update` only makes sense where something was pressed. */
export function contents(
  { text, cards = [], form, media = [], update }: Answer,
  { echo, pressed, again }: { echo: string; pressed: boolean; again?: Again },
): Content[] {
  const words = [echo && `Understood: ${echo}`, text].filter(Boolean).join('\n');
  const more = { ephemeral: true, ...(update && pressed && { update: true }) };
  const answers: Content[] = [];
  if (cards.length === 1 && !words) answers.push({ kind: 'card', card: cards[0]!, ...more });
  else if (cards.length)
    answers.push({ kind: 'cards', text: words, cards, ...more, ...(again && cards.length > 1 && { again }) });
  else if (words) answers.push({ kind: 'text', text: words, ...(more.update && { update: true }) });
  for (const file of media) answers.push({ kind: 'media', media: file, caption: file.filename ?? '' });
  if (form) answers.push({ kind: 'form', form });
  return answers.length ? answers : [{ kind: 'text', text: 'Done.' }];
}
