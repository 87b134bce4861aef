/**
 * What the Send API refuses. Fixtures after developers.facebook.com/docs/messenger-platform/error-codes,
 * …/reference/send-api and …/discovery/private-replies.
 */
import type { FacebookState, MetaPerson } from './state.ts';

export type SendProblem = { status: number; code: number; subcode?: number; message: string };
const hours = 3600_000;
const bad = (message: string, subcode?: number): SendProblem => ({
  status: 400,
  code: 100,
  message,
  ...(subcode && { subcode }),
});

export function problemWithMessage({ message }: Record<string, any>): SendProblem | undefined {
  const { text, quick_replies: replies = [], attachment, metadata = '' } = message ?? {};
  if (text === undefined && !attachment)
    return bad('Message cannot be empty, must provide valid attachment or text');
  if (typeof text === 'string' && text.length > 2000)
    return bad('Length of param message[text] must be less than or equal to 2000');
  if (replies.length > 13)
    return bad('Length of param message[quick_replies] must be less than or equal to 13');
  for (const { content_type, title, payload } of replies) {
    if (content_type !== 'text')
      return bad('param content_type must be one of text, user_phone_number, user_email');
    if (!title || title.length > 20) return bad('Length of param title must be less than or equal to 20');
    if (!payload || payload.length > 1000)
      return bad('Length of param payload must be less than or equal to 1000');
  }
  if (metadata.length > 1000)
    return bad('Length of param message[metadata] must be less than or equal to 1000');
  return undefined;
}

/** Within 24 hours anything; with the tag of a human agent within seven days. */
export function problemWithPerson(
  person: MetaPerson | undefined,
  body: Record<string, any>,
  now: Date,
): SendProblem | undefined {
  if (!person) return bad('No matching user found', 2018001);
  if (person.blocked)
    return { status: 403, code: 551, subcode: 1545041, message: "This person isn't available right now." };
  const age = person.lastInboundAt
    ? now.getTime() - person.lastInboundAt.getTime()
    : Number.POSITIVE_INFINITY;
  const most =
    body.messaging_type === 'MESSAGE_TAG' && body.tag === 'HUMAN_AGENT' ? 7 * 24 * hours : 24 * hours;
  return age > most
    ? { status: 400, code: 10, subcode: 2018278, message: 'This message is sent outside of allowed window.' }
    : undefined;
}

export function problemWithComment(state: FacebookState, id: string, now: Date): SendProblem | undefined {
  const comment = state.comments.get(id);
  if (!comment) return bad('Object does not exist, cannot be loaded due to missing permission');
  if (comment.replied) return { status: 400, code: 10900, message: 'Activity already replied to' };
  if (now.getTime() - comment.at.getTime() > 7 * 24 * hours)
    return { status: 400, code: 10903, message: 'This user can’t reply to this activity' };
  return undefined;
}
