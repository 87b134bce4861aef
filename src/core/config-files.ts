/** How files of conversations are kept, scanned and given out. */
import { z } from 'zod';

export const filesSchema = z
  .object({
    maxMegabytes: z
      .number()
      .positive()
      .max(100)
      .default(20)
      .describe('The largest file that visitors and colleagues may upload.'),
    keepDays: z
      .number()
      .int()
      .nonnegative()
      .default(0)
      .describe('Files of conversations are removed after so many days; 0: kept for good.'),
    linkHours: z
      .number()
      .positive()
      .default(24)
      .describe('How long an address can be opened by which a customer gets a file of ours.'),
    scan: z
      .object({
        clamd: z
          .string()
          .default('')
          .describe('ClamAV’s daemon: its socket (/run/clamav/clamd.ctl) or host:port. Empty: not used.'),
        command: z
          .array(z.string().min(1))
          .default([])
          .describe(
            'Instead: a program with its arguments that reads the file from standard input and ends with 0 (clean) or 1 (infected), e.g. [clamscan, --no-summary, "-"].',
          ),
        timeoutMs: z.number().int().positive().default(30_000),
      })
      .prefault({})
      .describe('The virus scanner: no file is shown or sent before it has passed. Neither set: none looks.'),
  })
  .prefault({});
