/** This browser as one that can be told: its service worker and its address at its push service. */
export type PushHere = 'ready' | 'insecure' | 'unable' | 'denied';

export function pushHere(): PushHere {
  if (!window.isSecureContext) return 'insecure';
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) return 'unable';
  return Notification.permission === 'denied' ? 'denied' : 'ready';
}

const worker = '/push-worker.js';

/** Asks the person for leave, then the push service for an address. @throws Error in words */
export async function addHere(publicKey: string): Promise<{
  endpoint: string;
  keys: { p256dh: string; auth: string };
}> {
  if ((await Notification.requestPermission()) !== 'granted')
    throw new Error('The browser was not allowed to show notices.');
  await navigator.serviceWorker.register(worker);
  const { pushManager } = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: bytesOf(publicKey) };
  let subscription: PushSubscription;
  try {
    subscription = await pushManager.subscribe(options);
  } catch {
    // Made with another key, say, of a server that was here before.
    await (await pushManager.getSubscription())?.unsubscribe();
    subscription = await pushManager.subscribe(options).catch((error: Error) => {
      throw new Error(`The browser’s push service did not give an address: ${error.message}`);
    });
  }
  const { endpoint, keys } = subscription.toJSON();
  return { endpoint: endpoint!, keys: keys as { p256dh: string; auth: string } };
}

export async function currentEndpoint(): Promise<string | undefined> {
  return (await subscriptionHere())?.endpoint;
}

export async function removeHere(): Promise<void> {
  await (await subscriptionHere())?.unsubscribe();
}

async function subscriptionHere(): Promise<PushSubscription | null | undefined> {
  if (pushHere() === 'unable' || pushHere() === 'insecure') return undefined;
  const registration = await navigator.serviceWorker.getRegistration(worker);
  return registration?.pushManager.getSubscription();
}

/** `Firefox on Linux`, as far as it can be told. */
export function nameOfBrowser(agent = navigator.userAgent): string {
  const find = (names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(agent))?.[1];
  const browser = find([
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ]);
  const system = find([
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'macOS'],
    [/Linux/, 'Linux'],
  ]);
  return [browser ?? 'Browser', system && `on ${system}`].filter(Boolean).join(' ');
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const base64 = base64url.replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
