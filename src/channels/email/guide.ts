import type { Guide, GuideField } from '../../core/guide.ts';

const wire = (path: string, label: string): GuideField => ({
  path,
  label,
  optional: true,
  options: [
    { value: 'true', label: 'TLS from the first byte (993, 465)' },
    { value: 'false', label: 'STARTTLS (143, 587)' },
  ],
});

export const emailGuide = (): Guide => ({
  intro:
    'One mailbox that customers write to. What comes in becomes a conversation; answers go out in the same thread, from the same address.',
  steps: [
    {
      title: 'The mailbox',
      lines: [
        'Take a mailbox of its own, say sales@: every mail in its inbox is read. It should be allowed to receive plus addresses (sales+…@), by which answers find their conversation; where it is not, the thread is used.',
        'Gmail and Google Workspace: the account’s Security → 2-Step Verification → App passwords. imap.gmail.com 993, smtp.gmail.com 587.',
        'Microsoft 365: SMTP AUTH and IMAP must be allowed for this mailbox by your administrator. outlook.office365.com 993, smtp.office365.com 587.',
        'Zoho: Settings → Mail accounts → IMAP access on, and an app password. imappro.zoho.in 993, smtppro.zoho.in 587.',
      ],
      links: [{ label: 'Google: app passwords', url: 'https://myaccount.google.com/apppasswords' }],
      fields: [
        { path: 'address', label: 'Address' },
        {
          path: 'imap.user',
          label: 'User',
          hint: 'Usually the address. The same for receiving and sending.',
        },
        {
          path: 'imap.password',
          label: 'Password',
          hint: 'An app password where the provider has them.',
          secret: true,
        },
      ],
    },
    {
      title: 'Its servers',
      lines: ['As your mail provider’s help names them. Parley never sends the password in the clear.'],
      fields: [
        { path: 'imap.host', label: 'IMAP server', place: true },
        { path: 'imap.port', label: 'IMAP port', optional: true, hint: '993' },
        wire('imap.secure', 'IMAP encryption'),
        { path: 'smtp.host', label: 'SMTP server', place: true },
        { path: 'smtp.port', label: 'SMTP port', optional: true, hint: '587' },
        wire('smtp.secure', 'SMTP encryption'),
      ],
    },
    {
      title: 'That mail arrives',
      lines: [
        'Your domain’s DNS should have SPF, DKIM and DMARC entries that name this mail provider; without them answers land among spam. The provider’s help names them.',
      ],
    },
  ],
});
