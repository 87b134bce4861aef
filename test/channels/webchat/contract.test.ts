import { fastify } from 'fastify';
import { isWebchatAccount, webchat, webchatSettings } from '../../../src/channels/webchat/channel.ts';
import { webchatPlugin } from '../../../src/channels/webchat/plugin.ts';
import { channelContract, type Opened } from '../contract/suite.ts';

type WebchatOpened = Opened & { post(body: object): Promise<void> };

channelContract({
  name: 'webchat',
  secrets: ['a test secret'],
  async open(port): Promise<WebchatOpened> {
    const account = await webchat.open({ id: 'main', settings: webchatSettings.parse({}) }, port);
    if (!isWebchatAccount(account)) throw new Error('not a web chat');
    const app = fastify();
    await app.register(webchatPlugin, {
      accounts: () => [account],
      transcript: { after: async () => [], subscribe: () => () => {} },
    });
    const { token } = (await app.inject({ method: 'POST', url: '/webchat/sessions' })).json();
    return {
      account,
      sent: () => [],
      close: () => app.close(),
      async post(body) {
        const answer = await app.inject({
          method: 'POST',
          url: '/webchat/messages',
          headers: { authorization: `Bearer ${token}` },
          payload: body,
        });
        if (answer.statusCode !== 202) throw new Error(`not acknowledged: ${answer.statusCode}`);
      },
    };
  },
  deliver: (opened, { id, text }) => (opened as WebchatOpened).post({ clientMessageId: id, text }),
});
