/** Numbers of the office and of its flows. Reports come first: flows bring leads, and a day goes by. */
import { office } from './console.ts';
import flows from './flows.ts';
import reports from './reports.ts';

office({ 'reports in the console': reports, 'flows in the console': flows });
