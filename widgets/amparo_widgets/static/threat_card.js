// @ts-check
// The threats: one sentence each from five parts, signs, and five questions if it was announced.
import { alive, bandChip, el, formOf, saveLine, say, whenWords } from "./common.js";
import { lookup } from "./form.js";
import { blank, recordForm } from "./record_card.js";

const PARTS = ["actor", "act", "target", "situation", "aim"];
const SECTIONS = [
  ["kind", ["threat_type", "imminence", "scope", "declared"]],
  ["signs", ["signs_to_watch", "history", "confidence", "reason_if_low"]],
  ["who", ["targets", "gendered_form", "actor_ids", "activity_ids"]],
];
const FIVE = ["facts", "pattern", "objective", "source_hypotheses", "conclusion", "likelihood_band", "confidence", "decided_by_role", "next_check"];

/** The sentence that the parts make; Python composes the stored one in the same way. */
function composed(parts) {
  if (!Object.values(parts ?? {}).some(Boolean)) return "";
  let text = say("ui.threat.sentence", {
    actor: parts.actor || say("ui.threat.unknown_actor"), act: parts.act || "…",
  });
  for (const name of ["target", "situation", "aim"]) {
    if (parts[name]) text += say(`ui.threat.sentence_${name}`, { [name]: parts[name] });
  }
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Five questions in order, only where somebody announced it. */
function fiveQuestions(line, refs, threat, view) {
  const holder = el("details", { class: "more five" }, el("summary", {}, say("part.threat_card.five")));
  let form = null;
  const draw = (next) => {
    holder.hidden = !next.fields.declared;
    if (holder.hidden) return;
    const record = next.analysis ?? form?.record ?? blank("declared_analysis", { threat_id: next.id, on: view().today });
    if (!form || (form.record.id !== record.id && form.own.clean())) {
      form = { record, ...recordForm(record, { line, refs, only: FIVE, rest: true, removable: false }) };
      holder.replaceChildren(el("summary", {}, say("part.threat_card.five")), el("p", { class: "hint" }, say("part.threat_card.five_lead")), form.node);
    }
    if (next.analysis) form.update(next.analysis);
  };
  draw(threat);
  return { node: holder, draw };
}

function threatItem(line, refs, view, threat, onRemoved) {
  const letter = el("span", { class: "letter" }, threat.letter);
  const sentence = el("p", { class: "sentence am-words", dir: "auto" });
  const bands = el("span", { class: "bands" });
  const sections = [["parts", ["parts"]], ...SECTIONS].map(([name, names]) => [say(`part.threat_card.${name}`), names]);
  const form = recordForm(threat, { line, refs, sections, hidden: ["letter", "sentence"], waive: ["sentence"], onRemoved });
  const five = fiveQuestions(line, refs, threat, view);
  const node = el("details", { class: "card threat", "data-record": threat.id }, el("summary", {}, letter, sentence, bands), form.node, five.node);
  const preview = () => { sentence.textContent = composed(form.values.parts) || say("part.form.new"); };
  node.addEventListener("input", preview);
  const update = (next) => {
    letter.textContent = next.letter;
    form.update(next);
    if (form.own.clean()) sentence.textContent = next.fields.sentence || say("part.form.new");
    five.draw({ ...next, fields: { ...next.fields, declared: form.values.declared } });
    bands.replaceChildren(...(next.risk ? [bandChip(next.risk.bands[1])] : [el("span", { class: "hint" }, say("part.threat_card.unjudged"))]));
  };
  update(threat);
  const focus = () => {
    node.open = true;
    node.querySelector("[data-field=actor] input")?.focus();
  };
  return { node, update, focus };
}

function blankThreat() {
  const parts = Object.fromEntries(PARTS.map((name) => [name, ""]));
  return { ...blank("threat", { threat_type: "intimidation", parts, sentence: "" }), letter: "+", risk: null, analysis: null };
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const view = () => model.get("view");
  const items = new Map();
  const list = el("div", { class: "cards" });
  const empty = el("p", { class: "empty" });
  let stopDrawing = () => {};
  const drop = (id) => {
    items.get(id)?.node.remove();
    items.delete(id);
    empty.hidden = items.size > 0;
  };
  const put = (threat) => {
    const item = threatItem(line, lookup(view), view, threat, () => drop(threat.id));
    items.set(threat.id, item);
    list.append(item.node);
    return item;
  };
  const add = () => {
    const item = put(blankThreat());
    item.fresh = true;
    empty.hidden = true;
    item.focus();
  };
  const draw = () => {
    const { threats } = view();
    const present = new Set(threats.map((threat) => threat.id));
    for (const [id, item] of items) if (!present.has(id) && !item.fresh) drop(id);
    for (const threat of threats) {
      const item = items.get(threat.id) ?? put(threat);
      item.fresh = false;
      item.update(threat);
    }
    empty.hidden = items.size > 0;
  };
  const onShow = (event) => items.get(event.detail.record)?.focus();
  whenWords(model, () => {
    const form = formOf("threat");
    empty.textContent = form.empty;
    element.append(el("h2", { id: "threats", tabindex: "-1" }, form.many),
      el("p", { class: "lead" }, say("ui.threat.lead")), list, empty,
      el("button", { type: "button", class: "main", onclick: add }, form.add));
    window.addEventListener("amparo-show", onShow);
    stopDrawing = alive(model, element, line, draw);
  });
  return () => {
    window.removeEventListener("amparo-show", onShow);
    stopDrawing();
  };
}

export default { render };
