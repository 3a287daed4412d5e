// @ts-check
// The way against one threat: seven families, six questions to it, what asks for a second look.
import { alive, bandChip, el, options, saveLine, say, whenWords } from "./common.js";
import { control, lookup } from "./form.js";
import { blank, recordForm } from "./record_card.js";
import { threatTabs } from "./threat_tabs.js";

const HARM = "harms_nobody";
const THINK = ["hurt", "flee", "far"];

/** Seven cards to tick: a plain name, the word used elsewhere, one sentence. */
function familyCards(spec, value, onChange) {
  const chosen = new Set(value ?? []);
  const pairs = options("strategies");
  const boxes = pairs.map(([id]) => {
    const box = el("input", { type: "checkbox", value: id });
    box.checked = chosen.has(id);
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(id);
      else chosen.delete(id);
      onChange(pairs.map(([one]) => one).filter((one) => chosen.has(one)));
    });
    return box;
  });
  const cards = pairs.map(([id, label], index) => el("label", { class: "strategy-family" }, boxes[index], el("span", {},
    el("strong", {}, say(`part.strategy_chooser.name.${id}`)), " ", el("span", { class: "strategy-label" }, label),
    el("span", { class: "strategy-says" }, say(`part.strategy_chooser.says.${id}`)))));
  const node = el("fieldset", {}, el("legend", { class: "unseen" }, spec.label),
    el("p", { class: "hint" }, spec.hint), el("div", { class: "strategy-families" }, ...cards));
  const set = (next) => {
    if (node.contains(document.activeElement)) return;
    chosen.clear();
    for (const id of next ?? []) chosen.add(id);
    boxes.forEach((box) => { box.checked = chosen.has(box.value); });
  };
  node.dataset.field = spec.name;
  return { spec, node, set, focus: () => boxes[0].focus() };
}

/** Six questions with three answers each; the one about harm stands first and is big. */
function sixTests(spec, value, onChange, refs) {
  const current = { ...spec.start, ...(value ?? {}) };
  const order = [...spec.fields].sort((one, other) => (other.name === HARM) - (one.name === HARM));
  const parts = order.map((inner) => control(inner, current[inner.name], (next) => {
    current[inner.name] = next;
    onChange({ ...current });
  }, refs));
  parts[0].node.classList.add("strategy-harm");
  const node = el("fieldset", { class: "strategy-tests" }, el("legend", { class: "unseen" }, spec.label), ...parts.map((one) => one.node));
  const set = (next) => {
    if (node.contains(document.activeElement)) return;
    Object.assign(current, next ?? {});
    for (const part of parts) part.set(current[part.spec.name]);
  };
  node.dataset.field = spec.name;
  return { spec, node, set, focus: () => parts[0].focus() };
}

function doubtCard(name) {
  const more = name === "publicity"
    ? el("ul", {}, ...THINK.map((one) => el("li", {}, say(`part.strategy_chooser.think.${one}`)))) : null;
  return el("div", { class: `pic-warn strategy-doubt strategy-${name}`, "data-doubt": name },
    el("p", {}, el("strong", {}, say(`part.strategy_chooser.doubt.${name}`))),
    el("p", {}, say(`part.strategy_chooser.doubt.${name}.do`)), more);
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const view = () => model.get("view");
  const tabs = el("div", {});
  const band = el("p", { class: "strategy-band" });
  const doubts = el("div", { role: "status" });
  const body = el("div", {});
  let shown = null;
  let forms = new Map();
  let born = null;
  let stopDrawing = () => {};
  const choose = (threat) => line.send({ type: "choose", values: { threat } });
  const make = (record) => {
    const form = recordForm(record, {
      line, refs: lookup(view), hidden: ["threat_id"], waive: ["threat_id"], removable: record.version !== null,
      controls: { families: familyCards, test: sixTests },
      sections: [
        [say("part.strategy_chooser.section.ways"), ["families", "reasoning"]],
        [say("part.strategy_chooser.section.test"), ["test", "harms_considered"]],
        [say("part.strategy_chooser.section.decided"), ["decided_by"]],
      ],
      onRemoved: () => { shown = null; draw(); },
    });
    // The question about harm is never folded away.
    for (const one of [...form.node.querySelectorAll("details.more")].slice(0, 2)) one.open = true;
    forms.set(record.id, form);
    return el("div", { class: "card alone", "data-record": record.id }, form.node);
  };
  const build = (now) => {
    shown = now.threat;
    forms = new Map();
    born = now.choices.length ? null : blank("strategy_choice", { threat_id: now.threat });
    body.replaceChildren(...(born ? [born] : now.choices).map(make));
  };
  const draw = () => {
    const now = view();
    tabs.replaceChildren(threatTabs(now, choose));
    band.hidden = doubts.hidden = body.hidden = !now.threat;
    if (!now.threat) return;
    band.replaceChildren(...(now.band === "unknown" ? [say("part.strategy_chooser.unjudged")]
      : [say("part.strategy_chooser.band"), " ", bandChip(now.band)]), now.two ? ` ${say("part.strategy_chooser.two")}` : "");
    doubts.replaceChildren(...now.doubts.map(doubtCard));
    const known = now.choices.every((one) => forms.has(one.id));
    const gone = [...forms.keys()].some((id) => id !== born?.id && !now.choices.some((one) => one.id === id));
    if (now.threat !== shown || !known || gone) build(now);
    for (const one of now.choices) forms.get(one.id)?.update(one);
    if (now.choices.some((one) => one.id === born?.id)) born = null;
  };
  whenWords(model, () => {
    element.append(el("h2", {}, say("part.strategy_chooser.title")), el("p", { class: "lead" }, say("part.strategy_chooser.lead")),
      tabs, band, doubts, body);
    stopDrawing = alive(model, element, line, draw);
  });
  return () => stopDrawing();
}

export default { render };
