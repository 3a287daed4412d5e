// @ts-check
// What we must not lose, and what somebody would hold who takes it tonight.
import { alive, el, formOf, saveLine, say, typed, whenWords } from "./common.js";
import { lookup } from "./form.js";
import { recordList } from "./record_card.js";

const KINDS = ["asset", "info_item", "place"];

function item(one, show) {
  const notes = [
    one.people ? say("part.holdings.people") : null, one.destroy ? say("part.holdings.destroy") : null,
    one.alone ? say("part.holdings.alone") : null,
  ].filter(Boolean);
  return el("li", { class: one.red ? "red-info" : "" },
    el("button", { type: "button", class: "quiet", onclick: () => show(one.id) }, typed(one.label)),
    one.red ? el("span", { class: "tag tag-keepers_only" }, say("part.holdings.red")) : null,
    ...notes.map((text) => el("p", { class: "hint" }, text)),
    one.if_seized ? el("p", {}, say("part.holdings.then"), " ", typed(one.if_seized)) : el("p", { class: "hint" }, say("part.holdings.no_answer")));
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const view = () => model.get("view");
  const taken = el("div", { class: "taken" });
  let stopDrawing = () => {};
  whenWords(model, () => {
    const lists = new Map(KINDS.map((kind) => [kind, recordList(kind, { line, refs: lookup(view) })]));
    const show = (id) => [...lists.values()].some((list) => list.show(id));
    const onShow = (event) => show(event.detail.record);
    const draw = () => {
      for (const [kind, list] of lists) list.draw(view().records[kind]);
      const places = view().taken;
      taken.replaceChildren(...(places.length ? places.map((one) => el("section", { class: "card alone" },
        el("h3", {}, one.name), el("ul", {}, ...one.items.map((inner) => item(inner, show)))))
        : [el("p", { class: "empty" }, say("part.holdings.nothing"))]));
    };
    const section = (kind) => el("section", {}, el("h2", {}, formOf(kind).many), lists.get(kind).node);
    window.addEventListener("amparo-show", onShow);
    element.append(el("div", { class: "two-sides" }, el("div", {}, ...KINDS.map(section)),
      el("div", {}, el("h2", {}, say("part.holdings.title")), el("p", { class: "lead" }, say("part.holdings.lead")), taken)));
    const stop = alive(model, element, line, draw);
    stopDrawing = () => { window.removeEventListener("amparo-show", onShow); stop(); };
  });
  return () => stopDrawing();
}

export default { render };
