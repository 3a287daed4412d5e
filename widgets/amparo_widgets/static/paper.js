// @ts-check
// A step on paper, from the browser: all that folds is open, what was typed stands whole, and what
// nobody has written yet is a numbered form to fill in by hand. Afterwards all is as before.
import { el, formOf, say, shelf } from "./common.js";
import { choicesOf } from "./form.js";
import { localeDay } from "./locale_format.js";

const MOST_BOXES = 14;
const DEPTH = 5;
const LONG_LISTS = ".picks:not(:has(:checked))";

/** Open every fold, also those that are made only now; returns what closes them again. */
function unfoldAll() {
  const opened = [];
  for (let depth = 0; depth < DEPTH; depth += 1) {
    const shut = [...document.querySelectorAll(".amparo-part details:not([open])")].filter((one) => !one.matches(LONG_LISTS));
    for (const one of shut) {
      one.dispatchEvent(new Event("amparo-unfold"));
      one.open = true;
    }
    opened.push(...shut);
  }
  return () => opened.forEach((one) => { one.open = false; });
}

/** What stands in a control, in words. */
function wordsIn(control) {
  if (control.tagName === "SELECT") return control.value ? control.selectedOptions[0]?.textContent ?? "" : "";
  return control.type === "date" && control.value ? localeDay(shelf.lang, control.value) : control.value.trim();
}

/** A box on the screen cuts a long text off; paper shows all of it, and no empty field. */
function writeOut() {
  const written = [];
  for (const control of document.querySelectorAll(".amparo-part :is(input:not([type=checkbox], [type=radio], [type=password]), select, textarea)")) {
    const node = el("p", { class: "on-paper am-words" }, el("bdi", {}, wordsIn(control)));
    control.after(node);
    written.push(node);
  }
  const fields = [...document.querySelectorAll(".amparo-part .am-field")];
  const isEmpty = (one) => !one.querySelector(":checked:not(option)") && ![...one.querySelectorAll(".on-paper")].some((node) => node.textContent);
  for (const one of fields) one.classList.toggle("am-nothing", isEmpty(one));
  return () => {
    for (const one of fields) one.classList.remove("am-nothing");
    for (const node of written) node.remove();
  };
}

function boxes(labels) {
  return el("ul", { class: "hand-boxes" }, ...labels.map((label) => el("li", {}, `□ ${label}`)));
}

function rangeLabels(spec) {
  return [1, 2, 3, 4, 5].map((step) => `${step} · ${say(`scale.${spec.name}.${step}`)}`);
}

function lines(number) {
  return Array.from({ length: number }, () => el("div", { class: "hand-line" }));
}

/** Where a hand writes: boxes to tick, or lines. */
function spaceFor(spec, number) {
  if (spec.control === "group") return spec.fields.map((one, index) => handField(one, `${number}.${index + 1}`));
  if (spec.control === "flag") return [boxes([say("part.form.yes"), say("part.form.no")])];
  if (spec.control === "range") return [boxes(rangeLabels(spec))];
  const choices = spec.control === "choice" || spec.control === "scale" ? choicesOf(spec) : [];
  if (choices.length && choices.length <= MOST_BOXES) {
    return [boxes(choices.map(([id, label]) => (spec.control === "scale" ? `${id} · ${label}` : label)))];
  }
  return lines((spec.control === "text" ? 3 : 1) + (spec.many ? 2 : 0));
}

function handField(spec, number) {
  return el("div", { class: "hand-field" }, el("p", { class: "hand-label" }, el("bdi", {}, number), " ", spec.label), ...spaceFor(spec, number));
}

/** The numbers are those of the printed forms of all steps. */
function handForm(kind) {
  const form = formOf(kind);
  if (!form) return null;
  return el("section", { class: "hand-form" }, el("h2", {}, el("bdi", {}, form.number), ` ${form.many}`),
    ...form.fields.filter((one) => one.number).map((one) => handField(one, one.number)));
}

/**
 * Make the open screen fit for paper whenever the browser prints it.
 *   element: where the empty forms are put.
 *   kinds(): the kinds of which there is no record yet.
 * Returns what ends it.
 */
export function onPaper(element, kinds) {
  let undo = [];
  const before = () => {
    after();
    const forms = el("div", { class: "hand-forms" }, ...kinds().map(handForm));
    undo = [unfoldAll(), writeOut(), () => forms.remove()];
    element.prepend(forms);
  };
  const after = () => {
    for (const one of undo.reverse()) one();
    undo = [];
  };
  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
  return () => {
    window.removeEventListener("beforeprint", before);
    window.removeEventListener("afterprint", after);
    after();
  };
}
