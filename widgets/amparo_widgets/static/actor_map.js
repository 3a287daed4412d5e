// @ts-check
// Who is involved, in three pictures: stance and weight, the field of forces, the spectrum of allies.
import { alive, el, formOf, openScreen, saveLine, say, svg, typed, whenWords } from "./common.js";
import { lookup } from "./form.js";
import { recordList } from "./record_card.js";
import { keepingFocus, onShowRecord, pairOf, rove, showRecord, tabList } from "./picture.js";

const SIGNS = { "-2": "− −", "-1": "−", 0: "0", 1: "+", 2: "+ +" };
const TRENDS = { better: "▲", worse: "▼" };

function numberOf(mark) {
  return el("span", { class: mark.unsure ? "pic-number unsure" : "pic-number" }, String(mark.number));
}

function chip(mark, view, className) {
  return el("button", { type: "button", class: `amap-chip ${className} ${mark.unsure ? "unsure" : ""}`, "data-stop": mark.id, tabindex: "-1",
    onclick: () => showRecord(mark.id) }, numberOf(mark),
  el("span", { class: "amap-name" }, typed(mark.label)),
  TRENDS[mark.trend] ? el("span", { class: "amap-trend" }, el("span", { "aria-hidden": "true" }, TRENDS[mark.trend]), el("span", { class: "unseen" }, mark.trend_words)) : null);
}

/** Rows are weight, columns are stance; who is not known stands apart. */
function gridView(view) {
  const columns = [...view.stances.map(([stance]) => stance), null];
  const cell = (influence, stance) => el("div", { class: stance === null ? "amap-cell apart" : "amap-cell" },
    ...view.marks.filter((one) => one.influence === influence && one.stance === stance).map((one) => chip(one, view, "in-cell")));
  const rows = view.influences.flatMap(([influence]) => [
    el("span", { class: "amap-row", "aria-hidden": "true" }, String(influence)), ...columns.map((stance) => cell(influence, stance))]);
  const heads = columns.map((stance) => el("span", { class: "amap-head", "aria-hidden": "true" }, stance === null ? "?" : SIGNS[stance]));
  const key = el("ol", { class: "amap-key" }, ...view.marks.map((one) => el("li", {}, numberOf(one), " ", typed(one.label))));
  return [
    el("p", { class: "amap-axis" }, say("part.actor_map.weight_up")),
    el("div", { class: "amap-grid" }, el("span", {}), ...heads, ...rows),
    el("p", { class: "amap-ends" }, el("span", {}, "− − ", say("part.actor_map.against")), el("span", {}, "+ + ", say("part.actor_map.with")),
      el("span", {}, "? ", say("part.actor_map.unknown"))), key,
  ];
}

function force(mark, view) {
  const row = chip(mark, view, "in-field");
  row.append(el("span", { class: "amap-lane", "aria-hidden": "true" },
    el("span", { class: `amap-arrow amap-${mark.side}`, style: `inline-size: ${mark.influence * 20}%` })));
  return el("li", {}, row);
}

function fieldView(view) {
  const sorted = [...view.marks].sort((one, other) => other.influence - one.influence);
  const column = (side) => {
    const found = sorted.filter((one) => one.side === side);
    return el("section", { class: `amap-side amap-${side}` }, el("h3", {}, say(`part.actor_map.side.${side}`)),
      found.length ? el("ul", {}, ...found.map((one) => force(one, view))) : el("p", { class: "hint" }, say("part.actor_map.nobody")));
  };
  return [el("div", { class: "amap-field-of-forces" }, column("driving"), column("restraining")),
    el("div", { class: "amap-field-of-forces" }, column("between"), column("unknown"))];
}

/** A half circle in five parts: the further to the end, the more with us. */
function halfCircle(view, rtl) {
  const point = (part, radius) => {
    const angle = Math.PI * (1 - part / 5);
    return [200 + (rtl ? -1 : 1) * radius * Math.cos(angle), 190 - radius * Math.sin(angle)];
  };
  const wedges = view.stances.flatMap(([stance], index) => {
    const [[x1, y1], [x2, y2], [x3, y3], [x4, y4]] = [point(index, 180), point(index + 1, 180), point(index + 1, 60), point(index, 60)];
    const sweep = rtl ? 0 : 1;
    const here = view.marks.filter((one) => one.stance === stance).map((one) => one.number);
    const [x, y] = point(index + 0.5, 124);
    const lines = [];
    for (let from = 0; from < here.length; from += 3) lines.push(here.slice(from, from + 3).join(" "));
    return [
      svg("path", { d: `M${x1} ${y1}A180 180 0 0 ${sweep} ${x2} ${y2}L${x3} ${y3}A60 60 0 0 ${1 - sweep} ${x4} ${y4}Z`, class: `amap-wedge amap-wedge${stance}` }),
      ...lines.map((text, row) => svg("text", { x, y: y + 5 + (row - (lines.length - 1) / 2) * 18, class: "amap-wedge-text" }, text)),
      svg("text", { x: point(index + 0.5, 44)[0], y: point(index + 0.5, 44)[1] + 5, class: "amap-wedge-sign" }, SIGNS[stance]),
    ];
  });
  return svg("svg", { viewBox: "0 0 400 200", class: "amap-spectrum", "aria-hidden": "true" }, ...wedges);
}

function spectrumView(view, rtl) {
  const rows = [...view.stances].reverse().map(([stance, words]) => [stance, `${SIGNS[stance]} · ${words}`]);
  rows.push([null, `? · ${say("part.actor_map.unknown")}`]);
  return [halfCircle(view, rtl), el("p", { class: "hint" }, say("part.actor_map.one_step")), ...rows.map(([stance, words]) => {
    const here = view.marks.filter((one) => one.stance === stance);
    return el("section", { class: "amap-group" }, el("h3", {}, words),
      here.length ? el("div", { class: "amap-row-of-chips" }, ...here.map((one) => chip(one, view, "in-row"))) : el("p", { class: "hint" }, say("part.actor_map.nobody")));
  })];
}

function warningOf(warning) {
  const buttons = warning.records.map((one) => el("button", { type: "button", class: "small",
    onclick: () => (warning.step === "s3" ? showRecord(one.id) : openScreen(warning.step, one.id)) }, typed(one.label)));
  return el("div", { class: "pic-warn amap-warning" }, el("p", {}, el("strong", {}, warning.text), " ", warning.why), el("p", { class: "amap-open" }, ...buttons));
}

function spokenMark(mark) {
  const sure = mark.unsure ? ` · ${say("part.actor_map.unsure")}` : "";
  return [`${mark.number}. `, typed(mark.label), ` · ${mark.type} · ${mark.stance_words} · ${say("part.actor_map.weight")}: ${mark.influence_words}`,
    TRENDS[mark.trend] ? ` · ${mark.trend_words}` : "", sure];
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const rtl = model.get("direction") === "rtl";
  const view = () => model.get("view");
  const found = (id) => view().marks.find((one) => one.id === id);
  let stopDrawing = () => {};
  whenWords(model, () => {
    const decorate = (box, record) => {
      const mark = found(record.id);
      box.replaceChildren(...(mark ? [el("span", { class: "tag" }, `${mark.number} · ${mark.stance_words}`)] : []));
    };
    const list = recordList("actor", { line, refs: lookup(view), decorate, shown: 6 });
    const spoken = el("p", { role: "status", class: "hint pic-said" });
    const views = { grid: gridView, field: fieldView, spectrum: spectrumView };
    const panels = Object.fromEntries(Object.keys(views).map((id) => [id, el("div", {})]));
    const refreshes = Object.fromEntries(Object.entries(panels).map(([id, panel]) => [id, rove(panel, { inLine: id !== "grid", rtl,
      onReach: (stop) => { const mark = found(stop.dataset.stop); if (mark) spoken.replaceChildren(...spokenMark(mark)); } })]));
    const tabs = tabList("am-view", Object.keys(views).map((id) => [id, say(`part.actor_map.view.${id}`), panels[id]]), rtl, (id) => refreshes[id]?.());
    const warnings = el("div", {});
    const picture = el("div", { class: "pic-box" }, el("h2", {}, say("part.actor_map.title")), el("p", { class: "hint" }, say("part.actor_map.lead")), tabs.node, spoken);
    element.append(el("div", { class: "amap-map" }, warnings, pairOf(el("div", {}, el("h2", {}, formOf("actor").many), list.node), picture)));
    const stopShowing = onShowRecord([list]);
    const stop = alive(model, element, line, () => {
      list.draw(view().records);
      warnings.replaceChildren(...view().warnings.map(warningOf));
      for (const [id, panel] of Object.entries(panels)) {
        keepingFocus(panel, () => panel.replaceChildren(...views[id](view(), rtl)));
        refreshes[id]();
      }
    });
    stopDrawing = () => {
      stopShowing();
      stop();
    };
  });
  return () => stopDrawing();
}

export default { render };
