// @ts-check
// The page to come in: carries the code of a picture through the choice of a language, and asks.
"use strict";
{
  const lang = document.documentElement.lang;
  // Behind the # nothing is sent with a request, nor told to the next page.
  const given = location.hash.slice(1).replace(/[^0-9]/g, "").slice(0, 32);
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById("am-join"));
  const said = document.getElementById("am-said");
  const code = /** @type {HTMLInputElement | null} */ (document.getElementById("am-code"));

  document.addEventListener("click", (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest?.("[data-am-lang]");
    if (!(link instanceof HTMLAnchorElement) || !given) return;
    event.preventDefault();
    location.replace(`${link.href}#${given}`);
  });

  /** @param {string} text @param {boolean} ok */
  function say(text, ok) {
    if (!said) return;
    said.dataset.ok = String(ok);
    said.textContent = text;
  }

  async function ask() {
    const button = /** @type {HTMLButtonElement} */ (form?.querySelector("button"));
    button.disabled = true;
    try {
      const answer = await fetch(`/am/join?lang=${lang}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ code: code?.value ?? "" }),
        cache: "no-store",
      });
      const heard = await answer.json();
      if (heard.ok) {
        location.replace(`/?lang=${lang}`);
        return;
      }
      say(heard.text, false);
    } catch {
      say(document.body.dataset.mute ?? "", false);
    }
    button.disabled = false;
  }

  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  if (form && code && given) {
    // An address bar is photographed, a history is read.
    history.replaceState(null, "", location.pathname + location.search);
    code.value = given;
    ask();
  }
}
