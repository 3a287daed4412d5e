// @ts-check
// The records of some kinds as cards, each with its whole form.
import { alive, el, formOf, saveLine, whenWords } from "./common.js";
import { lookup } from "./form.js";
import { recordAlone, recordList } from "./record_card.js";

// A date that a record cannot do without starts with today.
const DAYS = ["on", "given_on", "decided_on"];

function today(kind, view) {
  const needed = formOf(kind).fields.filter((one) => one.needed && one.control === "date");
  return Object.fromEntries(needed.filter((one) => DAYS.includes(one.name)).map((one) => [one.name, view().today]));
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const view = () => model.get("view");
  let stopDrawing = () => {};
  whenWords(model, () => {
    const kinds = Object.keys(view().records);
    const lists = new Map(kinds.map((kind) => {
      const make = formOf(kind).single ? recordAlone : recordList;
      return [kind, make(kind, { line, refs: lookup(view), given: () => today(kind, view) })];
    }));
    for (const [kind, list] of lists) element.append(el("h2", {}, formOf(kind).many), list.node);
    const onShow = (event) => [...lists.values()].some((list) => list.show(event.detail.record));
    window.addEventListener("amparo-show", onShow);
    const stop = alive(model, element, line, () => {
      for (const [kind, list] of lists) list.draw(view().records[kind]);
    });
    stopDrawing = () => {
      window.removeEventListener("amparo-show", onShow);
      stop();
    };
  });
  return () => stopDrawing();
}

export default { render };
