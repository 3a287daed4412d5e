// @ts-check
// The first screen: language, danger today, where it is kept and until when.
import { BASE, alive, el, field, newId, openScreen, saveLine, say, whenWords } from "./common.js";
import { dayInput } from "./day_input.js";

const DANGERS = ["yes", "no", "unknown"];
const PLACES = ["session_only", "one_encrypted_file", "paper_only"];

function picks(name, legend, ids, chosen, onPick) {
  const group = `p${newId()}`;
  return el("fieldset", { class: "start-picks" }, el("legend", {}, legend), ...ids.map((id) => {
    const box = el("input", { type: "radio", name: group, value: id });
    box.checked = id === chosen;
    box.addEventListener("change", () => onPick(id));
    const help = say(`part.start.${name}.${id}.help`);
    return el("label", { class: "pick big" }, box, el("span", {}, el("strong", {}, say(`part.start.${name}.${id}`)), " ", el("span", { class: "hint" }, help)));
  }));
}

/** Ask the server, which alone can make a file; the answer is a sentence for the page. */
async function post(path, body) {
  try {
    const answer = await fetch(path, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    return await answer.json();
  } catch {
    return { ok: false, text: say("part.start.no_server") };
  }
}

function secret(label, id) {
  // Not type=password: a browser would offer to save it, perhaps in somebody's cloud.
  const input = el("input", {
    type: "text", class: "secret am-secret", autocomplete: "off", autocapitalize: "none", spellcheck: "false", id,
  });
  return { input, node: field(label, input) };
}

/** A passphrase for one encrypted workspace: suggested, typed twice, shown on request. */
function keeping(done) {
  const suggested = el("p", { class: "suggested", dir: "ltr" });
  const told = el("p", { role: "status", class: "waits" });
  const first = secret(say("part.form.passphrase"));
  const again = secret(say("part.form.again"));
  const show = el("input", { type: "checkbox" });
  show.addEventListener("change", () => {
    for (const one of [first, again]) one.input.classList.toggle("am-shown", show.checked);
  });
  const suggest = el("button", { type: "button", class: "quiet", onclick: async () => {
    const answer = await fetch(`${BASE}/am/suggest?lang=${document.documentElement.lang}`, { cache: "no-store" }).then((one) => one.json()).catch(() => null);
    suggested.textContent = answer?.passphrase ?? say("part.start.no_server");
  } }, say("part.start.suggest"));
  const keep = el("button", { type: "button", class: "main", onclick: async () => {
    told.textContent = say("part.start.working");
    keep.disabled = true;
    const answer = await post(`${BASE}/am/keep?lang=${document.documentElement.lang}`, { passphrase: first.input.value, again: again.input.value });
    first.input.value = again.input.value = "";
    keep.disabled = false;
    told.textContent = answer.text;
    if (answer.ok) done();
  } }, say("part.start.keep"));
  return el("div", { class: "card alone" }, el("p", {}, say("part.start.passphrase_lead")), suggest, suggested,
    first.node, again.node, el("label", { class: "pick" }, show, el("span", {}, say("part.start.show"))), told, keep);
}

/** What somebody should know of this computer, folded: it stops nobody. */
function aboutComputer(sentences) {
  if (!sentences?.length) return el("span", { hidden: true });
  return el("details", { class: "hint computer" }, el("summary", {}, say("part.start.computer")),
    el("ul", {}, ...sentences.map((one) => el("li", {}, one))));
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const body = el("div", { class: "start" });
  const answers = { danger: null, place: null, until: null };
  let stopDrawing = () => {};
  const save = async () => {
    const { process, delete_by: day } = model.get("view");
    const rule = { ...(process?.fields.data_rule ?? { keeper_roles: [], copies: 0, duress_rule: "" }) };
    const fields = {
      danger_today: answers.danger ?? "unknown",
      data_rule: { ...rule, storage: answers.place ?? "session_only", delete_by: answers.until ?? day },
    };
    return line.send({
      type: "save", kind: "process", id: process?.id ?? newId(), version: process?.version ?? null, fields,
    });
  };
  const begin = async (where) => {
    const answer = await save();
    if (answer.type === "ack") openScreen(where);
  };
  const draw = () => {
    const view = model.get("view");
    if (body.contains(document.activeElement) || body.querySelector(".secret")) return;
    const kept = view.process?.fields ?? {};
    answers.danger ??= kept.danger_today ?? null;
    if (view.kept) answers.place = "one_encrypted_file";
    answers.place ??= kept.data_rule?.storage ?? "session_only";
    answers.until ??= kept.data_rule?.delete_by ?? view.delete_by;
    const go = el("div", { class: "start-go" });
    const until = dayInput(answers.until, (day) => { answers.until = day ?? view.delete_by; }, { min: view.today });
    const untilField = field(say("part.start.until"), until.input, say("part.start.until_hint"));
    until.input.after(until.said);
    const buttons = () => {
      const isPaper = answers.place === "paper_only";
      untilField.hidden = isPaper;
      if (isPaper) {
        go.replaceChildren(el("p", {}, say("part.start.paper_next")),
          el("button", { type: "button", class: "main", onclick: () => openScreen("papers") }, say("part.start.to_paper")));
        return;
      }
      if (answers.place === "one_encrypted_file" && !view.kept) {
        go.replaceChildren(keeping(async () => { await save(); location.reload(); }));
        return;
      }
      const quick = el("button", { type: "button", class: answers.danger === "yes" ? "main" : "", onclick: () => begin("quick") }, say("part.start.to_quick"));
      const whole = el("button", { type: "button", class: answers.danger === "yes" ? "" : "main", onclick: () => begin("s0") }, say("part.start.to_steps"));
      go.replaceChildren(...(answers.danger === "yes" ? [quick, whole] : [whole, quick]));
    };
    const danger = picks("danger", say("part.start.danger"), DANGERS, answers.danger, (id) => { answers.danger = id; buttons(); });
    const place = picks("place", say("part.start.place"), view.kept ? ["one_encrypted_file"] : PLACES, answers.place, (id) => { answers.place = id; buttons(); });
    buttons();
    const names = view.languages.map(([code, name]) => {
      const address = new URL(location.href);
      address.searchParams.set("lang", code);
      address.searchParams.set("step", "start");
      return el("a", { class: "chip", href: address.href, lang: code, "aria-current": code === model.get("lang") ? "true" : false }, name);
    });
    body.replaceChildren(
      el("h1", { id: "am-head", tabindex: "-1" }, say("part.start.title")),
      el("details", { class: "aloud", open: !view.process }, el("summary", {}, say("part.start.aloud")),
        el("ul", {}, ...[1, 2, 3, 4].map((n) => el("li", {}, say(`part.start.aloud.${n}`))))),
      el("nav", { "aria-label": say("part.start.language"), class: "chips" }, ...names),
      danger, place, aboutComputer(view.computer), untilField, go,
    );
  };
  whenWords(model, () => {
    element.append(body);
    stopDrawing = alive(model, element, line, draw);
  });
  return () => stopDrawing();
}

export default { render };
