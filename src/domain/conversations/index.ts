import { defineModule } from '../../core/define.ts';
import {
  draftReplyHandler,
  keepWrittenHandler,
  summariseConversationHandler,
  summariseLeadHandler,
} from './commands/assistance.ts';
import { joinConsentHandler, partConsentHandler } from './commands/consent.ts';
import { assignConversationsHandler, linkContactHandler, setConsentHandler } from './commands/linking.ts';
import { contextOfHandler, proveIdentityHandler } from './commands/proving.ts';
import { deliverNoticeHandler, sendMessageHandler } from './commands/sending.ts';
import { signalConversationHandler, tellConversationsHandler } from './commands/signals.ts';
import {
  handBackHandler,
  markReadHandler,
  replyAsStaffHandler,
  takeOverHandler,
} from './commands/working.ts';
import {
  channelAway,
  channelBack,
  conversationBegun,
  conversationChanged,
  conversationHandedOver,
  filesReceived,
  messageReceived,
  messageSent,
} from './contract.ts';
import { messageDataset } from './dataset.ts';
import { proveLedger } from './jobs.ts';
import { conversationPointer } from './pointers.ts';
import {
  getConversationHandler,
  listConversationsHandler,
  listMessagesHandler,
  reachContactHandler,
} from './queries/conversations.ts';
import {
  ledgerDaysHandler,
  ledgerHandler,
  listDeadLettersHandler,
  outboxStatesHandler,
  replayDeadLetterHandler,
} from './queries/missed.ts';
import { lastHeardHandler, listOutagesHandler, outboxQueuesHandler } from './queries/outages.ts';
import { conversationWalksHandler } from './queries/walks.ts';
import { subscribers } from './subscribers.ts';

export const conversations = defineModule({
  name: 'conversations',
  datasets: [messageDataset],
  summary: 'What customers and we say to each other: inbox, lanes, turns, transcripts, outbox',
  handlers: [
    sendMessageHandler,
    deliverNoticeHandler,
    takeOverHandler,
    handBackHandler,
    replyAsStaffHandler,
    markReadHandler,
    assignConversationsHandler,
    linkContactHandler,
    setConsentHandler,
    proveIdentityHandler,
    contextOfHandler,
    joinConsentHandler,
    partConsentHandler,
    signalConversationHandler,
    tellConversationsHandler,
    summariseConversationHandler,
    summariseLeadHandler,
    draftReplyHandler,
    keepWrittenHandler,
    listConversationsHandler,
    getConversationHandler,
    listMessagesHandler,
    reachContactHandler,
    conversationWalksHandler,
    listDeadLettersHandler,
    outboxStatesHandler,
    listOutagesHandler,
    outboxQueuesHandler,
    lastHeardHandler,
    replayDeadLetterHandler,
    ledgerHandler,
    ledgerDaysHandler,
  ],
  pointers: [conversationPointer],
  events: [
    messageReceived,
    conversationBegun,
    filesReceived,
    messageSent,
    conversationChanged,
    conversationHandedOver,
    channelAway,
    channelBack,
  ],
  subscribers,
  jobs: [proveLedger],
});
