import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { escaped, unescaped } from '../../../src/channels/slack/mrkdwn.ts';

// docs.slack.dev/messaging/formatting-message-text
describe('what a person typed, from what Slack made of it', () => {
  it.each([
    ['find <tel:+919845012345|+91 98450 12345>', 'find +91 98450 12345'],
    ['find <mailto:priya@example.com|priya@example.com>', 'find priya@example.com'],
    ['note #12 see <https://example.com/a?b=1&amp;c=2>', 'note #12 see https://example.com/a?b=1&c=2'],
    ['note #12 see <https://example.com|the page>', 'note #12 see the page'],
    ['note #12 5 &lt; 6 &amp; 7 &gt; 6', 'note #12 5 < 6 & 7 > 6'],
    ['assign #12 <@U0SECOND|ravi>', 'assign #12 <@U0SECOND|ravi>'],
  ])('%s', (sent, typed) => {
    expect(unescaped(sent)).toBe(typed);
  });

  it('undoes exactly what escaping does', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(unescaped(escaped(text))).toBe(text)));
  });
});
