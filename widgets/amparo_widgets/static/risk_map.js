// @ts-check
// The risk map: every threat is a rectangle from low to high on the 5 x 5 grid.
import { say, el, svg, saveLine, bandChip, alive, whenWords } from "./common.js";

const CELL = 60;
const EDGE = 34;

/** Cell corner in the drawing; likelihood grows away from the reading edge, impact grows upwards. */
function corner(likelihood, impact, rtl) {
  const column = rtl ? 5 - likelihood : likelihood - 1;
  return [(rtl ? 0 : EDGE) + column * CELL, (5 - impact) * CELL];
}

function hatches() {
  const line = (id, path, gap) => svg("pattern",
    { id, width: gap, height: gap, patternUnits: "userSpaceOnUse" },
    svg("path", { d: path, stroke: "#1F2933", "stroke-width": 0.8, fill: "none" }));
  return svg("defs", {},
    line("hatch-moderate", "M0 10L10 0", 10), line("hatch-high", "M0 6L6 0", 6),
    line("hatch-extreme", "M0 5L5 0M0 0L5 5", 5));
}

function cells(matrix, rtl) {
  const drawn = [];
  for (let impact = 1; impact <= 5; impact += 1) {
    for (let likelihood = 1; likelihood <= 5; likelihood += 1) {
      const band = matrix[impact - 1][likelihood - 1];
      const [x, y] = corner(likelihood, impact, rtl);
      drawn.push(svg("rect", { x, y, width: CELL, height: CELL, class: `cell cell-${band}` }));
      if (band !== "low") {
        // The red of "extreme" needs no hatch on a screen; paper has no red.
        const opacity = band === "extreme" ? 0 : 0.25;
        drawn.push(svg("rect", { x, y, width: CELL, height: CELL, fill: `url(#hatch-${band})`, opacity, class: "cell-hatch" }));
      }
      drawn.push(svg("text", { x: x + CELL / 2, y: y + CELL - 6, class: "cell-word" }, say(`band.${band}`)));
    }
  }
  return drawn;
}

/** A rectangle a threat; rectangles that would hide one another move in by a few points. */
function rectangle(threat, order, rtl) {
  const [l, , lh] = threat.risk.likelihood;
  const [i, , ih] = threat.risk.impact;
  const [x1, y2] = corner(l, i, rtl);
  const [x2, y1] = corner(lh, ih, rtl);
  const inset = 5 + (order % 5) * 4;
  const x = Math.min(x1, x2) + inset;
  const y = Math.min(y1, y2) + inset;
  const width = Math.abs(x2 - x1) + CELL - 2 * inset;
  const height = Math.abs(y2 - y1) + CELL - 2 * inset;
  const [bx, by] = corner(threat.risk.likelihood[1], threat.risk.impact[1], rtl);
  const spot = [bx + 14 + ((order * 16) % 44), by + 18 + (Math.floor(order / 3) % 3) * 15];
  return [svg("g", {}, svg("rect", { x, y, width, height, class: "threat-halo", rx: 4 }),
    svg("rect", { x, y, width, height, class: "threat-box", rx: 4 })), svg("g", {},
    svg("circle", { cx: spot[0], cy: spot[1] - 4, r: 9, class: "threat-spot" }),
    svg("text", { x: spot[0], y: spot[1], class: "threat-letter" }, threat.letter))];
}

function axes(rtl) {
  const drawn = [];
  for (let number = 1; number <= 5; number += 1) {
    const [x] = corner(number, 1, rtl);
    const [, y] = corner(1, number, rtl);
    drawn.push(svg("text", { x: x + CELL / 2, y: 5 * CELL + 18, class: "axis" }, String(number)));
    drawn.push(svg("text", { x: rtl ? 5 * CELL + EDGE / 2 : EDGE / 2, y: y + CELL / 2 + 5, class: "axis" },
      String(number)));
  }
  return drawn;
}

function cellWords(view, likelihood, impact) {
  const here = view.threats.filter((threat) => threat.risk
    && threat.risk.likelihood[0] <= likelihood && likelihood <= threat.risk.likelihood[2]
    && threat.risk.impact[0] <= impact && impact <= threat.risk.impact[2]);
  return say("ui.map.cell", {
    likelihood, impact, band: say(`band.${view.matrix[impact - 1][likelihood - 1]}`),
    threats: here.map((threat) => threat.letter).join(", ") || say("ui.map.nobody"),
  });
}

/** One tab stop; the arrows walk over the cells and the words below say what is there. */
function walkable(drawing, spoken, view, rtl) {
  const at = { likelihood: 3, impact: 3 };
  const mark = svg("rect", { width: CELL, height: CELL, class: "cell-mark" });
  drawing.append(mark);
  const show = () => {
    const [x, y] = corner(at.likelihood, at.impact, rtl);
    mark.setAttribute("x", String(x));
    mark.setAttribute("y", String(y));
    spoken.textContent = cellWords(view(), at.likelihood, at.impact);
  };
  drawing.onkeydown = (event) => {
    const forward = rtl ? "ArrowLeft" : "ArrowRight";
    const back = rtl ? "ArrowRight" : "ArrowLeft";
    const step = { [forward]: [1, 0], [back]: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!step) return;
    event.preventDefault();
    at.likelihood = Math.min(5, Math.max(1, at.likelihood + step[0]));
    at.impact = Math.min(5, Math.max(1, at.impact + step[1]));
    show();
  };
  drawing.onfocus = show;
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const rtl = model.get("direction") === "rtl";
  const drawing = svg("svg", {
    viewBox: `0 0 ${5 * CELL + EDGE} ${5 * CELL + 24}`, class: "risk-map", tabindex: "0", role: "application",
  });
  const spoken = el("p", { role: "status", class: "hint" });
  const list = el("ol", { class: "priority" });
  const tabs = el("div", { class: "chips", role: "group" });
  let state = "current";
  let stopDrawing = () => {};
  // The same map for the three states: one tab each.
  const seen = () => {
    const view = model.get("view");
    const threats = view.threats.map((threat) => ({ ...threat, risk: state === "current" ? threat.risk : threat[state] }));
    return { ...view, threats };
  };
  const draw = () => {
    const view = seen();
    tabs.replaceChildren(...["inherent", "current", "target"].map((one) => el("button", {
      type: "button", class: "chip", "aria-pressed": one === state ? "true" : "false",
      "aria-current": one === state ? "true" : false, onclick: () => { state = one; draw(); },
    }, say(`state.${one}`))));
    const judged = view.threats.filter((threat) => threat.risk);
    const drawn = judged.map((threat, order) => rectangle(threat, order, rtl));
    // The letters lie above all rectangles.
    drawing.replaceChildren(hatches(), ...cells(view.matrix, rtl), ...axes(rtl),
      ...drawn.map(([box]) => box), ...drawn.map(([, spot]) => spot));
    walkable(drawing, spoken, seen, rtl);
    const byId = new Map(judged.map((threat) => [threat.id, threat]));
    list.replaceChildren(...view.priority.filter((id) => byId.has(id)).map((id) => {
      const { letter, sentence, risk } = byId.get(id);
      const words = risk.bands[0] === risk.bands[2] ? [bandChip(risk.bands[1])]
        : [bandChip(risk.bands[0]), ` ${say("ui.map.to")} `, bandChip(risk.bands[2])];
      return el("li", {}, el("span", { class: "letter" }, letter),
        el("span", { dir: "auto", class: "am-words" }, sentence), el("span", { class: "bands" }, ...words));
    }));
  };
  whenWords(model, () => {
    drawing.setAttribute("aria-label", say("ui.map.label"));
    element.append(
      el("h2", {}, say("ui.map.title")), el("p", { class: "lead" }, say("ui.map.lead")), tabs,
      el("p", { class: "axis-name" }, say("ui.map.impact")), drawing,
      el("p", { class: "axis-name end" }, say("ui.map.likelihood")), spoken,
      el("p", { class: "legend" }, ...["low", "moderate", "high", "extreme"].map(bandChip)), list,
    );
    stopDrawing = alive(model, element, line, draw);
  });
  return () => stopDrawing();
}

export default { render };
