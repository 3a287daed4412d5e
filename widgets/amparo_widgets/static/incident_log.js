// @ts-check
// What happened: register, assess, react; and the patterns that ask to look again.
import { alive, el, formOf, openScreen, saveLine, say, shelf, svg, whenWords } from "./common.js";
import { localeDay } from "./locale_format.js";
import { lookup } from "./form.js";
import { recordList } from "./record_card.js";

const SECTIONS = [
  ["register", ["on", "date_precision", "incident_kind", "what_happened", "place_kind", "role_affected", "group_affected"]],
  ["assess", ["severity", "certainty", "actor_id", "linked_activity_id", "linked_threat_ids", "gender_dimension"]],
  ["react", ["decision", "response", "reported_to", "consent", "outcome", "lesson", "review_by"]],
];
const DAY = 86400000;

function trend(points, today, rtl) {
  const [width, height] = [520, 120];
  const end = Date.parse(today);
  const start = Math.min(...points.map(([on]) => Date.parse(on)), end - 180 * DAY);
  const place = (on) => {
    const at = 12 + ((Date.parse(on) - start) / (end - start || 1)) * (width - 24);
    return rtl ? width - at : at;
  };
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "incident-trend", role: "img", "aria-label": say("part.incident_log.trend", { number: points.length }) },
    svg("line", { x1: 0, y1: height - 14, x2: width, y2: height - 14, class: "axis-line" }),
    ...points.map(([on, severity]) => svg("rect", { x: place(on) - 4, y: height - 14 - (8 + severity * 20), width: 8, height: 8 + severity * 20, class: `severity severity-${severity}` })));
}

function decorate(node, record) {
  const { on, date_precision: precision, severity, decision } = record.fields;
  const level = formOf("incident").fields.find((one) => one.name === "severity").options.find(([id]) => id === severity);
  node.replaceChildren(...[on ? el("bdi", { class: "tag" }, localeDay(shelf.lang, on, precision)) : null,
    level ? el("span", { class: "tag" }, `${severity} · ${level[1]}`) : null,
    decision === "undecided" && record.version !== null ? el("span", { class: "tag tag-small_team" }, say("part.incident_log.undecided")) : null].filter(Boolean));
}

function pattern(one) {
  return el("li", { class: one.looked_at ? "seen" : "" }, el("p", {}, one.text), el("p", { class: "hint" }, one.why),
    ...one.threats.map(([id, letter]) => el("button", { type: "button", class: "quiet", onclick: () => openScreen("s8", id) }, say("part.incident_log.look_again", { letter }))));
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const view = () => model.get("view");
  const picture = el("div", {});
  const patterns = el("ul", { class: "patterns" });
  const asked = el("ul", {});
  let stopDrawing = () => {};
  whenWords(model, () => {
    const list = recordList("incident", {
      line, refs: lookup(view), given: () => ({ on: view().today }), decorate,
      sections: SECTIONS.map(([name, names]) => [say(`part.incident_log.${name}`), names]),
    });
    const draw = () => {
      const now = view();
      picture.replaceChildren(now.trend.length ? trend(now.trend, now.today, model.get("direction") === "rtl") : "");
      patterns.replaceChildren(...now.patterns.map(pattern));
      patterns.hidden = !now.patterns.length;
      asked.replaceChildren(...now.questions.map((text) => el("li", {}, text)));
      list.draw(now.records);
    };
    const onShow = (event) => list.show(event.detail.record);
    window.addEventListener("amparo-show", onShow);
    element.append(el("h2", {}, formOf("incident").many), el("p", { class: "lead" }, say("part.incident_log.lead")),
      el("p", { class: "notice" }, say("part.incident_log.not_here")), list.node,
      el("h3", {}, say("part.incident_log.patterns")), picture, patterns,
      el("details", { class: "more" }, el("summary", {}, say("part.incident_log.ask_too")), asked));
    const stop = alive(model, element, line, draw);
    stopDrawing = () => { window.removeEventListener("amparo-show", onShow); stop(); };
  });
  return () => stopDrawing();
}

export default { render };
