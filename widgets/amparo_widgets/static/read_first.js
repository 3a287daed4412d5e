// @ts-check
// Two people read, sentence by sentence, what would leave; only then a paper can be fetched.
import { el, field, say, textInput, typed } from "./common.js";

const LETTER = /^[A-Z]{1,2}$/;

/** *where* gives the address of the paper, *open* shows it. */
export function readFirst(where, open) {
  const told = el("p", { role: "status", class: "hint" });
  const list = el("div", { class: "read-first" });
  const begin = el("button", { type: "button", "aria-expanded": "false", onclick: async () => {
    told.textContent = say("part.papers.working");
    const said = await asked(`${where()}&sentences=1`);
    told.textContent = said.sentences ? "" : said.text || say("part.papers.refused");
    if (!said.sentences) return;
    begin.setAttribute("aria-expanded", "true");
    list.replaceChildren(...reading(said, where, open, told, again));
    list.querySelector("input")?.focus();
  } }, say("part.papers.read_first"));
  const again = () => {
    begin.setAttribute("aria-expanded", "false");
    list.replaceChildren();
    begin.focus();
  };
  return el("div", {}, begin, told, list);
}

async function asked(address, options = {}) {
  try {
    return await (await fetch(address, options)).json();
  } catch {
    return {};
  }
}

function reading(said, where, open, told, close) {
  const letters = [0, 1].map((who) => textInput("", () => judge(), { maxlength: "2", dir: "ltr", class: "read-letter", autocapitalize: "characters", }));
  const boxes = [[], []];
  const make = el("button", { type: "button", class: "main", disabled: true, onclick: async () => {
    told.textContent = say("part.papers.working");
    const ticks = { digest: said.digest, letters: letters.map(letterOf), sentences: said.sentences.length };
    const answer = await asked(where(), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ticks }) });
    told.textContent = answer.text || say("part.papers.refused");
    if (!answer.ok) return;
    open(answer.address);
    close();
  } }, say("part.papers.make"));
  const missing = el("p", { class: "hint", role: "status" });
  const judge = () => {
    const ticked = boxes.map((own) => own.filter((box) => box.checked).length);
    const [first, second] = letters.map(letterOf);
    const two = LETTER.test(first) && LETTER.test(second) && first !== second;
    const all = ticked.every((count) => count === said.sentences.length);
    make.disabled = !(two && all);
    missing.textContent = !two ? say("part.papers.two_letters")
      : all ? "" : say("part.papers.still", { first: said.sentences.length - ticked[0], second: said.sentences.length - ticked[1] });
  };
  const people = [0, 1].map((who) => field(say(`part.papers.reader.${who + 1}`), letters[who]));
  const rows = said.sentences.map((one, number) => row(one, number, boxes, judge));
  judge();
  return [
    el("p", {}, said.limits), el("div", { class: "read-people" }, ...people),
    rows.length ? el("ol", { class: "read-list" }, ...rows) : el("p", {}, say("part.papers.nothing_leaves")),
    el("p", { class: "notice" }, say("part.papers.not_this")), missing, make,
  ];
}

function row(one, number, boxes, judge) {
  const ticks = [0, 1].map((who) => {
    const box = el("input", { type: "checkbox", onchange: judge });
    boxes[who].push(box);
    return el("label", { class: "read-tick" }, box, el("span", {}, say(`part.papers.read_by.${who + 1}`, { number: number + 1 })));
  });
  return el("li", {}, el("p", { class: "hint" }, one.place), el("p", { class: "read-text" }, typed(one.text)),
    one.flags.length ? el("p", { class: "read-flags" }, ...one.flags.map((flag) => el("span", { class: "tag tag-keepers_only" }, flag))) : null,
    el("div", { class: "read-ticks" }, ...ticks));
}

function letterOf(input) {
  return input.value.trim().toUpperCase();
}
