// Builds elements. Whatever the router tells becomes text, never markup.

/** `el('p', { class: 'note', on: { click } }, 'text', child)`: null and undefined children are left out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'on') for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined));
  return element;
}

export const byId = id => document.getElementById(id);

/** Replaces the children only where their text differs, so that what is selected or focused stays. */
export function fill(host, ...children) {
  const fresh = el('div', {}, ...children);
  if (host.textContent === fresh.textContent && host.childElementCount === fresh.childElementCount) return;
  host.replaceChildren(...fresh.childNodes);
}
