// Questions before something is done. A dialog stays, and says why, until it was done or given up.
import { el } from './dom.mjs';
import { keys } from './api.mjs';

function control(field) {
  if (field.kind === 'tick') return el('label', { class: 'tick' }, el('input', { type: 'checkbox', name: field.name, required: field.required ?? true }), el('span', {}, field.label));
  if (field.kind === 'choice')
    return el('label', {}, field.label, el('select', { name: field.name }, field.options.map(([value, text]) => el('option', { value }, text))));
  return el('label', {}, field.label, el('input', {
    type: field.kind ?? 'text', name: field.name, maxlength: field.most ?? 200, required: field.required ?? false, autocomplete: 'off', spellcheck: 'false', value: field.value,
  }));
}

/** Where keys are configured: the role that is needed may be another than this tab's. */
export const keyField = role => keys.needed ? [{ name: 'key', kind: 'password', label: `Key with the role ${role} (empty: the key of this tab)`, most: 128 }] : [];

/**
 * Asks, and calls `run(values)`; what that throws is shown. Resolves to its result, or null where it was given up. `says(values)` tells what will be done, as the fields stand;
 * a word given on other words (a required tick) is taken back when they change.
 */
export function confirm({ title, lines, fields, says, action, isDanger = true, run }) {
  return new Promise(resolve => {
    const wrong = el('p', { class: 'wrong', role: 'alert', hidden: true });
    const told = says ? el('p', { class: 'told', role: 'status' }) : null;
    const go = el('button', { type: 'submit', class: isDanger ? 'danger' : '' });
    const form = el('form', {});
    const controls = fields.map(control);
    form.append(...controls.slice(0, -1), ...(told ? [told] : []), ...controls.slice(-1), wrong, el('div', { class: 'foot' }, el('button', { type: 'button', on: { click: () => dialog.close() } }, 'Leave it'), go));
    const dialog = el('dialog', { 'aria-labelledby': 'dialog-title' }, el('h2', { id: 'dialog-title' }, title), lines.map(text => el('p', {}, text)), form);
    const tell = () => {
      const values = Object.fromEntries(new FormData(form));
      go.textContent = typeof action === 'function' ? action(values) : action;
      if (told === null || told.textContent === says(values)) return;
      told.textContent = says(values);
      for (const tick of form.querySelectorAll('input[type=checkbox][required]')) tick.checked = false;
    };
    form.addEventListener('input', tell);
    tell();
    let result = null;
    form.addEventListener('submit', async event => {
      event.preventDefault();
      const values = Object.fromEntries(new FormData(form));
      go.disabled = true;
      wrong.hidden = true;
      try {
        result = await run({ ...values, key: values.key || keys.current });
        dialog.close();
      } catch (error) {
        wrong.textContent = error.message;
        wrong.hidden = false;
        go.disabled = false;
      }
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
    (form.querySelector('input, select') ?? go).focus();
  });
}

const shortcuts = [['/', 'search'], ['↑ ↓', 'move between intents'], ['Home End', 'first, last'], ['Enter', 'open the intent'], ['Esc', 'close it; in the search: clear it'], ['?', 'this help']];

export function help() {
  const dialog = el('dialog', { 'aria-labelledby': 'dialog-title' },
    el('h2', { id: 'dialog-title' }, 'Keyboard'),
    el('div', { class: 'keys' }, shortcuts.flatMap(([key, what]) => [el('kbd', {}, key), el('span', {}, what)])),
    el('form', {}, el('div', { class: 'foot' }, el('button', { type: 'button', on: { click: () => dialog.close() } }, 'Close'))));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
