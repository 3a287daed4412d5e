// @ts-check
// Shared by every part: words, elements, and the save line that never says "saved" too early.

/** One shelf a page, so that the parts share words and one count of what is not yet saved. */
export const shelf = (window.__amparo ??= {
  ready: false, text: {}, choices: {}, forms: {}, groups: {}, readers: [], open: new Set(), drafts: new Set(), waiting: new Set(),
});
/** What stands before every address of our server; empty where it lies at the root, or is none. */
export const BASE = document.documentElement.dataset.base ?? "";
const RESEND_MS = 3000;
const PAUSE_MS = 400;
// Messages that change nothing in the store: nothing is lost when they are.
const ASKS = new Set(["look", "go", "choose", "room", "settle"]);

function publishWords(model) {
  const words = model.get("words");
  if (!words?.text) return;
  Object.assign(shelf.text, words.text);
  Object.assign(shelf.choices, words.choices ?? {});
  Object.assign(shelf.forms, words.forms ?? {});
  Object.assign(shelf.groups, words.threat_groups ?? {});
  if (!words.lang) return;
  // Only the words of the frame carry the language; every part needs those.
  shelf.lang = words.lang;
  shelf.ready = true;
  for (const reader of shelf.readers.splice(0)) reader();
}

/** Run *start* once the words of the page are there. */
export function whenWords(model, start) {
  publishWords(model);
  if (shelf.ready) start();
  else shelf.readers.push(start);
}

/** The sentence for *key* with its {values}; a missing one shows its key. */
export function say(key, values = {}) {
  const text = shelf.text[key] ?? `⟦${key}⟧`;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** Whether there is a sentence for *key* (hints are optional). */
export function has(key) {
  return key in shelf.text;
}

/** The form of a kind of record, in the words of the page. */
export function formOf(kind) {
  return shelf.forms[kind];
}

export function options(vocabulary) {
  return shelf.choices[vocabulary] ?? [];
}

/** Make an element; text is always text, never markup. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, String(value));
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function announce(state, text) {
  window.dispatchEvent(new CustomEvent("amparo-status", { detail: { state, text } }));
}

if (!shelf.guarded) {
  shelf.guarded = true;
  window.addEventListener("beforeunload", (event) => {
    if (shelf.open.size) event.preventDefault();
  });
}

/** Send messages and wait for their answers; what is not answered is sent again. */
export function saveLine(model) {
  const waiting = new Map();
  const transmit = (entry) => {
    clearTimeout(entry.timer);
    try {
      model.send(entry.message);
    } catch {
      // The connection is away; the timer sends it again.
    }
    entry.timer = setTimeout(() => {
      announce("unsaved", say("ui.save.not_saved"));
      transmit(entry);
    }, RESEND_MS);
  };
  const receive = (message) => {
    const entry = waiting.get(message?.rev);
    if (!entry) return;
    clearTimeout(entry.timer);
    waiting.delete(message.rev);
    shelf.open.delete(message.rev);
    shelf.waiting.delete(entry.message);
    if (message.type === "ack" && !shelf.open.size) announce("saved", message.text);
    if (message.type === "refused") announce("refused", message.text);
    // Both versions and the whole sentence stand where it was typed; the line only says so.
    if (message.type === "conflict") announce("conflict", say("ui.save.two_versions"));
    entry.done(message);
  };
  model.on("msg:custom", receive);
  const send = (message) =>
    new Promise((done) => {
      const rev = newId();
      const entry = { message: { ...message, rev, side: model.get("side") }, done, timer: 0 };
      waiting.set(rev, entry);
      if (!ASKS.has(message.type)) {
        shelf.open.add(rev);
        shelf.waiting.add(entry.message);
        announce("saving", say("ui.save.saving"));
      }
      transmit(entry);
    });
  const line = { send };
  line.stop = () => {
    model.off("msg:custom", receive);
    for (const [rev, entry] of waiting) {
      clearTimeout(entry.timer);
      shelf.open.delete(rev);
      shelf.waiting.delete(entry.message);
    }
    // Nobody can answer any more: what was left behind is never sent again, from no other screen.
    for (const own of shelf.drafts) if (own.line === line) own.drop();
  };
  return line;
}

/** One record being edited: collects changes, saves after a pause, one save at a time.
 * *initial* goes along with the first save of a new record. */
export function draft(line, kind, id, version, onAnswer, initial = {}) {
  const own = { id, kind, version, line, dirty: {}, flying: false, timer: 0, undecided: false, late: [], clean: () => !size() && !own.undecided };
  const token = `draft-${newId()}`; // not the record's: two drafts of one record wait each for itself
  const size = () => Object.keys(own.dirty).length + (own.flying ? 1 : 0);
  shelf.drafts.add(own);
  own.touch = (fields) => {
    Object.assign(own.dirty, fields);
    shelf.open.add(token);
    announce("saving", say("ui.save.saving"));
    clearTimeout(own.timer);
    own.timer = setTimeout(own.flush, PAUSE_MS);
  };
  own.flush = async () => {
    // Two versions wait for a choice: nothing more is written over the other one.
    if (own.flying || own.undecided || !Object.keys(own.dirty).length) return;
    const fields = own.version === null ? { ...initial, ...own.dirty } : own.dirty;
    own.dirty = {};
    own.flying = true;
    const { version: base, id: record } = own;
    const answer = await line.send({ type: "save", kind, id: record, version: base, fields });
    own.flying = false;
    if (answer.type === "refused") {
      // What was refused stays here; it goes along when somebody has mended it.
      own.dirty = { ...fields, ...own.dirty };
      onAnswer?.(answer, fields);
      return;
    }
    own.version = answer.version;
    // What there is only once may have been begun elsewhere: the record that is there is meant.
    own.id = answer.id ?? own.id;
    if (answer.type === "conflict") {
      if (answer.late) own.late.push(answer.late);
      own.undecided = true;
      onAnswer?.(answer, fields);
      return;
    }
    chosen();
    if (!Object.keys(own.dirty).length) shelf.open.delete(token);
    if (answer.type === "ack" && !shelf.open.size) announce("saved", answer.text);
    onAnswer?.(answer, fields);
    if (Object.keys(own.dirty).length) own.flush();
  };
  /** Somebody has chosen: the keeper need not hold the text that came too late any more. */
  const chosen = () => { for (const conflict of own.late.splice(0)) line.send({ type: "settle", conflict }); };
  /** Send at once what waits for its pause; answer when nothing is left. */
  own.settle = async () => {
    clearTimeout(own.timer);
    while (own.flying) await new Promise((done) => { setTimeout(done, 20); });
    await own.flush();
  };
  /** What was typed and never sent is not wanted any more. */
  own.forget = () => {
    clearTimeout(own.timer);
    own.dirty = {};
    shelf.open.delete(token);
  };
  own.drop = () => {
    own.forget();
    shelf.drafts.delete(own);
  };
  /** After a conflict: save *fields* over the other version, or take the other one. */
  own.decide = (fields) => {
    own.undecided = false;
    if (fields) return own.touch({ ...fields, ...own.dirty });
    chosen();
    if (Object.keys(own.dirty).length) return own.touch({});
    shelf.open.delete(token);
    announce("saved", say("ui.ready"));
  };
  own.remove = () => {
    own.forget();
    return line.send({ type: "delete", id: own.id, version: own.version });
  };
  return own;
}

/** Send everything that waits for its pause; resolve when it has been answered. */
export async function flushAll() {
  const waiting = [...shelf.drafts].filter((own) => !own.clean() && !own.held?.());
  await Promise.race([
    Promise.all(waiting.map((own) => own.settle())),
    new Promise((done) => { setTimeout(done, RESEND_MS); }),
  ]);
}

/** A labelled control; *control* gets an id and its hint. */
export function field(labelText, control, hint) {
  const id = `f${newId()}`;
  control.id = id;
  const parts = [el("label", { for: id }, labelText), control];
  if (hint) {
    const hintId = `${id}h`;
    control.setAttribute("aria-describedby", hintId);
    parts.push(el("p", { id: hintId, class: "hint" }, hint));
  }
  return el("div", { class: "field" }, ...parts);
}

export function textInput(value, onInput, attributes = {}) {
  const input = el("input", {
    type: "text", autocomplete: "off", spellcheck: "false", maxlength: "300", dir: "auto", placeholder: " ",
    ...attributes,
  });
  input.value = value ?? "";
  input.addEventListener("input", () => onInput(input.value, input));
  return input;
}

export function select(pairs, value, onChange, attributes = {}) {
  const control = el("select", attributes);
  for (const [id, label] of pairs) control.append(el("option", { value: id }, label));
  control.value = value ?? "";
  control.addEventListener("change", () => onChange(control.value, control));
  return control;
}

/** Put the stored value into a control unless somebody is typing in it. */
export function settle(control, value) {
  if (document.activeElement !== control && control.value !== (value ?? "")) {
    control.value = value ?? "";
  }
}

export function bandChip(band) {
  return el("span", { class: `band band-${band}` }, say(`band.${band}`));
}

/** The label of one choice of a vocabulary. */
export function labelOf(vocabulary, id) {
  return options(vocabulary).find(([known]) => known === id)?.[1] ?? id ?? "";
}

/** Text that somebody typed: it keeps its own direction and hides when details are hidden. */
export function typed(text, tag = "span") {
  return el(tag, { dir: "auto", class: "am-words" }, text);
}

/** Ask the frame to open a step or another screen, perhaps at one record. */
export function openScreen(where, record) {
  window.dispatchEvent(new CustomEvent("amparo-open", { detail: { where, record } }));
}

/** Draw on every new view; return what anywidget calls when the part goes away. */
export function alive(model, element, line, draw) {
  element.classList.add("amparo-part");
  element.setAttribute("dir", model.get("direction"));
  element.setAttribute("lang", model.get("lang"));
  const show = () => {
    draw();
    window.dispatchEvent(new CustomEvent("amparo-drawn", { detail: { element } }));
  };
  model.on("change:view", show);
  show();
  return () => {
    model.off("change:view", show);
    line.stop();
  };
}
