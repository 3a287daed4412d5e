// @ts-check
// One line of time from long ago (above) to the next twelve months (below), beside two lists.
import { alive, el, formOf, saveLine, say, svg, typed, whenWords } from "./common.js";
import { lookup } from "./form.js";
import { recordList } from "./record_card.js";
import { keepingFocus, onShowRecord, pairOf, rove, showRecord } from "./picture.js";

const AXIS = 26;
const WIDTH = 70;
const GAP = 64;
const NARROW_GAP = 88;
const NARROW = 340;
// What each kind of mark looks like around the point 0, 0; the words stand beside it.
const SHAPES = {
  attack: "M0 -8L8 0L0 8L-8 0Z", victory: "M0 -9L2.6 -3L9 -3L4 1.4L6 8L0 4L-6 8L-4 1.4L-9 -3L-2.6 -3Z",
  project: "M-6 -6H6V6H-6Z", legal: "M0 -7L8 7H-8Z", political: "M-7 0A7 7 0 1 1 7 0A7 7 0 1 1 -7 0",
  seasonal: "M-8 3A8 8 0 0 1 8 3Z", up: "M0 -8L8 6H-8Z", down: "M0 8L8 -6H-8Z", unclear: "M-7 0A7 7 0 1 1 7 0A7 7 0 1 1 -7 0",
};

/** Where the words of each mark stand: near their place, never one on another. */
function spread(marks, height, gap) {
  const tops = [];
  marks.forEach((mark, index) => {
    const wanted = ((mark.from + mark.to) / 2) * height - gap / 2;
    tops.push(Math.max(wanted, index ? tops[index - 1] + gap : 0));
  });
  let bottom = height - gap + 8;
  for (let index = tops.length - 1; index >= 0; index -= 1) {
    tops[index] = Math.min(tops[index], bottom);
    bottom = tops[index] - gap;
  }
  return tops;
}

function drawnLine(view, height, tops, x) {
  const y = (share) => share * height;
  const flip = (drawn) => (x > WIDTH / 2 ? WIDTH - drawn : drawn);
  const parts = [
    svg("rect", { x: flip(AXIS - 12) - (x > WIDTH / 2 ? 24 : 0), y: y(view.now), width: 24, height: y(view.year_end - view.now), class: "tl-year" }),
    svg("line", { x1: x, x2: x, y1: 0, y2: y(view.now), class: "tl-line" }),
    svg("line", { x1: x, x2: x, y1: y(view.now), y2: height, class: "tl-line ahead" }),
    svg("line", { x1: 0, x2: WIDTH, y1: y(view.now), y2: y(view.now), class: "tl-now" }),
  ];
  view.marks.forEach((mark, index) => {
    const middle = y((mark.from + mark.to) / 2);
    parts.push(svg("path", { d: `M${x} ${middle}L${flip(AXIS + 20)} ${middle}L${flip(WIDTH - 2)} ${tops[index] + 22}`, class: "tl-lead" }));
    if (mark.to > mark.from) {
      parts.push(svg("rect", { x: x - 5, y: y(mark.from), width: 10, height: Math.max(y(mark.to - mark.from), 2), rx: 5, class: "tl-extent" }));
    }
  });
  view.marks.forEach((mark) => {
    const middle = y((mark.from + mark.to) / 2);
    const kind = `tl-mark tl-${mark.state} ${mark.unsure ? "unsure" : ""}`;
    parts.push(svg("path", { d: SHAPES[mark.sort], class: kind, transform: `translate(${x} ${middle})` }));
  });
  return parts;
}

function label(mark, top) {
  const state = mark.state === "gone" || mark.state === "later" ? say(`part.timeline.${mark.state}`) : null;
  return el("button", { type: "button", class: `tl-label tl-is-${mark.state}`, "data-stop": mark.id, tabindex: "-1",
    style: `inset-block-start: ${top}px`, onclick: () => showRecord(mark.id) },
  el("span", { class: "tl-when" }, el("bdi", {}, mark.when), " · ", mark.what, state ? ` · ${state}` : ""),
  typed(mark.title || "…"));
}

function drawPicture(box, view, rtl) {
  const gap = box.clientWidth < NARROW ? NARROW_GAP : GAP;
  const height = Math.max(view.marks.length > 2 ? 460 : 320, view.marks.length * gap + 30);
  const x = rtl ? WIDTH - AXIS : AXIS;
  const tops = spread(view.marks, height, gap);
  const parts = drawnLine(view, height, tops, x);
  const drawing = svg("svg", { width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}`, class: "tl-drawing", "aria-hidden": "true" }, ...parts);
  const ticks = view.ticks.map((tick) => el("span", { class: "tl-tick", "aria-hidden": "true",
    style: `inset-block-start: ${tick.at * height - 9}px` }, el("bdi", {}, tick.label)));
  box.style.blockSize = `${height}px`;
  keepingFocus(box, () => box.replaceChildren(drawing, ...ticks,
    el("span", { class: "tl-today", style: `inset-block-start: ${view.now * height - 12}px` }, say("part.timeline.today")),
    ...view.marks.map((mark, index) => label(mark, tops[index]))));
}

function spokenWords(mark) {
  const state = ["gone", "soon", "later"].includes(mark.state) ? say(`part.timeline.${mark.state}`) : "";
  return [el("bdi", {}, mark.when), " · ", typed(mark.title), " · ", mark.what, state ? ` · ${state}` : "",
    mark.unsure ? ` · ${say("part.timeline.unsure")}` : ""];
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const rtl = model.get("direction") === "rtl";
  const view = () => model.get("view");
  let stopDrawing = () => {};
  whenWords(model, () => {
    const lists = new Map(["timeline_event", "upcoming"].map((kind) => [kind, recordList(kind, { line, refs: lookup(view) })]));
    const box = el("div", { class: "tl-box", role: "group", "aria-label": say("part.timeline.label") });
    const spoken = el("p", { role: "status", class: "hint pic-said" });
    const empty = el("p", { class: "empty" }, say("part.timeline.empty"));
    const refresh = rove(box, { inLine: true, rtl, onReach: (stop) => {
      const mark = view().marks.find((one) => one.id === stop.dataset.stop);
      if (mark) spoken.replaceChildren(...spokenWords(mark));
    } });
    const forms = el("div", {}, ...[...lists].flatMap(([kind, list]) => [el("h2", {}, formOf(kind).many), list.node]));
    const picture = el("div", { class: "pic-box" }, el("h2", {}, say("part.timeline.title")), el("p", { class: "hint" }, say("part.timeline.lead")),
      empty, box, spoken);
    element.append(pairOf(forms, picture));
    const stopShowing = onShowRecord([...lists.values()]);
    const stop = alive(model, element, line, () => {
      for (const [kind, list] of lists) list.draw(view().records[kind]);
      empty.hidden = view().marks.length > 0;
      drawPicture(box, view(), rtl);
      refresh();
    });
    stopDrawing = () => {
      stopShowing();
      stop();
    };
  });
  return () => stopDrawing();
}

export default { render };
