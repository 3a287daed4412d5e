// @ts-check
// Simple view: one thing at a time, with big Back and Next and "2 of 7". Outside of it nothing is
// hidden: a class does it, and a style for the screen alone, so that paper shows everything.
import { el, say } from "./common.js";
import { icon } from "./icons.js";

function isSimple() {
  return document.documentElement.classList.contains("am-simple");
}

/**
 * Show one of several elements at a time in simple view.
 *   items(): the elements, as they are now.
 *   name: of one of them ("Question"), put before "2 of 7".
 *   onShow(item): it came into view.
 *   onEnd: what the last "Next" does; without it there is none.
 * Returns {node, refresh(), show(item)}; *node* holds the buttons.
 */
export function pager(items, { name = "", onShow = () => {}, onEnd = null } = {}) {
  let current = null;
  const count = el("span", { class: "pager-count", role: "status" });
  const back = el("button", { type: "button", class: "pager-back", onclick: () => move(-1) }, icon("back"), el("span", {}, say("part.simple.back")));
  const next = el("button", { type: "button", class: "main pager-next", onclick: () => move(1) }, icon("next"), el("span", {}, say("part.simple.next")));
  const end = el("button", { type: "button", class: "main pager-end", hidden: true, onclick: () => onEnd?.() }, icon("done"), el("span", {}, say("part.simple.done")));
  const node = el("div", { class: "pager", role: "group", "aria-label": name || say("part.simple.one") }, back, count, next, end);
  const refresh = () => {
    const all = items();
    if (!all.includes(current)) current = all[0] ?? null;
    const at = all.indexOf(current);
    all.forEach((one) => one.classList.toggle("am-away", one !== current));
    node.classList.toggle("alone", all.length < 2 && !onEnd);
    back.disabled = at <= 0;
    next.hidden = at >= all.length - 1;
    end.hidden = !onEnd || at < all.length - 1;
    const words = all.length ? `${name} ${say("part.simple.count", { number: at + 1, all: all.length })}`.trim() : "";
    if (count.textContent !== words) count.textContent = words;
  };
  const show = (item) => {
    current = item;
    refresh();
    onShow(item);
  };
  const move = (step) => {
    const all = items();
    const item = all[all.indexOf(current) + step];
    if (!item) return;
    show(item);
    focusIn(item);
  };
  refresh();
  return { node, refresh, show: (item) => { if (items().includes(item)) show(item); } };
}

/** Put the reader where the new thing begins. */
function focusIn(item) {
  if (!isSimple()) return;
  const first = item.querySelector("input, select, textarea, summary, .ask");
  if (first && !first.matches("input, select, textarea, summary")) first.tabIndex = -1;
  first?.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}
