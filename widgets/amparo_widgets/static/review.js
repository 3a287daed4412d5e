// @ts-check
// Looking again: what changed since the last version, and the next one.
import { alive, bandChip, draft, el, formOf, openScreen, options, saveLine, say, select, shelf, typed, whenWords } from "./common.js";
import { notice } from "./notice.js";
import { lookup } from "./form.js";
import { localeDay } from "./locale_format.js";
import { blank, recordCard, recordForm } from "./record_card.js";
import { veiledName } from "./veil.js";

function changedList(view) {
  if (!view.version) return el("p", { class: "empty" }, say("part.review.no_version"));
  const head = el("p", {}, say("part.review.since", { number: view.version.fields.number }), " ", el("bdi", {}, localeDay(shelf.lang, view.version.fields.on)));
  if (!view.changed.length) return el("div", {}, head, el("p", { class: "hint" }, say("part.review.nothing")));
  return el("div", {}, head, el("ul", { class: "changed" }, ...view.changed.map((one) => el("li", {},
    el("span", { class: "tag" }, say(`part.review.${one.how}`)), " ", one.kind, ": ", typed(one.label), " ",
    one.how === "gone" ? "" : el("button", { type: "button", class: "quiet", onclick: () => openScreen(one.step, one.id) }, say("part.review.look"))))));
}

function bandList(view) {
  if (!view.bands.length) return null;
  return el("div", {}, el("h3", {}, say("part.review.bands")), el("ul", { class: "changed" }, ...view.bands.map((one) => el("li", {},
    el("span", { class: "letter" }, one.letter), " ", typed(one.sentence), " ",
    one.change.from_band ? bandChip(one.change.from_band) : el("span", { class: "tag" }, say("part.review.not_judged")), " → ", bandChip(one.change.to_band)))));
}

/** Each measure with its state: did it work, did it harm, did nobody follow it? */
function measureRow(line, record, warning) {
  const own = draft(line, "measure", record.id, record.version, (answer, sent) => notice(warning, answer, sent, own));
  const box = select(options("measure_status"), record.fields.status, (status) => own.touch({ status }));
  own.reset = (theirs) => { box.value = theirs.status; };
  veiledName(box, "aria-label", record.label);
  const node = el("li", {}, typed(record.label), box);
  let latest = null;
  const update = (next) => {
    latest = null;
    if (!own.clean()) return;
    // As in every form: nothing changes under somebody's cursor.
    if (document.activeElement === box && box.value !== next.fields.status) {
      latest = next;
      return;
    }
    own.version = next.version;
    box.value = next.fields.status;
  };
  box.addEventListener("blur", () => setTimeout(() => { if (latest) update(latest); }));
  return { node, update };
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const view = () => model.get("view");
  const changed = el("div", {});
  const warning = el("div", { class: "notice", role: "alert", hidden: true });
  const measures = el("ul", { class: "review-measures" });
  const reviews = el("div", { class: "cards" });
  const next = el("div", {});
  const rows = new Map();
  const cards = new Map();
  let agreed = null;
  let stopDrawing = () => {};
  const startReview = () => {
    const now = view();
    const done = (status) => now.measures.filter((one) => one.fields.status === status).map((one) => one.id);
    const record = blank("review", {
      on: now.today, trigger: "date", changed: now.bands.map((one) => one.change), measures_working: done("working"),
      measures_dropped: done("dropped"), next_on: now.next_review,
    });
    const card = put(record);
    card.fresh = true;
    card.focus();
    card.touch("on", now.today);
  };
  const put = (record) => {
    const card = recordCard(record, { line, refs: lookup(view), onRemoved: () => { card.node.remove(); cards.delete(record.id); } });
    cards.set(record.id, card);
    reviews.prepend(card.node);
    return card;
  };
  const nextVersion = () => {
    const now = view();
    if (agreed?.number === now.next_number) return;
    const record = blank("plan_version", { number: now.next_number, on: now.today });
    agreed = { number: now.next_number, ...recordForm(record, { line, refs: lookup(view), only: ["copies", "agreed_how", "destroy_by"], removable: false, manual: true }) };
    const made = agreed;
    next.replaceChildren(el("h3", {}, say("part.review.next", { number: now.next_number })), el("p", { class: "hint" }, say("part.review.next_lead")), made.node,
      el("button", { type: "button", class: "main", onclick: () => made.submit() }, say("part.review.agree", { number: now.next_number })));
  };
  const draw = () => {
    const now = view();
    changed.replaceChildren(...[changedList(now), bandList(now)].filter(Boolean));
    for (const record of now.measures) {
      if (!rows.has(record.id)) {
        rows.set(record.id, measureRow(line, record, warning));
        measures.append(rows.get(record.id).node);
      }
      rows.get(record.id).update(record);
    }
    for (const [id, row] of rows) if (!now.measures.some((one) => one.id === id)) { row.node.remove(); rows.delete(id); }
    for (const record of now.reviews) {
      const card = cards.get(record.id) ?? put(record);
      card.fresh = false;
      card.update(record);
    }
    nextVersion();
  };
  whenWords(model, () => {
    element.append(el("h2", {}, say("part.review.title")), changed,
      el("h3", {}, say("part.review.measures")), el("p", { class: "hint" }, say("part.review.measures_lead")), warning, measures,
      el("h2", {}, formOf("review").many), reviews, el("button", { type: "button", class: "main", onclick: startReview }, formOf("review").add), next);
    stopDrawing = alive(model, element, line, draw);
  });
  return () => stopDrawing();
}

export default { render };
