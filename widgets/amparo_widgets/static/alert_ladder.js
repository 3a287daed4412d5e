// @ts-check
// Four alert levels as a ladder, the highest on top: signs, what changes, until when, who says so.
import { alive, el, formOf, labelOf, saveLine, say, whenWords } from "./common.js";
import { lookup } from "./form.js";
import { onShowRecord } from "./picture.js";
import { blank, recordCard } from "./record_card.js";

/** As many filled steps as the level is high: no colour is needed to read it. */
function steps(height) {
  return el("span", { class: "ladder-steps", "aria-hidden": "true" },
    ...[1, 2, 3, 4].map((step) => el("span", { class: step <= height ? "on" : "" })));
}

function ends(fields) {
  const spec = formOf("alert_level").fields.find((one) => one.name === "end_after_days");
  return spec.options.find(([days]) => days === fields.end_after_days)?.[1];
}

function decorate(extra, record) {
  const end = ends(record.fields);
  extra.replaceChildren(...[record.fields.who_declares, end].filter(Boolean).map((one) => el("span", { class: "tag" }, one)));
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const view = () => model.get("view");
  const ladder = el("ol", { class: "ladder" });
  const cards = new Map();
  const rungs = new Map();
  let stopDrawing = () => {};
  const drop = (id) => {
    const { colour } = cards.get(id) ?? {};
    cards.get(id)?.node.remove();
    cards.delete(id);
    if (colour) settle(rungs.get(colour));
  };
  const put = (record, colour) => {
    const card = recordCard(record, { line, refs: lookup(view), decorate, shown: 6, onRemoved: () => drop(record.id) });
    card.colour = colour;
    card.hint = el("p", { class: "hint ladder-endless" }, say("part.alert_ladder.endless"));
    card.hint.hidden = true;
    card.node.append(card.hint);
    cards.set(record.id, card);
    rungs.get(colour).list.append(card.node);
    settle(rungs.get(colour));
    return card;
  };
  const settle = (rung) => { rung.add.hidden = rung.list.childElementCount > 0; };
  const rungOf = (one) => {
    const list = el("div", {});
    const name = labelOf("alert_levels", one.colour);
    const add = el("button", { type: "button", class: "quiet", "aria-label": `${name}: ${say("part.alert_ladder.write")}`, onclick: () => {
      const card = put(blank("alert_level", { colour: one.colour }), one.colour);
      card.fresh = true;
      card.node.open = true;
      card.node.querySelectorAll("input[type=text], fieldset button")[0]?.focus();
    } }, say("part.alert_ladder.write"));
    rungs.set(one.colour, { list, add });
    return el("li", { class: "ladder-rung" }, el("div", { class: "ladder-head" }, steps(one.height),
      el("h3", {}, name), one.every_day ? el("p", { class: "hint" }, say("part.alert_ladder.every_day")) : null), list, add);
  };
  const draw = () => {
    const now = view();
    if (!ladder.childElementCount) ladder.append(...now.rungs.map(rungOf));
    const held = now.rungs.flatMap((rung) => rung.levels.map((one) => [one, rung.colour]));
    const present = new Set(held.map(([one]) => one.id));
    for (const [id, card] of cards) if (!present.has(id) && !card.fresh) drop(id);
    for (const [record, colour] of held) {
      const card = cards.get(record.id) ?? put(record, colour);
      card.fresh = false;
      card.update(record);
      card.hint.hidden = !now.endless.includes(record.id);
      // A level that was given another colour climbs to its rung.
      if (card.colour !== colour && !card.node.contains(document.activeElement)) {
        rungs.get(colour).list.append(card.node);
        const before = card.colour;
        card.colour = colour;
        settle(rungs.get(before));
        settle(rungs.get(colour));
      }
    }
  };
  whenWords(model, () => {
    element.append(el("h2", {}, say("part.alert_ladder.title")), el("p", { class: "lead" }, say("part.alert_ladder.lead")), ladder);
    const show = (id) => {
      if (!cards.has(id)) return false;
      cards.get(id).focus();
      return true;
    };
    const stopShowing = onShowRecord([{ show }]);
    const stop = alive(model, element, line, draw);
    stopDrawing = () => { stopShowing(); stop(); };
  });
  return () => stopDrawing();
}

export default { render };
