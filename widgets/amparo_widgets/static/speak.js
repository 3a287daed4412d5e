// @ts-check
// Reading our own words aloud, only by a voice that lives on this computer: a voice from afar would
// send the words away. What somebody typed is never handed over to it.

/** The synthesis of the browser, if it has one. */
function engine() {
  return window.speechSynthesis ?? null;
}

/** The voice for a language that needs no network, or null. */
export function localVoice(lang, voices = engine()?.getVoices() ?? []) {
  const wanted = lang.toLowerCase().split(/[-_]/)[0];
  return voices.find((one) => one.localService === true && one.lang.toLowerCase().split(/[-_]/)[0] === wanted) ?? null;
}

/** Stop at once. */
export function hush() {
  engine()?.cancel();
  for (const button of document.querySelectorAll(".speak[aria-pressed=true]")) button.setAttribute("aria-pressed", "false");
}

/** Say *text*; nothing is said where the right voice is not here. */
export function speak(text, lang, onEnd = () => {}) {
  const voice = localVoice(lang);
  hush();
  if (!voice) return false;
  const said = new SpeechSynthesisUtterance(text);
  said.voice = voice;
  said.lang = voice.lang;
  said.onend = said.onerror = onEnd;
  engine().speak(said);
  return true;
}

/** Show the buttons and the sentence about a missing voice as the voices come and go. */
function showVoices() {
  const root = document.documentElement;
  root.classList.toggle("am-voice", Boolean(localVoice(root.lang)));
  for (const button of document.querySelectorAll(".speak")) button.hidden = !localVoice(button.lang);
}

/**
 * A button that says our own words aloud.
 *   words(): what to say: sentences of ours, never what was typed.
 *   label: what the button is called; picture: its drawing.
 */
export function speaker(words, { lang, label, picture }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "speak";
  button.lang = lang;
  button.hidden = !localVoice(lang);
  button.setAttribute("aria-label", label);
  button.setAttribute("aria-pressed", "false");
  button.append(picture);
  const rest = () => button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-pressed") === "true") return hush();
    if (speak(words().filter(Boolean).join(". "), lang, rest)) button.setAttribute("aria-pressed", "true");
    return undefined;
  });
  return button;
}

if (!window.__amparoHushes) {
  window.__amparoHushes = true;
  for (const name of ["pagehide", "amparo-before-leave", "amparo-open", "amparo-shut", "popstate"]) window.addEventListener(name, hush);
  document.addEventListener("visibilitychange", () => { if (document.hidden) hush(); });
  engine()?.addEventListener?.("voiceschanged", showVoices);
}
showVoices();
