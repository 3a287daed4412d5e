// @ts-check
// Arrows between the nodes of a chain, measured on the page so that they fit any width and language.
import { el, svg } from "./common.js";

const TIP = 9;
const WORDS_FROM = 760;
const BENDS = [0, 46, -46, 90, -90, 140, -140];
const STEPS = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];
const LETTER = 6.6;
const ROOM = 16;

/** Where the line from the middle of *box* towards *to* leaves the box. */
function border(box, to) {
  const [dx, dy] = [to.x - box.x, to.y - box.y];
  const scale = Math.min(dx ? box.w / 2 / Math.abs(dx) : Infinity, dy ? box.h / 2 / Math.abs(dy) : Infinity);
  return { x: box.x + dx * scale, y: box.y + dy * scale };
}

function along({ start, bend, end }, t) {
  const at = (name) => (1 - t) ** 2 * start[name] + 2 * t * (1 - t) * bend[name] + t ** 2 * end[name];
  return { x: at("x"), y: at("y") };
}

function covers(box, { x, y }, w = 0, h = 0) {
  return Math.abs(box.x - x) < (box.w + w) / 2 && Math.abs(box.y - y) < (box.h + h) / 2;
}

/** A line that goes round the nodes between; straight where nothing is in the way. */
function curve(from, to, others, taken, width) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [nx, ny] = [-(to.y - from.y) / length, (to.x - from.x) / length];
  const bent = (by) => {
    const bend = { x: (from.x + to.x) / 2 + nx * by * 2, y: (from.y + to.y) / 2 + ny * by * 2 };
    return { start: border(from, bend), bend, end: border(to, bend), by };
  };
  const free = (line) => !taken.includes(line.by)
    && [0.15, 0.3, 0.45, 0.6, 0.75, 0.9].map((t) => along(line, t))
      .every((point) => point.x > 0 && point.x < width && !others.some((box) => covers(box, point, ROOM, ROOM)));
  const lines = BENDS.map(bent);
  return lines.find(free) ?? lines.find((line) => !taken.includes(line.by)) ?? lines[0];
}

function tip({ bend, end }) {
  const angle = Math.atan2(end.y - bend.y, end.x - bend.x);
  const corner = (turn) => `${end.x - TIP * Math.cos(angle + turn)} ${end.y - TIP * Math.sin(angle + turn)}`;
  return `M${end.x} ${end.y}L${corner(0.45)}L${corner(-0.45)}Z`;
}

/** A place for the words of a line, not on a node and not on other words. */
function placeOfWords(line, text, nodes, said) {
  const size = { w: text.length * LETTER + 10, h: 18 };
  const free = (point) => ![...nodes, ...said].some((box) => covers(box, point, size.w, size.h));
  const points = STEPS.map((t) => along(line, t));
  return { ...(points.find(free) ?? points[0]), ...size };
}

function measured(box) {
  const origin = box.getBoundingClientRect();
  return new Map([...box.querySelectorAll(".mc-node, .mc-empty")].map((one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return [one.dataset.stop, { x: left - origin.left + width / 2, y: top - origin.top + height / 2, w: width + 4, h: height + 4 }];
  }));
}

/** Returns {node, words, draw(ties, chosen, isPlaced)}: lines below the nodes, their words above. */
export function arrowsOf(box) {
  const node = svg("svg", { class: "mc-arrows", "aria-hidden": "true" });
  const words = el("div", { class: "mc-words", "aria-hidden": "true" });
  const draw = (ties, chosen, isPlaced) => {
    // Before the page has laid it out there is nothing to measure; the size observer calls again.
    if (!box.clientWidth) return;
    const known = measured(box);
    const nodes = [...known.values()];
    const pairs = new Map();
    const lines = [];
    const said = [];
    for (const tie of ties) {
      const [from, to] = [known.get(tie.from), known.get(tie.to)];
      if (!from || !to || from === to) continue;
      const pair = [tie.from, tie.to].sort().join();
      const taken = pairs.get(pair) ?? [];
      const line = curve(from, to, nodes.filter((one) => one !== from && one !== to), taken, box.clientWidth);
      pairs.set(pair, [...taken, line.by, -line.by]);
      const mine = chosen === tie.from || chosen === tie.to;
      const outside = !isPlaced(tie.from) || !isPlaced(tie.to);
      const state = `${tie.unsure ? "unsure" : ""} ${mine ? "mine" : outside ? "faint" : ""}`;
      const { start, bend, end } = line;
      lines.push(svg("path", { d: `M${start.x} ${start.y}Q${bend.x} ${bend.y} ${end.x} ${end.y}`, class: `mc-arrow ${state}` }),
        svg("path", { d: tip(line), class: `mc-tip ${state}` }));
      if (mine || (box.clientWidth >= WORDS_FROM && !outside)) said.push({ ...placeOfWords(line, tie.words, nodes, said), mine, text: tie.words });
    }
    node.replaceChildren(...lines);
    words.replaceChildren(...said.map((one) => el("span", { class: `mc-word ${one.mine ? "mine" : ""}`, style: `left: ${one.x}px; top: ${one.y}px` }, one.text)));
  };
  return { node, words, draw };
}
