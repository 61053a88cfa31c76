/** Building and finding elements. Texts are always set as text, never as markup. */

/** The element with this id. */
export const byId = (id) => document.getElementById(id);

/** A new element: `props` are its properties, `attributes` go through setAttribute. */
export function make(tag, { attributes = {}, ...props } = {}, ...children) {
  const element = Object.assign(document.createElement(tag), props);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Letters without marks, lower case, for searching. */
export const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

/** Runs `work` once things have been quiet for `delayMs`. */
export function quietly(delayMs, work) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, delayMs);
  };
}
