// @ts-check
// What we will do: a board of before, during, after by four approaches; each measure is a card.
import { alive, el, labelOf, saveLine, say, typed, whenWords } from "./common.js";
import { lookup } from "./form.js";
import { ideasBox, placeName } from "./board_ideas.js";
import { keepingFocus, onShowRecord, rove, showRecord } from "./picture.js";
import { recordList } from "./record_card.js";
import { threatTabs } from "./threat_tabs.js";

function meter(counts) {
  const most = Math.max(1, ...counts.map(([, number]) => number));
  return counts.map(([name, number]) => el("li", { class: number ? "" : "board-zero", "data-count": name },
    el("strong", { class: "board-number" }, String(number)), el("span", {}, say(`part.measure_board.count.${name}`)),
    el("span", { class: "board-bar", "aria-hidden": "true", style: `inline-size:${(100 * number) / most}%` })));
}

function hintLine(one) {
  return el("li", { "data-rule": one.rule }, el("strong", {}, one.letters.length ? `${one.letters.join(", ")}: ` : "", one.says), " ", one.do,
    el("span", { class: "hint" }, one.why));
}

/** The line of a measure on the board: what, who, by when. */
function chip(record, letters, place) {
  const { fields } = record;
  const about = fields.threat_ids.map((id) => letters[id]).filter(Boolean).join(" ");
  const told = [about ? say("part.measure_board.chip.against", { letters: about }) : null,
    say("part.measure_board.chip.who", { letter: fields.owner_role || "–" }), record.day || null, labelOf("measure_status", fields.status)];
  return el("button", { type: "button", class: `board-chip board-is-${fields.status}`, "data-stop": `${place}-${record.id}`, tabindex: "-1",
    onclick: () => showRecord(record.id) }, typed(fields.title),
    el("span", { class: "board-told" }, ...told.filter(Boolean).flatMap((one, index) => [index ? " · " : "", el("bdi", {}, one)])));
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const view = () => model.get("view");
  const rtl = model.get("direction") === "rtl";
  const counts = el("ul", { class: "board-meter" });
  const hints = el("details", { class: "card board-hints" });
  const tabs = el("div", {});
  const grid = el("table", { class: "board" });
  const said = el("p", { role: "status", class: "hint" });
  let onlyOne = false;
  let lookFor = false;
  let list = null;
  let ideas = null;
  let stopDrawing = () => {};
  const ask = (values) => line.send({ type: "choose", values });
  const own = (phase, approach) => list.add({ phases: [phase], approach, threat_ids: view().threat ? [view().threat] : [] });
  const takeOver = (idea) => {
    const card = list.add({ ...idea.gives, threat_ids: [view().threat] });
    card.touch("title", idea.gives.title);
    said.textContent = say("part.measure_board.taken", { title: idea.gives.title });
    card.node.scrollIntoView({ block: "start" });
  };
  const lookHere = (phase, approach) => {
    if (!view().threat) return own(phase, approach);
    lookFor = true;
    return ask({ phase, approach, first: 0 });
  };
  const refresh = rove(grid, { rtl });
  const cell = (now, phase, approach) => {
    const place = `${phase}-${approach}`;
    const inside = now.measures.filter(({ fields }) => fields.approach === approach && fields.phases.includes(phase)
      && fields.status !== "dropped" && (!onlyOne || fields.threat_ids.includes(now.threat)));
    const seen = inside.length ? "+" : `+ ${say("part.measure_board.empty_place")}`;
    return el("td", { "data-h": labelOf("approach", approach), class: inside.length ? "" : "board-empty" },
      ...inside.map((one) => chip(one, now.letters, place)),
      el("button", { type: "button", class: "board-add", "data-stop": place, tabindex: "-1", "aria-label": `${seen} – ${placeName(phase, approach)}: ${say("part.measure_board.look")}`,
        onclick: () => lookHere(phase, approach) }, seen));
  };
  const board = (now) => [
    el("caption", { class: "unseen" }, say("part.measure_board.board")),
    el("thead", {}, el("tr", {}, el("td", {}), ...now.approaches.map((one) => el("th", { scope: "col" }, labelOf("approach", one))))),
    el("tbody", {}, ...now.phases.map((phase) => el("tr", {}, el("th", { scope: "row" }, labelOf("attack_phase", phase)),
      ...now.approaches.map((approach) => cell(now, phase, approach))))),
  ];
  const drawHints = (now) => {
    const number = now.hints.length;
    hints.hidden = !now.measures.length && !number;
    hints.replaceChildren(el("summary", {}, number ? say("part.measure_board.hints", { number }) : say("part.measure_board.no_hints")),
      el("ul", { class: "board-hint-list" }, ...now.hints.map(hintLine), ...now.questions.map((one) => el("li", {}, say("part.measure_board.ask"), " ", one))));
  };
  const filter = el("label", { class: "board-filter" }, el("input", { type: "checkbox", onchange: (event) => { onlyOne = event.target.checked; draw(); } }));
  const decorate = (extra, record) => extra.replaceChildren(...[record.fields.owner_role || say("part.measure_board.nobody"),
    labelOf("measure_status", record.fields.status)].map((one) => el("span", { class: "tag" }, one)));
  const draw = () => {
    const now = view();
    counts.replaceChildren(...meter(now.counts));
    drawHints(now);
    tabs.replaceChildren(threatTabs(now, (threat) => ask({ threat, first: 0 })));
    filter.hidden = !now.threat;
    keepingFocus(grid, () => grid.replaceChildren(...board(now)));
    refresh();
    list.draw(now.measures);
    ideas.draw(now);
    if (lookFor && now.ideas.phase) {
      lookFor = false;
      ideas.focus();
    }
  };
  whenWords(model, () => {
    filter.append(say("part.measure_board.only_one"));
    const sections = view().sections.map(([name, fields]) => [say(`part.measure_board.section.${name}`), fields]);
    list = recordList("measure", { line, refs: lookup(view), sections, decorate });
    ideas = ideasBox({ ask, takeOver, own });
    element.append(el("h2", { id: "measures", tabindex: "-1" }, say("part.measure_board.title")), counts, hints, tabs, filter, grid, said,
      el("div", { class: "board-below" }, el("div", {}, el("h3", {}, say("part.measure_board.cards")), list.node), ideas.node));
    const stopShowing = onShowRecord([list]);
    const stop = alive(model, element, line, draw);
    stopDrawing = () => { stopShowing(); stop(); };
  });
  return () => stopDrawing();
}

export default { render };
