// @ts-check
// Is our security round, or flat somewhere? Eight spokes in words, drawn as a wheel.
import { alive, el, formOf, saveLine, say, svg, whenWords } from "./common.js";
import { lookup } from "./form.js";
import { keepingFocus, onShowRecord, pairOf, rove } from "./picture.js";
import { recordList } from "./record_card.js";

const MIDDLE = 150;
const RIM = 112;

/** A point on a spoke: the first points upwards; they go on in the reading direction. */
function point(index, count, distance, rtl) {
  const turn = (2 * Math.PI * index) / count * (rtl ? -1 : 1);
  return [MIDDLE + distance * Math.sin(turn), MIDDLE - distance * Math.cos(turn)].map((one) => Math.round(one * 10) / 10);
}

function shape(values, most, rtl, className) {
  const points = values.map((value, index) => point(index, values.length, (RIM * value) / most, rtl).join(",")).join(" ");
  return svg("polygon", { points, class: className });
}

/** The name of a spoke and the words of its step, as the form has them. */
function words(name, value) {
  const spec = formOf("wheel").fields.find((one) => one.name === name);
  return { label: spec.label, step: spec.options.find(([one]) => one === value)?.[1] ?? "" };
}

function drawing(now, rtl) {
  const count = now.spokes.length;
  const rings = [1, 2, 3, 4].map((step) => svg("circle", { cx: MIDDLE, cy: MIDDLE, r: (RIM * step) / now.most, class: "wheel-ring" }));
  const lines = now.spokes.map((_, index) => {
    const [x2, y2] = point(index, count, RIM, rtl);
    return svg("line", { x1: MIDDLE, y1: MIDDLE, x2, y2, class: "wheel-ring" });
  });
  const stops = now.spokes.map((name, index) => {
    const [x, y] = point(index, count, RIM + 20, rtl);
    const { label, step } = words(name, now.values[index]);
    return svg("g", { "data-stop": name, role: "img", tabindex: "-1", class: name === now.flattest ? "wheel-stop wheel-flat" : "wheel-stop",
      "aria-label": say("part.wheel.spoke", { number: index + 1, name: label, step }) },
      svg("circle", { cx: x, cy: y, r: 15 }), svg("text", { x, y: y + 5 }, String(index + 1)));
  });
  return svg("svg", { viewBox: "0 0 300 300", class: "wheel-drawing", role: "group", "aria-label": say("part.wheel.drawing") },
    ...rings, ...lines, ...now.earlier.map((values) => shape(values, now.most, rtl, "wheel-before")),
    shape(now.values, now.most, rtl, "wheel-now"), ...stops);
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const view = () => model.get("view");
  const rtl = model.get("direction") === "rtl";
  const box = el("div", { class: "pic-box wheel-box" });
  const picture = el("div", {});
  const said = el("p", { role: "status", class: "pic-said" });
  const legend = el("ol", { class: "wheel-legend" });
  const flat = el("p", { class: "wheel-first" });
  const before = el("p", { class: "hint" });
  let stopDrawing = () => {};
  let list = null;
  const refresh = rove(picture, { inLine: true, rtl, onReach: (stop) => { said.textContent = stop.getAttribute("aria-label"); } });
  // A new wheel begins as the last one was: only what changed is said anew.
  const given = () => {
    const last = view().wheels[0]?.fields ?? {};
    return { ...Object.fromEntries(view().spokes.map((name) => [name, last[name] ?? 0])), on: view().today };
  };
  const draw = () => {
    const now = view();
    list.draw(now.wheels);
    box.hidden = !now.flattest;
    if (!now.flattest) return;
    keepingFocus(picture, () => picture.replaceChildren(drawing(now, rtl)));
    refresh();
    legend.replaceChildren(...now.spokes.map((name, index) => {
      const { label, step } = words(name, now.values[index]);
      return el("li", { class: name === now.flattest ? "wheel-flat" : "" }, el("strong", {}, label), el("span", {}, step));
    }));
    flat.replaceChildren(el("strong", {}, say("part.wheel.first", { name: words(now.flattest, 0).label })));
    before.hidden = !now.earlier.length;
  };
  whenWords(model, () => {
    const names = formOf("wheel").fields.map((one) => one.name);
    list = recordList("wheel", { line, refs: lookup(view), given, sections: [
      [say("part.wheel.section.one"), names.slice(0, 5)], [say("part.wheel.section.two"), names.slice(5)],
    ] });
    before.textContent = say("part.wheel.before");
    box.append(flat, picture, said, legend, before);
    element.append(el("h2", {}, formOf("wheel").many), el("p", { class: "lead" }, say("part.wheel.lead")), pairOf(list.node, box));
    const stopShowing = onShowRecord([list]);
    const stop = alive(model, element, line, draw);
    stopDrawing = () => { stopShowing(); stop(); };
  });
  return () => stopDrawing();
}

export default { render };
