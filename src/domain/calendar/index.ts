import { defineModule } from '../../core/define.ts';
import { feedChanged } from './contract.ts';
import {
  calendarFeedHandler,
  newCalendarFeedHandler,
  readCalendarFeedHandler,
  stopCalendarFeedHandler,
} from './feed.ts';
import {
  answerInvitationHandler,
  invitationHandler,
  invitationLinkHandler,
  openInvitationHandler,
} from './invitation.ts';
import { calendarRangeHandler } from './range.ts';
import { calendarSubscribers } from './subscribers.ts';

export const calendar = defineModule({
  name: 'calendar',
  summary: 'One calendar over appointments, tasks, follow-ups and reminders; feeds and invitations',
  handlers: [
    calendarRangeHandler,
    calendarFeedHandler,
    newCalendarFeedHandler,
    stopCalendarFeedHandler,
    readCalendarFeedHandler,
    invitationLinkHandler,
    invitationHandler,
    openInvitationHandler,
    answerInvitationHandler,
  ],
  events: [feedChanged],
  subscribers: calendarSubscribers,
});
