// @ts-check
// Who can help, with whose consent, and what is checked before anybody asks.
import { alive, el, formOf, saveLine, say, typed, whenWords } from "./common.js";
import { lookup } from "./form.js";
import { recordList } from "./record_card.js";

const DOOR = ["what_for", "who_can_use", "time_frame", "reprisal_policy", "risks_of_using", "regions"];
const CHECK = [
  ["exposed", ["mechanism_id", "who_learns_our_identity", "who_else_is_exposed", "safe_channel"]],
  ["leak", ["if_it_leaks", "stop_rule", "reprisal_plan_done"]],
  ["verified", ["eligibility_answers", "verified_contact_by_role", "verified_on"]],
];

function decorateRequest(node, record) {
  const gate = record.gate ?? [];
  node.replaceChildren(...(gate.length ? gate.map((one) => el("span", { class: "tag tag-keepers_only" }, say(`part.support_map.gate.${one}`)))
    : [record.version === null ? "" : el("span", { class: "tag" }, say("part.support_map.gate.open"))]));
}

/** Who gets it as it is labelled now: written for somebody is only the first of two acts. */
function decorateStatement(node, record) {
  if (record.version === null) return node.replaceChildren();
  const goes = record.goes ? `to_${record.fields.reader}` : "kept";
  node.replaceChildren(el("span", { class: record.goes ? "tag tag-small_team" : "tag" }, say(`part.support_map.statement.${goes}`)));
}

/** A yes that was taken back: who already has something, a draft to tell them, and the limits. */
function withdrawal(record) {
  const receivers = record.fields.receivers ?? [];
  return el("div", { class: "notice" }, el("p", {}, say("part.support_map.withdrawn")),
    receivers.length ? el("ul", {}, ...receivers.map((one) => el("li", {}, typed(one)))) : el("p", {}, say("part.support_map.no_receivers")),
    el("blockquote", {}, say("part.support_map.draft")), el("p", {}, say("part.support_map.limits")));
}

function door(one, prepare, ask) {
  return el("details", { class: "card" }, el("summary", {}, el("span", { class: "sentence" }, one.name),
    el("span", { class: "bands" }, one.verified ? "" : el("span", { class: "tag tag-keepers_only" }, say("part.support_map.check_first")),
      el("span", { class: one.stale ? "tag tag-small_team" : "tag" }, say(one.stale ? "part.support_map.old" : "part.support_map.known", { year: one.known })))),
    ...DOOR.map((name) => el("p", {}, el("strong", {}, say(`part.support_map.door.${name}`)), " ", one[name])),
    el("p", { class: "hint" }, say("part.support_map.no_contact")),
    el("div", { class: "start-go" }, el("button", { type: "button", class: "main", onclick: () => prepare(one.id) }, say("part.support_map.prepare")),
      el("button", { type: "button", onclick: () => ask(one.id) }, say("part.support_map.ask"))));
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const view = () => model.get("view");
  const doors = el("div", {});
  const notices = el("div", {});
  const chosen = el("select", {});
  let stopDrawing = () => {};
  whenWords(model, () => {
    const refs = lookup(view);
    const requests = recordList("support_request", { line, refs, decorate: decorateRequest });
    const checks = recordList("mechanism_check", { line, refs, sections: CHECK.map(([name, names]) => [say(`part.support_map.${name}`), names]) });
    const consents = recordList("consent", { line, refs, given: () => ({ given_on: view().today }) });
    const statements = recordList("statement", { line, refs, decorate: decorateStatement });
    const prepare = (mechanism_id) => checks.add({ mechanism_id });
    const ask = (mechanism_id) => requests.add({ mechanism_id });
    const draw = () => {
      const now = view();
      requests.draw(now.requests);
      checks.draw(now.checks);
      consents.draw(now.consents);
      statements.draw(now.statements);
      notices.replaceChildren(...now.consents.filter((one) => one.withdrawn).map(withdrawal));
      if (chosen.options.length !== now.categories.length + 1) {
        chosen.replaceChildren(el("option", { value: "" }, say("part.support_map.choose")), ...now.categories.map(([id, label]) => el("option", { value: id }, label)));
      }
      chosen.value = now.category ?? "";
      doors.replaceChildren(...now.doors.map((one) => door(one, prepare, ask)));
    };
    chosen.addEventListener("change", () => line.send({ type: "choose", values: { category: chosen.value || null } }));
    chosen.setAttribute("aria-label", say("part.support_map.category"));
    const section = (kind, list, ...more) => el("section", {}, el("h2", {}, formOf(kind).many), ...more, list.node);
    const onShow = (event) => [requests, checks, consents, statements].some((list) => list.show(event.detail.record));
    window.addEventListener("amparo-show", onShow);
    element.append(el("div", { class: "two-sides" },
      el("div", {}, section("support_request", requests, el("p", { class: "lead" }, say("part.support_map.lead"))),
        section("consent", consents, notices), section("mechanism_check", checks, el("p", { class: "lead" }, say("part.support_map.before"))),
        section("statement", statements, el("p", { class: "lead" }, say("part.support_map.statement.lead")))),
      el("div", {}, el("h2", {}, say("part.support_map.doors")), el("p", { class: "lead" }, say("part.support_map.doors_lead")), chosen, doors)));
    const stop = alive(model, element, line, draw);
    stopDrawing = () => { window.removeEventListener("amparo-show", onShow); stop(); };
  });
  return () => stopDrawing();
}

export default { render };
