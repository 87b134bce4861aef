import { upload } from '../../api/upload.ts';

/** Sends a file of leads. Answers the import's id. */
export const uploadFile = async (file: File, told: (part: number) => void): Promise<string> =>
  (await upload<{ importId: string }>('/api/imports', file, told)).importId;
