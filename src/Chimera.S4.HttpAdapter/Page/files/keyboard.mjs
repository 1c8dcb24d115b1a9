// The keys of the page; those of an open dialog and of a text field are left alone.

export function listen({ search, move, openActive, close, toRows, help }) {
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    const field = event.target.closest('input, select, textarea');
    if (field) {
      if (event.key === 'Escape' && field === search) {
        if (search.value === '') toRows();
        else {
          search.value = '';
          search.dispatchEvent(new Event('input'));
        }
        event.preventDefault();
      } else if (field === search && (event.key === 'ArrowDown' || event.key === 'Enter')) {
        toRows();
        event.preventDefault();
      }
      return;
    }
    const inRows = event.target.closest('#rows') !== null || event.target === document.body;
    const acts = {
      '/': () => { search.focus(); search.select(); },
      '?': help,
      Escape: close,
      ...(inRows ? {
        ArrowDown: () => move(1), ArrowUp: () => move(-1), PageDown: () => move(15), PageUp: () => move(-15), Home: () => move(-Infinity), End: () => move(Infinity),
        Enter: openActive, ' ': openActive,
      } : {}),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
