/** Entry of the server process; `PARLEY_ROLE` says whether it serves HTTP, works the queues, or both. */
import { serve } from './cli/serve.ts';

await serve();
