// The page: what happens on a press, a key, a change. Nothing is stored in the browser unless a
// person switches it on (saved.js).
import { announceLast, bringFresh, copy, edit, exportAs, sayOpinion, sendOffered } from "./conversation.js";
import { describeNarrowing, filters, sift, unnarrow } from "./narrow.js";
import { operate, removeDocument } from "./operator.js";
import { closeSource, openSource, setSheet, turnPage } from "./reader.js";
import "./review.js";
import { loadParts, post } from "./rooms.js";
import { savedAct, showSaved } from "./saved.js";
import { hideMeaning } from "./sigles.js";
import { byId, phone, questionBox, tell } from "./tell.js";

// Gradio picks its own few words by the browser's language; this product speaks French.
for (const [name, value] of [["language", "fr"], ["languages", ["fr"]]]) {
  Object.defineProperty(navigator, name, { get: () => value, configurable: true });
}
let full = false; // the queue refused the last question
window.tisserand = {
  filters: () => JSON.stringify(filters()),
  wasFull: () => full,
};

// A question that cannot reach the server is told at once; its text stays in the entry.
const send = window.fetch.bind(window);
window.fetch = async (request, options) => {
  const isQuestion = options?.method === "POST" && String(request.url ?? request).includes("/gradio_api/");
  try {
    const response = await send(request, options);
    if (isQuestion) {
      tellOffline("");
      full = response.status === 503;
    }
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

const acts = [
  ["[data-read]", openSource],
  ["#close-source, #veil", () => closeSource()],
  ["#page-before", () => turnPage(-1)],
  ["#page-after", () => turnPage(1)],
  ["[data-ask]", askAgain],
  ["[data-send-offered]", sendOffered],
  ["[data-guard-edit]", () => questionBox()?.focus()],
  ["[data-edit]", edit],
  ["[data-copy]", copy],
  ["[data-export]", exportAs],
  ["[data-print]", () => window.print()],
  ["[data-unnarrow]", unnarrow],
  ["[data-remove]", removeDocument],
  ["button[data-saved]", savedAct],
  [".skip", (link, event) => { event.preventDefault(); questionBox()?.focus(); }],
];

function askAgain(button) {
  tell("click", { question: button.dataset.ask, filters: filters(), asIs: "asIs" in button.dataset });
  if (!phone.matches) setTimeout(() => questionBox()?.focus({ preventScroll: true }), 0);
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  for (const menu of document.querySelectorAll(".export[open]")) menu.open = menu.contains(target);
  for (const [selector, act] of acts) {
    const found = target.closest(selector);
    if (found) return void act(found, event);
  }
  // A button that disappears once pressed must not take the focus with it.
  if (target.closest("#clear, #stop, #send") && !phone.matches) {
    setTimeout(() => questionBox()?.focus({ preventScroll: true }), 0);
  }
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  event.preventDefault();
  if (form.dataset.post) post(form);
  else if (form.dataset.say) sayOpinion(form);
  else if (form.id === "operator-form") operate(form);
});
document.addEventListener("input", (event) => { if (event.target.matches("[data-sift]")) sift(event.target); });
document.addEventListener("change", (event) => {
  if (event.target.closest("#narrow")) describeNarrowing();
  if (event.target.matches("input[data-saved], select[data-saved]")) savedAct(event.target);
});
document.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step && event.target.matches("[role=tab]")) goToTab(event.target, step);
  if (event.key !== "Escape") return;
  const menu = document.querySelector(".export[open]");
  if (hideMeaning()) return;
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (!byId("source").hidden) closeSource();
});
function goToTab(from, step) {
  const tabs = [...from.parentElement.querySelectorAll("[role=tab]")];
  const next = tabs[(tabs.indexOf(from) + step + tabs.length) % tabs.length];
  next.focus();
  next.click();
}
window.addEventListener("popstate", () => closeSource({ fromHistory: true }));
phone.addEventListener("change", () => setSheet());

function describeBox() {
  const box = questionBox();
  if (!box || box.hasAttribute("aria-label")) return;
  box.setAttribute("aria-label", "Votre question");
  box.setAttribute("aria-describedby", "reminder");
}

function arrive() {
  if (byId("early") && byId("transcript") && questionBox()) byId("early").remove();
}

let busy = false;
new MutationObserver(() => {
  if (busy) return;
  busy = true;
  queueMicrotask(() => {
    busy = false;
    arrive();
    describeBox();
    bringFresh();
    announceLast();
    loadParts();
    showSaved();
  });
}).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-serial"] });
