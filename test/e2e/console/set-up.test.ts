/** How an office is set up. The sales floor comes first: it counts stages and leads; roles come last: a manager loses rights. */
import { office } from './console.ts';
import intake from './intake.ts';
import roles from './roles.ts';
import salesFloor from './sales-floor.ts';
import settings from './settings.ts';

office(
  {
    'how the sales floor is set up': salesFloor,
    'the settings': settings,
    'forms and sources of leads': intake,
    'roles in the console': roles,
  },
  // Time travel is a process of its own, on the data of this one.
  { ownStore: true },
);
