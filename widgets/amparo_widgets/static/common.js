// @ts-check
// Shared by every part: words, elements, and the save line that never says "saved" too early.

/** One shelf a page, so that the parts share words and one count of what is not yet saved. */
const shelf = (window.__amparo ??= { words: null, readers: [], open: new Set() });
const RESEND_MS = 3000;
const PAUSE_MS = 400;

function publishWords(model) {
  const words = model.get("words");
  if (!words || !words.text) return;
  shelf.words = words;
  for (const reader of shelf.readers.splice(0)) reader();
}

/** Run *start* once the words are there. */
function whenWords(model, start) {
  publishWords(model);
  if (shelf.words) start();
  else shelf.readers.push(start);
}

/** The sentence for *key* with its {values}; a missing one shows its key. */
function say(key, values = {}) {
  const text = shelf.words?.text?.[key] ?? `⟦${key}⟧`;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

function options(vocabulary) {
  return shelf.words?.choices?.[vocabulary] ?? [];
}

/** Make an element; text is always text, never markup. */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, String(value));
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function announce(state, text) {
  window.dispatchEvent(new CustomEvent("amparo-status", { detail: { state, text } }));
}

if (!shelf.guarded) {
  shelf.guarded = true;
  window.addEventListener("beforeunload", (event) => {
    if (shelf.open.size) event.preventDefault();
  });
}

/** Send messages and wait for their answers; what is not answered is sent again. */
function saveLine(model) {
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
    if (message.type === "ack" && !shelf.open.size) announce("saved", message.text);
    if (message.type === "refused" || message.type === "conflict") {
      announce(message.type, message.text);
    }
    entry.done(message);
  };
  model.on("msg:custom", receive);
  const send = (message) =>
    new Promise((done) => {
      const rev = newId();
      const entry = { message: { ...message, rev }, done, timer: 0 };
      waiting.set(rev, entry);
      if (message.type !== "look") {
        shelf.open.add(rev);
        announce("saving", say("ui.save.saving"));
      }
      transmit(entry);
    });
  const stop = () => {
    model.off("msg:custom", receive);
    for (const entry of waiting.values()) clearTimeout(entry.timer);
  };
  return { send, stop };
}

/** One record being edited: collects changes, saves after a pause, one save at a time.
 * *initial* goes along with the first save of a new record. */
function draft(line, kind, id, version, onAnswer, initial = {}) {
  const own = { id, version, dirty: {}, flying: false, timer: 0, clean: () => !size() };
  const token = `draft-${id}`;
  const size = () => Object.keys(own.dirty).length + (own.flying ? 1 : 0);
  own.touch = (fields) => {
    Object.assign(own.dirty, fields);
    shelf.open.add(token);
    announce("saving", say("ui.save.saving"));
    clearTimeout(own.timer);
    own.timer = setTimeout(own.flush, PAUSE_MS);
  };
  own.flush = async () => {
    if (own.flying || !Object.keys(own.dirty).length) return;
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
    if (!Object.keys(own.dirty).length) shelf.open.delete(token);
    if (answer.type === "ack" && !shelf.open.size) announce("saved", answer.text);
    onAnswer?.(answer, fields);
    if (Object.keys(own.dirty).length) own.flush();
  };
  own.remove = () => {
    clearTimeout(own.timer);
    own.dirty = {};
    shelf.open.delete(token);
    return line.send({ type: "delete", id, version: own.version });
  };
  return own;
}

/** A labelled control; *control* gets an id and its hint. */
function field(labelText, control, hint) {
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

function textInput(value, onInput, attributes = {}) {
  const input = el("input", {
    type: "text", autocomplete: "off", spellcheck: "false", maxlength: "300", dir: "auto",
    ...attributes,
  });
  input.value = value ?? "";
  input.addEventListener("input", () => onInput(input.value, input));
  return input;
}

function select(pairs, value, onChange, attributes = {}) {
  const control = el("select", attributes);
  for (const [id, label] of pairs) control.append(el("option", { value: id }, label));
  control.value = value ?? "";
  control.addEventListener("change", () => onChange(control.value, control));
  return control;
}

/** Put the stored value into a control unless somebody is typing in it. */
function settle(control, value) {
  if (document.activeElement !== control && control.value !== (value ?? "")) {
    control.value = value ?? "";
  }
}

/** Say what the keeper refused or what somebody else wrote, right where it was typed. */
function notice(box, answer, fields, own) {
  box.replaceChildren();
  box.hidden = answer.type === "ack";
  if (answer.type === "refused") box.append(el("p", {}, answer.text));
  if (answer.type === "conflict") {
    const shown = Object.entries(answer.theirs ?? {}).map(([, value]) =>
      typeof value === "string" ? value : JSON.stringify(value));
    box.append(
      el("p", {}, answer.text),
      el("p", { dir: "auto" }, `${say("ui.save.theirs")} ${shown.join(" · ")}`),
      el("button", { type: "button", onclick: () => own.touch(fields) }, say("ui.save.use_mine")),
      el("button", { type: "button", onclick: () => notice(box, { type: "ack" }, {}, own) },
        say("ui.save.keep_theirs")),
    );
  }
}

function bandChip(band) {
  return el("span", { class: `band band-${band}` }, say(`band.${band}`));
}

/** Draw on every new view; return what anywidget calls when the part goes away. */
function alive(model, element, line, draw) {
  element.classList.add("amparo-part");
  element.setAttribute("dir", model.get("direction"));
  element.setAttribute("lang", model.get("lang"));
  model.on("change:view", draw);
  draw();
  return () => {
    model.off("change:view", draw);
    line.stop();
  };
}
