/** What Baileys must remember of a device, kept by the app: one key a document, written under the account's lease. */
import {
  type AuthenticationCreds,
  type AuthenticationState,
  BufferJSON,
  initAuthCreds,
  proto,
  type SignalDataSet,
  type SignalDataTypeMap,
} from '@whiskeysockets/baileys';
import type { AppSide } from '../linked/contract.ts';

const credsName = 'creds';

/** @returns the state, and how its creds are saved; `saved` resolves when all that was saved is durable. */
export async function loadAuthState(app: Pick<AppSide, 'keysGet' | 'keysSet'>): Promise<{
  state: AuthenticationState;
  save(): void;
  saved(): Promise<void>;
}> {
  const kept = (await app.keysGet([credsName]))[credsName];
  const creds: AuthenticationCreds = kept ? read(kept) : initAuthCreds();
  let saving: Promise<void> = Promise.resolve();

  return {
    state: {
      creds,
      keys: {
        async get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]) {
          const found = await app.keysGet(ids.map((id) => `${type}-${id}`));
          const values: { [id: string]: SignalDataTypeMap[T] } = {};
          for (const id of ids) {
            const value = found[`${type}-${id}`];
            if (value !== undefined) values[id] = rebuild(type, read(value));
          }
          return values;
        },
        async set(data: SignalDataSet) {
          const changes = Object.entries(data).flatMap(([type, values]) =>
            Object.entries(values ?? {}).map(([id, value]) => ({
              name: `${type}-${id}`,
              value: value ? write(value) : null,
            })),
          );
          await app.keysSet(changes);
        },
      },
    },
    save() {
      // One after the other: the last word must be the last one written.
      saving = saving.catch(() => {}).then(() => app.keysSet([{ name: credsName, value: write(creds) }]));
      saving.catch(() => {});
    },
    saved: () => saving.catch(() => {}),
  };
}

const write = (value: unknown): string => JSON.stringify(value, BufferJSON.replacer);
const read = (text: string) => JSON.parse(text, BufferJSON.reviver);

/** A sync key is a message of theirs, which JSON forgets. */
const rebuild = <T extends keyof SignalDataTypeMap>(
  type: T,
  value: SignalDataTypeMap[T],
): SignalDataTypeMap[T] =>
  type === 'app-state-sync-key'
    ? (proto.Message.AppStateSyncKeyData.fromObject(value as object) as unknown as SignalDataTypeMap[T])
    : value;
