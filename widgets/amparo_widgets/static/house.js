// @ts-check
// What makes it easier to hurt us, and what protects us, as a house with two sides.
import { alive, el, saveLine, say, svg, whenWords } from "./common.js";
import { lookup } from "./form.js";
import { recordCard, blank } from "./record_card.js";
import { threatTabs } from "./threat_tabs.js";

const SIDES = { exposes: "vulnerability", protects: "capacity" };
const SIZES = [1, 2, 3];
const RADIUS = { 0: 8, 1: 14, 2: 21, 3: 28, 4: 32 };

/** Stones lying in one half of the house; practised ones are full, others only drawn. */
function stones(side, list, x) {
  return list.map((one, index) => {
    const solid = side === "exposes" || one.fields.practised;
    return svg("circle", {
      cx: x + (index % 2) * 66, cy: 178 - Math.floor(index / 2) * 62, r: RADIUS[one.fields.score],
      class: `stone ${side} ${solid ? "solid" : "hollow"}`,
    });
  });
}

function picture(view, rtl) {
  const left = rtl ? "protects" : "exposes";
  const right = rtl ? "exposes" : "protects";
  return svg("svg", { viewBox: "0 0 360 230", class: "house-picture", role: "img", "aria-label": said(view) },
    svg("path", { d: "M10 92 L180 8 L350 92", class: "house-roof" }),
    svg("rect", { x: 30, y: 92, width: 300, height: 126, class: "house-wall" }),
    svg("line", { x1: 180, y1: 92, x2: 180, y2: 218, class: "house-wall" }),
    ...stones(left, view[left].slice(0, 4), 72), ...stones(right, view[right].slice(0, 4), 222));
}

function said(view) {
  return say("part.house.said", { exposes: view.exposes.length, protects: view.protects.length });
}

/** Three sizes to begin with; what it is called is chosen in the card. */
function addButtons(side, add) {
  return el("div", { class: "stone-add" }, el("span", {}, say("part.house.add")),
    ...SIZES.map((size) => el("button", { type: "button", onclick: () => add(side, size) }, say(`part.house.size.${size}`))));
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const view = () => model.get("view");
  const rtl = model.get("direction") === "rtl";
  const tabs = el("div", {});
  const drawing = el("div", {});
  const advice = el("p", { class: "hint", role: "status" });
  const columns = el("div", { class: "house-columns" });
  let shown = null;
  let cards = new Map();
  let lists = {};
  let stopDrawing = () => {};
  const make = (record, side) => {
    const card = recordCard(record, {
      line, refs: lookup(view), hidden: ["threat_id", side === "exposes" ? "capacity" : "vulnerability"],
      onRemoved: () => { cards.get(record.id)?.node.remove(); cards.delete(record.id); },
      waive: ["threat_id"],
    });
    cards.set(record.id, card);
    lists[side].append(card.node);
    return card;
  };
  const add = (side, size) => {
    const card = make(blank("factor", { threat_id: view().threat, score: size, practised: false }), side);
    card.fresh = true;
    card.focus();
  };
  const column = (side) => {
    lists[side] = el("div", { class: "cards" });
    return el("section", { class: `side side-${side}` }, el("h3", {}, say(`part.house.${side}`)),
      el("p", { class: "hint" }, say(`part.house.${side}.hint`)), lists[side], addButtons(side, add));
  };
  const choose = (threat) => line.send({ type: "choose", values: { threat } });
  const draw = () => {
    const now = view();
    tabs.replaceChildren(threatTabs(now, choose));
    columns.hidden = drawing.hidden = !now.threat;
    if (now.threat !== shown) {
      shown = now.threat;
      cards = new Map();
      columns.replaceChildren(column("exposes"), column("protects"));
    }
    drawing.replaceChildren(picture(now, rtl));
    advice.textContent = now.suggested ? say("part.house.suggested", {
      without: say(`scale.likelihood.${now.suggested.inherent}`), now: say(`scale.likelihood.${now.suggested.current}`),
    }) : say("part.house.no_suggestion");
    const present = new Set([...now.exposes, ...now.protects].map((one) => one.id));
    for (const [id, card] of cards) if (!present.has(id) && !card.fresh) { card.node.remove(); cards.delete(id); }
    for (const side of Object.keys(SIDES)) {
      for (const record of now[side]) {
        const card = cards.get(record.id) ?? make(record, side);
        card.fresh = false;
        card.update(record);
      }
      columns.querySelector(`.side-${side}`)?.classList.toggle("full", now[side].length >= now.most);
    }
  };
  whenWords(model, () => {
    element.append(el("h2", {}, say("part.house.title")), el("p", { class: "lead" }, say("part.house.lead")), tabs, drawing, advice, columns);
    stopDrawing = alive(model, element, line, draw);
  });
  return () => stopDrawing();
}

export default { render };
