import type { Guide, GuidePlace } from '../../core/guide.ts';

export const webchatGuide = ({ account, publicUrl }: GuidePlace): Guide => ({
  intro: 'The chat in the corner of your website. It needs no account anywhere.',
  steps: [
    {
      title: 'Put it on your pages',
      lines: [
        'Paste the line before </body> of every page; in WordPress: a “Custom HTML” block in the footer; in Google Tag Manager: a tag “Custom HTML” on all pages.',
        'Reload a page of yours: the chat stands in its lower corner.',
      ],
      copies: [
        {
          label: 'Line for your pages',
          text: `<script src="${publicUrl}/widget.js" data-account="${account}" async></script>`,
        },
      ],
    },
    {
      title: 'How it looks and who may embed it',
      lines: [
        'Title, colour, greetings and the sites that may show it stand in config/channels.yaml under this account: title, colour, greeting, greetings, allowedOrigins.',
        'As shipped every site may show it. Name yours in allowedOrigins, e.g. https://*.example.com.',
      ],
    },
  ],
});
