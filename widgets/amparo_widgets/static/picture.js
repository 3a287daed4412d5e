// @ts-check
// What pictures have in common: one tab stop, arrow keys, tabs, a sentence that says what is there.
import { el } from "./common.js";

const TOWARDS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The middle of an element on the screen. */
function middleOf(node) {
  const { left, top, width, height } = node.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}

/** The nearest stop in the direction of an arrow key; sideways distance counts double. */
function nearestStop(stops, from, [dx, dy]) {
  const [x, y] = middleOf(from);
  let best = null;
  let least = Infinity;
  for (const stop of stops) {
    const [sx, sy] = middleOf(stop);
    const ahead = (sx - x) * dx + (sy - y) * dy;
    const aside = Math.abs((sx - x) * dy) + Math.abs((sy - y) * dx);
    const distance = ahead + 2 * aside;
    if (stop !== from && ahead > 1 && distance < least) [best, least] = [stop, distance];
  }
  return best;
}

/** The next or the one before in reading order; Left means "next" where one reads from the right. */
function nextStop(stops, from, key, rtl) {
  const forward = key === "ArrowDown" || key === (rtl ? "ArrowLeft" : "ArrowRight");
  return stops[stops.indexOf(from) + (forward ? 1 : -1)];
}

/**
 * Make the `[data-stop]` buttons of *box* one tab stop that the arrow keys walk.
 *   inLine: walk in reading order; without it to the nearest in that direction.
 *   onReach(stop): a stop has the focus.
 * Returns refresh(), to be called when the stops were drawn anew.
 */
export function rove(box, { inLine = false, rtl = false, onReach = () => {} } = {}) {
  const stops = () => [...box.querySelectorAll("[data-stop]")].filter((one) => one.offsetParent !== null);
  let last = "";
  const only = (chosen) => {
    for (const stop of stops()) stop.tabIndex = stop === chosen ? 0 : -1;
  };
  box.addEventListener("focusin", (event) => {
    const stop = event.target.closest?.("[data-stop]");
    if (!stop) return;
    last = stop.dataset.stop;
    only(stop);
    onReach(stop);
  });
  box.addEventListener("keydown", (event) => {
    const here = event.target.closest?.("[data-stop]");
    const all = stops();
    const end = { Home: all[0], End: all.at(-1) }[event.key];
    const towards = TOWARDS[event.key];
    if (!here || (!end && !towards)) return;
    event.preventDefault();
    (end ?? (inLine ? nextStop(all, here, event.key, rtl) : nearestStop(all, here, towards)))?.focus();
  });
  return () => {
    const all = stops();
    only(all.find((one) => one.dataset.stop === last) ?? all[0]);
  };
}

/** Redraw inside *box* and leave the focus on the same stop. */
export function keepingFocus(box, redraw) {
  const stop = document.activeElement?.closest?.("[data-stop]")?.dataset.stop;
  const inside = stop !== undefined && box.contains(document.activeElement);
  redraw();
  if (inside) [...box.querySelectorAll("[data-stop]")].find((one) => one.dataset.stop === stop)?.focus();
}

/**
 * A small list of tabs over panels: *pairs* are [id, label, panel].
 * Returns {node, chosen()}.
 */
export function tabList(name, pairs, rtl, onChoose = () => {}) {
  let chosen = pairs[0][0];
  const tabs = pairs.map(([id, label, panel]) => {
    panel.id = `${name}-${id}`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", `${name}-${id}-tab`);
    return el("button", { type: "button", role: "tab", id: `${name}-${id}-tab`, "aria-controls": panel.id,
      "data-tab": id, class: "pic-tab", onclick: () => choose(id) }, label);
  });
  const choose = (id) => {
    chosen = id;
    pairs.forEach(([one, , panel], index) => {
      tabs[index].setAttribute("aria-selected", String(one === id));
      tabs[index].tabIndex = one === id ? 0 : -1;
      panel.hidden = one !== id;
    });
    onChoose(id);
  };
  const list = el("div", { role: "tablist", class: "pic-tabs" }, ...tabs);
  list.addEventListener("keydown", (event) => {
    const step = { [rtl ? "ArrowLeft" : "ArrowRight"]: 1, [rtl ? "ArrowRight" : "ArrowLeft"]: -1 }[event.key];
    const at = tabs.indexOf(event.target);
    const next = { Home: tabs[0], End: tabs.at(-1) }[event.key] ?? (step ? tabs[(at + step + tabs.length) % tabs.length] : null);
    if (at < 0 || !next) return;
    event.preventDefault();
    choose(next.dataset.tab);
    next.focus();
  });
  choose(chosen);
  return { node: el("div", {}, list, ...pairs.map(([, , panel]) => panel)), chosen: () => chosen };
}

/** A list that edits and its picture: side by side where there is room, the picture first on a phone. */
export function pairOf(list, picture) {
  return el("div", { class: "pic-pair" }, el("div", { class: "pic-side" }, picture), el("div", { class: "pic-list" }, list));
}

/** The same, but what is written stands first on a phone: its picture only follows it. */
export function listFirst(list, picture) {
  return el("div", { class: "pic-pair" }, el("div", { class: "pic-list" }, list), el("div", { class: "pic-side" }, picture));
}

/** Ask every part of the screen to show one record. */
export function showRecord(record) {
  window.dispatchEvent(new CustomEvent("amparo-show", { detail: { record } }));
}

/** Follow `amparo-show`; returns what stops it. */
export function onShowRecord(lists) {
  const follow = (event) => lists.some((list) => list.show(event.detail.record));
  window.addEventListener("amparo-show", follow);
  return () => window.removeEventListener("amparo-show", follow);
}
