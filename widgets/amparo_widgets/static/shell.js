// @ts-check
// The frame of every screen: stages and steps, track, the save line, undo, and what is open.
import { alive, draft, el, flushAll, has, newId, say, saveLine, shelf, whenWords } from "./common.js";
import { withIcon } from "./dress.js";
import { icon } from "./icons.js";

const TRACKS = ["quick", "two_day", "five_day", "self_paced"];
const ARRIVE_MS = 60;
const ARRIVE_TRIES = 1000; // a minute

/** Eight stages; each opens its first step, and the open stage shows all of its steps. */
function stageList(view, go) {
  const here = view.steps.find((step) => step.id === view.here)?.stage ?? 0;
  const stages = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => {
    const steps = view.steps.filter((step) => step.stage === number);
    const count = steps.reduce((sum, step) => sum + step.count, 0);
    const done = steps.length > 0 && steps.every((step) => step.finished);
    const button = el("button", {
      type: "button", class: "stage", "aria-current": number === here ? "step" : false,
      onclick: () => steps.length && go(steps[0].id),
    }, icon(`stage_${number}`), el("span", { class: "stage-number" }, done ? "✓" : String(number)),
      el("span", { class: "stage-name" }, say(`ui.stage.${number}`)),
      el("span", { class: "stage-count" }, say("ui.stage.entries", { number: count })));
    return el("li", {}, button);
  });
  return el("ol", { class: "stages" }, ...stages);
}

function stepChips(view, go) {
  const stage = view.steps.find((step) => step.id === view.here)?.stage;
  const steps = view.steps.filter((step) => step.stage === stage);
  if (steps.length < 2) return null;
  return el("ul", { class: "chips" }, ...steps.map((step) => el("li", {}, el("button", {
    type: "button", "aria-current": step.id === view.here ? "step" : false, onclick: () => go(step.id),
    class: step.depth === "none" ? "chip outside" : "chip",
  }, step.finished ? `✓ ${step.title}` : step.title))));
}

function screenChips(view, go) {
  const shown = view.screens.filter((name) => has(`part.shell.screen.${name}`));
  return el("ul", { class: "chips screens" }, ...shown.map((name) => el("li", {}, el("button", {
    type: "button", class: "chip", "aria-current": name === view.here ? "page" : false, onclick: () => go(name),
  }, say(`part.shell.screen.${name}`)))));
}

/** The track is only a way to look: whoever chooses last has chosen. */
function trackChoice(line) {
  const node = el("select", { "aria-label": say("part.shell.track") });
  for (const name of TRACKS) node.append(el("option", { value: name }, say(`part.shell.track.${name}`)));
  let own = null;
  const update = ({ process, track }) => {
    if (own && !own.clean()) return;
    if (!own || (process && process.id !== own.id)) {
      own?.drop();
      own = draft(line, "process", process?.id ?? newId(), null, (answer, sent) => {
        if (answer.type === "conflict") own.decide(sent);
      });
    }
    own.version = process?.version ?? null;
    node.value = track;
  };
  node.addEventListener("change", () => {
    own.touch({ track: node.value });
    own.flush();
  });
  return { node, update };
}

/** What a person should hear about this opening; what is past its day goes when somebody says so. */
function openingNotices(view, line) {
  const lines = (view.notices ?? []).map((text) => el("p", {}, text));
  if (!view.expired) return lines;
  const erase = el("button", { type: "button", onclick: () => {
    erase.disabled = true;
    line.send({ type: "confirm_expired" });
  } }, say("part.shell.expired.erase"));
  return [...lines, el("details", {}, el("summary", {}, say("part.shell.expired.right")),
    el("p", {}, say("part.shell.expired.sure", { day: view.today })), erase)];
}

function where() {
  return new URLSearchParams(location.search).get("step");
}

/** On a phone the lists are longer than the window: show the middle of where we are. */
function showWhereWeAre(nav) {
  for (const here of nav.querySelectorAll("[aria-current]")) {
    const [one, all] = [here, here.closest("ul, ol")].map((node) => node.getBoundingClientRect());
    here.closest("ul, ol").scrollBy({ left: (one.left + one.right - all.left - all.right) / 2 });
  }
}

/** Put the open screen into the address, so that Back and a reload come here again. */
function remember(here, inside) {
  const address = new URL(location.href);
  // A page that is loaded anew is outside of any room. It must not look as if one were still in it
  // (somebody would go on typing), and a browser's history must not tell of the door.
  const kept = inside || here === "own_room" ? "start" : here;
  if (address.searchParams.get("step") === kept) return;
  address.searchParams.set("step", kept);
  if (kept === here) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const status = el("p", { role: "status", class: "save-line" });
  const banner = el("p", { class: "banner", hidden: true });
  const opening = el("div", { class: "notice", hidden: true });
  let told = "";
  const leaving = el("div", { class: "notice", role: "alert", hidden: true });
  const undo = el("button", { type: "button", onclick: () => line.send({ type: "undo" }) });
  const redo = el("button", { type: "button", onclick: () => line.send({ type: "redo" }) });
  const low = el("div", { class: "top" }, status, el("div", { class: "tools" }, undo, redo));
  let track = null;
  const [screens, stages] = [el("div", {}), el("div", {})];
  const nav = el("nav", {});
  let opened = null;
  let stopDrawing = () => {};
  let afterwards = null;
  const go = async (target, record) => {
    await flushAll();
    const move = () => {
      leaving.hidden = true;
      shelf.open.clear();
      afterwards = { focus: true, record, left: document.getElementById("am-head") };
      line.send({ type: "go", where: target });
    };
    if (!shelf.open.size) return move();
    leaving.replaceChildren(el("p", {}, say("part.shell.unsaved")),
      el("button", { type: "button", onclick: () => { leaving.hidden = true; } }, say("part.shell.stay")),
      el("button", { type: "button", class: "quiet", onclick: move }, say("part.shell.leave")));
    leaving.hidden = false;
    leaving.querySelector("button").focus();
  };
  const onStatus = (event) => {
    status.textContent = event.detail.text;
    status.dataset.state = event.detail.state;
  };
  const onLook = () => {
    if (document.visibilityState === "visible") line.send({ type: "look" });
  };
  const onOpen = (event) => {
    const { where: target, record } = event.detail;
    if (target === model.get("view").here) arrive({ record });
    else go(target, record);
  };
  const onPop = () => go(where() ?? "start");
  const arrive = ({ focus, record, left = null }) => {
    // The parts of the new screen need a moment to be drawn, and the old ones to go away: a moment
    // that is long on an old computer. Whoever opens another screen meanwhile is not called back.
    const here = model.get("view").here;
    const look = (tries) => {
      if (model.get("view").here !== here) return;
      const head = document.getElementById("am-head");
      const drawn = document.querySelectorAll(".am-body .amparo-part").length;
      const ready = head && head !== left && drawn >= (model.get("view").parts ?? 0);
      if (!ready && tries > 0) return void setTimeout(look, ARRIVE_MS, tries - 1);
      if (focus) {
        window.scrollTo({ top: 0 });
        head?.focus({ preventScroll: true });
      }
      if (record) window.dispatchEvent(new CustomEvent("amparo-show", { detail: { record } }));
    };
    look(ARRIVE_TRIES);
  };
  // The ways to other screens scroll away, one low line stays; what gets the focus stops below it.
  const sizes = new ResizeObserver(() => {
    const root = document.documentElement.style;
    const away = low.getBoundingClientRect().top - element.getBoundingClientRect().top;
    root.setProperty("--amparo-away", `${away}px`);
    root.setProperty("--amparo-bar", `${element.offsetHeight - away}px`);
  });
  const draw = () => {
    const view = model.get("view");
    track.update(view);
    screens.replaceChildren(screenChips(view, go));
    stages.replaceChildren(...[stageList(view, go), stepChips(view, go)].filter(Boolean));
    showWhereWeAre(nav);
    undo.disabled = !view.can_undo;
    redo.disabled = !view.can_redo;
    banner.textContent = [
      view.inside ? say("part.shell.inside") : "", view.example ? say("ui.example") : "", view.session_only ? say("ui.session_only") : "",
    ].filter(Boolean).join(" ");
    banner.hidden = !banner.textContent;
    const telling = JSON.stringify([view.notices ?? [], view.expired ?? false]);
    if (telling !== told) {
      told = telling;
      opening.replaceChildren(...openingNotices(view, line));
      opening.hidden = !opening.childElementCount;
    }
    // In a room of its own the common paper stays away: nothing written there is on it.
    document.documentElement.toggleAttribute("data-inside", Boolean(view.inside));
    if (view.here !== opened) {
      const first = opened === null;
      opened = view.here;
      if (!first) remember(view.here, view.inside);
      arrive(afterwards ?? { focus: !first });
      afterwards = null;
      document.documentElement.dataset.screen = view.here;
    }
  };
  whenWords(model, () => {
    track = trackChoice(line);
    nav.append(el("div", { class: "ways" }, el("div", { class: "track" }, track.node), screens), stages);
    element.classList.add("am-shell");
    nav.setAttribute("aria-label", say("ui.stage.label"));
    element.append(banner, opening, nav, low, leaving);
    sizes.observe(element);
    sizes.observe(banner);
    status.textContent = say("ui.ready");
    undo.append(...withIcon("undo", say("ui.undo")));
    redo.append(...withIcon("redo", say("ui.redo")));
    window.addEventListener("amparo-status", onStatus);
    window.addEventListener("amparo-open", onOpen);
    window.addEventListener("popstate", onPop);
    document.addEventListener("visibilitychange", onLook);
    window.addEventListener("focus", onLook);
    stopDrawing = alive(model, element, line, draw);
  });
  return () => {
    window.removeEventListener("amparo-status", onStatus);
    window.removeEventListener("amparo-open", onOpen);
    window.removeEventListener("popstate", onPop);
    document.removeEventListener("visibilitychange", onLook);
    window.removeEventListener("focus", onLook);
    sizes.disconnect();
    stopDrawing();
  };
}

export default { render };
