// @ts-check
// Something happened: care first, then danger, traces, whom to tell, and thinking.
import { alive, el, openScreen, saveLine, say, typed, whenWords } from "./common.js";

const NEXT = { tell: "s12", think: "s8" };

function turn(name, number) {
  const next = NEXT[name];
  return el("li", {}, el("h2", {}, `${number}. ${say(`part.respond.${name}`)}`), el("p", {}, say(`part.respond.${name}.how`)),
    next ? el("button", { type: "button", onclick: () => openScreen(next) }, say(`part.respond.${name}.open`)) : null);
}

function protocol(one) {
  return el("details", { class: "card", open: one.top }, el("summary", {}, typed(one.title)),
    el("ol", {}, ...one.steps.map(([role, does]) => el("li", {}, role ? el("bdi", { class: "letter" }, role) : "", " ", typed(does)))));
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const protocols = el("div", {});
  let stopDrawing = () => {};
  const draw = () => {
    const list = model.get("view").protocols;
    protocols.replaceChildren(...(list.length ? [el("h2", {}, say("part.respond.protocols")), ...list.map(protocol)] : []));
  };
  whenWords(model, () => {
    element.append(el("h1", { id: "am-head", tabindex: "-1" }, say("part.respond.title")), el("p", { class: "lead" }, say("part.respond.lead")),
      el("ol", { class: "respond" }, ...model.get("view").order.map((name, index) => turn(name, index + 1))), protocols);
    stopDrawing = alive(model, element, line, draw);
  });
  return () => stopDrawing();
}

export default { render };
