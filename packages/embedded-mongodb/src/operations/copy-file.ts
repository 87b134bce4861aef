import { copyBytes } from './files.ts';
import { Pace } from './progress.ts';

// Run by itself: `copy-file.ts FROM TO BYTES`. See copyElsewhere.
const [from, to, bytes] = process.argv.slice(2) as [string, string, string];
await copyBytes(from, to, Number(bytes), new Pace());
