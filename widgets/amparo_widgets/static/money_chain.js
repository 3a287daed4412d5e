// @ts-check
// The money chain: eight places, who stands there, arrows between them, and what binds each.
import { alive, el, formOf, saveLine, say, typed, whenWords } from "./common.js";
import { lookup } from "./form.js";
import { recordList } from "./record_card.js";
import { keepingFocus, onShowRecord, rove } from "./picture.js";
import { arrowsOf } from "./chain_arrows.js";
import { chainPanel } from "./chain_panel.js";

// Who makes it possible stands above; below, in reading order, who orders and who acts.
const ROWS = [["financier", "insurer", "buyer", "permit"], ["owner", "operator", "contractor", "guard"]];

function nodeOf(node, choose) {
  return el("button", { type: "button", class: `mc-node ${node.guessed ? "guessed" : ""}`, "data-stop": node.id, tabindex: "-1", onclick: () => choose(node.id) },
    el("span", { class: node.unsure ? "pic-number unsure" : "pic-number" }, String(node.number)), el("span", { class: "mc-name" }, typed(node.label)),
    node.guessed ? el("span", { class: "mc-guess" }, say("part.money_chain.perhaps")) : null);
}

function placeOf(place, nodes, choose) {
  const here = nodes.filter((one) => one.place === place.id);
  const stop = `place:${place.id}`;
  const add = here.length
    ? el("button", { type: "button", class: "mc-add", "data-stop": stop, tabindex: "-1", "aria-label": `${place.label}: ${say("part.money_chain.who_else")}`, onclick: () => choose(stop) }, "+")
    : el("button", { type: "button", class: "mc-empty", "data-stop": stop, tabindex: "-1", onclick: () => choose(stop) }, say("part.money_chain.who"));
  return el("section", { class: `mc-place mc-at-${place.id}` }, el("div", { class: "mc-top" }, el("h3", {}, place.label), here.length ? add : null),
    ...here.map((one) => nodeOf(one, choose)), here.length ? null : add);
}

function otherOf(nodes, choose) {
  const here = nodes.filter((one) => !one.place);
  if (!here.length) return [];
  return [el("section", { class: "mc-place mc-others" }, el("h3", {}, say("part.money_chain.others")),
    el("div", { class: "mc-others-row" }, ...here.map((one) => nodeOf(one, choose))))];
}

function drawChain(box, layer, view, choose) {
  const byId = new Map(view.places.map((place) => [place.id, place]));
  const places = ROWS.flat().map((id) => placeOf(byId.get(id), view.nodes, choose));
  keepingFocus(box, () => box.replaceChildren(layer.node, ...places, ...otherOf(view.nodes, choose), layer.words));
}

function spokenStop(view, stop) {
  const node = view.nodes.find((one) => one.id === stop);
  const place = view.places.find((one) => `place:${one.id}` === stop);
  if (place) return [`${place.label}: ${place.ask}`];
  if (!node) return [];
  const ties = view.ties.filter((one) => one.from === stop || one.to === stop).length;
  return [`${node.number}. `, typed(node.label), ` · ${node.type} · ${say("part.money_chain.ties", { number: ties })}`];
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const rtl = model.get("direction") === "rtl";
  const view = () => model.get("view");
  let stopDrawing = () => {};
  let chosen = null;
  whenWords(model, () => {
    const box = el("div", { class: "mc-chain", role: "group", "aria-label": say("part.money_chain.label") });
    const layer = arrowsOf(box);
    const panel = chainPanel(line, view);
    const spoken = el("p", { role: "status", class: "hint pic-said" });
    const isPlaced = (id) => Boolean(view().nodes.find((one) => one.id === id)?.place);
    const arrows = () => layer.draw(view().ties, chosen, isPlaced);
    const choose = (stop) => {
      chosen = stop;
      panel.show(stop);
      arrows();
    };
    const refresh = rove(box, { rtl, onReach: (stop) => {
      chosen = stop.dataset.stop;
      spoken.replaceChildren(...spokenStop(view(), chosen));
      arrows();
    } });
    const list = recordList("relation", { line, refs: lookup(view) });
    element.append(el("div", { class: "mc" }, el("h2", {}, say("part.money_chain.title")), el("p", { class: "lead" }, say("part.money_chain.lead")),
      el("div", { class: "pic-box" }, box, spoken), panel.node, el("h2", {}, formOf("relation").many), list.node));
    const stopShowing = onShowRecord([list]);
    const sizes = new ResizeObserver(arrows);
    sizes.observe(box);
    const stop = alive(model, element, line, () => {
      list.draw(view().records);
      drawChain(box, layer, view(), choose);
      panel.follow();
      arrows();
      refresh();
    });
    stopDrawing = () => {
      sizes.disconnect();
      stopShowing();
      stop();
    };
  });
  return () => stopDrawing();
}

export default { render };
