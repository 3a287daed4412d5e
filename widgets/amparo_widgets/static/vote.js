// @ts-check
// The silent vote (stones or cards in the room, totals typed here) and the agreed range.
import { alive, bandChip, el, saveLine, say, whenWords } from "./common.js";
import { lookup } from "./form.js";
import { blank, recordForm } from "./record_card.js";
import { threatTabs } from "./threat_tabs.js";

const STATES = ["current", "inherent", "target"];
const STEPS = [1, 2, 3, 4, 5];

/** Totals by number keys: a key adds a stone, Backspace takes the last one back. */
function ballot(scale, fewest, onSpread) {
  const totals = new Map(STEPS.map((step) => [step, 0]));
  const thrown = [];
  const told = el("p", { role: "status", class: "hint" });
  const bars = el("div", { class: "vote-bars", "aria-hidden": "true" });
  const show = () => {
    const all = thrown.length;
    // Under five the totals themselves would tell who laid which stone.
    boxes.forEach((box, index) => { box.querySelector("output").textContent = all < fewest ? "·" : String(totals.get(index + 1)); });
    if (all < fewest) {
      bars.replaceChildren();
      told.textContent = all ? say("part.vote.too_few", { number: all, fewest }) : say("part.vote.how");
      return;
    }
    const used = STEPS.filter((step) => totals.get(step));
    const [low, high] = [used[0], used[used.length - 1]];
    bars.replaceChildren(...STEPS.map((step) => el("span", { style: `block-size:${8 + (56 * totals.get(step)) / Math.max(...totals.values())}px` })));
    told.textContent = say("part.vote.spread", {
      low: say(`scale.${scale}.${low}`), high: say(`scale.${scale}.${high}`), number: all,
    });
    onSpread(high - low);
  };
  const change = (step, by) => {
    if (by < 0) {
      const last = thrown.lastIndexOf(step);
      if (last < 0) return;
      thrown.splice(last, 1);
    } else thrown.push(step);
    totals.set(step, totals.get(step) + by);
    show();
  };
  const boxes = STEPS.map((step) => el("div", { class: "vote-box" },
    el("span", {}, `${step} · ${say(`scale.${scale}.${step}`)}`), el("output", {}, "·"),
    el("div", {}, el("button", { type: "button", class: "small", "aria-label": `${say("part.vote.less")} ${step}`, onclick: () => change(step, -1) }, "−"),
      el("button", { type: "button", class: "small", "aria-label": `${say("part.vote.more")} ${step}`, onclick: () => change(step, 1) }, "+"))));
  const node = el("fieldset", { class: "ballot", tabindex: "0" }, el("legend", {}, say(`ui.scale.${scale}`)), el("div", { class: "vote-boxes" }, ...boxes), bars, told);
  node.addEventListener("keydown", (event) => {
    const step = Number(event.key);
    if (step >= 1 && step <= 5) change(step, 1);
    if (event.key === "Backspace" && thrown.length) {
      event.preventDefault();
      change(thrown[thrown.length - 1], -1);
    }
  });
  show();
  return node;
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const view = () => model.get("view");
  const tabs = el("div", {});
  const states = el("div", { class: "chips" });
  const body = el("div", {});
  let state = "current";
  let shown = "";
  let form = null;
  let stopDrawing = () => {};
  const choose = (threat) => line.send({ type: "choose", values: { threat } });
  const build = (now) => {
    const held = now.states[state];
    const record = held ?? blank("risk_state", { threat_id: now.threat, state, assessed_on: now.today });
    form = { id: record.id, ...recordForm(record, {
      line, refs: lookup(view), hidden: ["threat_id", "state", "assessed_on"], waive: ["threat_id", "state", "assessed_on"], removable: Boolean(held),
      sections: [
        [say("part.vote.agree"), ["likelihood", "impact", "confidence"]],
        [say("part.vote.some_think"), ["disagreement", "dissent_note"]],
      ],
      onRemoved: () => { shown = ""; draw(); },
    }) };
    const spread = (wide) => { if (form.own.version !== null && wide !== form.values.disagreement) form.touch("disagreement", wide); };
    body.replaceChildren(
      el("details", { class: "more", open: !held }, el("summary", {}, say("part.vote.title")), el("p", { class: "hint" }, say("part.vote.lead")),
        ballot("likelihood", now.fewest, spread), ballot("impact", now.fewest, spread)),
      now.suggested && state !== "target" ? el("p", { class: "hint" }, say("part.vote.suggested", { word: say(`scale.likelihood.${now.suggested[state]}`) })) : "",
      form.node);
  };
  const draw = () => {
    const now = view();
    tabs.replaceChildren(threatTabs(now, choose));
    states.hidden = body.hidden = !now.threat;
    if (!now.threat) return;
    states.replaceChildren(...STATES.map((one) => el("button", {
      type: "button", class: "chip", "aria-pressed": one === state ? "true" : "false", "aria-current": one === state ? "true" : false, onclick: () => { state = one; draw(); },
    }, say(`state.${one}`), " ", now.states[one] ? bandChip(now.states[one].risk.bands[1]) : "")));
    const key = `${now.threat} ${state}`;
    const held = now.states[state];
    if (key !== shown || (held && form.id !== held.id && form.own.clean())) {
      shown = key;
      build(now);
    } else if (held) form.update(held);
  };
  whenWords(model, () => {
    element.append(el("h2", {}, say("part.vote.heading")), tabs, states, body);
    stopDrawing = alive(model, element, line, draw);
  });
  return () => stopDrawing();
}

export default { render };
