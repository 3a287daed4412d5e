// @ts-check
// What simple view adds to every part, whoever wrote it: one card and one field at a time, pictures,
// reading aloud. It works on what is already there, so that no part needs to know of it.
import { el, say, shelf } from "./common.js";
import { icon } from "./icons.js";
import { pager } from "./pager.js";
import { speaker } from "./speak.js";

const UNPAGED = 3;
const LISTS = ".cards, .check-list, .idea-list";

/** Run *make* for *node*, now or when simple view is first turned on; once each. */
export function whenSimple(node, make) {
  if (document.documentElement.classList.contains("am-simple")) {
    make();
    return;
  }
  waiting().makers.set(node, make);
  waiting().nodes.push(new WeakRef(node));
}

/** What waits for simple view; one list a page, also where every part has a copy of this. */
function waiting() {
  if (window.__amparoSimple) return window.__amparoSimple;
  const list = { makers: new WeakMap(), nodes: [] };
  window.__amparoSimple = list;
  window.addEventListener("amparo-simple", (event) => {
    if (!event.detail.on) return;
    for (const one of list.nodes.splice(0)) {
      const node = one.deref();
      list.makers.get(node)?.();
    }
  });
  return list;
}

/** A button that reads sentences of ours aloud. */
export function aloud(words) {
  return speaker(words, { lang: shelf.lang ?? "en", label: say("part.simple.aloud"), picture: icon("speak") });
}

/** A field with its own button; *words* gives label, hint and choices, never the value. */
export function speakField(node, words) {
  whenSimple(node, () => {
    const name = node.querySelector(":scope > legend, :scope > label, :scope > summary, :scope > .field > label, :scope > fieldset > legend");
    name?.after(aloud(words));
  });
}

/** The fields of a form that stand by themselves, not inside another one. */
function fieldsOf(form) {
  return [...form.querySelectorAll(".am-field")].filter((one) => !one.hidden && !one.parentElement.closest(".am-field"));
}

/** In simple view a form asks one thing at a time. */
export function pageFields(form, onEnd = null) {
  whenSimple(form, () => {
    if (fieldsOf(form).length <= UNPAGED) return;
    const unfold = () => { for (const one of form.querySelectorAll("details.more")) one.open = true; };
    const pages = pager(() => fieldsOf(form), { name: say("part.simple.question"), onShow: unfold, onEnd });
    form.classList.add("am-paged");
    const last = fieldsOf(form).at(-1);
    let place = last;
    while (place.parentElement !== form) place = place.parentElement;
    place.after(pages.node);
    unfold();
  });
}

/** In simple view a list shows one card at a time; a card that was just opened comes forward. */
function pageCards(cards) {
  const pages = pager(() => [...cards.children].filter((one) => !one.hidden), { name: say("part.simple.card") });
  cards.after(pages.node);
  cards.addEventListener("toggle", (event) => {
    if (event.target.parentElement === cards && event.target.open) pages.show(event.target);
  }, true);
  new MutationObserver((changes) => {
    const fresh = changes.flatMap((one) => [...one.addedNodes]).find((one) => one.open);
    if (fresh) pages.show(fresh);
    else pages.refresh();
  }).observe(cards, { childList: true });
}

/** Dress one part after it was drawn. */
function dress(element) {
  for (const cards of element.querySelectorAll(`:is(${LISTS}):not([data-dressed])`)) {
    cards.dataset.dressed = "";
    whenSimple(cards, () => pageCards(cards));
  }
  for (const add of element.querySelectorAll(".cards ~ button.main:not(:has(.am-icon))")) add.prepend(icon("add"));
}

/** The drawing that belongs to a word: seen in simple view only. */
export function withIcon(name, ...words) {
  return [icon(name), el("span", {}, ...words)];
}

if (!window.__amparoDressed) {
  window.__amparoDressed = true;
  window.addEventListener("amparo-drawn", (event) => dress(event.detail.element));
}
