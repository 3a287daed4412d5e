// @ts-check
// What we will do: when, who (a letter), by which day, how far.
import { say, options, el, newId, saveLine, draft, textInput, select, settle, notice, alive, whenWords } from "./common.js";

const PHASES = ["before", "during", "after"];
const COLUMNS = ["title", "phases", "owner", "due", "status", "threats"];

function ticks(pairs, chosen, onChange, legend) {
  const boxes = pairs.map(([id, label]) => {
    const box = el("input", { type: "checkbox", value: id });
    box.checked = chosen.includes(id);
    box.addEventListener("change", () => onChange(boxes.filter((one) => one.checked).map((one) => one.value)));
    return box;
  });
  const node = el("fieldset", { class: "ticks" }, el("legend", { class: "unseen" }, legend),
    ...boxes.map((box, index) => el("label", {}, box, pairs[index][1])));
  const set = (next) => {
    if (!node.contains(document.activeElement)) for (const box of boxes) box.checked = next.includes(box.value);
  };
  return { node, set };
}

function cell(name, ...children) {
  return el("td", { "data-h": say(`ui.measure.${name}`) }, ...children);
}

function measureRow(line, measure, view, onRemoved) {
  const { fields } = measure;
  const chosen = measure.version === null ? { phases: fields.phases, status: fields.status } : {};
  const warning = el("div", { class: "notice", role: "alert", hidden: true });
  const own = draft(line, "measure", measure.id, measure.version,
    (answer, sent) => notice(warning, answer, sent, own), chosen);
  // A measure begins with its title; what is ticked before that waits for it.
  const change = (part) => {
    Object.assign(chosen, part);
    if (own.version !== null || title.value.trim()) own.touch(part);
  };
  const title = el("textarea", {
    rows: "2", maxlength: "300", autocomplete: "off", spellcheck: "false", dir: "auto",
    "aria-label": say("ui.measure.title"),
  });
  title.value = fields.title;
  title.addEventListener("input", () => change({ title: title.value.replace(/\s*\n\s*/g, " ") }));
  const named = options("attack_phase").filter(([id]) => PHASES.includes(id));
  const phases = ticks(named, fields.phases, (value) => {
    fields.phases = value;
    change({ phases: value });
  }, say("ui.measure.phases"));
  const owner = textInput(fields.owner_role, (value, input) => {
    const letter = value.toUpperCase().replace(/[^A-Z]/g, "").slice(0, 2);
    if (input.value !== letter) input.value = letter;
    change({ owner_role: letter || null });
  }, { "aria-label": say("ui.measure.owner"), maxlength: "2", class: "short", dir: "ltr" });
  const due = el("input", { type: "date", "aria-label": say("ui.measure.due"), autocomplete: "off" });
  due.value = fields.due ?? "";
  due.addEventListener("change", () => change({ due: due.value || null }));
  const status = select(options("measure_status"), fields.status,
    (value) => change({ status: value }), { "aria-label": say("ui.measure.status") });
  const threats = ticks(view.threats.map((threat) => [threat.id, threat.letter]), fields.threat_ids,
    (value) => change({ threat_ids: value }), say("ui.measure.threats"));
  const remove = el("button", { type: "button", class: "quiet", onclick: async () => {
    if (own.version === null && own.clean()) return onRemoved();
    const answer = await own.remove();
    if (answer.type === "ack") onRemoved();
  } }, say("ui.remove"));
  const node = el("tr", {}, cell("title", title, warning), cell("phases", phases.node),
    cell("owner", owner), cell("due", due), cell("status", status), cell("threats", threats.node),
    el("td", {}, remove));
  const update = (next) => {
    if (!own.clean()) return;
    own.version = next.version;
    settle(title, next.fields.title);
    settle(owner, next.fields.owner_role);
    settle(due, next.fields.due);
    settle(status, next.fields.status);
    phases.set(next.fields.phases);
    threats.set(next.fields.threat_ids);
  };
  return { node, update, focus: () => title.focus(), threats: view.threats.length };
}

function blankMeasure() {
  return { id: newId(), version: null, fields: {
    title: "", phases: ["before"], owner_role: "", due: "", status: "idea", threat_ids: [],
  } };
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const rows = new Map();
  const body = el("tbody", {});
  const empty = el("p", { class: "empty" });
  let stopDrawing = () => {};
  const drop = (id) => {
    rows.get(id)?.node.remove();
    rows.delete(id);
    empty.hidden = rows.size > 0;
  };
  const put = (measure) => {
    const row = measureRow(line, measure, model.get("view"), () => drop(measure.id));
    rows.set(measure.id, row);
    body.append(row.node);
    empty.hidden = true;
    return row;
  };
  const add = () => {
    const row = put(blankMeasure());
    row.fresh = true;
    row.focus();
  };
  const draw = () => {
    const view = model.get("view");
    const present = new Set(view.measures.map((measure) => measure.id));
    for (const [id, row] of rows) if (!present.has(id) && !row.fresh) drop(id);
    for (const measure of view.measures) {
      const row = rows.get(measure.id);
      // A new threat gives every row one more letter to tick; a row being typed in waits.
      const stale = row && row.threats !== view.threats.length && !row.node.contains(document.activeElement);
      if (row && !stale) {
        row.fresh = false;
        row.update(measure);
      } else {
        const before = row?.node;
        const made = put(measure);
        before?.replaceWith(made.node);
      }
    }
    empty.hidden = rows.size > 0;
  };
  whenWords(model, () => {
    empty.textContent = say("ui.measure.empty");
    const heads = COLUMNS.map((name) => el("th", { scope: "col" }, say(`ui.measure.${name}`)));
    element.append(
      el("h2", { id: "measures", tabindex: "-1" }, say("ui.measure.heading")),
      el("p", { class: "lead" }, say("ui.measure.lead")),
      el("table", { class: "measures" },
        el("thead", {}, el("tr", {}, ...heads, el("th", { scope: "col" }, say("ui.measure.other")))), body),
      empty,
      el("button", { type: "button", class: "main", onclick: add }, say("ui.measure.add")),
    );
    stopDrawing = alive(model, element, line, draw);
  });
  return () => stopDrawing();
}

export default { render };
