// The source panel, the announcements, copying and editing. Nothing is stored in the browser.
(() => {
  "use strict";

  // Gradio picks its own few words by the browser's language; this product speaks French.
  for (const [name, value] of [["language", "fr"], ["languages", ["fr"]]]) {
    Object.defineProperty(navigator, name, { get: () => value, configurable: true });
  }

  // A question that cannot reach the server is told at once; its text stays in the entry.
  const send = window.fetch.bind(window);
  window.fetch = async (request, options) => {
    const isQuestion = options?.method === "POST" && String(request.url ?? request).includes("/gradio_api/");
    try {
      const response = await send(request, options);
      if (isQuestion) tellOffline("");
      return response;
    } catch (error) {
      if (isQuestion && error.name !== "AbortError") {
        tellOffline("Tisserand ne répond plus\u00a0: la question n’est pas partie. Vérifiez qu’il est "
          + "toujours ouvert, puis rechargez la page.");
      }
      throw error;
    }
  };

  function tellOffline(words) {
    const place = byId("offline");
    if (place && place.textContent !== words) place.textContent = words;
  }

  const phone = window.matchMedia("(max-width: 700px)");
  const byId = (id) => document.getElementById(id);
  let opener = null; // the data-source key of the button that opened the panel
  let sheetInHistory = false;

  function openSource(button) {
    const key = button.dataset.source;
    const text = document.querySelector(`[data-source-text="${CSS.escape(key)}"]`);
    if (!text) return;
    const panel = byId("source");
    byId("source-body").replaceChildren(...[...text.cloneNode(true).childNodes]);
    for (const pressed of document.querySelectorAll("[data-source].open")) pressed.classList.remove("open");
    for (const same of document.querySelectorAll(`[data-source="${CSS.escape(key)}"]`)) same.classList.add("open");
    opener = button;
    panel.hidden = false;
    document.body.classList.add("reading-source");
    setSheet(phone.matches);
    if (phone.matches && !sheetInHistory) {
      history.pushState({ ...history.state, sheet: true }, "");
      sheetInHistory = true;
    }
    panel.querySelector(".source-title").focus({ preventScroll: true });
    showQuote();
  }

  function showQuote() {
    const body = byId("source-body");
    const target = body.querySelector("mark") || body.querySelector(".passage");
    if (!target) return;
    const distance = target.getBoundingClientRect().top - body.getBoundingClientRect().top;
    body.scrollTop += distance - body.clientHeight / 3;
  }

  // On a phone the panel covers the chat: what lies under it must not be reached.
  function setSheet(isSheet) {
    const open = !byId("source").hidden;
    byId("veil").hidden = !(open && isSheet);
    byId("source").setAttribute("aria-modal", String(isSheet));
    const app = document.querySelector("gradio-app");
    if (app) app.inert = open && isSheet;
  }

  function closeSource({ fromHistory = false } = {}) {
    const panel = byId("source");
    if (panel.hidden) return;
    panel.hidden = true;
    document.body.classList.remove("reading-source");
    setSheet(phone.matches);
    for (const pressed of document.querySelectorAll("[data-source].open")) pressed.classList.remove("open");
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
    else questionBox()?.focus();
    opener = null;
    if (sheetInHistory && !fromHistory) history.back();
    sheetInHistory = false;
  }

  const questionBox = () => document.querySelector("#question textarea, #question input");

  function edit(button) {
    const box = questionBox();
    box.value = button.closest(".turn").querySelector(".asked").textContent;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }

  async function copy(button) {
    const words = button.textContent;
    let told = "Copié";
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      told = "Copie impossible\u00a0: sélectionnez le texte";
    }
    button.textContent = told;
    announce(told);
    setTimeout(() => { if (button.textContent === told) button.textContent = words; }, 2500);
  }

  function announce(words) {
    const announcer = byId("announcer");
    if (announcer && announcer.textContent !== words) announcer.textContent = words;
  }

  let turnsSeen = 0;
  function follow() {
    const turns = document.querySelectorAll("#transcript .turn");
    if (turns.length < turnsSeen) {
      closeSource();
      window.scrollTo(0, 0);
    } else if (turns.length > turnsSeen) {
      const smooth = !window.matchMedia("(prefers-reduced-motion: reduce)").matches && turnsSeen > 0;
      turns[turns.length - 1].scrollIntoView({ block: "start", behavior: smooth ? "smooth" : "auto" });
    }
    turnsSeen = turns.length;
    document.body.classList.toggle("has-turns", turnsSeen > 0);
    const last = turns[turnsSeen - 1];
    if (last && last.dataset.announce) announce(last.dataset.announce);
  }

  // A button of the conversation that disappears once pressed must not take the focus with it.
  function keepFocus(target) {
    if (target.closest("[data-ask], #clear, #stop, #send")) setTimeout(() => questionBox()?.focus({ preventScroll: true }), 0);
  }

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    const source = target.closest("[data-source]");
    if (source) openSource(source);
    else if (target.closest("#close-source, #veil")) closeSource();
    else if (target.closest("[data-edit]")) edit(target.closest("[data-edit]"));
    else if (target.closest("[data-copy]")) copy(target.closest("[data-copy]"));
    else if (target.closest(".skip")) { event.preventDefault(); questionBox()?.focus(); }
    else if (!phone.matches) keepFocus(target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !byId("source").hidden) closeSource();
  });
  window.addEventListener("popstate", () => closeSource({ fromHistory: true }));
  phone.addEventListener("change", () => setSheet(phone.matches));

  function describeBox() {
    const box = questionBox();
    if (!box || box.hasAttribute("aria-label")) return;
    box.setAttribute("aria-label", "Votre question");
    box.setAttribute("aria-describedby", "reminder");
  }
  new MutationObserver(() => { describeBox(); follow(); })
    .observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-announce"] });
})();
