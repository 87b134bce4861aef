/** Customers who write, twice or in anger, and what they are answered. */
import { office } from './console.ts';
import duplicates from './duplicates.ts';
import inbox from './inbox.ts';
import knowledge from './knowledge.ts';
import tickets from './tickets.ts';

office({
  'duplicates in the console': duplicates,
  'tickets in the console': tickets,
  'the inbox': inbox,
  'the knowledge base in the console': knowledge,
});
