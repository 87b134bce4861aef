// Any button of the site may open the chat.
for (const button of document.querySelectorAll('[data-chat]')) {
  button.addEventListener('click', (event) => {
    event.preventDefault();
    window.Parley?.open();
  });
}
