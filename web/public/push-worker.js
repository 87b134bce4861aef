/** Shows what the server pushes, and opens the console where it belongs. */
self.addEventListener('push', (event) => {
  let notice = {};
  try {
    notice = event.data?.json() ?? {};
  } catch {
    notice = { body: event.data?.text() };
  }
  const { title = 'Notice', body = '', url = '/', tag } = notice;
  event.waitUntil(
    self.registration.showNotification(title, { body, tag, data: { url }, icon: '/icon.svg', badge: '/icon.svg' }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url ?? '/', self.location.origin);
  // Only ever into the console itself.
  if (url.origin !== self.location.origin) return;
  event.waitUntil(open(url.href));
});

async function open(url) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  for (const window of windows) {
    try {
      await window.focus();
      await window.navigate(url);
      return;
    } catch {
      // Not ours to steer: the next one, or a new one.
    }
  }
  await self.clients.openWindow(url);
}

/** The push service gave this browser another address: the server is told. */
self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(renew(event));
});

async function renew({ oldSubscription, newSubscription }) {
  const made =
    newSubscription ??
    (oldSubscription && (await self.registration.pushManager.subscribe(oldSubscription.options)));
  if (!made) return;
  const { endpoint, keys } = made.toJSON();
  await command('notification.subscribe', { endpoint, keys, browser: 'This browser, renewed' });
  if (oldSubscription) await command('notification.unsubscribe', { endpoint: oldSubscription.endpoint });
}

const command = (name, input) =>
  fetch(`/api/commands/${name}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(input),
  });
