import type { Guide, GuidePlace } from '../../core/guide.ts';
import { colleaguesStep } from '../staff/guide.ts';

/** core.telegram.org/bots/features#botfather */
export const telegramGuide = ({ settings, webhook }: GuidePlace): Guide => {
  const isStaff = settings.audience === 'staff';
  return {
    intro: isStaff
      ? 'A bot that colleagues work their leads with. It is another one than the customers’.'
      : 'A bot that customers write to. A link t.me/<bot>?start=diwali-poster makes the poster the lead’s campaign.',
    steps: [
      {
        title: 'Make a bot',
        lines: [
          'Open @BotFather in Telegram and write /newbot.',
          'Give it a name that people see and a user name that ends in “bot”. @BotFather answers with the token.',
          ...(isStaff
            ? [
                'Write /setjoingroups and choose Disable: what is said to this bot is for one colleague’s eyes.',
              ]
            : ['With /setuserpic and /setdescription it looks like your firm.']),
        ],
        links: [{ label: '@BotFather', url: 'https://t.me/BotFather' }],
        fields: [{ path: 'token', label: 'Token', hint: 'Looks like 123456:ABC-DEF…', secret: true }],
      },
      {
        title: 'How Telegram reaches us',
        lines: [
          `Nothing is to be pasted: Telegram is told by itself to call ${webhook}, which must be public https.`,
          'Without a public address we ask Telegram instead.',
        ],
        fields: [
          {
            path: 'polling',
            label: 'Way',
            optional: true,
            options: [
              { value: 'false', label: 'Telegram calls us' },
              { value: 'true', label: 'We ask Telegram' },
            ],
          },
        ],
      },
      ...(isStaff ? [colleaguesStep('“link” with the code in a private chat with the bot')] : []),
    ],
  };
};
