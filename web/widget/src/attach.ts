/** Files into the chat: by the button (a phone offers its camera), dropped on the window, or pasted. */
import type { Chat } from './chat.ts';
import { h, icon } from './dom.ts';
import type { Words } from './words.ts';

const accepted =
  'image/*,audio/*,video/*,application/pdf,text/plain,.csv,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.odt,.ods,.vcf';

export function createAttach(chat: Chat, words: Words, panel: HTMLElement, input: HTMLElement): HTMLElement {
  const chooser = h('input', {
    type: 'file',
    accept: accepted,
    multiple: true,
    hidden: true,
    tabindex: '-1',
    onchange() {
      take(chooser.files);
      chooser.value = '';
    },
  });
  const button = h(
    'button',
    { type: 'button', class: 'attach', 'aria-label': words.attach, onclick: () => chooser.click() },
    icon('clip'),
  );

  function take(files: Iterable<File> | null | undefined): boolean {
    const list = [...(files ?? [])].slice(0, 5);
    for (const file of list) chat.sendFile(file);
    return list.length > 0;
  }

  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files');
  panel.addEventListener('dragover', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    panel.classList.add('dropping');
  });
  panel.addEventListener('dragleave', (event) => {
    if (!panel.contains(event.relatedTarget as Node | null)) panel.classList.remove('dropping');
  });
  panel.addEventListener('drop', (event) => {
    panel.classList.remove('dropping');
    if (carriesFiles(event)) event.preventDefault();
    take(event.dataTransfer?.files);
  });
  input.addEventListener('paste', (event) => {
    if (take((event as ClipboardEvent).clipboardData?.files)) event.preventDefault();
  });
  panel.append(h('div', { class: 'drop', 'aria-hidden': 'true' }, words.drop));
  return h('span', { class: 'attaching' }, button, chooser);
}
