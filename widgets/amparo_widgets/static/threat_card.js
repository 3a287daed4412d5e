// @ts-check
// The threats: a sentence in parts, what kind, how likely, how bad, how sure.
import { shelf, say, options, el, newId, announce, saveLine, draft, field, textInput, select, settle, notice, bandChip, alive, whenWords } from "./common.js";

const PARTS = ["actor", "act", "target", "situation", "aim"];

function composed(parts) {
  if (!Object.values(parts).some(Boolean)) return "";
  let text = say("ui.threat.sentence", {
    actor: parts.actor || say("ui.threat.unknown_actor"), act: parts.act || "…",
  });
  for (const name of ["target", "situation", "aim"]) {
    if (parts[name]) text += say(`ui.threat.sentence_${name}`, { [name]: parts[name] });
  }
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function typeSelect(value, onChange) {
  const control = el("select", {});
  const groups = shelf.groups;
  for (const [category, label] of options("threat_categories")) {
    const group = el("optgroup", { label });
    for (const [id, name] of options("threat_types")) {
      if (groups[id] === category) group.append(el("option", { value: id }, name));
    }
    control.append(group);
  }
  control.value = value;
  control.addEventListener("change", () => onChange(control.value));
  return control;
}

/** Five levels in words; the best guess, and how low and how high it could be. */
function scale(name, value, onChange) {
  const group = `s${newId()}`;
  let range = value ? [...value] : null;
  const radios = [];
  const low = select([], "", () => take([Number(low.value), range[1], range[2]]));
  const high = select([], "", () => take([range[0], range[1], Number(high.value)]));
  const between = el("div", { class: "between" },
    field(say("ui.scale.at_least"), low), field(say("ui.scale.at_most"), high));
  const take = (next) => {
    range = next;
    show();
    onChange(next);
  };
  const level = (number) => {
    const id = `${group}-${number}`;
    const radio = el("input", { type: "radio", name: group, id, value: String(number) });
    radio.addEventListener("change", () => {
      const [l, , h] = range ?? [number, number, number];
      take([Math.min(l, number), number, Math.max(h, number)]);
    });
    radios.push(radio);
    return el("div", { class: "level" }, radio,
      el("label", { for: id },
        el("strong", {}, `${number} · ${say(`scale.${name}.${number}`)}`), " ",
        el("span", {}, say(`scale.${name}.${number}.anchor`))));
  };
  const fill = (control, from, to, chosen) => {
    control.replaceChildren();
    for (let number = from; number <= to; number += 1) {
      control.append(el("option", { value: String(number) },
        `${number} · ${say(`scale.${name}.${number}`)}`));
    }
    control.value = String(chosen);
  };
  const show = () => {
    between.hidden = !range;
    radios.forEach((radio, index) => { radio.checked = Boolean(range) && range[1] === index + 1; });
    if (!range) return;
    fill(low, 1, range[1], range[0]);
    fill(high, range[1], 5, range[2]);
  };
  const node = el("fieldset", { class: "scale" }, el("legend", {}, say(`ui.scale.${name}`)),
    ...[1, 2, 3, 4, 5].map(level), between);
  show();
  const set = (next) => {
    if (node.contains(document.activeElement) || !next) return;
    range = [...next];
    show();
  };
  return { node, set };
}

function asRange([low, best, high]) {
  return { low, best, high };
}

function section(titleKey, open, ...children) {
  return el("details", { open }, el("summary", {}, say(titleKey)), ...children);
}

/** One threat: closed it is its sentence and band, open it is its form. */
function threatItem(line, threat, onRemoved) {
  const warning = el("div", { class: "notice", role: "alert", hidden: true });
  const preview = el("p", { class: "sentence", dir: "auto" });
  const heading = el("span", { class: "letter" });
  const bands = el("span", { class: "bands" });
  const own = draft(line, "threat", threat.id, threat.version,
    (answer, fields) => notice(warning, answer, fields, own), threat.fields);
  const risk = { ...(threat.risk ?? { confidence: "low" }) };
  const riskDraft = draft(line, "risk_state", threat.risk_id ?? newId(), threat.risk_version ?? null,
    (answer, fields) => notice(warning, answer, fields, riskDraft));
  const parts = { ...threat.fields.parts };
  const inputs = {};
  const both = el("p", { class: "hint" }, say("ui.threat.both"));
  const saveParts = (name) => (value) => {
    parts[name] = value;
    preview.textContent = composed(parts);
    own.touch({ parts: { ...parts } });
  };
  const saveRisk = (change) => {
    Object.assign(risk, change);
    both.hidden = Boolean(risk.likelihood && risk.impact);
    if (!both.hidden) {
      // Half a judgement cannot be stored; until the other half is there, it is said and guarded.
      shelf.open.add(`half-${threat.id}`);
      announce("unsaved", say("ui.threat.both"));
      return;
    }
    shelf.open.delete(`half-${threat.id}`);
    riskDraft.touch({
      threat_id: threat.id, likelihood: asRange(risk.likelihood), impact: asRange(risk.impact),
      confidence: risk.confidence,
    });
  };
  for (const name of PARTS) {
    inputs[name] = textInput(parts[name], saveParts(name));
  }
  const kind = typeSelect(threat.fields.threat_type, (value) => own.touch({ threat_type: value }));
  const soon = select(options("imminence"), threat.fields.imminence,
    (value) => own.touch({ imminence: value }));
  const sure = select(options("confidence"), risk.confidence,
    (value) => saveRisk({ confidence: value }));
  const declared = el("input", { type: "checkbox" });
  declared.checked = threat.fields.declared;
  declared.addEventListener("change", () => own.touch({ declared: declared.checked }));
  const likely = scale("likelihood", risk.likelihood, (value) => saveRisk({ likelihood: value }));
  const bad = scale("impact", risk.impact, (value) => saveRisk({ impact: value }));
  const remove = el("button", { type: "button", class: "quiet", onclick: async () => {
    shelf.open.delete(`half-${threat.id}`);
    if (own.version === null && own.clean()) return onRemoved();
    const answer = await own.remove();
    if (answer.type === "ack") onRemoved();
  } }, say("ui.remove"));
  const node = el("details", { class: "card threat" },
    el("summary", {}, heading, preview, bands), warning,
    section("ui.threat.part_sentence", !threat.fields.parts.act,
      ...PARTS.map((name) => field(say(`ui.threat.${name}`), inputs[name], say(`ui.threat.${name}_hint`)))),
    section("ui.threat.part_kind", false, field(say("ui.threat.type"), kind),
      field(say("ui.threat.imminence"), soon), field(say("ui.threat.declared"), declared)),
    section("ui.threat.part_likelihood", false, likely.node),
    section("ui.threat.part_impact", false, bad.node),
    section("ui.threat.part_confidence", false, field(say("ui.threat.confidence"), sure)),
    both, remove);
  const update = (next) => {
    heading.textContent = next.letter;
    preview.textContent = own.clean() ? next.sentence : composed(parts);
    if (own.clean()) {
      own.version = next.version;
      Object.assign(parts, next.fields.parts);
      for (const name of PARTS) settle(inputs[name], parts[name]);
      settle(kind, next.fields.threat_type);
      settle(soon, next.fields.imminence);
      declared.checked = next.fields.declared;
    }
    if (riskDraft.clean() && next.risk) {
      riskDraft.id = next.risk_id;
      riskDraft.version = next.risk_version;
      Object.assign(risk, next.risk);
      likely.set(risk.likelihood);
      bad.set(risk.impact);
      settle(sure, risk.confidence);
    }
    both.hidden = Boolean(risk.likelihood && risk.impact);
    bands.replaceChildren(...(next.risk ? [bandChip(next.risk.bands[1])] : []));
  };
  update(threat);
  return { node, update, focus: () => { node.open = true; inputs.actor.focus(); } };
}

function blankThreat() {
  const parts = { actor: "", act: "", target: "", situation: "", aim: "" };
  return {
    id: newId(), version: null, letter: "+", sentence: "", risk: null, risk_id: null,
    fields: { parts, threat_type: "intimidation", imminence: "later", confidence: "low", declared: false },
  };
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const items = new Map();
  const list = el("div", { class: "cards" });
  const empty = el("p", { class: "empty" });
  let stopDrawing = () => {};
  const add = () => {
    const threat = blankThreat();
    const item = threatItem(line, threat, () => drop(threat.id));
    items.set(threat.id, item);
    list.append(item.node);
    empty.hidden = true;
    item.fresh = true;
    item.focus();
  };
  const drop = (id) => {
    items.get(id)?.node.remove();
    items.delete(id);
  };
  const draw = () => {
    const threats = model.get("view").threats;
    const present = new Set(threats.map((threat) => threat.id));
    for (const [id, item] of items) if (!present.has(id) && !item.fresh) drop(id);
    for (const threat of threats) {
      const item = items.get(threat.id);
      if (item) {
        item.fresh = false;
        item.update(threat);
      } else {
        items.set(threat.id, threatItem(line, threat, () => drop(threat.id)));
        list.append(items.get(threat.id).node);
      }
    }
    empty.hidden = items.size > 0;
  };
  whenWords(model, () => {
    empty.textContent = say("ui.threat.empty");
    element.append(
      el("h2", { id: "threats", tabindex: "-1" }, say("ui.threat.title")),
      el("p", { class: "lead" }, say("ui.threat.lead")), list, empty,
      el("button", { type: "button", class: "main", onclick: add }, say("ui.threat.add")),
    );
    stopDrawing = alive(model, element, line, draw);
  });
  return () => stopDrawing();
}

export default { render };
