// @ts-check
// Papers in frames, to look at: one beside the form, made anew after each save, or several side by
// side. A frame runs nothing and never takes the focus; it is as tall as its paper, and what
// scrolls is our own page around it, so that the reader's place, Esc and the clock of the last
// input stay ours.
"use strict";
{
  const root = document.documentElement;
  const words = document.getElementById("am-preview-words")?.dataset ?? {};
  const WIDE = window.matchMedia("(min-width: 1100px)");
  const TOGETHER_MS = 250; // saves that follow each other at once are one
  const MAKING_MS = 500; // a paper that is quicker says nothing
  const PATIENCE_MS = 60000;
  const SHEET_SCREENS = new Set(["s11", "quick"]);

  /** @param {number} ms */
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const isVeiled = () => root.classList.contains("am-veiled");

  /** Make the frame as tall as the paper in it. @param {HTMLIFrameElement} frame */
  function fit(frame) {
    const paper = frame.contentDocument?.documentElement;
    if (paper) frame.style.blockSize = `${Math.ceil(paper.getBoundingClientRect().height)}px`;
  }

  /** What the server said instead of a paper; empty for a paper. @param {HTMLIFrameElement} frame */
  function said(frame) {
    const inside = frame.contentDocument;
    if (!inside) return words.failed ?? ""; // the browser's own page: nobody answered
    return inside.querySelector("[data-am-said]")?.textContent ?? "";
  }

  /** Take every frame out. @param {HTMLElement} view */
  function empty(view) {
    view.replaceChildren();
    view.dispatchEvent(new Event("am-emptied"));
    view.hidden = true;
  }

  /**
   * Load a paper and put it in the place of the one before; say what is wrong, or nothing.
   * A new frame each time: the address of a frame that changes would be a step in the history.
   * @param {HTMLElement} view
   * @param {string} address
   * @param {() => boolean} isWanted
   */
  async function load(view, address, isWanted) {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-same-origin"); // to measure it; without scripts
    Object.assign(frame, { title: words.paper ?? "", tabIndex: -1, className: "am-frame", src: address });
    const before = [...view.children];
    frame.classList.toggle("am-frame-next", before.length > 0);
    view.hidden = false;
    const loaded = new Promise((done) => {
      frame.addEventListener("load", () => done(true));
      view.addEventListener("am-emptied", () => done(false), { once: true });
    });
    view.append(frame);
    const isThere = await Promise.race([loaded, pause(PATIENCE_MS)]);
    if (!frame.isConnected || !isWanted()) {
      frame.remove();
      return "";
    }
    const wrong = isThere ? said(frame) : (words.failed ?? "");
    if (wrong) {
      frame.remove();
      view.hidden = !view.childElementCount;
      return wrong;
    }
    fit(frame);
    frame.classList.remove("am-frame-next");
    for (const one of before) one.remove();
    return "";
  }

  new ResizeObserver((entries) => {
    for (const { target } of entries) target.querySelectorAll("iframe").forEach(fit);
  }).observe(document.body);

  // --- beside the form ------------------------------------------------------------------------
  const panel = document.getElementById("am-beside");
  if (panel) {
    const [view, state, failed] = ["view", "state", "failed"].map(
      (name) => /** @type {HTMLElement} */ (document.getElementById(`am-beside-${name}`)),
    );
    let aim = ""; // the paper in the frame, or on its way there
    let isMaking = false;
    let isStale = false;

    /** The paper that belongs beside this screen; empty where none is to be seen. */
    function wanted() {
      const { screen, inside } = root.dataset;
      const isOn = root.classList.contains("am-beside") && WIDE.matches;
      if (!isOn || !screen || isVeiled() || inside !== undefined) return "";
      return SHEET_SCREENS.has(screen) ? "sheet" : "plan";
    }

    /** Why there is nothing, in a sentence. */
    function why() {
      if (root.dataset.inside !== undefined) return words.inside ?? "";
      return isVeiled() ? (words.veiled ?? "") : "";
    }

    /** Make the paper anew, one at a time; whatever is saved meanwhile makes one more. */
    async function make() {
      isStale = true;
      if (isMaking) return;
      isMaking = true;
      while (isStale && aim && panel?.isConnected) {
        await pause(TOGETHER_MS);
        isStale = false;
        await once(aim);
      }
      isMaking = false;
    }

    /** @param {string} paper */
    async function once(paper) {
      const slow = setTimeout(() => { state.textContent = words.making ?? ""; }, MAKING_MS);
      const address = `${panel?.dataset.address}${paper}${panel?.dataset.query}`;
      const wrong = await load(view, address, () => aim === paper);
      clearTimeout(slow);
      if (aim !== paper) return;
      failed.textContent = wrong;
      state.textContent = wrong ? "" : (words.current ?? "");
    }

    function look() {
      const paper = wanted();
      if (!paper) state.textContent = why();
      if (paper === aim) return;
      aim = paper;
      empty(view);
      failed.textContent = "";
      if (paper) {
        state.textContent = "";
        make();
      } else if (panel?.contains(document.activeElement)) {
        document.getElementById("am-head")?.focus({ preventScroll: true });
      }
    }

    document.addEventListener("DOMContentLoaded", () => {
      // Last in the order of reading: the form comes first.
      document.body.append(panel);
      look();
    });
    new MutationObserver(look).observe(root, { attributeFilter: ["class", "data-screen", "data-inside"] });
    WIDE.addEventListener("change", look);
    window.addEventListener("amparo-status", (event) => {
      if (/** @type {CustomEvent} */ (event).detail.state === "saved") make();
    });
    document.addEventListener("visibilitychange", () => {
      // Another page may have written meanwhile.
      if (!document.hidden) make();
    });
  }

  // --- side by side ---------------------------------------------------------------------------
  const views = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-am-preview]")]);
  async function showAll() {
    for (const view of views) {
      const told = view.previousElementSibling;
      if (isVeiled()) empty(view);
      else if (told) {
        told.textContent = words.making ?? "";
        told.textContent = await load(view, view.dataset.amPreview ?? "", () => !isVeiled());
      }
      if (isVeiled() && told) told.textContent = words.veiled ?? "";
    }
  }
  if (views.length) {
    let wasVeiled = isVeiled();
    new MutationObserver(() => {
      if (isVeiled() === wasVeiled) return;
      wasVeiled = isVeiled();
      showAll();
    }).observe(root, { attributeFilter: ["class"] });
    showAll();
  }
}
