/** What the server shows beside commands and queries: files, uploads, leads that others send, web chat. */
import { fileRoutes } from '../api/files.ts';
import { formRoutes } from '../api/forms.ts';
import { importRoutes } from '../api/imports.ts';
import { leadIntakeRoutes } from '../api/lead-intake.ts';
import { mediaRoutes } from '../api/media.ts';
import { meetRoutes } from '../api/meet.ts';
import { recordingRoutes } from '../api/recordings.ts';
import type { ApiDeps } from '../api/server.ts';
import { voiceNoteRoutes } from '../api/voice-notes.ts';
import type { Accounts } from '../channels/accounts.ts';
import type { MediaStore } from '../channels/media-store.ts';
import { isWebchatAccount } from '../channels/webchat/channel.ts';
import { webchatPlugin } from '../channels/webchat/plugin.ts';
import type { ChannelPort } from '../core/define.ts';
import { createTranscript } from '../domain/conversations/transcript.ts';
import { fileOpener } from '../domain/files/links.ts';
import { createFormIntake } from '../domain/forms/intake.ts';
import { createImportIntake } from '../domain/imports/intake.ts';
import { createLeadIntake } from '../domain/sources/intake.ts';
import { recordingPlayer } from '../domain/telephony/play.ts';
import { createTranscriber, voiceTypes } from '../llm/transcribe.ts';
import type { Files } from './files.ts';
import type { Kernel } from './kernel.ts';
import { visitorPorts } from './visitors.ts';

type Given = { accept: ChannelPort['accept']; accounts: Accounts; files: Files; media: MediaStore };

export function createPages(kernel: Kernel, { accept, accounts, files, media }: Given): ApiDeps['plugins'] {
  const { bus, clock, config, ids, live } = kernel;
  const transcript = createTranscript('webchat', live);
  const webchats = () =>
    accounts
      .all()
      .map(({ account }) => account)
      .filter(isWebchatAccount);
  const opener = fileOpener(bus, config, files.store);
  const voice = {
    types: voiceTypes,
    read: createTranscriber(config.app.llm, () => config.env.LLM_API_KEY ?? 'none'),
  };
  return [
    (app) => mediaRoutes(app, media),
    (app) => fileRoutes(app, { bus, clock }, { open: opener, uploads: files.uploads }),
    (app) => voiceNoteRoutes(app, { bus, clock }, voice),
    (app) => recordingRoutes(app, recordingPlayer(bus, config, files.recordings), clock),
    (app) => meetRoutes(app, bus, config),
    (app) => formRoutes(app, createFormIntake({ config, clock, accept })),
    (app) => leadIntakeRoutes(app, createLeadIntake({ config, clock, ids, accept })),
    (app) => importRoutes(app, { bus, clock, intake: createImportIntake({ bus, clock, ids }) }),
    async (app) =>
      void (await app.register(webchatPlugin, {
        accounts: webchats,
        transcript,
        ...visitorPorts(kernel, accounts, files.uploads),
      })),
  ];
}
