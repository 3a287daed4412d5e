// @ts-check
// One record as a card: closed it is its line, open it is its form. Shared by many parts.
import { announce, draft, el, formOf, newId, say, shelf, typed } from "./common.js";
import { notice } from "./notice.js";
import { pageFields, withIcon } from "./dress.js";
import { control } from "./form.js";

const SHOWN = 5;

/** A new record with the starting values of its form, and whatever *given* brings along. */
export function blank(kind, given = {}) {
  const start = Object.fromEntries(formOf(kind).fields.map((one) => [one.name, one.start]));
  return { id: newId(), kind, version: null, label: "", fields: { ...start, ...given } };
}

/**
 * A record being edited.
 *   record: as Python drew it, or from `blank`.
 *   line: the save line of the part.
 *   refs: kind -> [[id, label]].
 *   only: names of fields to show (all without it); hidden: names not shown.
 *   waive: needed fields that Python fills in by itself.
 *   controls: name of a field -> what makes its control instead of `control`.
 *   shown: how many fields stand before "More".
 *   sections: [[title, [names]], …] folds the fields into parts; the rest follows under "More".
 *   manual: nothing is saved before `submit()`.
 *   onRemoved: called when it is gone; onEnd: what "Done" after the last question does (simple view).
 * Returns {node, update(record), focus(), own, values, touch(name, value), submit()}.
 */
export function recordForm(record, {
  line, refs, only = null, hidden = [], onRemoved = () => {}, removable = true, rest = true, waive = [],
  controls = {}, shown: most = SHOWN, sections = null, manual = false, onEnd = null,
}) {
  const form = formOf(record.kind);
  const all = only || form.single ? form.fields : [...form.fields, ...form.common];
  const shown = all.filter((one) => (only ? only.includes(one.name) : !hidden.includes(one.name)));
  const values = { ...record.fields };
  const warning = el("div", { class: "notice", role: "alert", hidden: true });
  const waits = el("p", { class: "hint waits", hidden: true });
  const token = `half-${record.id}`;
  const own = draft(line, record.kind, record.id, record.version,
    (answer, sent) => notice(warning, answer, sent, own), known(record, form));
  own.held = () => shelf.open.has(token);
  const missing = () => form.fields.filter((one) => one.needed && !one.many && !waive.includes(one.name) && isEmpty(values[one.name]));
  const change = (name) => (next) => {
    values[name] = next;
    if (manual && own.version === null) return;
    const open = own.version === null ? missing() : [];
    waits.hidden = !open.length;
    if (open.length) {
      // A record begins when what it cannot do without is there; until then it is guarded and said.
      shelf.open.add(token);
      waits.textContent = say("part.form.still_needed", { fields: open.map((one) => one.label).join(", ") });
      announce("unsaved", waits.textContent);
      Object.assign(own.dirty, { [name]: next });
      return;
    }
    shelf.open.delete(token);
    own.touch({ [name]: next });
  };
  const made = shown.map((spec) =>
    (controls[spec.name] ?? control)(spec, values[spec.name], change(spec.name), refs));
  own.reset = (theirs) => {
    Object.assign(values, theirs);
    for (const one of made) if (one.spec.name in theirs) one.set(values[one.spec.name]);
  };
  const needed = made.filter((one) => one.spec.needed);
  const optional = made.filter((one) => !one.spec.needed);
  const named = (sections ?? []).map(([title, names]) => [title, made.filter((one) => names.includes(one.spec.name))]);
  const placed = named.flatMap(([, inside]) => inside);
  const first = sections ? [] : [...needed, ...optional].slice(0, Math.max(most, needed.length));
  const later = made.filter((one) => !first.includes(one) && !placed.includes(one));
  const remove = !removable ? null : el("button", { type: "button", class: "quiet", onclick: async () => {
    shelf.open.delete(token);
    if (own.version === null && !own.flying) {
      own.forget();
      announce("saved", say("ui.ready"));
      return onRemoved();
    }
    const answer = await own.remove();
    if (answer.type === "ack") onRemoved();
    else notice(warning, answer, {}, own);
  } }, ...withIcon("remove", say("ui.remove")));
  const node = el("div", { class: "record-form" }, warning, ...first.map((one) => one.node),
    ...named.map(([title, inside], index) => el("details", { class: "more", open: index === 0 },
      el("summary", {}, title), ...inside.map((one) => one.node))),
    later.length && rest ? el("details", { class: "more" }, el("summary", {}, say("part.form.more", { number: later.length })),
      ...later.map((one) => one.node)) : null,
    waits, remove);
  for (const one of made) one.node.classList.add("am-field");
  pageFields(node, onEnd);
  let latest = null;
  const update = (next) => {
    latest = null;
    if (!own.clean()) return;
    // Nothing changes under somebody's cursor. What she writes there goes on from what she saw, so
    // that both versions are shown; if she leaves it unchanged, the other's words come in.
    if (made.some((one) => isUnder(one, next))) {
      latest = next;
      return;
    }
    own.version = next.version;
    Object.assign(values, next.fields);
    for (const one of made) one.set(values[one.spec.name]);
  };
  const isUnder = (one, next) => next.version !== own.version && one.node.contains(document.activeElement)
    && JSON.stringify(values[one.spec.name] ?? null) !== JSON.stringify(next.fields[one.spec.name] ?? null);
  node.addEventListener("focusout", () => setTimeout(() => { if (latest) update(latest); }));
  return { node, update, own, values, focus: () => made[0]?.focus(), touch: (name, next) => change(name)(next),
    submit: () => own.touch(Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)))) };
}

function known(record, form) {
  // What a new record was given at its birth goes along with its first save.
  if (record.version !== null) return {};
  return Object.fromEntries(form.fields.filter((one) => !isEmpty(record.fields[one.name]))
    .map((one) => [one.name, record.fields[one.name]]));
}

function isEmpty(value) {
  return value === null || value === undefined || value === "";
}

/** A folding card around a record's form. The form is made when the card is first opened: forty
 * closed forms are twenty thousand elements, too many for an old phone. */
export function recordCard(record, options) {
  let held = record;
  let form = null;
  const done = () => {
    node.open = false;
    node.querySelector("summary").focus();
  };
  const label = el("span", { class: "sentence am-words", dir: "auto" }, record.label || say("part.form.new"));
  const extra = el("span", { class: "bands" });
  const node = el("details", { class: "card", "data-record": record.id }, el("summary", {}, label, extra));
  const made = () => {
    if (!form) {
      form = recordForm(held, { onEnd: done, ...options });
      node.querySelector("summary").after(form.node);
    }
    return form;
  };
  node.addEventListener("toggle", () => { if (node.open) made(); });
  node.addEventListener("amparo-unfold", made);
  const update = (next) => {
    held = next;
    label.textContent = next.label || say("part.form.new");
    form?.update(next);
    options.decorate?.(extra, next);
  };
  options.decorate?.(extra, record);
  if (record.version === null) made();
  return {
    node, update, isClean: () => form?.own.clean() ?? true, get own() { return made().own; }, get values() { return made().values; },
    touch: (name, next) => made().touch(name, next), submit: () => made().submit(),
    focus: () => { node.open = true; made().focus(); },
  };
}

/**
 * A list of cards of one kind that follows the store.
 * Returns {node, draw(records), add(given), show(id), card(id)}.
 */
export function recordList(kind, options) {
  const form = formOf(kind);
  const items = new Map();
  const cards = el("div", { class: "cards" });
  const empty = el("p", { class: "empty" }, form.empty);
  const drop = (id) => {
    items.get(id)?.node.remove();
    items.delete(id);
    empty.hidden = items.size > 0;
  };
  const put = (record) => {
    const card = recordCard(record, { ...options, onRemoved: () => drop(record.id) });
    items.set(record.id, card);
    cards.append(card.node);
    empty.hidden = true;
    return card;
  };
  const add = (given = {}) => {
    const card = put(blank(kind, { ...options.given?.(), ...given }));
    card.fresh = true;
    card.focus();
    return card;
  };
  const draw = (records) => {
    const present = new Set(records.map((one) => one.id));
    // Gone elsewhere while somebody writes here: her words stay until she has decided about them.
    for (const [id, card] of items) if (!present.has(id) && !card.fresh && card.isClean()) drop(id);
    for (const record of records) {
      const card = items.get(record.id) ?? put(record);
      card.fresh = false;
      card.update(record);
    }
    empty.hidden = items.size > 0;
  };
  const show = (id) => {
    const card = items.get(id);
    if (!card) return false;
    card.focus();
    card.node.scrollIntoView({ block: "start" });
    return true;
  };
  const button = el("button", { type: "button", class: "main", onclick: () => add() }, ...withIcon("add", form.add));
  return { node: el("div", { class: "record-list" }, cards, empty, button), draw, add, show, card: (id) => items.get(id) };
}

/** The one record of a kind that occurs once: its form, open. */
export function recordAlone(kind, options) {
  const holder = el("div", { class: "card alone" });
  let form = null;
  const draw = (records) => {
    const record = records[0];
    if (!form || (record && form.id !== record.id && form.own.clean())) {
      const shown = record ?? blank(kind, options.given?.());
      form = recordForm(shown, { ...options, removable: false });
      form.id = shown.id;
      holder.replaceChildren(form.node);
    }
    if (record) form.update(record);
  };
  return { node: holder, draw, show: () => false, add: () => form?.focus() };
}
