type Props = Record<string, string | boolean | ((event: any) => void) | undefined>;

/** `h('button', { class: 'send', onclick: fn }, 'Send')`. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const icons = {
  chat: 'M12 3C6.8 3 2.7 6.6 2.7 11c0 2.2 1 4.1 2.7 5.6l-.9 3.6c-.1.5.4.9.8.7l4-1.9c.9.2 1.8.3 2.7.3 5.2 0 9.3-3.6 9.3-8.3S17.2 3 12 3z',
  down: 'M6.3 9.3 12 15l5.7-5.7 1.4 1.4L12 17.8l-7.1-7.1z',
  send: 'M3.4 20.6 21.8 12.7c.6-.3.6-1.1 0-1.4L3.4 3.4c-.6-.3-1.2.3-1 .9l2 6.4 8.6 1.3-8.6 1.3-2 6.4c-.2.6.4 1.2 1 .9z',
  file: 'M6 2h8l5 5v15H6zm7 1.8V8h4.2zM8.5 12h7v1.5h-7zm0 3h7v1.5h-7zm0 3h5v1.5h-5z',
  clip: 'M7.5 21a5 5 0 0 1-3.5-8.600l8.300-8.200a3.600 3.600 0 0 1 5.100 5.100l-8.300 8.200a2.200 2.200 0 0 1-3.100-3.100l7.400-7.400 1.100 1.100-7.400 7.400a.6.6 0 0 0 .9.900l8.300-8.200a2 2 0 0 0-2.900-2.900l-8.300 8.200a3.500 3.500 0 0 0 4.900 4.900l7.500-7.500 1.100 1.100-7.500 7.500A5 5 0 0 1 7.500 21z',
  person:
    'M12 12a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zm0 2c-4.400 0-8 2.300-8 5.200V21h16v-1.800c0-2.900-3.600-5.200-8-5.200z',
  more: 'M12 8a2 2 0 1 1 0-4 2 2 0 0 1 0 4zm0 6a2 2 0 1 1 0-4 2 2 0 0 1 0 4zm0 6a2 2 0 1 1 0-4 2 2 0 0 1 0 4z',
  pin: 'M12 2a7 7 0 0 0-7 7c0 5.2 7 13 7 13s7-7.8 7-13a7 7 0 0 0-7-7zm0 9.6A2.6 2.6 0 1 1 12 6.400a2.6 2.6 0 0 1 0 5.2z',
};

export function icon(name: keyof typeof icons): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', icons[name]);
  path.setAttribute('fill', 'currentColor');
  svg.append(path);
  return svg;
}

export type Row = { key: string; version: string; make: () => HTMLElement };

/** Brings the children into line with the rows and touches only what changed, so that a screen reader reads only what is new. */
export function reconcile(parent: HTMLElement, rows: Row[]): void {
  const kept = new Map(
    [...parent.children].map((child) => [(child as HTMLElement).dataset.key!, child as HTMLElement]),
  );
  let previous: Element | null = null;
  for (const { key, version, make } of rows) {
    let element = kept.get(key);
    kept.delete(key);
    if (element?.dataset.version !== version) {
      const fresh = make();
      fresh.dataset.key = key;
      fresh.dataset.version = version;
      element?.replaceWith(fresh);
      // Only what was not there before may move in.
      if (element) fresh.classList.add('still');
      element = fresh;
    }
    const place: Element | null = previous ? previous.nextElementSibling : parent.firstElementChild;
    if (place !== element) parent.insertBefore(element, place);
    previous = element;
  }
  for (const gone of kept.values()) gone.remove();
}
