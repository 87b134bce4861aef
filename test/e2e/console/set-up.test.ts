/** How an office is set up. The sales floor comes first: it counts stages and leads; roles come last: a manager loses rights. */
import { office } from './console.ts';
import roles from './roles.ts';
import salesFloor from './sales-floor.ts';
import settings from './settings.ts';

office({
  'how the sales floor is set up': salesFloor,
  'the settings': settings,
  'roles in the console': roles,
});
