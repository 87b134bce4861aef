/** What is done inside WhatsApp's page beyond what the library offers. */
import type { Page } from 'puppeteer';
import type { PageMessage } from './read.ts';

/** Names the next message that is sent: its id is known before it leaves, so that a lost answer can be settled. */
export async function nameNextMessage(page: Page, id: string): Promise<void> {
  await page.evaluate((wanted: string) => {
    const key = (window as any).require('WAWebMsgKey');
    const usual = key.newId;
    key.newId = async () => {
      key.newId = usual;
      return wanted;
    };
  }, id);
}

/** What came while nobody listened: the newest messages of the chats that have unread ones, as the library models them. */
export function unreadMessages(page: Page): Promise<PageMessage['_data'][]> {
  return page.evaluate(() => {
    const { Chat } = (window as any).require('WAWebCollections');
    return Chat.getModelsArray()
      .filter((chat: any) => chat.unreadCount > 0)
      .flatMap((chat: any) => chat.msgs.getModelsArray().slice(-Math.min(chat.unreadCount, 50)))
      .map((message: any) => (window as any).WWebJS.getMessageModel(message));
  });
}
