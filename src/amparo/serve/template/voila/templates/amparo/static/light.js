// @ts-check
// Shows a page that is made of our own parts alone, without Voilà's program: a tenth of the bytes
// and less than half of the waiting (benchmarks/pages.py). It speaks the two protocols that Voilà's
// program speaks, to the same kernel: Jupyter's kernel messages over one socket, and the models of
// ipywidgets inside them.

const OUTPUT = 'script[type="application/vnd.voila.cell-output+json"]';
const VIEW = "application/vnd.jupyter.widget-view+json";
const PROTOCOL = "v1.kernel.websocket.jupyter.org";
// Where everything of this server lies: empty on a computer of one's own.
const base = document.documentElement.dataset.base;
const WAITS_MS = [100, 300, 1000, 3000];
const wait = (tries) => WAITS_MS[Math.min(tries, WAITS_MS.length - 1)];
const BOXES = { VBoxModel: "widget-vbox", HBoxModel: "widget-hbox", BoxModel: "", GridBoxModel: "widget-gridbox" };

const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");

/** One frame: how many places, where each part begins and the last one ends, then the parts. */
function packed(...parts) {
  const bytes = parts.map((part) => new TextEncoder().encode(part));
  const head = 8 * (bytes.length + 2);
  const ends = bytes.reduce((found, part) => [...found, found.at(-1) + part.length], [head]);
  const frame = new Uint8Array(ends.at(-1));
  const view = new DataView(frame.buffer);
  [ends.length, ...ends].forEach((number, index) => view.setBigUint64(8 * index, BigInt(number), true));
  bytes.forEach((part, index) => frame.set(part, ends[index]));
  return frame;
}

/** The kind and the content of a message; nothing here carries buffers. */
function unpacked(frame) {
  const view = new DataView(frame);
  const at = (index) => Number(view.getBigUint64(8 * index, true));
  const part = (index) => JSON.parse(new TextDecoder().decode(new Uint8Array(frame, at(index + 1), at(index + 2) - at(index + 1))));
  return { kind: part(1).msg_type, content: part(4) };
}

/** The socket to the kernel. Cut, it comes back by itself; what came meanwhile is sent again. */
class Line {
  constructor(kernel, { onMessage, onOpen }) {
    this.session = newId();
    this.address = `${location.origin.replace(/^http/, "ws")}${base}/api/kernels/${kernel}/channels?session_id=${this.session}`;
    Object.assign(this, { onMessage, onOpen, tries: 0 });
    this.open();
  }

  open() {
    this.socket = new WebSocket(this.address, [PROTOCOL]);
    this.socket.binaryType = "arraybuffer";
    this.socket.onopen = () => { this.tries = 0; this.onOpen(); };
    this.socket.onmessage = (event) => this.onMessage(unpacked(event.data));
    this.socket.onclose = () => setTimeout(() => this.open(), wait(this.tries++));
  }

  /** Send a message, or throw when the line is cut. */
  send(kind, content) {
    if (this.socket.readyState !== WebSocket.OPEN) throw new Error("the line is cut");
    const header = { msg_id: newId(), msg_type: kind, session: this.session, username: "", version: "5.3", date: new Date().toISOString() };
    this.socket.send(packed("shell", JSON.stringify(header), "{}", "{}", JSON.stringify(content)));
  }
}

/** What the kernel holds of one widget, as a part asks for it. Only the kernel changes it. */
class Model {
  constructor(id, state, line) {
    Object.assign(this, { id, state, line, hearers: new Map() });
  }

  get(name) {
    return this.state[name];
  }

  on(name, hear) {
    this.hearers.set(name, [...(this.hearers.get(name) ?? []), hear]);
  }

  off(name, hear) {
    this.hearers.set(name, (this.hearers.get(name) ?? []).filter((one) => one !== hear));
  }

  tell(name, value) {
    for (const hear of this.hearers.get(name) ?? []) hear(value);
  }

  /** Take a new state first, then tell of each thing that is another one. */
  take(state) {
    const changed = Object.keys(state).filter((name) => JSON.stringify(state[name]) !== JSON.stringify(this.state[name]));
    Object.assign(this.state, state);
    for (const name of changed) this.tell(`change:${name}`, this.state[name]);
  }

  send(content) {
    this.line.send("comm_msg", { comm_id: this.id, data: { method: "custom", content } });
  }
}

/** All models of the kernel, kept as the kernel's messages say. */
class Models {
  constructor(kernel) {
    this.all = new Map();
    this.control = "";
    this.known = new Promise((done) => { this.areKnown = done; });
    this.line = new Line(kernel, { onMessage: (message) => this.hear(message), onOpen: () => this.askAll() });
  }

  /** After a cut too: what was missed is in the states. */
  askAll() {
    this.control = newId();
    this.line.send("comm_open", { comm_id: this.control, target_name: "jupyter.widget.control", data: {} });
    this.line.send("comm_msg", { comm_id: this.control, data: { method: "request_states" } });
  }

  hear({ kind, content }) {
    const { comm_id: id, data } = content;
    if (kind === "comm_open") this.put(id, data.state);
    else if (kind === "comm_close") this.all.delete(id);
    else if (kind !== "comm_msg") return;
    else if (id === this.control && data.method === "update_states") this.putAll(data.states);
    else if (data.method === "update") this.all.get(id)?.take(data.state);
    else if (data.method === "custom") this.all.get(id)?.tell("msg:custom", data.content);
  }

  put(id, state) {
    const held = this.all.get(id);
    if (held) held.take(state);
    else this.all.set(id, new Model(id, state, this.line));
  }

  putAll(states) {
    // New ones first: a box tells of its children, which must be there.
    const fresh = Object.keys(states).filter((id) => !this.all.has(id));
    const held = Object.keys(states).filter((id) => this.all.has(id));
    for (const id of [...fresh, ...held]) this.put(id, states[id].state);
    this.areKnown();
  }

  /** The model that a reference such as "IPY_MODEL_…" names. */
  named(reference) {
    const model = this.all.get(reference.replace("IPY_MODEL_", ""));
    if (!model) throw new Error("a widget is missing");
    return model;
  }
}

/** A box, or one of our parts: {model, node, remove}. */
function draw(models, model) {
  const node = document.createElement("div");
  const box = BOXES[model.get("_model_name")];
  node.className = ["jupyter-widgets", ...(box === undefined ? [] : ["widget-box", box]), ...(model.get("_dom_classes") ?? [])].join(" ").trim();
  return { model, node, remove: box === undefined ? drawPart(model, node) : drawBox(models, model, node) };
}

function drawBox(models, model, node) {
  let shown = [];
  const show = () => {
    const wanted = model.get("children").map((one) => models.named(one));
    for (const one of shown.filter((view) => !wanted.includes(view.model))) one.remove();
    shown = wanted.map((child) => shown.find((view) => view.model === child) ?? draw(models, child));
    // What stays in its place is not moved: it may hold the focus.
    shown.forEach((view, index) => {
      if (node.children[index] !== view.node) node.insertBefore(view.node, node.children[index] ?? null);
    });
  };
  model.on("change:children", show);
  show();
  return () => {
    model.off("change:children", show);
    for (const one of shown) one.remove();
    node.remove();
  };
}

function drawPart(model, node) {
  let leave = () => {};
  let isLeft = false;
  /** A line that is cut while the script comes is no reason for an empty place. */
  const begin = async (tries = 0) => {
    const file = await import(location.origin + model.get("script")).catch(() => null);
    if (isLeft) return;
    if (file) leave = file.default.render({ model, el: node });
    else setTimeout(begin, wait(tries), tries + 1);
  };
  begin();
  return () => {
    isLeft = true;
    leave();
    node.remove();
  };
}

async function showAll() {
  const { kernelId } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
  // The kernel of a page that is left ends with it; a page that comes back out of the browser's
  // memory has none. On the way to elsewhere the cookie goes along only before the page is gone,
  // but whoever is asked about something unsaved may still stay.
  const leave = () => navigator.sendBeacon(`${base}/voila/api/shutdown/${kernelId}`);
  window.addEventListener("beforeunload", () => { if (!window.__amparo?.open.size) leave(); });
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  const models = new Models(kernelId);
  await models.known;
  for (const output of document.querySelectorAll(OUTPUT)) {
    const area = document.createElement("div");
    area.className = "jp-OutputArea-output";
    const { model_id: id } = JSON.parse(output.textContent).data[VIEW];
    area.append(draw(models, models.named(id)).node);
    output.replaceWith(area);
  }
  window.voila_finish();
}

showAll();
