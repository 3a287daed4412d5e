// @ts-check
// Ideas of the catalogue for one threat or one empty place; their caveats are never folded away.
import { el, labelOf, say } from "./common.js";

/** "Before, prevents" for a place of the board. */
export function placeName(phase, approach) {
  return [labelOf("attack_phase", phase), labelOf("approach", approach)].join(" · ");
}

function age(idea) {
  return el("p", { class: "hint" }, say("part.measure_board.source"), " ", el("bdi", {}, idea.sources.join("; ")), ". ",
    say("part.measure_board.year", { year: idea.year }), " ", idea.reviewed ? "" : say("part.measure_board.not_reviewed"));
}

function ideaCard(idea, takeOver) {
  return el("article", { class: `board-idea${idea.stale ? " board-stale" : ""}`, "data-idea": idea.id },
    el("h4", {}, idea.title),
    el("p", { class: "board-reasons" }, ...idea.reasons.flatMap((one) => [el("span", { class: "tag" }, say(`part.measure_board.reason.${one}`)), " "])),
    el("p", {}, idea.what),
    el("p", { class: "board-caveat" }, el("strong", {}, say("part.measure_board.caveat")), " ", idea.caveats),
    idea.careful ? el("p", { class: "board-caveat" }, el("strong", {}, say(`part.measure_board.careful.${idea.careful}`))) : null,
    idea.stale ? el("p", { class: "board-old" }, el("strong", {}, say("part.measure_board.stale"))) : null,
    age(idea),
    el("button", { type: "button", "aria-label": `${say("part.measure_board.take")}: ${idea.title}`, onclick: () => takeOver(idea) },
      say("part.measure_board.take")));
}

/**
 * The box of ideas. *ask(values)* sets the place or the page; *takeOver(idea)* makes a measure of
 * one; *own(phase, approach)* begins one of the group's own.
 * Returns {node, draw(view), focus()}.
 */
export function ideasBox({ ask, takeOver, own }) {
  const title = el("h3", { tabindex: "-1" });
  const place = el("div", { class: "board-place" });
  const list = el("div", { class: "idea-list" });
  const told = el("p", { class: "hint", role: "status" });
  const more = el("button", { type: "button", class: "quiet" }, say("part.measure_board.others"));
  const node = el("section", { class: "pic-box board-ideas" }, title, el("p", { class: "hint" }, say("part.measure_board.ideas.lead")), place, told, list, more);
  const draw = (view) => {
    const { ideas } = view;
    node.hidden = !view.threat;
    const letter = view.threats.find(([id]) => id === view.threat)?.[1] ?? "";
    title.textContent = say("part.measure_board.ideas", { letter });
    place.hidden = !ideas.phase;
    place.replaceChildren(...(ideas.phase ? [el("strong", {}, placeName(ideas.phase, ideas.approach)),
      el("button", { type: "button", class: "quiet", onclick: () => own(ideas.phase, ideas.approach) }, say("part.measure_board.own_here")),
      el("button", { type: "button", class: "quiet", onclick: () => ask({ phase: null, approach: null, first: 0 }) }, say("part.measure_board.all_places")),
    ] : []));
    told.textContent = ideas.all ? say("part.measure_board.shown", { from: ideas.first + 1, to: ideas.first + ideas.shown.length, all: ideas.all })
      : say("part.measure_board.no_ideas");
    list.replaceChildren(...ideas.shown.map((one) => ideaCard(one, takeOver)));
    more.hidden = ideas.all <= ideas.most;
    more.onclick = () => ask({ first: ideas.first + ideas.most });
  };
  return { node, draw, focus: () => { title.focus(); node.scrollIntoView({ block: "start" }); } };
}
