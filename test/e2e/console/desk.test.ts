/**
 * A tele-caller's desk. The file comes first: it is taken back, and nobody has a lead yet. Then the verdict, while one
 * colleague alone gets new leads.
 */
import account from './account.ts';
import calendar from './calendar.ts';
import call from './call.ts';
import calling from './calling.ts';
import { office } from './console.ts';
import enquiry from './enquiry.ts';
import imports from './imports.ts';
import leads from './leads.ts';
import notices from './notices.ts';
import signIn from './sign-in.ts';

office({
  'a file of leads in the console': imports,
  'an enquiry’s verdict': enquiry,
  'tasks and the calendar in the console': calendar,
  'the list of leads': leads,
  'logging a call': call,
  'a calling session in the console': calling,
  'notices in the console': notices,
  'linking a chat account': account,
  'signing in to the console': signIn,
});
