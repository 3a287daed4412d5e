// The eight stages, the save line, undo and redo.

const HERE = { 5: "threats", 6: "measures" };

function stageItem(index, counts) {
  const count = counts[index] ?? 0;
  const anchor = HERE[index];
  const inner = [
    el("span", { class: "stage-number" }, String(index + 1)),
    el("span", { class: "stage-name" }, say(`ui.stage.${index + 1}`)),
    el("span", { class: "stage-count" },
      anchor || count ? say("ui.stage.entries", { number: count }) : say("ui.stage.on_paper")),
  ];
  const body = anchor
    ? el("a", { href: `#${anchor}`, onclick: (event) => jump(event, anchor) }, ...inner)
    : el("span", {}, ...inner);
  return el("li", {}, body);
}

function jump(event, anchor) {
  event.preventDefault();
  const heading = document.getElementById(anchor);
  heading?.scrollIntoView();
  heading?.focus();
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const status = el("p", { role: "status", class: "save-line" });
  const stages = el("ol", { class: "stages" });
  const banner = el("p", { class: "banner", hidden: true });
  const undo = el("button", { type: "button", onclick: () => line.send({ type: "undo" }) });
  const redo = el("button", { type: "button", onclick: () => line.send({ type: "redo" }) });
  const onStatus = (event) => {
    status.textContent = event.detail.text;
    status.dataset.state = event.detail.state;
  };
  const onLook = () => {
    if (document.visibilityState === "visible") line.send({ type: "look" });
  };
  // The banner scrolls away, the rest of the bar stays; what gets the focus stops below it.
  const sizes = new ResizeObserver(() => {
    const gone = banner.hidden ? 0 : banner.offsetHeight + 8;
    const root = document.documentElement.style;
    root.setProperty("--amparo-banner", `${gone}px`);
    root.setProperty("--amparo-bar", `${element.offsetHeight - gone}px`);
  });
  let stopDrawing = () => {};
  window.addEventListener("amparo-status", onStatus);
  document.addEventListener("visibilitychange", onLook);
  window.addEventListener("focus", onLook);
  whenWords(model, () => {
    const label = say("ui.stage.label");
    element.append(
      banner, el("div", { class: "top" }, status, el("div", { class: "tools" }, undo, redo)),
      el("nav", { "aria-label": label }, stages),
    );
    sizes.observe(element);
    sizes.observe(banner);
    status.textContent = say("ui.ready");
    undo.textContent = say("ui.undo");
    redo.textContent = say("ui.redo");
    stopDrawing = alive(model, element, line, () => {
      const view = model.get("view");
      stages.replaceChildren(...view.counts.map((_, index) => stageItem(index, view.counts)));
      undo.disabled = !view.can_undo;
      redo.disabled = !view.can_redo;
      banner.hidden = !view.example && !view.session_only;
      banner.textContent = [
        view.example ? say("ui.example") : "", view.session_only ? say("ui.session_only") : "",
      ].join(" ").trim();
    });
  });
  return () => {
    window.removeEventListener("amparo-status", onStatus);
    document.removeEventListener("visibilitychange", onLook);
    window.removeEventListener("focus", onLook);
    sizes.disconnect();
    stopDrawing();
  };
}

export default { render };
