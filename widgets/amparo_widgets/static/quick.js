// @ts-check
// Quick: twelve questions, or six, to the one-page sheet; one question a screen.
import { alive, el, flushAll, formOf, labelOf, openScreen, saveLine, say, whenWords } from "./common.js";
import { control, lookup } from "./form.js";
import { blank, recordForm } from "./record_card.js";

// A threat begins as the widest of its kinds; the questions narrow it down.
const BIRTH = { threat: { threat_type: "intimidation" }, measure: { approach: "proactive_root", phases: ["before"] } };

/** Who does it, and who if that person is gone: one line a duty, letters only. */
function dutyRows(form, duties) {
  const spec = formOf("sheet").fields.find((one) => one.name === "duties");
  const names = new Map(spec.fields.find((one) => one.name === "duty").options);
  const letters = spec.fields.filter((one) => one.name === "letter" || one.name === "deputy");
  const set = (duty, name, value) => {
    const others = (form.values.duties ?? []).filter((one) => one.duty !== duty);
    const mine = { duty, letter: null, deputy: null, note: "", ...(form.values.duties ?? []).find((one) => one.duty === duty), [name]: value };
    form.values.duties = [...others, mine];
    // A duty begins with its letter.
    const whole = form.values.duties.filter((one) => one.letter);
    if (mine.letter || others.length !== form.values.duties.length - 1) form.touch("duties", whole);
  };
  return el("div", { class: "duties" }, ...duties.map((duty) => {
    const held = (form.values.duties ?? []).find((one) => one.duty === duty) ?? {};
    return el("fieldset", { class: "group" }, el("legend", {}, names.get(duty)),
      ...letters.map((one) => control({ ...one, needed: false }, held[one.name], (value) => set(duty, one.name, value), () => []).node));
  }));
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const view = () => model.get("view");
  const body = el("div", { class: "quick" });
  const born = {};
  let at = 0;
  let shownPath = null;
  let forms = [];
  let stopDrawing = () => {};
  const recordOf = (kind) => {
    const held = view().held[kind];
    // What was just acknowledged may be newer than what has been drawn.
    if (held && !(born[kind]?.id === held.id && born[kind].version > held.version)) return held;
    // One and the same new record for all questions that fill it in.
    born[kind] ??= blank(kind, BIRTH[kind]);
    return born[kind];
  };
  const move = async (step) => {
    await flushAll();
    for (const form of forms) born[form.kind] = { ...recordOf(form.kind), version: form.own.version, fields: { ...form.values } };
    at = Math.max(0, Math.min(view().questions.length, at + step));
    show();
    body.querySelector("h1")?.focus();
    window.scrollTo({ top: 0 });
  };
  const choosePath = (path) => line.send({ type: "choose", values: { path } });
  const progress = el("div", {});
  const paths = el("div", { class: "chips" });
  /** How many there are; the answer to the first question may change it while somebody answers. */
  const count = () => {
    const { questions, path } = view();
    progress.replaceChildren(
      el("p", { class: "progress" }, say("part.quick.progress", { number: at + 1, all: questions.length })),
      el("progress", { max: questions.length, value: at + 1, "aria-hidden": "true" }));
    paths.hidden = at > 0;
    paths.replaceChildren(...["ten", "forty"].map((one) => el("button", {
      type: "button", class: "chip", "aria-current": path === one ? "true" : false, onclick: () => choosePath(one),
    }, say(`part.quick.path.${one}`))));
  };
  const buttons = (last) => el("div", { class: "foot" },
    el("button", { type: "button", onclick: () => (at === 0 ? openScreen("start") : move(-1)) }, say("part.shell.back")),
    last ? null : el("button", { type: "button", class: "quiet", onclick: () => move(1) }, say("part.quick.skip")),
    last ? el("button", { type: "button", class: "main", onclick: () => openScreen("papers") }, say("part.quick.to_paper"))
      : el("button", { type: "button", class: "main", onclick: () => move(1) }, say("part.shell.next")));
  const show = () => {
    const { questions, path } = view();
    shownPath = path;
    const question = questions[at];
    forms = [];
    if (!question) {
      body.replaceChildren(el("h1", { id: "am-head", tabindex: "-1" }, say("part.quick.done")),
        el("p", { class: "lead" }, say("part.quick.done_lead")), summary(), buttons(true));
      return;
    }
    forms = question.answers.map(([kind, only]) => {
      const form = { kind, ...recordForm(recordOf(kind), {
        line, refs: lookup(view), only: only.filter((name) => name !== "duties"), removable: false,
        waive: ["sentence", "threat_type"],
      }) };
      if (only.includes("duties")) form.node.append(dutyRows(form, question.duties));
      return form;
    });
    count();
    body.replaceChildren(
      progress,
      el("h1", { id: "am-head", tabindex: "-1" }, question.ask),
      el("p", { class: "kept" }, el("span", { class: `tag tag-${question.tag}` }, labelOf("question_tag", question.tag)), " ", question.help),
      el("details", { class: "example" }, el("summary", {}, say("part.step_head.example")), el("p", {}, question.example)),
      ...forms.map((form) => form.node), buttons(false), paths,
    );
  };
  const summary = () => {
    const sheet = view().held.sheet?.fields ?? {};
    const lines = (title, list) => (list?.length ? [el("h2", {}, title), el("ol", { class: "am-words" }, ...list.map((one) => el("li", { dir: "auto" }, one)))] : []);
    return el("div", { class: "card alone" }, ...lines(say("field.sheet.signs"), sheet.signs),
      ...lines(say("field.sheet.signal"), sheet.signal ? [sheet.signal] : []), ...lines(say("field.sheet.first_five"), sheet.first_five));
  };
  const draw = () => {
    // The answer to a choice comes before the questions it brings.
    if (view().path !== shownPath && !forms.some((form) => form.node.contains(document.activeElement))) {
      at = 0;
      return show();
    }
    if (forms.length) count();
    for (const form of forms) {
      const held = view().held[form.kind];
      if (held) form.update(held);
    }
    if (!body.childElementCount || !forms.length) show();
  };
  whenWords(model, () => {
    element.append(body);
    stopDrawing = alive(model, element, line, draw);
  });
  return () => stopDrawing();
}

export default { render };
